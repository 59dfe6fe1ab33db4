"""Every source that is shipped: the kit, and answers with one thing wrong."""

from __future__ import annotations

import pytest
from tests.features.sources.boards.wire import SAMPLES

from jobbot.platform.plugins import load
from jobbot.sdk import Source
from jobbot.sdk.contract.mutate import check_mutations
from jobbot.sdk.contract.sources import check_source

SHIPPED: dict[str, Source] = dict(load("jobbot.sources").loaded)
MUTATIONS = 300
"""A sample; `./run eval adapters` takes 10,000."""


def test_every_source_that_is_shipped_is_tried() -> None:
    assert set(SAMPLES) == set(SHIPPED)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_kit(name: str) -> None:
    check_source(SHIPPED[name], SAMPLES[name].recorded)


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_with_one_thing_wrong(name: str) -> None:
    tally = check_mutations(SHIPPED[name], SAMPLES[name].recorded, MUTATIONS)
    assert tally["accepted"] > 0
    assert tally["refused"] > 0
    assert tally["quarantined"] > 0


@pytest.mark.parametrize("name", SAMPLES)
def test_the_card_names_its_source(name: str) -> None:
    assert SHIPPED[name].card.name == name
