"""The answers about a profile that the command line and the API share."""

from __future__ import annotations

from typing import Any

from jobbot.features.profile.advice import advise
from jobbot.features.profile.model import Profile
from jobbot.features.profile.resume import Loaded
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.clock import iso


def shown(store: ProfileStore, profile: Profile) -> dict[str, Any]:
    """`profile show`: resume, facts, history."""
    history = store.history(profile.user, profile.persona)
    return {
        "persona": profile.persona,
        "version": profile.version,
        "resume": profile.resume,
        "facts": [{**fact.cite(), "kind": fact.kind.value, "group": fact.group or None} for fact in profile.facts],
        "history": [
            {"version": v.version, "origin": v.origin, "facts": v.facts, "created_at": iso(v.created_at)}
            for v in history
        ],
        "personas": list(store.personas(profile.user)),
    }


def checked(loaded: Loaded) -> dict[str, Any]:
    """The contract's `profile check`. Advice has the fields of a problem."""
    line = loaded.positions.line
    advice = [f for f in loaded.findings if f.warning] + (list(advise(loaded.resume)) if loaded.valid else [])

    def row(pointer: str, problem: str, fix: str) -> dict[str, Any]:
        return {"pointer": pointer, "line": line(pointer), "problem": problem, "fix": fix}

    return {
        "valid": loaded.valid,
        "problems": [row(f.pointer, f.problem, f.fix) for f in loaded.findings if not f.warning],
        "advice": [row(f.pointer, f.problem, f.fix) for f in advice],
    }
