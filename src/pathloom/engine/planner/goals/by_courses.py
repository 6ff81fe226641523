"""Choices of the diploma that courses can fulfil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    pass


def by_courses(draft: Draft) -> Goal | None:
    """Alternatives that courses could fulfil, or begin, and do not, where others could too."""
    if not draft.optional:
        return None
    missing = sum(short + undone for short, undone in draft.optional.values())
    most = sum(200 * node.choose for node in draft.optional)
    names = " and ".join(node.title for node in draft.optional)
    return Goal("by_courses", missing, most, lambda value: _by_courses_words(value, names))


def _by_courses_words(missing: int, names: str) -> str:
    return f"Courses {'alone do not' if missing else 'in this plan'} fulfil {names}."
