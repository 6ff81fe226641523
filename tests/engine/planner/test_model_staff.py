"""What staff locked and ruled out holds like the student's own."""

from __future__ import annotations

from tests.engine.planner.small import (
    F9,
    S9,
    S10,
    at,
    course,
    places,
    planned,
    refused,
    request,
    rules,
)

MATH = tuple(course(f"math{number}") for number in range(3))


def test_a_lock_of_staff_stays() -> None:
    asked = request(MATH, rules(math=100), staff_locks=at(math2=S10), locks=at(math1=S9))

    found = places(planned(asked))
    assert (found["math2"], found["math1"]) == (S10, S9)


def test_a_ban_of_staff_keeps_a_course_out() -> None:
    asked = request(MATH, rules(math=100), staff_bans=("math0",), bans=("math1",))

    assert set(places(planned(asked))) == {"math2"}
    refused(request(MATH[:1], rules(math=100), staff_bans=("math0",)))


def test_the_same_lock_of_staff_and_student_is_one_lock() -> None:
    asked = request(MATH, rules(math=100), staff_locks=at(math0=F9), locks=at(math0=F9))

    assert places(planned(asked)) == {"math0": F9}
