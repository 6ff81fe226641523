"""Finishing early, and taking less at a time."""

from __future__ import annotations

from tests.engine.planner.small import (
    F9,
    F10,
    O9,
    S9,
    S10,
    U9,
    Y9,
    at,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    terms,
)

MATH = tuple(course(f"math{number}", parts="fsuyo") for number in range(4))


def test_nothing_stands_after_the_term_in_which_a_student_wants_to_finish() -> None:
    asked = request(MATH, rules(math=400), ahead=terms(F9, S9, F10, S10), finish=S9)

    assert set(places(planned(asked)).values()) == {F9, S9}
    refused(request(MATH, rules(math=400), ahead=terms(F9, S9, F10, most=100), finish=S9))
    refused(
        request(MATH, rules(math=100), ahead=terms(F9, S9, F10), finish=S9, locks=at(math0=F10))
    )


def test_the_least_load_is_not_asked_for_after_the_finish() -> None:
    ahead = terms(F9, S9, F10, S10, least=100)

    planned(request(MATH, rules(math=200), ahead=ahead, finish=S9))
    refused(request(MATH[:2], rules(math=200), ahead=ahead))


def test_what_runs_all_year_ends_with_spring_and_not_with_fall() -> None:
    ahead = terms(Y9, O9, F9, S9, U9)

    assert set(
        places(planned(request(MATH, rules(math=300), ahead=ahead, finish=F9))).values()
    ) == {F9}
    all_year = tuple(course(f"year{number}", parts="y") for number in range(2))
    refused(request(all_year, rules(math=100), ahead=ahead, finish=F9))
    planned(request(all_year, rules(math=100), ahead=ahead, finish=S9))


def test_a_student_of_part_time_takes_little_in_each_term() -> None:
    part_time = terms(F9, S9, F10, S10, most=100)

    found = planned(request(MATH, rules(math=400), ahead=part_time))

    assert sorted(places(found).values()) == [F9, S9, F10, S10]
    refused(request(MATH, rules(math=400), ahead=part_time[:3]))
