"""What follows from a task, kept in the task's own transaction and brought about afterwards.

An effect on the database and its mark `delivered` are one transaction: it happens exactly once. One on the world
outside is handed the row's key, so that who receives it can tell a repetition.

Public: `store.Outbox`, `deliver.Inside`, `deliver.Outside`, `deliver.deliver`.
"""
