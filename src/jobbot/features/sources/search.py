"""Words to a full-text query: only words, never operators, so that nothing a person types is a syntax error. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SQLITE_WORD = re.compile(r"[\w+#]+")
_WORD = re.compile(r"\w+")
MAX_WORDS = 200


def sqlite_query(words: str | Sequence[str], *, every: bool) -> str:
    """An FTS5 expression of quoted words; "" when there is none."""
    found = _words(words, _SQLITE_WORD)
    return (" AND " if every else " OR ").join(f'"{word}"' for word in found)


def postgres_query(words: str | Sequence[str], *, every: bool) -> str:
    """A tsquery of quoted words; "" when there is none."""
    return (" & " if every else " | ").join(f"'{word}'" for word in _words(words, _WORD))


def _words(words: str | Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    text = words if isinstance(words, str) else " ".join(words)
    found = (word for word in pattern.findall(text.replace("\x00", " ")) if any(char.isalnum() for char in word))
    return list(dict.fromkeys(word.casefold() for word in found))[:MAX_WORDS]


# A word of the title counts five times, one of the company's name twice.
SQLITE = """
SELECT rowid AS number, -bm25(postings_fts, 5.0, 2.0, 1.0) AS score FROM postings_fts WHERE postings_fts MATCH :words
"""

POSTGRES = """
SELECT f.number AS number, ts_rank_cd('{0.1, 0.1, 0.4, 1.0}', f.document, q, 1) AS score
FROM to_tsquery('english', :words) q, postings_fts f WHERE f.document @@ q
"""

# The index is written beside the rows, in the same transaction: `FORGET` before a row changes, `INDEX` after.
# In the order of the rows: FTS5 writes out what it has gathered whenever a row comes before the last one.
SQLITE_FORGET = """
INSERT INTO postings_fts(postings_fts, rowid, title, company, text)
SELECT 'delete', number, title, company, text FROM postings WHERE id IN :ids ORDER BY number
"""
SQLITE_INDEX = """
INSERT INTO postings_fts(rowid, title, company, text)
SELECT number, title, company, text FROM postings WHERE id IN :ids ORDER BY number
"""
POSTGRES_INDEX = """
INSERT INTO postings_fts (number, document)
SELECT number, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', company), 'B')
    || to_tsvector('english', left(text, 200000)) FROM postings WHERE id IN :ids
ON CONFLICT (number) DO UPDATE SET document = EXCLUDED.document
"""
