"""The model card that travels with every vector, and the prefixes known model families were trained with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jobbot.kernel.ids import short_hash

Pooling = Literal["mean", "cls"]
Precision = Literal["int8", "fp32"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What made a vector. Two vectors may be compared only when their `card_id` is the same."""

    name: str
    revision: str
    """Hash (16 base-32 characters of SHA-256) over the weights and the files that shape their use."""
    dim: int
    max_tokens: int
    """Longest input in tokens, both special tokens counted."""
    pooling: Pooling
    normalise: bool
    """Whether the model itself ends in a normalising module; the encoder's vectors have length 1 either way."""
    query_prefix: str
    passage_prefix: str
    licence: str
    precision: Precision
    languages: tuple[str, ...] = ("en",)
    """Primary language subtags of what it was trained to read; `*` is any."""

    def reads(self, language: str | None) -> bool:
        """Whether nearness of texts in this language means anything; one that nobody could tell is tried.

        >>> card = ModelCard("tiny", "00", 4, 8, "cls", True, "", "", "mit", "int8")
        >>> card.reads("en-GB"), card.reads("de"), card.reads(None)
        (True, False, True)
        """
        return language is None or "*" in self.languages or language.partition("-")[0].lower() in self.languages

    @property
    def card_id(self) -> str:
        """At most 64 characters; another hash, precision, pooling or prefix is another id.

        >>> card = ModelCard("tiny", "00", 4, 8, "cls", True, "query: ", "", "mit", "int8")
        >>> card.card_id.startswith("tiny-int8-"), card.card_id == card.card_id
        (True, True)
        """
        slug = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:40]
        parts = (self.revision, self.pooling, str(self.max_tokens), self.query_prefix, self.passage_prefix)
        return f"{slug}-{self.precision}-{short_hash(*parts)}"


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What stands before a query and before a passage; part of the model, not of the text."""

    query: str = ""
    passage: str = ""


_SEARCH = Prefixes("Represent this sentence for searching relevant passages: ")

FAMILIES: tuple[tuple[str, Prefixes], ...] = (
    # first match wins; the sentences are those of the published model cards
    (r"\bbge-m3\b", Prefixes()),
    (r"\bbge-(micro|small|base|large)-zh", Prefixes("为这个句子生成表示以用于检索相关文章：")),
    (r"\bbge-(micro|small|base|large)", _SEARCH),
    (r"\bmxbai-embed-(large|xsmall)", _SEARCH),
    (r"\bsnowflake-arctic-embed-(xs|s|m|l)\b(?!-v2)", _SEARCH),
    (
        r"\be5-(small|base|large)-instruct",
        Prefixes("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "),
    ),
    (r"\be5-(small|base|large)", Prefixes("query: ", "passage: ")),
)


_ANY_LANGUAGE = re.compile(
    r"multilingual|\bbge-m3\b|\blabse\b|xlm-?r|multi-?e5|embed-(?:s|m|l)-v2|distiluse-base-multi|jobbert-v3",
    re.IGNORECASE,
)
"""Names of families that were trained on many languages, as their published cards say."""
_ONE_LANGUAGE = re.compile(r"[-_](?P<code>de|fr|es|it|nl|pt|pl|zh|ja|ko|ar|ru)(?:[-_]|$)", re.IGNORECASE)


def languages_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The languages a model reads by what it is called; English where its name says nothing.

    >>> languages_of(("paraphrase-multilingual-MiniLM-L12-v2",)), languages_of(("jina-embeddings-v2-base-de",))
    (('*',), ('en', 'de'))
    >>> languages_of(("all-MiniLM-L6-v2",))
    ('en',)
    """
    if any(_ANY_LANGUAGE.search(name) for name in names):
        return ("*",)
    named = next((match["code"].lower() for name in names if (match := _ONE_LANGUAGE.search(name))), None)
    return ("en", named) if named else ("en",)


def prefixes_of(names: tuple[str, ...]) -> Prefixes:
    """The prefixes of the family one of the names belongs to, else none.

    >>> prefixes_of(("intfloat/multilingual-e5-small",)).passage
    'passage: '
    >>> prefixes_of(("gte-small",))
    Prefixes(query='', passage='')
    """
    for pattern, prefixes in FAMILIES:
        if any(re.search(pattern, name.lower()) for name in names):
            return prefixes
    return Prefixes()
