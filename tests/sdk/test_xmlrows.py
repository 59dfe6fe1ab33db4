"""Reading XML row by row: strict about the whole, one bad row never sinks a feed."""

from __future__ import annotations

import pytest

from jobbot.kernel.errors import Failed
from jobbot.sdk import Reply
from jobbot.sdk.xmlrows import xml_rows_of

HEAD = '<?xml version="1.0"?><rss xmlns:m="urn:m" xmlns="urn:d"><channel><title>T</title>'
GOOD = "<item><guid>1</guid><title>ok</title></item>"
TAIL = "</channel></rss>"


def rows(text: str | bytes) -> tuple[list[dict[str, object]], list[str]]:
    body = text.encode() if isinstance(text, str) else text
    found = xml_rows_of(Reply(200, {"content-type": "application/xml"}, body, "https://f.example/x"), "item", "rss")
    return found.good, [row.ref for row in found.bad]


def test_elements_become_objects() -> None:
    item = "<item><id>1</id><t>a</t><t>b</t><deep><x>1</x></deep><link href='u' rel='v'/><none/><m:id>no</m:id></item>"
    good, bad = rows(HEAD.replace(' xmlns="urn:d"', "") + item + TAIL)
    assert good == [{"id": "1", "t": ["a", "b"], "deep": {"x": "1"}, "link": {"@href": "u", "@rel": "v"}, "none": ""}]
    assert bad == []


def test_a_namespace_for_all_is_no_name() -> None:
    assert rows(HEAD + GOOD + TAIL)[0] == [{"guid": "1", "title": "ok"}]


@pytest.mark.parametrize(
    "bad",
    [
        "<item><guid>7</guid><title>a &nbsp; b</title></item>",
        "<item><guid>7</guid><title>a & b</title></item>",
        "<item><guid>7</guid><title>\x01</title></item>",
        "<item><guid>7</guid><title><b></title></item>",
    ],
)
def test_one_bad_row_is_set_aside_and_keeps_its_id(bad: str) -> None:
    good, refs = rows(HEAD + GOOD + bad + GOOD + TAIL)
    assert (len(good), refs) == (2, ["7"])


def test_what_a_section_of_text_holds_is_no_row() -> None:
    text = HEAD + "<item><guid>1</guid><d><![CDATA[<item>&</item>]]></d></item><item>&</item>" + TAIL
    good, bad = rows(text)
    assert [row["guid"] for row in good] == ["1"]
    assert good[0]["d"] == "<item>&</item>"
    assert bad == ["row 2"]


def test_bytes_that_are_not_utf8_spoil_nothing_else() -> None:
    good, _ = rows((HEAD + GOOD).encode() + b"<item><guid>2</guid><title>caf\xe9</title></item>" + TAIL.encode())
    assert len(good) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!doctype html><html><body>busy</body></html>",
        "\ufeff <html>busy</html>",
        HEAD + GOOD,
        HEAD + GOOD + "</channel>",
        "<feed></feed>",
        "{}",
        HEAD.replace("<rss", '<!DOCTYPE rss [<!ENTITY x "y">]><rss') + "<item><t>&x;</t></item>" + TAIL,
        HEAD.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
        + "<item>&x;</item>"
        + TAIL,
        '<!DOCTYPE rss [<!ENTITY x "y">]>' + HEAD.partition("?>")[2] + "<item><t>& &x;</t></item>" + TAIL,
    ],
)
def test_what_is_no_whole_answer_fails(text: str) -> None:
    with pytest.raises(Failed, match="nothing was changed"):
        rows(text)


def test_a_billion_laughs_are_not_counted() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(Failed, match="entities of its own"):
        rows(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{lines}]><rss><item>&l11;</item></rss>')


def test_nesting_has_an_end() -> None:
    good, _ = rows(HEAD + "<item><id>1</id>" + "<a>" * 5_000 + "</a>" * 5_000 + "</item>" + TAIL)
    assert good[0]["id"] == "1"
