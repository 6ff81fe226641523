"""Steps of the program near the grade they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.model import Draft

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def program_pace(draft: Draft) -> Goal | None:
    """Years between the grade a step is meant for and the grade in which it is taken."""
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
    if not away:
        return None
    return Goal("program", sum(away), most, _program_words)


def _program_words(value: int) -> str:
    if value == 0:
        return "Each step of the program is in the grade it is meant for."
    years = "one year" if value == 1 else f"{value} years in all"
    return f"Steps of the program are {years} away from the grade they are meant for."
