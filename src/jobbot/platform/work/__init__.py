"""Background work: the `tasks` row is the truth, a worker leases it, and what follows from it goes through the outbox.

A queue file only wakes a worker; who loses it loses nothing. A task that a killed process held is taken up again.

Public: `model`, `store.TaskStore`, `outbox`, `run.Worker`, `wake.Bell`, `schedule.latest_slot`, `decide`.
"""
