"""A small school with courses in every part of the year, for the tests of the checker."""

from __future__ import annotations

from dataclasses import replace

from pathloom.engine.catalog import CourseNeed, Kind, Step
from pathloom.engine.planner.types import (
    Counted,
    Limit,
    PlanRequest,
    PlanTerm,
    Within,
)
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner import colleges
from tests.engine.planner.small import (
    F9,
    S9,
    both,
    course,
    either,
    request,
    rules,
    taken,
)

YEAR, ONLINE, SUMMER = (
    Term(SchoolYear(2026), part) for part in (Part.YEAR, Part.ONLINE, Part.SUMMER)
)
COURSES = (
    course("algebra"),
    course("geometry", needs="algebra"),
    course("honors", needs=CourseNeed("algebra", minimum=Mark.parse("85"))),
    course("physics", "science", needs=CourseNeed("geometry", concurrent=True)),
    course("statistics", needs=either("geometry", "honors")),
    course("engineering", needs=both("algebra", "drawing")),
    course("drawing", "art"),
    course("band", "art", repeatable=True),
    course("garden", "science", parts="s"),
    course("senior", "art", grades=(12,)),
    replace(course("workshop", "cte", parts="fsu"), slots=2),
    replace(course("theory", "cte"), corequisites=("workshop",)),
    replace(course("english", parts="y"), credits=125),
    replace(course("studio", "art", parts="y"), slots=2, corequisites=("english",)),
    replace(course("poetry"), parts=(Part.ONLINE,)),
    course("essays", needs="english"),
    *(
        replace(course(name), tags=frozenset({"college"}))
        for name in ("rhetoric", "biology", "chemistry")
    ),
    replace(course("calculus", parts="y"), tags=frozenset({"college"})),
)


def school(**more: object) -> PlanRequest:
    return request(COURSES, rules(math=300), **more)


def all_parts(**more: int | None) -> PlanRequest:
    """Grade 9 as a full year, online, fall, spring and summer, with the same load in each."""
    return school(
        ahead=tuple(
            PlanTerm(term, 9, **more)  # type: ignore[arg-type]
            for term in (YEAR, ONLINE, F9, S9, SUMMER)
        )
    )


def limited(most: int, counted: Counted, within: Within, **more: object) -> PlanRequest:
    agreed = colleges.agreements(
        *(
            colleges.agreement(name, kind=Kind.DUAL_CREDIT, college_course=code)
            for name, code in (("rhetoric", "A 1"), ("biology", "B 1"), ("calculus", "B 1"))
        )
    )
    limit = Limit("college courses", "college", most, counted, within)
    return school(limits=(limit,), agreements=agreed, **more)


HALVES = tuple(PlanTerm(term, 9) for term in (YEAR, F9, S9))
EARNED = (taken("algebra", mark="84"),)
STEPS = (Step(("drawing",)), Step(("garden",)))
