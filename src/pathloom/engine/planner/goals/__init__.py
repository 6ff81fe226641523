"""The ordered goals of a plan: each is as good as it can be before the next one counts."""

from __future__ import annotations

from dataclasses import dataclass

from pathloom.engine.planner.goals.by_courses import by_courses
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.goals.load import even_load
from pathloom.engine.planner.goals.pace import core_pace
from pathloom.engine.planner.goals.previous import closeness
from pathloom.engine.planner.goals.program import program_pace
from pathloom.engine.planner.goals.wishes import wishes
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import GoalOrder

__all__ = ["Goal", "Goals", "goals"]


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals in their order: what is asked for, then how it is spread over the terms."""

    asked: tuple[Goal, ...]
    spread: tuple[Goal, ...]


def goals(draft: Draft) -> Goals:
    """Pose the goals; one that this request leaves nothing to decide is left out."""
    close = closeness(draft)
    asked: tuple[Goal | None, ...] = (by_courses(draft), wishes(draft), program_pace(draft))
    load, pace = even_load(draft), core_pace(draft)
    spread: tuple[Goal | None, ...] = (load, close, pace)
    match draft.outlook.request.order:
        case GoalOrder.NEAR:
            asked, spread = (*asked, close), (load, pace)
        case GoalOrder.CLOSEST:
            asked, spread = (close, *asked), (load, pace)
    return Goals(tuple(goal for goal in asked if goal), tuple(goal for goal in spread if goal))
