"""What a student brings along: middle school, other schools, courses failed and under way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import CourseNeed
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Mark, Part, SchoolYear, Term
from tests.engine.planner.small import (
    F9,
    S9,
    at,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    taken,
    terms,
)

NUMBERED = "27.0990000"
ALGEBRA = course("algebra")
GEOMETRY = course("geometry", needs="algebra")
COURSES = (ALGEBRA, GEOMETRY)
ONE_TERM = terms(F9)


def test_a_prerequisite_passed_in_middle_school_is_met() -> None:
    seventh = Term(SchoolYear(2024), Part.YEAR)
    early = CourseRecord("r", 100, State.EARNED, course="algebra", term=seventh)

    found = planned(request(COURSES, rules(math=200), ahead=ONE_TERM, record=(early,)))

    assert places(found) == {"geometry": F9}


def test_a_prerequisite_met_by_a_transfer_course_is_known_by_its_state_number() -> None:
    numbered = (CourseRecord("r", 100, State.EARNED, subject="math", number=NUMBERED),)
    algebra = replace(ALGEBRA, number=NUMBERED)

    found = planned(request((algebra, GEOMETRY), rules(math=200), ahead=ONE_TERM, record=numbered))

    assert places(found) == {"geometry": F9}
    unknown = request(COURSES, rules(math=200), ahead=ONE_TERM, record=numbered)
    refused(replace(unknown, locks=at(geometry=F9)))


@pytest.mark.parametrize(("mark", "enough"), [("79", False), ("80", True), ("B", True)])
def test_a_mark_has_to_reach_the_minimum(mark: str, enough: bool) -> None:
    strict = course("honors", needs=CourseNeed("algebra", minimum=Mark.parse("80")))
    asked = request(
        (ALGEBRA, strict), rules(math=200), ahead=ONE_TERM, record=(taken("algebra", mark=mark),)
    )

    if enough:
        assert places(planned(asked)) == {"honors": F9}
    else:
        refused(asked)


def test_a_course_may_run_beside_a_prerequisite_that_allows_it() -> None:
    beside = course("physics", needs=CourseNeed("algebra", concurrent=True))
    asked = request((ALGEBRA, beside), rules(math=200), ahead=ONE_TERM)

    assert places(planned(asked)) == {"algebra": F9, "physics": F9}
    refused(request(COURSES, rules(math=200), ahead=ONE_TERM))


def test_a_course_under_way_is_counted_on_and_a_failed_one_is_taken_again() -> None:
    under_way = (taken("algebra", State.IN_PROGRESS),)
    failed = (taken("algebra", State.FAILED, mark="50"),)

    found = planned(request(COURSES, rules(math=200), ahead=ONE_TERM, record=under_way))
    assert places(found) == {"geometry": F9}
    refused(request(COURSES, rules(math=200), ahead=ONE_TERM, record=failed))
    again = planned(request(COURSES, rules(math=200), ahead=terms(F9, S9), record=failed))
    assert places(again) == {"algebra": F9, "geometry": S9}


def test_a_repeatable_course_may_be_taken_again_though_it_is_earned() -> None:
    band = course("band", "art", repeatable=True)

    found = planned(
        request((band,), rules(art=300), ahead=terms(F9, S9, most=100), record=(taken("band"),))
    )

    assert [place.term for place in found.placements] == [F9, S9]
    refused(
        request(
            (course("band", "art"),), rules(art=300), ahead=terms(F9, S9), record=(taken("band"),)
        )
    )
