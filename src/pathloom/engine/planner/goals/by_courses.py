"""Choices of the diploma that courses can fulfil."""

from __future__ import annotations

from pathloom.engine.audit.phrases import and_
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft


def by_courses(draft: Draft) -> Goal | None:
    """Alternatives that courses could fulfil, or begin, and do not, where others could too."""
    if not draft.optional:
        return None
    missing = sum(short + undone for short, undone in draft.optional.values())
    most = sum(200 * node.choose for node in draft.optional)
    names = and_([node.title for node in draft.optional])
    return Goal("by_courses", missing, most, lambda value, _: _words(value, names))


def _words(missing: int, names: str) -> str:
    return f"Courses {'alone do not' if missing else 'in this plan'} fulfil {names}."
