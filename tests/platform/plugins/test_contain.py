"""A plugin of somebody else's: what it does wrong reaches no further than its own board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from jobbot.kernel.errors import Failed, InvalidInput, NotFound, TryLater
from jobbot.platform.plugins.contain import Contained
from jobbot.sdk import BoardRef, HostPolicy, Listing, RawPosting, Source, SourceCard, Verdict
from jobbot.sdk.contract import RecordedHttp

BOARD = BoardRef("acme", "demo")
CARD = SourceCard("acme", "Acme", Verdict.ALLOWED, "made for it", HostPolicy(frozenset({"api.acme.example"})))
BAKER = RawPosting("1", "Baker", text="Bread.")


class Acme:
    api_version = 1
    card = CARD

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.answer = answer

    def list(self, board: BoardRef, http: Any, etag: str = "") -> Any:
        return self.answer()

    def recognise(self, url: str) -> Any:
        return self.answer()

    def configured(self, options: Any) -> Any:
        return self.answer()


def contained(answer: Callable[[], Any]) -> Source:
    return Contained(Acme(answer), "acme-jobs 1.2, acme_jobs:SOURCE")


def raising(error: BaseException) -> Callable[[], Any]:
    def answer() -> Any:
        raise error

    return answer


async def promise() -> Listing:
    return Listing(BOARD)


def listed(answer: Callable[[], Any]) -> Listing:
    return contained(answer).list(BOARD, RecordedHttp({}), "")


def test_what_is_right_is_handed_on_as_it_is() -> None:
    whole = Listing(BOARD, (BAKER,), etag="x")
    assert listed(lambda: whole) is whole
    ref = BoardRef("acme", "other")
    assert contained(lambda: ref).recognise("https://acme.example") is ref


@pytest.mark.parametrize("error", [NotFound("none"), TryLater("later"), Failed("no"), InvalidInput("that")])
def test_the_errors_of_jobbot_are_handed_on(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        listed(raising(error))
    assert raised.value is error


@pytest.mark.parametrize("error", [KeyError("jobs"), SystemExit(3), RecursionError("deep"), ValueError("\ud800")])
def test_any_other_is_told_with_the_name_of_the_package(error: BaseException) -> None:
    with pytest.raises(Failed, match=r"'acme' \(acme-jobs 1\.2, acme_jobs:SOURCE\) broke on 'demo'"):
        listed(raising(error))


@pytest.mark.parametrize(
    "rubbish",
    [
        None,
        [],
        "text",
        {"postings": []},
        Listing(BoardRef("greenhouse", "demo")),
        Listing(BOARD, [BAKER]),  # type: ignore[arg-type]
        Listing(BOARD, ("Baker",)),  # type: ignore[arg-type]
        Listing(BOARD, rejected=(BAKER,)),  # type: ignore[arg-type]
        Listing(BOARD, etag=7),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_listing_is_refused(rubbish: Any) -> None:
    with pytest.raises(Failed, match="nothing was changed"):
        listed(lambda: rubbish)


def test_a_coroutine_is_no_listing() -> None:
    coroutine = promise()
    with pytest.raises(Failed, match="coroutine"):
        listed(lambda: coroutine)
    coroutine.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"external_id": 7}, "its external_id is int"),
        ({"title": None}, "its title is NoneType"),
        ({"html": b"<p>"}, "its html is bytes"),
        ({"company": ["Acme"]}, "its company is list"),
        ({"posted_at": datetime(2026, 11, 20)}, "no moment with a time zone"),  # noqa: DTZ001 - naive on purpose
        ({"posted_at": "2026-11-20"}, "no moment with a time zone"),
        ({"locations": "Leeds"}, "its locations are not all str"),
        ({"salaries": ({"min": 1},)}, "its salaries are not all Salary"),
        ({"raw": "text"}, "its raw is no object"),
    ],
)
def test_a_row_that_is_none_is_set_aside_alone(change: dict[str, Any], reason: str) -> None:
    found = listed(lambda: Listing(BOARD, (BAKER, replace(BAKER, **change))))
    assert found.postings == (BAKER,)
    (aside,) = found.rejected
    assert reason in aside.reason
    assert aside.identified is ("external_id" not in change)


@pytest.mark.parametrize("answer", [raising(ValueError("?")), raising(SystemExit()), lambda: "acme", lambda: 7])
def test_an_address_is_nobody_s_where_the_plugin_breaks(answer: Callable[[], Any]) -> None:
    assert contained(answer).recognise("https://acme.example") is None


def test_a_plugin_claims_no_board_of_another() -> None:
    assert contained(lambda: BoardRef("greenhouse", "acme")).recognise("https://boards.greenhouse.io/acme") is None


def test_options_that_break_it_are_the_user_s_to_mend() -> None:
    with pytest.raises(InvalidInput, match="KeyError"):
        contained(raising(KeyError("key"))).configured({})  # type: ignore[attr-defined]
    again = contained(lambda: Acme(raising(ValueError("?")))).configured({})  # type: ignore[attr-defined]
    with pytest.raises(Failed, match="acme-jobs"):
        again.list(BOARD, RecordedHttp({}), "")
