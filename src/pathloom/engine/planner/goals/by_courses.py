"""Choices of the diploma that courses can fulfil."""

from __future__ import annotations

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft
from pathloom.engine.rules.phrases import all_of


def by_courses(draft: Draft) -> Goal | None:
    """Alternatives that courses could fulfil, or begin, and do not, where others could too."""
    if not draft.optional:
        return None
    missing = sum(short + undone for short, undone in draft.optional.values())
    most = sum(200 * node.choose for node in draft.optional)
    names = all_of([node.title for node in draft.optional])
    return Goal("by_courses", missing, most, lambda value, _: _words(value, names))


def _words(missing: int, names: str) -> str:
    return f"Courses {'alone do not' if missing else 'in this plan'} fulfil {names}."
