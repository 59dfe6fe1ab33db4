"""The whole of it: compose -> choose and fit -> verify -> render -> read back -> keep."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from jobbot.features.matching.model import Match
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import ats, export, letter, speech, theme
from jobbot.features.tailoring.compose import Draft, compose
from jobbot.features.tailoring.fit import fit
from jobbot.features.tailoring.model import Fitted, Tailored, Unit, UnitKind
from jobbot.features.tailoring.nearness import Encodes, Nearness
from jobbot.features.tailoring.page import Made, Page
from jobbot.features.tailoring.press import Press, Printed
from jobbot.features.tailoring.store import DocumentStore
from jobbot.features.tailoring.verify import Prover, require
from jobbot.features.tailoring.weigh import Scale
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, OurBug
from jobbot.kernel.fact import FactKind
from jobbot.platform.storage import Records

FORMATS = ("pdf", "docx", "md", "txt")
DEFAULT_TEMPLATE = "classic"
THIN = 0.7
"""Below this share of the page a note says that the profile has too little for a full page."""


class Tailor:
    """One Typst worker over all documents; `close()` ends it. Without `records` no sealed copy is kept; without
    `encoder` letters pair phrases and facts by skills and words alone."""

    def __init__(
        self,
        extractor: Extractor,
        store: DocumentStore | None,
        clock: Clock,
        records: Records | None = None,
        encoder: Encodes | None = None,
    ) -> None:
        self._extractor, self._store, self._clock, self._records = extractor, store, clock, records
        self._encoder = encoder
        self._press = Press()

    def close(self) -> None:
        self._press.close()

    def tailor(
        self,
        profile: Profile,
        posting: Posting,
        match: Match,
        *,
        folder: Path,
        template: str = DEFAULT_TEMPLATE,
        formats: Collection[str] = FORMATS,
        letter: bool = True,
    ) -> Tailored:
        """Make, prove, write and keep the documents. Raises Failed naming every line that cannot be proven,
        InvalidInput for a profile without a name or with one no bundled font can draw, NotFound for the template."""
        began = time.perf_counter()
        run = _Run(self, profile, posting, match, template)
        fitted, cv = run.cv()
        written = run.letter() if letter else None
        checks = ats.check(cv.printed.data, cv.units, cv.printed.pages)
        bundle = export.Bundle(
            profile=profile,
            posting=posting,
            template=template,
            fitted=fitted,
            cv=cv,
            letter=written,
            base=run.base(),
            checks=checks,
            notes=_notes(fitted, match, profile),
            at=self._clock.now(),
            seconds=time.perf_counter() - began,
        )
        files = export.write(bundle, folder, formats, self._press)
        ids = export.keep(bundle, files, self._store, self._records)
        return Tailored(
            posting_id=posting.id,
            pages=cv.printed.pages,
            template=template,
            files=files,
            checks=checks,
            lines=bundle.lines,
            left_out=fitted.left_out,
            fill=fitted.fill,
            notes=bundle.notes,
            profile_version=profile.version,
            document_id=ids[0] if ids else "",
        )

    def render_cv(self, profile: Profile, match: Match, template: str = DEFAULT_TEMPLATE) -> tuple[Fitted, Printed]:
        """Only the CV, nothing written: select, verify, fit, render."""
        fitted, made = _Run(self, profile, match.posting, match, template).cv()
        return fitted, made.printed

    def picture(self, made: Made, ppi: float = 110) -> bytes:
        """A PNG of a document's first page."""
        return self._press.render(made.page.data(made.units, made.settings, made.air), "png", ppi).data

    @property
    def extractor(self) -> Extractor:
        return self._extractor

    @property
    def encoder(self) -> Encodes | None:
        return self._encoder

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def press(self) -> Press:
        return self._press


