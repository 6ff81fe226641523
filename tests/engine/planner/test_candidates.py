"""What the planner poses: small, and never too small."""

from __future__ import annotations

from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import Outlook, candidates
from pathloom.engine.planner.types import Plan, PlanRequest, Wishes
from tests.engine.planner.small import AS_OF, F9, S9, at, course, request, rules, taken, terms

ELECTIVES = tuple(course(f"e{number:02d}", "other") for number in range(30))
COURSES = (course("algebra"), course("geometry", needs="algebra"), *ELECTIVES)


def names(asked: PlanRequest) -> set[str]:
    return {one.course.id for one in candidates(Outlook(asked))}


def test_of_interchangeable_courses_only_as_many_are_posed_as_a_plan_could_need() -> None:
    asked = request(COURSES, rules(400, math=200))

    assert names(asked) == {"algebra", "geometry", "e00", "e01"}


def test_courses_that_were_asked_for_are_posed_beside_them() -> None:
    asked = request(
        COURSES,
        rules(400, math=200),
        wishes=Wishes(wanted=("e20",)),
        locks=at(e21=F9),
        previous=at(e22=F9),
    )

    assert names(asked) - names(request(COURSES, rules(400, math=200))) == {"e20", "e21", "e22"}


def test_enough_courses_are_posed_to_fill_the_least_load() -> None:
    asked = request(COURSES, rules(400, math=200), ahead=terms(F9, S9, most=800, least=800))

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Plan)
    assert len(found.placements) == 16


def test_courses_out_of_reach_are_not_posed() -> None:
    asked = request(COURSES, rules(400, math=200), ahead=terms(F9), record=(taken("e00"),))

    assert not {"geometry", "e00"} & names(asked)


def test_every_course_is_posed_where_demands_are_switched_off() -> None:
    asked = request(COURSES, rules(400, math=200))

    assert len(candidates(Outlook(asked), every=True)) == len(COURSES)


def test_a_sequence_of_hundreds_of_courses_is_looked_through() -> None:
    needs = [f"c{number + 1:03d}" for number in range(399)]
    chain = (*(course(f"c{n:03d}", needs=need) for n, need in enumerate(needs)), course("c399"))

    open_terms = Outlook(request(chain, rules(math=100))).open_terms

    assert [name for name, terms in open_terms.items() if terms] == ["c396", "c397", "c398", "c399"]
