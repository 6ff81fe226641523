"""Periods of the day: a term holds no more courses than fit into its day."""

from __future__ import annotations

from pathloom.engine.planner.types import Plan
from tests.engine.planner.small import (
    F9,
    O9,
    S9,
    U9,
    Y9,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    terms,
)

SHOP = course("shop", slots=2)
MATH = tuple(course(f"math{number}") for number in range(3))


def together(found: Plan) -> list[set[str]]:
    by_term = places(found)
    return [{name for name in by_term if by_term[name] == term} for term in (F9, S9)]


def test_a_course_of_two_periods_takes_two_slots() -> None:
    asked = request((SHOP, *MATH[:2]), rules(math=300), ahead=terms(F9, S9, slots=2))

    assert sorted(map(sorted, together(planned(asked)))) == [["math0", "math1"], ["shop"]]


def test_a_day_that_is_too_short_has_no_plan_although_the_credit_would_fit() -> None:
    courses = (SHOP, MATH[0])

    refused(request(courses, rules(math=200), ahead=terms(F9, slots=2)))
    planned(request(courses, rules(math=200), ahead=terms(F9, slots=3)))
    planned(request(courses, rules(math=200), ahead=terms(F9)))


def test_a_course_of_the_full_year_takes_its_slots_in_fall_and_in_spring() -> None:
    band = course("band", "art", parts="y")
    fall, spring = course("fall", parts="f"), course("spring", parts="s")
    asked = request(
        (band, fall, spring), rules(math=200, art=100), ahead=terms(Y9, F9, S9, slots=1)
    )

    refused(asked)
    planned(request((band, fall, spring), rules(math=200), ahead=terms(Y9, F9, S9, slots=1)))
    planned(
        request((band, fall, spring), rules(math=200, art=100), ahead=terms(Y9, F9, S9, slots=2))
    )


def test_online_and_summer_courses_take_no_period_of_fall_and_spring() -> None:
    courses = (MATH[0], course("online", parts="o"), course("summer", parts="u"))
    asked = request(courses, rules(math=300), ahead=terms(O9, F9, S9, U9, slots=1))

    assert places(planned(asked)) == {"math0": F9, "online": O9, "summer": U9}


def test_online_courses_take_no_slots_and_summer_has_its_own() -> None:
    online = tuple(course(f"online{number}", parts="o") for number in range(2))
    summer = tuple(course(f"summer{number}", parts="u") for number in range(2))

    planned(request(online, rules(math=200), ahead=terms(O9, slots=1)))
    refused(request(summer, rules(math=200), ahead=terms(U9, slots=1)))
