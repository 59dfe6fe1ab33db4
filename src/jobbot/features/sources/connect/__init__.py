"""Which boards are read: added by name or address, brought in as a list, paused, removed and taken back.

Public: `change.Connecting` changes it, `lists.wishes` reads a list; nothing here fetches but what a page must tell.
"""
