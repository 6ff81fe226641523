"""Requests that ask too much of the effort given have an honest answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pathloom.engine.catalog import Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Level,
    Plan,
    PlanRequest,
    PlanTerm,
    Proof,
    Undecided,
    Wishes,
)
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import (
    AS_OF,
    course,
    request,
    rules,
)


def big(**more: Any) -> PlanRequest:
    """Four hundred courses in chains of four, twelve terms, a program and wishes."""
    courses = tuple(
        replace(
            course(
                f"c{number:03d}",
                ("math", "science", "english", "art")[number // 4 % 4],
                needs=f"c{number - 1:03d}" if number % 4 else None,
                parts=("fs", "f", "s", "fs")[number // 3 % 4],
                tags=("core",) if number % 5 == 0 else (),
            ),
            slots=1 + (number % 17 == 0),
            difficulty=number % 6,
        )
        for number in range(400)
    )
    ahead = tuple(
        PlanTerm(Term(SchoolYear(2026 + year), part), min(12, 9 + year), most=400, slots=8)
        for year in range(6)
        for part in (Part.FALL, Part.SPRING)
    )
    asked = request(
        courses,
        rules(3000, math=400, science=400, english=400, art=200),
        ahead=ahead,
        steps=tuple(Step((f"c{number:03d}",), 9) for number in range(8, 12)),
        wishes=Wishes(wanted=("c123", "c321"), liked=("c222",), every_year=("art",)),
    )
    return replace(asked, **more)


@pytest.mark.parametrize("effort", [1e-9, 0.01, 0.2, 1.0])
def test_four_hundred_courses_and_little_effort_have_an_honest_answer(effort: float) -> None:
    found = plan(big(effort=effort), as_of=AS_OF)

    assert isinstance(found, Plan | Undecided), found
    if isinstance(found, Plan):
        assert all(one.level is Level.NOTE for one in check_plan(big(), found.placements))
        assert all(goal.bound <= goal.value for goal in found.goals)
        proved = all(goal.bound == goal.value for goal in found.goals)
        assert found.proof is (Proof.OPTIMAL if proved else Proof.BEST_FOUND)
    else:
        assert found.sentence.endswith(".")


def test_effort_decides_how_good_a_plan_is_and_not_whether_it_is_the_same_again() -> None:
    assert plan(big(effort=0.2), as_of=AS_OF) == plan(big(effort=0.2), as_of=AS_OF)
