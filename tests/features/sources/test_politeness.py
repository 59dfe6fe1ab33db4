"""A sample of the politeness campaign; `./run eval politeness` reads a thousand boards four times."""

from __future__ import annotations

from datetime import timedelta

from evals.politeness import FixedClock, Sent, campaign, judged


def test_hosts_are_treated_as_they_ask() -> None:
    report = campaign(25, 2, busy_from={"boards-api.greenhouse.io": 3, "api.lever.co": 7})
    assert report.boards == 25 - 2 + 2  # what a pause kept back in the first round came with the second
    assert report.requests > 40
    assert report.gap >= 1.0
    assert (report.too_soon, report.unasked, report.over_budget, report.robots_again) == (0, 0, 0, 0)


def test_a_guard_without_manners_is_seen() -> None:
    assert campaign(10, 1, 0.0, {}).too_soon > 0


def test_the_report_sees_each_kind_of_rudeness() -> None:
    start = FixedClock().now()
    host, second = "api.example.com", timedelta(seconds=1)
    sent = [
        Sent(start, host, "robots.txt", 404),
        Sent(start + second, host, "list", 429),
        Sent(start + 2 * second, host, "list", 200),
        Sent(start + 2.5 * second, host, "robots.txt", 404),
        Sent(start + 2 * timedelta(hours=1), host, "list", 200),
    ]
    report = judged(sent, {host: 1.0}, {host: 2})
    assert (report.too_soon, report.unasked, report.over_budget, report.robots_again) == (1, 2, 1, 1)
