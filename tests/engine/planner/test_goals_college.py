"""Hours of college credit that a student aims at, counted as the agreements count them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import Agreement, Agreements, CollegeCourse, Institution, Kind
from pathloom.engine.planner import plan
from pathloom.engine.planner.college import at_colleges, credit_of_plan, first_day
from pathloom.engine.planner.college.more import more_that_counts
from pathloom.engine.planner.types import GoalValue, Plan, PlanRequest, Wishes
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.colleges import READ
from tests.engine.planner.generated import FEWER
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)

COURSES = (
    course("algebra"),
    course("statistics", tags=("dual-enrollment",)),
    course("drawing", "art"),
    course("painting", "art", tags=("ap",)),
    course("weaving", "art", parts="f"),
)
CODES = ("A 1", "B 1", "C 1")
NAMES = tuple(one.id for one in COURSES)


def agreement(name: str, code: str = "A 1", **more: object) -> Agreement:
    made = Agreement(
        id=f"{name}-{code}",
        kind=Kind.DUAL_CREDIT,
        institution="lakeside",
        college_course=code,
        valid_from=SchoolYear(2024),
        source=READ,
        course=name,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def agreed(*every: Agreement, accepts: int | None = None) -> Agreements:
    offered = tuple(CollegeCourse(code, code.title(), 300) for code in CODES)
    return Agreements(
        (Institution("lakeside", "Lakeside College", offered, accepts=accepts),), every
    )


def aiming(hours: int, found: Agreements | None, **more: object) -> PlanRequest:
    asked = request(COURSES, rules(math=100), wishes=Wishes(college_hours=hours), agreements=found)
    return replace(asked, **more)  # type: ignore[arg-type]


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def college(found: Plan) -> GoalValue:
    return next(one for one in found.goals if one.goal == "college")


def courses(found: Plan) -> set[str]:
    return {place.course for place in found.placements}


def test_hours_are_planned_up_to_the_aim_and_no_further() -> None:
    found = planned(aiming(300, agreed(agreement("statistics"), agreement("painting", "B 1"))))
    assert courses(found) == {"statistics"}
    assert (college(found).value, college(found).words) == (
        0,
        "3 hours of college credit at Lakeside College. You aimed for 3.",
    )


def test_nobody_gets_a_college_course_without_aiming_for_hours() -> None:
    asked = aiming(0, agreed(agreement("statistics")))
    assert courses(planned(asked)) == {"algebra"}


def test_hours_that_cannot_be_reached_are_said() -> None:
    found = planned(aiming(1200, agreed(agreement("statistics"), agreement("painting", "B 1"))))
    assert courses(found) == {"statistics", "painting"}
    assert (college(found).value, college(found).words) == (
        600,
        "6 hours of college credit at Lakeside College, of the 12 that you aim for.",
    )


def test_two_courses_for_one_college_course_count_once() -> None:
    asked = aiming(600, agreed(agreement("statistics"), agreement("painting")))
    found = planned(asked)
    assert courses(found) == {"statistics"}
    assert college(found).value == 300


def test_hours_at_two_colleges_are_not_added_up() -> None:
    both = agreed(agreement("statistics"), agreement("painting", "B 1"))
    hilltop = Institution("hilltop", "Hilltop College", (CollegeCourse("H 1", "Hills", 400),))
    there = [agreement(name, "H 1", institution="hilltop") for name in ("weaving", "statistics")]
    found = planned(
        aiming(1200, Agreements((*both.institutions, hilltop), (*both.agreements, *there)))
    )
    assert courses(found) >= {"statistics", "painting"}
    assert (college(found).value, college(found).words) == (
        600,
        "6 hours of college credit at Lakeside College, of the 12 that you aim for.",
    )


def test_a_college_accepts_only_so_much() -> None:
    both = agreed(agreement("statistics"), agreement("painting", "B 1"), accepts=300)
    found = planned(aiming(600, both))
    assert courses(found) == {"statistics"}
    assert college(found).value == 300


def test_a_college_may_accept_what_no_course_adds_up_to() -> None:
    both = agreed(agreement("statistics"), agreement("painting", "B 1"), accepts=350)
    found = planned(aiming(600, both))
    assert courses(found) == {"statistics", "painting"}
    assert college(found).value == 250


def test_a_course_is_taken_while_the_agreement_holds() -> None:
    until = agreement("statistics", valid_to=SchoolYear(2026))
    asked = aiming(300, agreed(until))
    asked = replace(asked, terms=terms(F9, S9, F10, S10, most=100))
    found = planned(asked)
    assert {place.term.year for place in found.placements} == {F9.year}
    assert college(found).value == 0


def test_what_is_earned_already_counts() -> None:
    asked = aiming(300, agreed(agreement("statistics")))
    record = replace(asked.record, courses=(replace(taken("statistics"), term=F9),))
    later = replace(asked, record=record, terms=terms(F10, S10))
    assert college(planned(later)).value == 0


def test_without_agreements_no_hours_are_counted_and_the_plan_says_so() -> None:
    found = planned(aiming(300, None))
    assert (college(found).value, college(found).words) == (
        300,
        "Your school lists no agreement with a college, so no college hours are counted.",
    )


@pytest.mark.parametrize(
    ("part", "day"),
    [
        (Part.FALL, "2026-08-01"),
        (Part.YEAR, "2026-08-01"),
        (Part.SPRING, "2027-01-01"),
        (Part.SUMMER, "2027-06-01"),
    ],
)
def test_a_plan_begins_with_its_first_term(part: Part, day: str) -> None:
    first = replace(terms(F9)[0], term=Term(SchoolYear(2026), part))
    asked = replace(aiming(0, None), terms=(first, *terms(F10)))
    assert str(first_day(asked)) == day


def test_a_school_without_agreements_has_no_college_credit() -> None:
    assert credit_of_plan(aiming(0, None), (), as_of=AS_OF) is None


def test_courses_that_could_count_are_named_with_the_college_where_they_add_most() -> None:
    hilltop = Institution("hilltop", "Hilltop College", (CollegeCourse("H 1", "Hills", 400),))
    lakeside = agreed(agreement("statistics"), agreement("painting"), agreement("drawing", "B 1"))
    there = agreement("statistics", "H 1", institution="hilltop")
    asked = aiming(0, Agreements((*lakeside.institutions, hilltop), (*lakeside.agreements, there)))
    found = more_that_counts(asked, at(drawing=F9), as_of=AS_OF)
    assert [(one.course, one.hours, one.code, one.college) for one in found] == [
        ("statistics", 400, "H 1", "Hilltop College"),
        ("painting", 300, "A 1", "Lakeside College"),
    ]
    taken_already = more_that_counts(asked, at(drawing=F9, statistics=F9), as_of=AS_OF)
    assert taken_already == ()


def test_what_is_ruled_out_could_not_count() -> None:
    asked = aiming(0, agreed(agreement("statistics")), bans=("statistics",))
    assert more_that_counts(asked, (), as_of=AS_OF) == ()


SOME = st.lists(
    st.builds(
        agreement,
        st.sampled_from(NAMES),
        st.sampled_from(CODES),
        valid_to=st.sampled_from([None, SchoolYear(2026)]),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)


@FEWER
@given(
    SOME,
    st.sampled_from([300, 600, 1200]),
    st.sampled_from([None, 0, 400]),
    st.sets(st.sampled_from(NAMES), max_size=2),
)
def test_the_goal_counts_what_the_plan_banks_and_no_choice_of_courses_banks_more(
    every: list[Agreement], hours: int, accepts: int | None, behind: set[str]
) -> None:
    asked = aiming(hours, agreed(*every, accepts=accepts))
    record = tuple(replace(taken(name, State.IN_PROGRESS), term=None) for name in sorted(behind))
    asked = replace(asked, record=replace(asked.record, courses=record))
    found = planned(asked)

    credit = credit_of_plan(asked, found.placements, as_of=first_day(asked))
    assert credit is not None
    banked = max((each.hours.banked for each in at_colleges(credit)), default=0)
    assert college(found).value == max(0, hours - banked)
    # In two school years with room everything can be taken at once, in the first.
    codes = {one.college_course for one in every}
    there = 300 * len(codes)
    most = there if accepts is None else min(there, accepts)
    assert college(found).value == max(0, hours - most)
