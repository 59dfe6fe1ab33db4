"""What a person pastes at once: a text, a page's markup or a whole mail. Read as what it is."""

from __future__ import annotations

from dataclasses import replace

from jobbot.features.sources import files
from jobbot.features.sources.byhand import mail, page
from jobbot.features.sources.byhand.links import BOARD
from jobbot.features.sources.byhand.paste import MOST_TEXT, Pasted, draft, posting
from jobbot.kernel.errors import InvalidInput


def pasted(data: bytes, asked: Pasted) -> files.Content:
    """The posting of pasted bytes; what `asked` states wins over what the text says.

    Raises InvalidInput for a text that is too long, or from which no title can be taken.
    """
    if page.looks_like_page(data, "") or mail.looks_like_mail(data, ""):
        return files.read_bytes(data, "what was pasted")
    text = mail.decoded(data, "utf-8").removeprefix("\ufeff").strip()
    if len(text) > MOST_TEXT:
        raise InvalidInput(f"{len(text):,} characters are no posting ({MOST_TEXT:,} at the most)")
    read = draft(replace(asked, text=text))
    whole = replace(asked, title=read.title, company=read.company, location=read.location, text=text)
    return files.Content(BOARD, (posting(whole),), ())
