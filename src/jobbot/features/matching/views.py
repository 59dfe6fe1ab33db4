"""The two views of a posting (title, requirements), those of a profile, and embedding what is not embedded yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jobbot.features.matching.candidate import Candidate
from jobbot.features.skills.model import Extraction, Polarity
from jobbot.features.sources.model import LightPosting, Posting
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import UserId, content_hash
from jobbot.kernel.report import Report
from jobbot.platform.inference import PUBLIC, Encoder, VectorStore

TITLE_KIND, ASKED_KIND, SENTENCE_KIND = "posting-title", "posting-asked", "requirement"
TITLE_TOKENS, ASKED_TOKENS, SENTENCE_TOKENS = 32, 128, 64
VIEW = "view/1"
_ENOUGH = 80
_ASKED_CHARACTERS = 900
_BATCH = 64


def asked_text(posting: Posting, extraction: Extraction) -> str:
    """The requirement sentences, must-haves first; the beginning of the text where there are hardly any."""
    ranked = sorted(extraction.requirements, key=lambda r: r.polarity is not Polarity.MUST)
    sentences = "\n".join(r.evidence.quote for r in ranked if not r.negated)
    text = sentences if len(sentences) >= _ENOUGH else posting.text
    return " ".join(text[:_ASKED_CHARACTERS].split()) or posting.title


def asked_key(content: str) -> str:
    """Key of the requirements view by the posting's content hash: known without reading the text."""
    return content_hash(f"{VIEW}\x1f{content}")


def own_texts(candidate: Candidate) -> list[str]:
    """Views of a profile to hold against requirements: headline and summary, each position, the skills together."""
    profile = candidate.profile
    label = " ".join(fact.wording for fact in profile.of(FactKind.LABEL))
    about = " ".join(fact.wording for fact in profile.of(FactKind.SUMMARY) if not fact.group)
    texts = [f"{label}. {about}"] if label or about else []
    for role in profile.roles[:6]:
        told = [f.wording for f in profile.facts if f.group == role.group and f.kind is FactKind.BULLET]
        texts.append(f"{role.position}. {' '.join(told)}")
    skills = ", ".join(fact.wording for fact in profile.of(FactKind.SKILL))
    return [*texts, *([f"{label}: {skills}"] if skills else [])]


def fact_text(fact: Fact) -> str:
    """What of a fact is held against requirements: of a position its title, without the employer's name."""
    return fact.position if fact.kind in (FactKind.ROLE, FactKind.VOLUNTEER) and fact.position else fact.wording


def embed(
    wanted: Sequence[LightPosting | Posting],
    load: Callable[[Sequence[LightPosting | Posting]], Iterable[Posting]],
    read: Callable[[str], Extraction],
    encoder: Encoder,
    vectors: VectorStore,
    user: UserId,
    report: Report,
) -> int:
    """Give every posting both views, each batch committed; returns how many were new or changed.

    A posting is due when its id does not point at the view of its present content: new, changed, changed back, or a
    twin of another. Only content without a vector is encoded.
    """
    pointed = vectors.pointers(encoder.card.card_id, ASKED_KIND, user=user)
    stale = [posting for posting in wanted if pointed.get(posting.id) != asked_key(posting.content_hash)]
    for start in range(0, len(stale), _BATCH):
        report("Reading postings", start, len(stale))
        _batch(list(load(stale[start : start + _BATCH])), read, encoder, vectors)
    if stale:
        report("Reading postings", len(stale), len(stale))
    return len(stale)


def _batch(
    postings: Sequence[Posting], read: Callable[[str], Extraction], encoder: Encoder, vectors: VectorStore
) -> None:
    """Titles, then requirement views of some postings, each under its owner (nobody: everybody's)."""
    card = encoder.card.card_id
    for kind, key, text, tokens in (
        (TITLE_KIND, _title_key, lambda posting: posting.title, TITLE_TOKENS),
        (ASKED_KIND, _posting_key, lambda posting: asked_text(posting, read(posting.text)), ASKED_TOKENS),
    ):
        by_key = {key(posting): posting for posting in postings}
        missing = vectors.missing(card, by_key)
        rows = encoder.encode([text(by_key[name]) for name in missing], max_tokens=tokens) if missing else ()
        found = dict(zip(missing, rows, strict=True))
        for owner in sorted({posting.owner or PUBLIC for posting in postings}):
            hashes = {str(p.id): key(p) for p in postings if (p.owner or PUBLIC) == owner}
            own = {name: found[name] for name in hashes.values() if name in found}
            vectors.add(card, own, kind=kind, hashes=hashes, user=owner)


def title_key(title: str) -> str:
    """Key of the title view; equal titles share one vector."""
    return content_hash(f"{VIEW}\x1ftitle\x1f{title}")


def _title_key(posting: Posting) -> str:
    return title_key(posting.title)


def _posting_key(posting: Posting) -> str:
    return asked_key(posting.content_hash)
