"""Online terms: beside fall and spring, outside the day, with a load of their own."""

from __future__ import annotations

from tests.engine.planner.small import (
    F9,
    F10,
    O9,
    S9,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    taken,
    terms,
)

MATH = course("math")
ONLINE = course("online", parts="o")


def test_online_courses_have_a_load_of_their_own() -> None:
    more = course("more", parts="o")
    ahead = (*terms(O9, most=100), *terms(F9, S9, most=50))

    assert places(planned(request((ONLINE,), rules(math=100), ahead=ahead))) == {"online": O9}
    refused(request((ONLINE, more), rules(math=200), ahead=ahead))


def test_an_online_course_ends_with_spring() -> None:
    after = course("after", needs="online")

    found = planned(request((ONLINE, after), rules(math=200), ahead=terms(O9, F9, S9, F10)))

    assert places(found) == {"online": O9, "after": F10}
    refused(request((ONLINE, after), rules(math=200), ahead=terms(O9, F9, S9)))


def test_an_online_course_begins_with_fall() -> None:
    later = course("later", parts="o", needs="math")

    refused(request((MATH, later), rules(math=200), ahead=terms(O9, F9, S9)))
    planned(
        request((MATH, later), rules(math=200), ahead=terms(O9, F9, S9), record=(taken("math"),))
    )


def test_a_course_that_is_not_offered_online_does_not_stand_there() -> None:
    refused(request((MATH,), rules(math=100), ahead=terms(O9)))
