"""Courses that the student wants, likes or would rather avoid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathloom.engine.planner.figures import wishes as readings
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.view import View

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def wanted(draft: Draft) -> Goal | None:
    """Wanted courses that are not in the plan."""
    names = _ahead(draft, draft.outlook.request.wishes.wanted)
    if not names:
        return None
    return Goal("wanted", _missing(draft, names), len(names), as_read(readings.wanted))


def liked(draft: Draft) -> Goal | None:
    """Liked courses that are not in the plan; ``credits`` comes before it."""
    names = _ahead(draft, draft.outlook.request.wishes.liked)
    if not names:
        return None
    return Goal("liked", _missing(draft, names), len(names), as_read(readings.liked))


def avoided(draft: Draft) -> Goal | None:
    """Times that a course stands in the plan which is avoided, or advanced and not asked for."""
    request = draft.outlook.request
    if not request.wishes.avoided:
        return None
    names = readings.advanced_unasked(View.of(request, ())) | {*request.wishes.avoided}
    there = [variable for (name, _), variable in draft.takes.items() if name in names]
    return Goal("avoided", sum(there), len(there), as_read(readings.avoided))


def _ahead(draft: Draft, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if not draft.outlook.is_behind(name)]


def _missing(draft: Draft, names: Iterable[str]) -> Linear:
    return sum(1 - is_taken(draft, name) for name in names)


def is_taken(draft: Draft, name: str) -> Linear:
    """1 where a course stands in the plan, else 0: a goal's solver makes it as large as it can."""
    if name in draft.taken:
        return draft.taken[name]
    times = draft.sum_of(name, draft.terms_of(name))
    if isinstance(times, int):
        return 0
    granted = draft.model.new_bool_var("")
    draft.model.add(granted <= times)
    return granted
