"""What every HTTP operation shares: fences at the door, strict bodies, problem documents, idempotency.

Public: `route.GuardedRoute`, `route.router`, `caller.Caller`, `reply.Reply`, `once.Once`, `problems.install`.
"""
