"""Canonical text: what cannot be seen goes, what writing needs stays, twice is the same as once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.platform.safety.canonical import canonical_line, canonical_text

ODD = st.sampled_from(
    "a b\n\t\r\u200b\u200c\u200d\u0301\u0628\u0915\u094d\U0001f469\u2764\ufe0f\u202e\u00ad\U000e0041\u0653\u0627\u2028"
    "\u00a0\ud800\u1160\u1100\u1161\u00e9\x1c\x85\x00"
)
ANY = st.text(ODD | st.characters())


@settings(max_examples=1500, deadline=None)
@given(ANY)
def test_twice_is_once(text: str) -> None:
    once = canonical_text(text)
    twice = canonical_text(once.text)
    assert twice.text == once.text
    assert not twice.stripped


def test_what_is_taken_as_canonical_at_a_glance_is_what_the_long_way_makes() -> None:
    """Two blanks send a text the long way; of every character alone and of some after a letter."""
    signs = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000] + ["\U000e0041", "\U000e0101"]
    texts = [f"a{sign}b" for sign in signs]
    assert [text for text in texts if canonical_text(text + " c").text != canonical_text(text + "  c").text] == []


@settings(max_examples=500, deadline=None)
@given(ANY, st.integers(1, 12))
def test_cap_holds_and_stays(text: str, limit: int) -> None:
    once = canonical_text(text, limit)
    assert len(once.text) <= limit
    assert canonical_text(once.text, limit).text == once.text


@settings(max_examples=500, deadline=None)
@given(ANY)
def test_no_invisible_character_survives(text: str) -> None:
    kept = canonical_text(text).text
    bad = [c for c in kept if unicodedata.category(c) in {"Cf", "Co", "Cn", "Cs", "Cc"} and c not in "\n\u200c\u200d"]
    assert not bad
    assert unicodedata.is_normalized("NFC", kept)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_line_has_one_line(text: str) -> None:
    line = canonical_line(text)
    assert "\n" not in line
    assert canonical_line(line) == line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ign\u200bore", "ignore"),
        ("a\U000e0069\U000e0067b", "ab"),
        ("x\ufe01\ufe02y", "xy"),
        ("\u202eevil\u202c", "evil"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u200db", "ab"),
        ("e\u200b\u0301", "\u00e9"),
        ("  two   words \n\n\n\n  next\t", "two words\n\nnext"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00 bell\x07", "nul bell"),
        ("hangul\u3164filler", "hangulfiller"),
        ("\ue000private", "private"),
        ("half\ud800", "half"),
        ("we\u00e2\u0080\u0099re at caf\u00c3\u00a9 \u00e2\u0080\u009cX\u00e2\u0080\u009d", "we’re at cafÃ© “X”"),
        ("\u00e2\u0080\u008bzero", "zero"),
        ("\u00e2\u0080 half", "â half"),
    ],
)
def test_hidden_payloads(raw: str, clean: str) -> None:
    assert canonical_text(raw).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f4bb",  # woman technologist
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian "I do not want"
        "\u0915\u094d\u200d\u0937",  # Devanagari half form
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala "Sri"
        "Åsa Lindström, 5 µg, naïve façade, 東京",
    ],
)
def test_writing_stays(text: str) -> None:
    assert canonical_text(text).text == text


def test_joiners_cannot_carry_a_message() -> None:
    smuggled = "\u0628" + "\u200c\u200d" * 50 + "\u0628"
    assert canonical_text(smuggled).text == "\u0628\u200c\u0628"


def test_counts_name_the_kind() -> None:
    stripped = canonical_text("a\u200b\u200b\u202e\U000e0041\x00").stripped
    assert stripped == {"zero_width": 2, "bidi": 1, "tag": 1, "control": 1}


def test_cut_is_counted() -> None:
    result = canonical_text("abc " * 10, 10)
    assert result.text == "abc abc ab"
    assert result.stripped == {"cut": 29}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["\u200d", " \n", "\u0628\u200c", "\U000e0041", "a\u0301", "\u00a0 ", "\ud800x"])
def test_long_runs_of_odd_characters_come_back(unit: str) -> None:
    result = canonical_text(unit * (400_000 // len(unit)))
    assert canonical_text(result.text).text == result.text
