"""`/tasks`: what the background is at, as a list, one by one, and as a stream of events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Event
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from jobbot.kernel.errors import JobbotError
from jobbot.platform.http.caller import Caller, Policy
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply, encoded
from jobbot.platform.http.route import SESSION, admit, router
from jobbot.platform.http.shapes import Shape, TaskShape, Words
from jobbot.platform.http.wired import Me, wired
from jobbot.platform.work.model import State, Task

ROUTES: APIRouter = router("tasks")
Parts = Annotated[Any, Depends(wired)]
TaskId = Annotated[str, Path(alias="id", max_length=64)]
LOOK_SECONDS = 0.4
ALIVE_SECONDS = 15.0
"""A comment so often keeps what stands between from closing a stream on which nothing happens."""
ADMIT_SECONDS = 5.0
"""So often a stream asks whether its session is still one."""
LONGEST_SECONDS = 3600.0


TOLD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The task, at once and whenever it changes",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "event": {"const": "task"},
                        "id": {"type": "string", "pattern": "^[0-9]+$"},
                        "data": {
                            "type": "string",
                            "contentMediaType": "application/json",
                            "contentSchema": {"$ref": "#/components/schemas/TaskShape"},
                        },
                    },
                    "required": ["event", "id", "data"],
                }
            }
        },
    }
}
"""Each event as an object, as tools that know server-sent events read them."""


class TaskPage(Shape):
    """`next` is the cursor of the next page, null at the end."""

    items: list[TaskShape]
    next: str | None


class TasksWanted(Shape):
    state: State | None = Field(None, description="One state only")
    limit: int = Field(20, ge=1, le=200)
    cursor: Words = Field("", description="`next` of the page before")


class Events(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


@ROUTES.get("/tasks", response_model=TaskPage, openapi_extra=SESSION)
def list_tasks(parts: Parts, me: Me, wanted: Annotated[TasksWanted, Query()]) -> Reply:
    """Background work of the last thirty days, newest first."""
    items, rest = parts.tasks.page(me.user, wanted.state, wanted.cursor, wanted.limit)
    return Reply({"items": [task.as_dict() for task in items], "next": rest})


@ROUTES.get("/tasks/{id}", response_model=TaskShape, openapi_extra=SESSION)
def show_task(parts: Parts, me: Me, key: TaskId) -> Reply:
    """One task: how far it is, what came of it, or what went wrong and when it is tried again."""
    return Reply(parts.tasks.get(key, me.user).as_dict())


@ROUTES.post("/tasks/{id}/cancel", response_model=TaskShape, openapi_extra=SESSION)
def cancel_task(parts: Parts, me: Me, once: OneTime, key: TaskId) -> Reply:
    """End a task: at once where it waits, after the stage it is at where it runs. What it has stored stays."""

    def work() -> dict[str, Any]:
        ended: dict[str, Any] = parts.tasks.cancel(key, parts.clock.now(), me.user).as_dict()
        return ended

    return once(work)


@ROUTES.get("/tasks/{id}/events", response_class=Events, responses=TOLD, openapi_extra=SESSION)
async def follow_task(request: Request, parts: Parts, me: Me, key: TaskId) -> Events:
    """The task as server-sent events: `event: task`, the task as JSON in `data`. The first comes at once, the others
    as it changes; the stream ends with the task, with the session or with the server."""
    task = await run_in_threadpool(parts.tasks.get, key, me.user)
    return Events(_told(request, parts, me, task))


async def _told(request: Request, parts: Any, me: Caller, task: Task) -> AsyncIterator[bytes]:
    yield _event(task)
    quiet = since = 0.0
    ending: Event = request.app.state.ending
    while not task.state.final and since < LONGEST_SECONDS:
        await anyio.sleep(LOOK_SECONDS)
        quiet, since = quiet + LOOK_SECONDS, since + LOOK_SECONDS
        if ending.is_set() or (_turn(since, ADMIT_SECONDS) and not await run_in_threadpool(_admitted, request)):
            return
        found = await run_in_threadpool(_seen, parts, me, task.id)
        if found is None:
            return
        if found.version != task.version:
            task, quiet = found, 0.0
            yield _event(task)
        elif quiet >= ALIVE_SECONDS:
            quiet = 0.0
            yield b": still there\n\n"


def _turn(since: float, every: float) -> bool:
    """Whether a whole number of `every` seconds lies in the last look."""
    return since // every != (since - LOOK_SECONDS) // every


def _seen(parts: Any, me: Caller, key: str) -> Task | None:
    """None where it cannot be read: it was erased, or the database is away. The reader asks again and is told."""
    with suppress(JobbotError):
        found: Task = parts.tasks.get(key, me.user)
        return found
    return None


def _admitted(request: Request) -> bool:
    with suppress(JobbotError):
        return bool(admit(request, Policy.SESSION))
    return False


def _event(task: Task) -> bytes:
    return b"event: task\nid: %d\ndata: %s\n\n" % (task.version, encoded(task.as_dict()))
