"""The HTTP API and the static web app, over the same parts as the command line.

Public: `app.create_app`, `parts.Parts`, `run.run`.
"""
