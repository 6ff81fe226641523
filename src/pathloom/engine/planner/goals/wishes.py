"""What the student wished for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def wishes(draft: Draft) -> Goal | None:
    """Wished courses that are not in the plan."""
    wanted = [
        course
        for course in dict.fromkeys(draft.outlook.request.wishes.wanted)
        if not draft.outlook.is_behind(course)
    ]
    if not wanted:
        return None
    missing: list[Linear] = []
    for course in wanted:
        granted = draft.model.new_bool_var("")
        draft.model.add(granted <= draft.sum_of(course, draft.terms_of(course)))
        missing.append(1 - granted)
    return Goal("wishes", sum(missing), len(wanted), lambda value: _wish_words(value, len(wanted)))


def _wish_words(missing: int, wanted: int) -> str:
    if missing == 0:
        return "Every course you wished for is in the plan."
    return f"{wanted - missing} of {wanted} courses you wished for are in the plan."
