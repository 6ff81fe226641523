"""What a plan reaches of each goal, read off its placements: for plans side by side."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.planner.figures.college import (
    COLLEGE,
    banked,
    college,
    college_courses,
)
from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.figures.finish import graduation
from pathloom.engine.planner.figures.load import (
    heaviest,
    last_grade,
    last_year,
    load_of_grade,
    loads,
)
from pathloom.engine.planner.figures.previous import previous
from pathloom.engine.planner.figures.program import program
from pathloom.engine.planner.figures.wishes import avoided, credentials, liked, wanted
from pathloom.engine.planner.figures.years import every_year, study_hall
from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.planner.view import View

__all__ = [
    "COLLEGE",
    "Figure",
    "banked",
    "college_courses",
    "figures",
    "last_grade",
    "load_of_grade",
    "loads",
]

_FIGURES = (
    graduation,
    program,
    wanted,
    avoided,
    every_year,
    study_hall,
    college,
    credentials,
    liked,
    heaviest,
    last_year,
    previous,
)


def figures(request: PlanRequest, placements: Iterable[Placement]) -> tuple[Figure, ...]:
    """Say what a plan reaches of each stated goal, in the order of the goals.

    Goals that the request does not state (no program, no wishes, no plan before) are left out.
    Values are those of ``Plan.goals``, but for ``load``, which is the heaviest term here.

    Args:
        request: whose goals these are; its locks are not looked at.
        placements: courses in terms, in any order.
    """
    view = View.of(request, placements)
    found = (read(view) for read in _FIGURES)
    return tuple(figure for figure in found if figure is not None)
