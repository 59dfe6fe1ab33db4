"""Profiles at rest: versions that never change, personas, facts. The only SQLAlchemy of the slice.

`candidate_profile` holds one row per version of one persona's JSON Resume and `facts` what stands in it; a document
cites version and fact, so neither is ever changed, only erased. The architecture's `experiences`, `projects` and
`skills` are folded into `facts`: each is a fact of its kind (ROLE, PROJECT, SKILL), its members carry its pointer in
`group`, and a second copy of the same words would be one more place to seal, migrate and erase. What identifies nobody
(ids, kinds, versions, moments) is plain; resume and wordings are sealed for their row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.model import DEFAULT_PERSONA, Profile, Version, persona_name
from jobbot.features.profile.resume import dump
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import NotFound, Outdated
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import LOCAL_USER, FactId, UserId, new_id
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault

_WORDS = ("pointer", "wording", "group", "organisation", "position", "start", "end")


class PersonaRow(Base):
    """A name under which a user keeps one CV; `version` is the current one."""

    __tablename__ = "personas"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment())
    updated_at: Mapped[datetime] = mapped_column(Moment())


class ProfileRow(Base):
    """One version. `origin` says what it was read from: json, pdf, docx, markdown, text, html,
    linkedin, linkedin-pdf, edit, demo."""

    __tablename__ = "candidate_profile"
    __table_args__ = (UniqueConstraint("user_id", "persona", "version"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    persona: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer)
    origin: Mapped[str] = mapped_column(String(16))
    fact_count: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment())
    resume: Mapped[Any] = mapped_column(SealedColumn("candidate_profile", "resume"))


class FactRow(Base):
    """A fact of one version; `ordinal` is its place in the resume, `body` all its words."""

    __tablename__ = "facts"
    __table_args__ = (Index("ix_facts_user_id_id", "user_id", "id"),)
    profile_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("candidate_profile.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    ordinal: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    body: Mapped[Any] = mapped_column(SealedColumn("facts", "body"))


class ProfileStore:
    """Profiles of users. Every read and write is filtered by user here, never by callers."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def current(self, user: UserId = LOCAL_USER, persona: str = DEFAULT_PERSONA) -> Profile:
        """The newest version. Raises NotFound with what to do."""
        found = self.find(user, persona)
        if found is None:
            raise self._missing(user, persona)
        return found

    def find(self, user: UserId = LOCAL_USER, persona: str = DEFAULT_PERSONA) -> Profile | None:
        """The newest version, None when there is none yet."""
        with self._database.read() as session:
            return self._newest(session, user, persona)

    def version(self, version: int, user: UserId = LOCAL_USER, persona: str = DEFAULT_PERSONA) -> Profile:
        """One version, as documents cite it. Raises NotFound."""
        query = _versions(user, persona).where(ProfileRow.version == version)
        with self._database.read() as session:
            row = session.scalar(query)
            if row is None:
                raise NotFound(f"there is no version {version} of the profile {persona!r}")
            return self._profile(session, row)

    def save(
        self,
        resume: dict[str, Any],
        user: UserId = LOCAL_USER,
        persona: str = DEFAULT_PERSONA,
        origin: str = "json",
        *,
        expected: int | None = None,
    ) -> Profile:
        """A new version, or the current one when nothing changed. Facts keep their ids from the current version,
        those of a new persona from the default one. Raises Outdated where the current version is not the `expected`
        one (0: there is none yet)."""
        name = persona_name(persona)
        with self._database.write() as session:
            current = self._newest(session, user, name)
            _require(current, expected)
            if current is not None and dump(current.resume) == dump(resume):
                return current
            model = current or (self._newest(session, user, DEFAULT_PERSONA) if name != DEFAULT_PERSONA else None)
            facts = facts_of(resume, model.facts if model else ())
            profile = Profile(user, name, (current.version if current else 0) + 1, resume, facts)
            self._insert(session, profile, origin)
            return profile

    def history(self, user: UserId = LOCAL_USER, persona: str = DEFAULT_PERSONA) -> tuple[Version, ...]:
        """All versions, newest first, without their words."""
        query = _versions(user, persona).with_only_columns(
            ProfileRow.version, ProfileRow.origin, ProfileRow.fact_count, ProfileRow.created_at
        )
        with self._database.read() as session:
            return tuple(Version(*row) for row in session.execute(query))

    def personas(self, user: UserId = LOCAL_USER) -> tuple[str, ...]:
        """Names in the order they were made."""
        query = select(PersonaRow.name).where(PersonaRow.user_id == user).order_by(PersonaRow.created_at)
        with self._database.read() as session:
            return tuple(session.scalars(query))

    def _newest(self, session: Session, user: UserId, persona: str) -> Profile | None:
        row = session.scalar(_versions(user, persona).limit(1))
        return self._profile(session, row) if row else None

    def _insert(self, session: Session, profile: Profile, origin: str) -> None:
        now, key, user = self._clock.now(), new_id(), profile.user
        sealed = self._vault.seal_json(profile.resume, _resume_context(key, user))
        session.add(
            ProfileRow(
                id=key,
                user_id=user,
                persona=profile.persona,
                version=profile.version,
                origin=origin,
                fact_count=len(profile.facts),
                created_at=now,
                resume=sealed,
            )
        )
        session.flush()
        session.add_all(self._fact_row(key, user, ordinal, fact) for ordinal, fact in enumerate(profile.facts))
        persona = session.get(PersonaRow, (user, profile.persona))
        if persona is None:
            persona = PersonaRow(user_id=user, name=profile.persona, created_at=now)
            session.add(persona)
        persona.version, persona.updated_at = profile.version, now

    def _fact_row(self, key: str, user: str, ordinal: int, fact: Fact) -> FactRow:
        words = [getattr(fact, name) for name in _WORDS]
        body = self._vault.seal_json([*words, fact.attributes], _fact_context(key, fact.id, user))
        return FactRow(profile_id=key, id=fact.id, user_id=user, ordinal=ordinal, kind=fact.kind.value, body=body)

    def _profile(self, session: Session, row: ProfileRow) -> Profile:
        user = UserId(row.user_id)
        resume = self._vault.open_json(row.resume, _resume_context(row.id, user))
        query = select(FactRow).where(FactRow.user_id == user, FactRow.profile_id == row.id).order_by(FactRow.ordinal)
        facts = tuple(self._fact(fact) for fact in session.scalars(query))
        return Profile(user, row.persona, row.version, resume, facts)

    def _fact(self, row: FactRow) -> Fact:
        body = self._vault.open_json(row.body, _fact_context(row.profile_id, row.id, row.user_id))
        pairs = tuple((str(name), str(value)) for name, value in body[-1])
        return Fact(FactId(row.id), FactKind(row.kind), **dict(zip(_WORDS, body, strict=False)), attributes=pairs)

    def _missing(self, user: UserId, persona: str) -> NotFound:
        names = self.personas(user)
        if names:
            return NotFound(f"there is no profile {persona!r}; there is {', '.join(names)}")
        return NotFound(
            "there is no profile yet; `jobbot import resume FILE` reads your CV (PDF, DOCX, text, JSON Resume)"
        )


def _require(current: Profile | None, expected: int | None) -> None:
    present = current.version if current else 0
    if expected is not None and present != expected:
        raise Outdated(
            f"the profile is at version {present} and you edited version {expected}; nothing was overwritten. "
            "Load it again, then make your change"
            if expected
            else f"there is a profile already, at version {present}; nothing was overwritten"
        )


def _versions(user: UserId, persona: str) -> Any:
    return (
        select(ProfileRow)
        .where(ProfileRow.user_id == user, ProfileRow.persona == persona)
        .order_by(ProfileRow.version.desc())
    )


def _resume_context(key: str, user: str) -> Context:
    return Context("candidate_profile", "resume", key, user)


def _fact_context(key: str, fact: str, user: str) -> Context:
    return Context("facts", "body", f"{key}/{fact}", user)
