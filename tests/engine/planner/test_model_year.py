"""Courses of a full year beside fall and spring of the same year."""

from __future__ import annotations

from tests.engine.planner.small import (
    F9,
    F10,
    S9,
    S10,
    U9,
    Y9,
    Y10,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    terms,
)

YEARS = (Y9, F9, S9, Y10, F10, S10)
BAND = course("band", "art", parts="y")
MATH = course("math")


def test_a_full_year_stands_beside_fall_and_spring_of_the_same_year() -> None:
    asked = request((BAND, MATH), rules(math=100, art=100), ahead=terms(Y9, F9, S9))

    assert places(planned(asked))["band"] == Y9


def test_half_of_its_credit_counts_in_fall_and_in_spring() -> None:
    asked = request((BAND, MATH), rules(math=100, art=100), ahead=terms(Y9, F9, S9, most=149))

    refused(asked)
    planned(request((BAND, MATH), rules(math=100, art=100), ahead=terms(Y9, F9, S9, most=150)))


def test_a_half_is_rounded_up() -> None:
    odd = course("odd", "art", parts="y", credits=125)
    year = terms(Y9, most=125)

    refused(request((odd,), rules(art=125), ahead=(*year, *terms(F9, S9, most=62))))
    planned(request((odd,), rules(art=125), ahead=(*year, *terms(F9, S9, most=63))))
    refused(request((odd,), rules(art=125), ahead=terms(Y9, F9, S9, most=124)))


def test_the_least_load_counts_both_halves() -> None:
    asked = request((BAND,), rules(art=100), ahead=(*terms(Y9), *terms(F9, S9, least=50)))

    assert places(planned(asked)) == {"band": Y9}
    refused(request((BAND,), rules(art=100), ahead=(*terms(Y9), *terms(F9, S9, least=51))))


def test_enough_full_year_courses_are_posed_to_fill_the_least_load() -> None:
    """Each fills only half of its credit in a term."""
    year = tuple(course(f"year{number:02d}", "art", parts="y") for number in range(12))
    ahead = (*terms(Y9, most=900), *terms(F9, most=400), *terms(S9, most=400, least=400))

    assert len(planned(request(year, rules(art=100), ahead=ahead)).placements) == 8


def test_what_a_full_year_course_needs_first_is_over_before_fall() -> None:
    late = course("late", parts="y", needs="math")

    found = planned(request((MATH, late), rules(math=200), ahead=terms(*YEARS)))

    assert places(found)["late"] == Y10
    refused(request((MATH, late), rules(math=200), ahead=terms(Y9, F9, S9)))


def test_what_needs_a_full_year_course_waits_for_summer() -> None:
    after = course("after", parts="fsu", needs="band")

    found = planned(request((BAND, after), rules(math=100), ahead=terms(Y9, F9, S9, U9)))

    assert places(found) == {"band": Y9, "after": U9}
    refused(request((BAND, after), rules(math=100), ahead=terms(Y9, F9, S9)))


def test_a_course_may_be_offered_as_a_half_year_and_as_a_full_year() -> None:
    either = course("either", parts="fy")

    assert places(planned(request((either,), rules(math=100), ahead=terms(Y9)))) == {"either": Y9}
    assert places(planned(request((either,), rules(math=100), ahead=terms(F9)))) == {"either": F9}
