"""The ordered goals of a plan: each is as good as it can be before the next one counts."""

from __future__ import annotations

from dataclasses import replace

from pathloom.engine.planner.goals.by_courses import by_courses
from pathloom.engine.planner.goals.college import college
from pathloom.engine.planner.goals.credentials import credentials
from pathloom.engine.planner.goals.credits import fewest
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.goals.graduation import graduation
from pathloom.engine.planner.goals.load import even_load, least_work
from pathloom.engine.planner.goals.pace import core_pace
from pathloom.engine.planner.goals.previous import closeness
from pathloom.engine.planner.goals.program import program
from pathloom.engine.planner.goals.wishes import avoided, liked, wanted
from pathloom.engine.planner.goals.years import every_year, study_hall
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import GoalOrder

__all__ = ["Goal", "goals"]


def goals(draft: Draft) -> tuple[Goal, ...]:
    """Pose the goals in their order; those that the request does not state are left out.

    Graduating and the program come first, then what the student asks for, no more courses than
    needed, what the student likes, core subjects year by year, no harder courses than needed, and
    an even load. The plan before comes last; NEAR puts it ahead of how many courses there are,
    CLOSEST next to the program.
    """
    first = (graduation(draft), by_courses(draft), program(draft))
    wishes = (wanted(draft), avoided(draft), every_year(draft), study_hall(draft))
    beyond = (college(draft), credentials(draft))
    spread = (fewest(draft), liked(draft), core_pace(draft), least_work(draft), even_load(draft))
    close = closeness(draft)
    match draft.outlook.request.order:
        case GoalOrder.CLOSEST if close:
            return (*_stated(*first, close), *_at_once(*wishes, *beyond, *spread))
        case GoalOrder.NEAR:
            return _stated(*first, *wishes, *beyond, close, *spread)
        case _:
            return _stated(*first, *wishes, *beyond, *spread, close)


def _stated(*goals: Goal | None) -> tuple[Goal, ...]:
    return tuple(goal for goal in goals if goal)


def _at_once(*goals: Goal | None) -> tuple[Goal, ...]:
    """Goals for one run of their own: the nearest plans leave so little open that it is short."""
    return tuple(replace(goal, apart=not at) for at, goal in enumerate(_stated(*goals)))
