"""Steps of the program near the grade they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.program import program as reading
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def program(draft: Draft) -> Goal | None:
    """Years between the grade a step is meant for and the grade in which it is taken."""
    if draft.outlook.program is None:
        return None
    terms = draft.outlook.request.terms
    away: list[Linear] = []
    most = 0
    for step, choice in draft.steps:
        if step.grade is None:
            continue
        for index, chosen in choice.items():
            distance = abs(terms[index].grade - step.grade)
            away.append(distance * chosen)
            most += distance
    return Goal("program", sum(away), most, as_read(reading))
