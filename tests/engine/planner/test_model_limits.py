"""Limits: at most so much of the courses with a tag."""

from __future__ import annotations

import pytest

from pathloom.engine.catalog import Kind
from pathloom.engine.planner.limits import dual_hours
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import Counted, Limit, PlanRequest, Within
from pathloom.engine.record import State
from pathloom.engine.units import SchoolYear
from tests.engine.planner.small import (
    F9,
    F10,
    S9,
    S10,
    Y9,
    agreements,
    at,
    course,
    dual,
    planned,
    refused,
    request,
    rules,
    taken,
    terms,
)

COLLEGE = tuple(course(f"college{number}", tags=("dual",)) for number in range(4))
ALL = terms(F9, S9, F10, S10)


def school(limit: Limit, math: int = 200, **more: object) -> PlanRequest:
    return request(COLLEGE, rules(math=math), ahead=ALL, limits=(limit,), **more)


@pytest.mark.parametrize("counted", [Counted.CREDITS, Counted.COURSES])
def test_a_limit_over_the_plan_counts_what_is_earned_and_under_way_too(counted: Counted) -> None:
    limit = Limit("Dual", "dual", 200, counted)

    planned(school(limit))
    refused(school(limit, math=300))
    refused(school(limit, math=300, record=(taken("college0"),)))
    refused(school(limit, math=300, record=(taken("college0", State.IN_PROGRESS),)))
    failed = (taken("college0", State.FAILED, mark="50"),)
    planned(school(limit, math=200, record=failed))


def test_a_limit_that_is_passed_already_only_keeps_more_out() -> None:
    limit = Limit("Dual", "dual", 100)
    record = (taken("college0"), taken("college1"))

    planned(school(limit, math=200, record=record))
    refused(school(limit, math=300, record=record))


def test_a_limit_in_a_term_and_in_a_year() -> None:
    in_term = Limit("Dual", "dual", 100, within=Within.TERM)
    in_year = Limit("Dual", "dual", 100, within=Within.YEAR)

    planned(school(in_term, math=400))
    planned(school(in_year, math=200))
    refused(school(in_year, math=300))
    refused(school(in_term, locks=at(college0=F9, college1=F9)))
    planned(school(in_term, record=(taken("college0"), taken("college1")), math=400))


def test_a_limit_in_a_term_counts_half_of_a_full_year() -> None:
    year = tuple(course(f"year{number}", tags=("dual",), parts="y") for number in range(2))
    ahead = terms(Y9, F9, S9)

    def school(most: int, counted: Counted) -> PlanRequest:
        limit = Limit("Dual", "dual", most, counted, Within.TERM)
        return request(year, rules(math=200), ahead=ahead, limits=(limit,))

    planned(school(100, Counted.CREDITS))
    refused(school(99, Counted.CREDITS))
    planned(school(200, Counted.COURSES))
    refused(school(199, Counted.COURSES))
    alone = Limit("Dual", "dual", 199, Counted.CREDITS, Within.TERM)
    refused(request(year, rules(math=200), ahead=terms(Y9), limits=(alone,)))


def test_hours_are_those_of_the_dual_credit_of_a_course() -> None:
    found = agreements(
        *(dual(one.id) for one in COLLEGE[:3]),
        dual("college3", kind=Kind.ARTICULATED),
    )
    limit = Limit("Hours", "dual", 600, Counted.HOURS)

    planned(school(limit, math=300, agreements=found))
    refused(school(limit, math=400, agreements=found))
    refused(school(limit, math=400, agreements=found, record=(taken("college0"),)))


def test_hours_count_in_the_years_in_which_an_agreement_holds() -> None:
    found = agreements(
        dual("college0", valid_to=SchoolYear(2026)),
        dual("college0", id="later", valid_from=SchoolYear(2027), college_course="C2"),
    )
    (record, later) = (planned_record(COLLEGE[0], term) for term in (F9, F10))

    assert (dual_hours(found, record), dual_hours(found, later)) == (300, 600)
    assert dual_hours(found, planned_record(COLLEGE[0], None)) == 600
    assert dual_hours(found, planned_record(COLLEGE[1], F9)) == 0
    limit = Limit("Hours", "dual", 599, Counted.HOURS)
    refused(school(limit, agreements=found, locks=at(college0=F10)))
    planned(school(limit, agreements=found, locks=at(college0=F9)))


def test_courses_with_the_tag_are_another_kind_than_those_without() -> None:
    """Of courses that count alike only as many are posed as could be needed."""
    plain = tuple(course(f"plain{number}") for number in range(4))
    asked = request(
        (*COLLEGE, *plain),
        rules(math=400),
        ahead=ALL,
        limits=(Limit("Dual", "dual", 0),),
    )

    assert {place.course for place in planned(asked).placements} == {one.id for one in plain}
