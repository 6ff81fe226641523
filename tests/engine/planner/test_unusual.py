"""Requests that look wrong and are not: each has a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pathloom.engine.catalog import Catalog, CourseNeed, ProgramOfStudy, Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Level,
    Limit,
    Placement,
    Plan,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    S9,
    SCHOOL,
    at,
    course,
    request,
    rules,
    school,
    taken,
    terms,
)

ELSEWHERE = Term(SchoolYear(2050), Part.FALL)


# What looks wrong and is not: each has a plan.
UNUSUAL: dict[str, Callable[[], PlanRequest]] = {
    "nothing is asked for": lambda: request(SCHOOL, rules()),
    "a student past graduation who is complete": lambda: request(
        SCHOOL, rules(math=100), ahead=(), record=(taken("algebra"),)
    ),
    "names in any script": lambda: request(
        (course("数学 Ⅰ 😀"), replace(course("é‮x"), prerequisite=CourseNeed("数学 Ⅰ 😀"))),
        rules(math=200),
        locks=(Placement("é‮x", S9),),
    ),
    "names that look like markup": lambda: request(
        (replace(course("a"), id="[bold]<b>'\"&", title="[/bold]%s{}"),),
        rules(math=100),
    ),
    "names that are long": lambda: request((course("x" * 5000),), rules(math=100)),
    "as much credit as the format holds": lambda: request(
        (course("a", credits=100_000), course("b", credits=1)),
        rules(100_001, math=100_000),
        ahead=terms(F9, S9, most=100_000),
    ),
    "a course without credit": lambda: request(
        (course("a", credits=0), *SCHOOL), rules(math=100), wishes=Wishes(wanted=("a",))
    ),
    "a prerequisite that is long": lambda: request(
        tuple(
            course(f"c{number:02d}", needs=f"c{number - 1:02d}" if number else None)
            for number in range(8)
        ),
        rules(math=800),
        ahead=tuple(
            PlanTerm(Term(SchoolYear(2026 + number // 2), part), 9)
            for number, part in enumerate((Part.FALL, Part.SPRING) * 4)
        ),
    ),
    "a plan before of what is not there any more": lambda: school(
        previous=(Placement("gone", F9), Placement("algebra", ELSEWHERE))
    ),
    "a record of failures alone": lambda: school(
        record=tuple(taken(one.id, State.FAILED, mark="10") for one in SCHOOL)
    ),
    "the same failure many times": lambda: school(
        record=tuple(
            replace(taken("algebra", State.FAILED, mark="10"), id=f"r{number}")
            for number in range(50)
        )
    ),
    "a transfer course that is no course here": lambda: school(
        record=(CourseRecord("t", 300, State.EARNED, title="Calculus", subject="math"),)
    ),
    "a limit on a tag that no course has": lambda: school(limits=(Limit("none", "nothing", 0),)),
    "a program of what is earned": lambda: school(
        steps=(Step(("algebra",)),), record=(taken("algebra"),)
    ),
    "a graduation on time that is past": lambda: school(
        on_time=Term(SchoolYear(2020), Part.SPRING)
    ),
}


@pytest.mark.parametrize("make", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_request_has_a_plan_that_the_checker_accepts(
    make: Callable[[], PlanRequest],
) -> None:
    asked = make()

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Plan), found
    assert all(one.level is Level.NOTE for one in check_plan(asked, found.placements))


def test_a_student_without_a_record_and_a_catalog_of_one_course() -> None:
    asked = PlanRequest(
        record=StudentRecord("s", SchoolYear(2026)),
        ruleset=rules(math=100),
        catalog=Catalog("c", (course("a"),), (ProgramOfStudy("p", "P", (Step(("a",)),)),)),
        terms=terms(F9),
        program="p",
        wishes=Wishes(wanted=("a",), every_year=("math",), study_halls=(9,)),
    )

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Plan)
    assert found.placements == at(a=F9)
