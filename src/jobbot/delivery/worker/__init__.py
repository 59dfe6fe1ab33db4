"""The worker as a loop: in a thread of the server, or as a process of its own.

Public: `loop.work`, `loop.Background`.
"""
