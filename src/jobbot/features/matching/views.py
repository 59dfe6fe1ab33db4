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

    A posting is due when its content has no vector yet, or when its id points at none (a twin of known content).
    """
    card = encoder.card.card_id
    keys = {posting.id: asked_key(posting.content_hash) for posting in wanted}
    missing = set(vectors.missing(card, keys.values()))
    known = set(vectors.matrix(card, ASKED_KIND, user=user)[0])
    stale = [posting for posting in wanted if keys[posting.id] in missing or posting.id not in known]
    for start in range(0, len(stale), _BATCH):
        report("Reading postings", start, len(stale))
        _batch(list(load(stale[start : start + _BATCH])), read, encoder, vectors)
    if stale:
        report("Reading postings", len(stale), len(stale))
    return len(stale)


def _batch(
    postings: Sequence[Posting], read: Callable[[str], Extraction], encoder: Encoder, vectors: VectorStore
) -> None:
    """Titles and requirement views of some postings, each under its owner (nobody: everybody's)."""
    titles = encoder.encode([posting.title for posting in postings], max_tokens=TITLE_TOKENS)
    asked = encoder.encode([asked_text(p, read(p.text)) for p in postings], max_tokens=ASKED_TOKENS)
    card = encoder.card.card_id
    for owner in sorted({posting.owner or PUBLIC for posting in postings}):
        rows = [i for i, posting in enumerate(postings) if (posting.owner or PUBLIC) == owner]
        for kind, matrix, key in ((TITLE_KIND, titles, _title_key), (ASKED_KIND, asked, _posting_key)):
            hashes = {str(postings[i].id): key(postings[i]) for i in rows}
            found = {key(postings[i]): matrix[i] for i in rows}
            vectors.add(card, found, kind=kind, hashes=hashes, user=owner)


def title_key(title: str) -> str:
    """Key of the title view; equal titles share one vector."""
    return content_hash(f"{VIEW}\x1ftitle\x1f{title}")


def _title_key(posting: Posting) -> str:
    return title_key(posting.title)


def _posting_key(posting: Posting) -> str:
    return asked_key(posting.content_hash)
