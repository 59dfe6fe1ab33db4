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
_BATCH, _POINTED = 64, 2_048


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
    batch = _Batch(read, encoder, vectors)
    try:
        for start in range(0, len(stale), _BATCH):
            report("Reading postings", start, len(stale))
            batch.take(list(load(stale[start : start + _BATCH])))
    finally:
        batch.point()
    if stale:
        report("Reading postings", len(stale), len(stale))
    return len(stale)


class _Batch:
    """Vectors are kept with each batch; ids are pointed at them in larger lots, for with each lot every index over
    them is out of date."""

    def __init__(self, read: Callable[[str], Extraction], encoder: Encoder, vectors: VectorStore) -> None:
        self._read, self._encoder, self._vectors = read, encoder, vectors
        self._waiting: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, postings: Sequence[Posting]) -> None:
        """Titles, then requirement views of some postings, each under its owner (nobody: everybody's)."""
        card = self._encoder.card.card_id
        for kind, key, text, tokens in (
            (TITLE_KIND, _title_key, lambda posting: posting.title, TITLE_TOKENS),
            (ASKED_KIND, _posting_key, lambda posting: asked_text(posting, self._read(posting.text)), ASKED_TOKENS),
        ):
            by_key = {key(posting): posting for posting in postings}
            missing = self._vectors.missing(card, by_key)
            if missing:
                rows = self._encoder.encode([text(by_key[name]) for name in missing], max_tokens=tokens)
                self._vectors.put(card, dict(zip(missing, rows, strict=True)))
            for posting in postings:
                self._waiting.setdefault((kind, posting.owner or PUBLIC), {})[str(posting.id)] = key(posting)
        if sum(map(len, self._waiting.values())) >= 2 * _POINTED:
            self.point()

    def point(self) -> None:
        """Let the ids of what was taken point at their vectors."""
        for (kind, owner), hashes in sorted(self._waiting.items()):
            self._vectors.refer(kind, hashes, user=owner)
        self._waiting.clear()


def title_key(title: str) -> str:
    """Key of the title view; equal titles share one vector."""
    return content_hash(f"{VIEW}\x1ftitle\x1f{title}")


def _title_key(posting: Posting) -> str:
    return title_key(posting.title)


def _posting_key(posting: Posting) -> str:
    return asked_key(posting.content_hash)
