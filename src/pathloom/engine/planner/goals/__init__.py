"""The ordered goals of a plan: each is as good as it can be before the next one counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathloom.engine.planner.goals.by_courses import by_courses
from pathloom.engine.planner.goals.college import college
from pathloom.engine.planner.goals.credentials import credentials
from pathloom.engine.planner.goals.credits import fewest
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.goals.graduation import graduation
from pathloom.engine.planner.goals.load import even_load
from pathloom.engine.planner.goals.pace import core_pace
from pathloom.engine.planner.goals.previous import closeness
from pathloom.engine.planner.goals.program import program
from pathloom.engine.planner.goals.wishes import avoided, liked, wanted
from pathloom.engine.planner.goals.years import every_year, study_hall
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import GoalOrder

__all__ = ["Goal", "Goals", "goals"]


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals in their order: what is asked for, then how it is spread over the terms."""

    asked: tuple[Goal, ...]
    spread: tuple[Goal, ...]


def goals(draft: Draft) -> Goals:
    """Pose the goals; those that the request does not state are left out.

    Graduating and the program come first, then what the student asks for, what the student likes
    as far as it adds no course, an even load, and what is usual. The plan before comes after what
    is asked for and the even load; NEAR puts it ahead of likes and load, CLOSEST next to the
    program.
    """
    first = (graduation(draft), by_courses(draft), program(draft))
    wishes = (wanted(draft), avoided(draft), every_year(draft), study_hall(draft))
    beyond = (college(draft), credentials(draft))
    liked_ = liked(draft)
    likes = (fewest(draft), liked_) if liked_ else ()
    close, load, pace = closeness(draft), even_load(draft), core_pace(draft)
    match draft.outlook.request.order:
        case GoalOrder.USUAL:
            return _posed((*first, *wishes, *beyond, *likes), (load, close, pace))
        case GoalOrder.NEAR:
            return _posed((*first, *wishes, *beyond, close, *likes), (load, pace))
        case GoalOrder.CLOSEST:
            return _posed((*first, close, *wishes, *beyond, *likes), (load, pace))


def _posed(asked: Iterable[Goal | None], spread: Iterable[Goal | None]) -> Goals:
    return Goals(tuple(one for one in asked if one), tuple(one for one in spread if one))
