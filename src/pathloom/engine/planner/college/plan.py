"""College credit of a plan: the same count, with the plan's courses on the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pathloom.engine.planner.college.credit import college_credit
from pathloom.engine.planner.college.types import CollegeCredit
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.units import Part, SchoolYear

_FIRST_DAYS = {Part.SPRING: (1, 1, 1), Part.SUMMER: (1, 6, 1)}  # years later, month, day


def credit_of_plan(
    request: PlanRequest, placements: Iterable[Placement], *, as_of: date
) -> CollegeCredit | None:
    """Say what a plan counts for at college, and how its program goes on there after grade 12.

    Args:
        request: its record, catalog, program and agreements.
        placements: courses in terms, in any order.
        as_of: the day on which deadlines are judged.
    Returns:
        See ``college_credit``; its ``programs`` are the ways in which the request's program goes
        on, none without a program. None where the school has no agreements.
    Raises:
        RecordError: a placement names a course that the catalog does not have.
    """
    agreements = request.agreements
    if agreements is None:
        return None
    goes_on = tuple(each for each in agreements.programs if each.program == request.program)
    return college_credit(
        with_plan(request.record, placements, request.catalog),
        replace(agreements, programs=goes_on),
        catalog=request.catalog,
        as_of=as_of,
    )


def first_day(request: PlanRequest) -> date:
    """The day on which the first term of a plan begins; that of grade 9 where no term is left."""
    first = min((entry.term for entry in request.terms), default=None)
    year: SchoolYear = first.year if first else request.record.entered_grade_9
    later, month, day = _FIRST_DAYS.get(first.part, (0, 8, 1)) if first else (0, 8, 1)
    return date(year.start + later, month, day)
