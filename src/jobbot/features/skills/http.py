"""`/taxonomy`: the answers of `jobbot taxonomy`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Query

from jobbot.features.skills.answers import RemovedShape, TaxonomyReport, TaxonomyShape
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported.bring import bring
from jobbot.features.skills.imported.files import of_bytes
from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.tell import told
from jobbot.kernel.clock import Clock
from jobbot.platform.http.caller import Policy
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, policy, router
from jobbot.platform.http.upload import REQUEST_BODY, Uploaded
from jobbot.platform.http.wired import wired
from jobbot.settings import Settings


class App(Protocol):
    """The part of the wired program that this slice uses; `turn` is held while what matching reads with changes."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def extractor(self) -> Extractor: ...
    @property
    def turn(self) -> Lock: ...
    def renew_taxonomy(self) -> None: ...


Parts = Annotated[App, Depends(wired)]
Name = Annotated[Literal["esco", "onet"], Query(alias="set", description="Which taxonomy")]
ROUTES: APIRouter = router("taxonomy")
UPLOAD: dict[str, Any] = {"x-upload": True, "requestBody": REQUEST_BODY}


@ROUTES.get("/taxonomy", response_model=TaxonomyShape, openapi_extra=SESSION)
def show_taxonomy(parts: Parts) -> Reply:
    """The taxonomies in use: the bundled core, and over it what was imported."""
    return Reply(told(parts.extractor, _shelf(parts)))


@ROUTES.post("/taxonomy", response_model=TaxonomyReport, openapi_extra=policy(Policy.SESSION, **UPLOAD))
def import_taxonomy(
    parts: Parts,
    once: OneTime,
    file: Uploaded,
    name: Name,
    dry_run: Annotated[bool, Query(description="Show what would be read; keep nothing")] = False,
) -> Reply:
    """Lay ESCO or O*NET over the core: one table, or a ZIP of all of them. At most 25 MB; of ESCO the ZIP of one
    language is enough."""

    def plan() -> Callable[[], dict[str, Any]]:
        """Seconds of reading, outside the transaction: to import twice is to import once."""
        with parts.turn:
            data = bring(of_bytes(file.name, file.data), name, _shelf(parts), parts.clock.now(), dry_run=dry_run)
            if data["changed"] and not dry_run:
                parts.renew_taxonomy()
        return lambda: data

    return once.planned(plan, about=f"{file.name}\x1f".encode() + file.data)


@ROUTES.delete("/taxonomy", response_model=RemovedShape, openapi_extra=SESSION)
def remove_taxonomy(parts: Parts, once: OneTime, name: Name) -> Reply:
    """Undo an import; the core stays."""

    def work() -> dict[str, Any]:
        with parts.turn:
            _shelf(parts).remove(name)
            parts.renew_taxonomy()
        return {"removed": name}

    return once(work)


def _shelf(parts: App) -> Shelf:
    return Shelf(Path(parts.settings.home))
