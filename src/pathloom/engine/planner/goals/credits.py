"""No more courses than needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.load import amount, terms_of_load
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.loads import load_of
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def fewest(draft: Draft) -> Goal:
    """How far the terms are from what is aimed at; without an aim, from empty."""
    request = draft.outlook.request
    away: list[Linear] = []
    most = 0
    for entry in terms_of_load(request):
        load = load_of(draft, request.terms.index(entry))
        most += max(entry.most, entry.target or 0)
        if not entry.target:
            away.append(load)
            continue
        distance = draft.model.new_int_var(0, max(entry.most, entry.target), "")
        draft.model.add(distance >= load - entry.target)
        draft.model.add(distance >= entry.target - load)
        away.append(distance)
    return Goal("credits", sum(away), most, as_read(amount))
