"""Find a company's board from the address of its careers page or of one posting, and ask the board to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from jobbot.features.sources.discover.evidence import Evidence, Found, Recognise, evidence_in
from jobbot.features.sources.policy import refusal_of_url
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, NotFound
from jobbot.sdk import BoardRef, Listing, Reply

HOPS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
BY_HAND = "save a posting of it by hand and run `jobbot ingest file PATH`"


class Discovery:
    """`open_` fetches one page of one public host; `look` asks a board what it lists. Both refuse what they must."""

    def __init__(
        self, recognise: Recognise, open_: Callable[[str], Reply], look: Callable[[BoardRef], Listing]
    ) -> None:
        self._recognise = recognise
        self._open = open_
        self._look = look

    def find(self, url: str) -> dict[str, Any]:
        """`{url, verdict, boards: [{source, board, region, evidence, confirmed, company, postings, problem}], notes}`.

        `verdict`: verified (one board, and it answered), ambiguous (several answered: choose), unresolved. Raises
        RefusedByPolicy for a site that programs must not read, InvalidInput for no https address, Failed and TryLater
        where the page cannot be read.
        """
        address = url.strip()
        if refused := refusal_of_url(address):
            raise refused
        if not address.startswith("https://") or not urlsplit(address).hostname:
            raise InvalidInput(f"{address[:200]!r} is no https address; copy that of the careers page or of a posting")
        direct = self._recognise(address)
        seen = Found((Evidence(direct, (address,)),), ()) if direct else self._on_page(address)
        boards = [self._confirmed(one) for one in seen.boards]
        return {"url": address, "verdict": _verdict(boards), "boards": boards, "notes": _notes(seen, boards)}

    def _on_page(self, address: str) -> Found:
        for _ in range(HOPS + 1):
            reply = self._open(address)
            onward = urljoin(address, reply.headers.get("location", "")) if reply.status in _REDIRECTS else ""
            if not onward:
                return self._read(reply, address)
            if ref := self._recognise(onward):
                return Found((Evidence(ref, (f"{address} leads to {onward}"[:400],)),), ())
            if refused := refusal_of_url(onward):
                raise refused
            address = onward
        raise Failed(f"{address[:200]} leads on and on; give the address at which the browser ends")

    def _read(self, reply: Reply, address: str) -> Found:
        if reply.status == 404:
            raise NotFound(f"there is no page at {address[:200]}")
        if not reply.ok:
            raise Failed(f"{urlsplit(address).hostname} answered {reply.status}; open the page and {BY_HAND}")
        return evidence_in(reply.body.decode("utf-8", "replace"), address, self._recognise)

    def _confirmed(self, one: Evidence) -> dict[str, Any]:
        ref = one.board
        told: dict[str, Any] = {"source": ref.source, "board": ref.board, "region": ref.region or None}
        try:
            listing = self._look(ref)
        except JobbotError as error:
            return {**told, **_said(one, problem=error.detail)}
        company = listing.company or next((row.company for row in listing.postings if row.company), None)
        return {**told, **_said(one, confirmed=True, company=company, postings=len(listing.postings))}


def _said(
    one: Evidence, *, confirmed: bool = False, company: str | None = None, postings: int = 0, problem: str | None = None
) -> dict[str, Any]:
    stated = {"evidence": list(one.seen), "confirmed": confirmed, "company": company}
    return {**stated, "postings": postings, "problem": problem}


def _verdict(boards: list[dict[str, Any]]) -> str:
    confirmed = sum(board["confirmed"] for board in boards)
    return "verified" if confirmed == 1 else "ambiguous" if confirmed else "unresolved"


def _notes(seen: Found, boards: list[dict[str, Any]]) -> list[str]:
    notes = [
        f"the page bears marks of {name}, but names no board; open a posting and give its address"
        for name in seen.traces
        if name != "workday"
    ]
    if "workday" in seen.traces:
        notes.append(f"the employer uses Workday, which is not read by a program: {BY_HAND}")
    if not boards and not notes:
        notes.append(f"no board that jobbot can read is named on this page; {BY_HAND}")
    if sum(board["confirmed"] for board in boards) > 1:
        notes.append("several boards answered; connect the one whose postings you want, or each of them")
    return notes
