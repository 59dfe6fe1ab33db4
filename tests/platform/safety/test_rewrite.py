"""The quick reading of plain adverts writes what the walk through the tree writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.platform.safety.sanitise import clean

PARTS = (
    "<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<strong>", "</strong>", "<em>", "</em>", "<br>", "<hr>",
    "<h1>", "</h1>", "<h4>", "<div>", "</div>", '<a href="https://a.example/?x=1&amp;y=2">', "</a>", "<a href='x'>",
    '<p style="min-height:1.5em">', '<td class="d-block">', "<table><tr><td>", "</table>", "<img src=x>", "<u>",
    "word", " two  words ", "&nbsp;", "&lt;b&gt; &amp;amp;", "\n", "\t", "’", "\u200b", "\ufe0f", "é", "5 > 4", "<",
    '<p style="display:none">', "<b hidden>", '<i class="sr-only">', "<script>x</script>", "<pre>\n\n a", "<x-y>",
    '<p a"b=c>', "<button>no</button>", "<style>p{display:none}</style>", '<font color="white">',
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_a_comment_which_forces_the_walk_changes_nothing(html: str) -> None:
    walked = clean("<p></p><!-- walk -->" + html)
    assert clean("<p></p>" + html) == walked


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<style>.k{display:none}</style><p class=k>no</p><p>yes</p>", "yes"),
        ("<p title='<b>'>yes</p>", "yes"),
        ('<p STYLE="dis\\play : NONE">no</p>yes', "yes"),
        ('<p style="display&#58;none">no</p>yes', "yes"),
        ("<dialog>no</dialog>yes", "yes"),
    ],
)
def test_what_may_hide_is_never_read_quickly(html: str, text: str) -> None:
    assert clean(html).text == text


def test_active_content_before_the_body_is_told() -> None:
    assert clean("<script>x</script><p>yes</p>").notes == ("active content removed (script 1)",)
