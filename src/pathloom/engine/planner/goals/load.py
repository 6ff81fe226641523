"""Few courses, evenly spread."""

from __future__ import annotations

from collections import defaultdict
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft
from pathloom.engine.units import Part

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def even_load(draft: Draft) -> Goal | None:
    """The sum of squared loads: few courses, evenly spread, summers only when they are needed."""
    terms = draft.outlook.request.terms
    step = gcd(*(one.course.credits for one in draft.pool)) or 1
    by_term: dict[int, list[Linear]] = defaultdict(list)
    for candidate in draft.pool:
        for index in candidate.terms:
            variable = draft.takes[candidate.course.id, index]
            by_term[index].append(candidate.course.credits // step * variable)
    if not by_term:
        return None
    costs: list[Linear] = []
    largest = 0
    for index, loads in by_term.items():
        most = terms[index].most // step
        load = sum(loads)
        square = draft.model.new_int_var(0, most * most, "")
        for size in range(most):
            draft.model.add(square >= (2 * size + 1) * load - size * (size + 1))
        summer = most * len(terms) if terms[index].term.part is Part.SUMMER else 0
        costs.append(square + summer * load)
        largest += most * most + summer * most
    return Goal("load", sum(costs), largest, lambda value, _: "The load is spread over the terms.")
