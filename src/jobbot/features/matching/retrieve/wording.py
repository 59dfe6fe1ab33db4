"""The same question in other words: skills that a person typed, by the other names the taxonomy knows. Pure."""

from __future__ import annotations

from jobbot.features.skills.taxonomy import Taxonomy

LONGEST, MOST_WORDS = 4, 40
"""Words of a skill's name, and of a question that is looked at."""


def otherwise(words: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The question with every skill in it called by its usual name, or by its first other name where that was typed;
    () where it names none. A name that means a skill only in the right company (Go, R) is left alone.

    >>> from jobbot.features.skills.taxonomy import load_core
    >>> otherwise("k8s engineer", load_core()), otherwise("night nurse wanted", load_core())
    (('kubernetes engineer',), ())
    """
    typed = words.lower().split()[:MOST_WORDS]
    said: list[str] = []
    place, changed = 0, False
    while place < len(typed):
        name, length = _other(typed[place : place + LONGEST], taxonomy)
        said.append(name or typed[place])
        changed, place = changed or bool(name), place + length
    return (" ".join(said),) if changed else ()


def _other(begins: list[str], taxonomy: Taxonomy) -> tuple[str, int]:
    """Another name of the longest skill these words begin with, and how many words it takes; "" and 1 for none."""
    for length in range(len(begins), 0, -1):
        typed = " ".join(begins[:length])
        skill = taxonomy.by_label(typed)
        if skill is None or skill.context or skill.exact:
            continue
        label = skill.label.lower()
        aliases = (alias.lower() for alias in skill.aliases)
        return label if label != typed else next((a for a in aliases if a not in typed and typed not in a), ""), length
    return "", 1
