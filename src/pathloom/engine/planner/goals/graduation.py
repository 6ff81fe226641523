"""Graduating on time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.finish import graduation as reading
from pathloom.engine.planner.figures.finish import late_terms
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def graduation(draft: Draft) -> Goal:
    """The late terms up to the last one in which a course stands; always stated."""
    indexes = {entry.term: i for i, entry in enumerate(draft.outlook.request.terms)}
    late = [indexes[term] for term in late_terms(draft.outlook.request)]
    used: list[Linear] = []
    for number, index in enumerate(late):
        is_used = draft.model.new_bool_var("")
        for candidate in draft.pool:
            here = draft.sum_of(candidate.course.id, (index,))
            # A course taken once stands in one term: the sum over this and later terms is tighter.
            if not candidate.course.repeatable:
                here = draft.sum_of(candidate.course.id, late[number:])
            if not isinstance(here, int):
                draft.model.add(here <= is_used)
        if used:
            draft.model.add(is_used <= used[-1])
        used.append(is_used)
    return Goal("graduation", sum(used), len(late), as_read(reading))
