"""What stands on the right side of each line of the checker, and is found nothing against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Counted,
    Placement,
    PlanRequest,
    Within,
)
from pathloom.engine.record import State
from tests.engine.planner.every_part import (
    COURSES,
    ONLINE,
    YEAR,
    all_parts,
    limited,
    school,
)
from tests.engine.planner.small import (
    F9,
    S9,
    at,
    course,
    taken,
    terms,
)

ALLOWED = {
    "a course of a full year beside one that goes along": (
        all_parts(),
        at(studio=YEAR, english=YEAR),
    ),
    "the one that goes along lasts longer": (
        replace(
            all_parts(),
            catalog=replace(
                school().catalog,
                courses=(*COURSES, replace(course("reading"), corequisites=("english",))),
            ),
        ),
        at(english=YEAR, reading=S9),
    ),
    "the one that goes along is under way": (
        school(record=(taken("workshop", State.IN_PROGRESS),)),
        at(theory=F9),
    ),
    "the one that goes along is earned": (school(record=(taken("workshop"),)), at(theory=F9)),
    "an online course takes no period": (all_parts(slots=0), at(poetry=ONLINE)),
    "half of a full year is rounded up and fits": (
        all_parts(most=163),
        at(english=YEAR, algebra=F9),
    ),
    "a full year takes two periods in each of its terms": (
        all_parts(slots=3),
        at(studio=YEAR, english=YEAR),
    ),
    "no least load after the finish": (
        school(ahead=terms(F9, S9, least=100), finish=F9),
        at(algebra=F9),
    ),
    "an all-year course with a finish in spring": (
        replace(all_parts(), finish=S9),
        at(english=YEAR),
    ),
    "a record that is over the limit by itself": (
        limited(200, Counted.HOURS, Within.PLAN, record=(taken("rhetoric"),)),
        at(chemistry=F9),
    ),
    "a failed course uses up no limit": (
        limited(450, Counted.HOURS, Within.PLAN, record=(taken("rhetoric", State.FAILED),)),
        at(biology=F9),
    ),
    "as many courses as the limit allows, in two terms": (
        limited(100, Counted.COURSES, Within.TERM),
        at(rhetoric=F9, biology=S9),
    ),
}


@pytest.mark.parametrize(("asked", "places"), ALLOWED.values(), ids=ALLOWED)
def test_what_is_just_allowed_is_found_nothing_against(
    asked: PlanRequest, places: tuple[Placement, ...]
) -> None:
    assert check_plan(asked, places) == ()


def test_half_of_a_full_year_is_rounded_up_and_does_not_fit() -> None:
    found = check_plan(all_parts(most=162), at(english=YEAR, algebra=F9))

    assert [(one.code, one.what) for one in found] == [
        ("too_much", "Fall of grade 9 holds 1.63 credits; at most 1.62 fit.")
    ]
