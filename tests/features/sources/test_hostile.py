"""A sample of the hostile campaign: no connection that was not to be, and guards without a check are caught."""

from __future__ import annotations

from evals.hostile import CONTROLS, all_cases, campaign, shipped
from evals.hostile_cases import Case
from evals.hostile_world import PUBLIC

EVERY = 41
LYING = (("boards-api.greenhouse.io", ((PUBLIC,), ("127.0.0.1",))),)
INSIDE = (
    Case("a name that leads inside", "discover", "https://inside.example/", names=(("inside.example", (("::1",),)),)),
    Case("a name that changes", "board", "acme", "greenhouse", names=LYING),
    Case("an address in decimal", "discover", "https://2130706433/"),
)


def test_nobody_gets_inside() -> None:
    report = campaign(shipped, all_cases()[::EVERY])
    assert report.cases >= 40
    assert report.connections > 0
    assert (report.disallowed, report.trapped, report.stray, list(report.uncaught)) == ([], 0, [], [])


def test_a_guard_without_a_check_is_caught() -> None:
    caught = {name: campaign(make, INSIDE) for name, make in CONTROLS.items()}
    assert all(report.trapped and report.disallowed for report in caught.values()), caught
    assert campaign(shipped, INSIDE).trapped == 0