class _Run:
    """One tailoring: what its steps share."""

    def __init__(self, owner: Tailor, profile: Profile, posting: Posting, match: Match, template: str) -> None:
        self.profile, self.posting, self.template = profile, posting, template
        self.match = match if match.posting is posting else replace(match, posting=posting)
        self.now = owner.clock.now()
        self.press = owner.press
        self.press.start()
        self.prover = Prover(posting)
        self.scale = Scale(self.match, owner.extractor, self.now)
        names = profile.of(FactKind.NAME)
        if not names:
            raise InvalidInput("the profile has no name (/basics/name); a CV needs one")
        self.owner = owner
        self.paper = theme.paper_for(_country(profile), posting.locations)
        self.author = names[0].wording

    def draft(self) -> Draft:
        return compose(self.profile, self.prover, self.scale, self.scale.name_of)

    def base(self) -> tuple[Unit, ...]:
        """The CV as it would be without a posting: everything, in its own order."""
        return compose(self.profile, self.prover, lambda _: 0.0).units

    def cv(self) -> tuple[Fitted, Made]:
        page = self._page(self.author, self.posting.title)
        fitted = fit(self.draft(), self.template, page, self.press, self.scale, self.now, self._doubt)
        require((line for unit in fitted.units for line in unit.lines), self.prover)
        settings = theme.load(self.template, fitted.density)
        printed = self.press.render(page.data(fitted.units, settings, fitted.air))
        if printed.pages != 1:
            raise OurBug(f"the fitted CV has {printed.pages} pages")
        return fitted, Made(fitted.units, printed, page, settings, fitted.air)

    def _doubt(self, unit: Unit) -> str:
        """Why a unit's own wording cannot be proven, "" when it can."""
        reasons = [reason for line in unit.lines for reason in self.prover.check(line)]
        return f"not proven: {'; '.join(reasons)}" if reasons else ""

    def letter(self) -> Made:
        page = self._page(self.author, f"Letter, {self.posting.title}")
        settings = theme.letter(self.template)
        near = Nearness(self.owner.extractor, self.owner.encoder, self.profile.of(FactKind.BULLET))
        for deeds in range(letter.DEEDS, 0, -1):
            units = letter.write(
                self.profile, self.match, self.scale, near, self.prover, self.now, settings.font, deeds
            )
            heights = self.press.measure(page.data(units, settings))
            gaps = sum(settings.gap(unit.kind) for unit in units[1:])
            if sum(heights) + gaps <= settings.room(self.paper):
                break
        require((line for unit in units for line in unit.lines), self.prover)
        return Made(units, self.press.render(page.data(units, settings)), page, settings)

    def _page(self, author: str, title: str) -> Page:
        labels = tuple(self.scale.labels[uri] for uri in sorted(self.scale.asked) if uri in self.scale.labels)
        shown = tuple(dict.fromkeys(label for label in labels if self._has(label)))[:12]
        return Page(self.paper, f"{author} – {title}", author, shown)

    def _has(self, label: str) -> bool:
        """Only skills the profile itself names become keywords of the file."""
        return any(fact.wording.casefold() == label.casefold() for fact in self.profile.of(FactKind.SKILL))


def _country(profile: Profile) -> str:
    for fact in profile.of(FactKind.CONTACT):
        if code := dict(fact.attributes).get("countryCode"):
            return code
    return ""


def _notes(fitted: Fitted, match: Match, profile: Profile) -> tuple[str, ...]:
    notes = []
    if fitted.fill < THIN and not any(item.reason.startswith("weaker") for item in fitted.left_out):
        notes.append(
            f"the profile fills {fitted.fill:.0%} of a page; nothing was padded. More bullets with a result would help"
        )
    if not any(unit.kind is UnitKind.BULLET for unit in fitted.units):
        notes.append("no bullet stands on the page: the profile has none, so add highlights to your roles")
    if foreign := speech.differs(match.posting, profile):
        notes.append(
            f"the posting is in {foreign} and your profile's wordings are not: quotes stay in {foreign}, your words and"
            f" the words between stay as they are; import a profile in {foreign} for documents in {foreign}"
        )
    if match.provisional:
        notes.append("the posting has no description: the choice rests on its title, and the letter is short")
    return tuple(notes)
