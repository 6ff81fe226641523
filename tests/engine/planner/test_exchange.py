"""Of equally good plans, the one with courses for younger students, and failed ones, first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, event, given

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.exchange import youngest_first
from pathloom.engine.planner.types import PlanRequest, Wishes
from pathloom.engine.planner.validate import checked
from pathloom.engine.record import State
from tests.engine.planner.exhaustive import Search
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    F11,
    S10,
    at,
    course,
    request,
    rules,
    taken,
    terms,
)
from tests.engine.planner.worth import ORDERS, Worth

SCHOOL = (course("history"), course("world"))
ASKED = request(SCHOOL, rules(math=200), ahead=terms(F9, F10))


def first(asked: PlanRequest) -> str:
    """Which course stands in grade 9 after the exchange; before it, that is "world"."""
    found = youngest_first(Outlook(asked), at(world=F9, history=F10))
    assert {place.term for place in found} == {F9, F10}
    return found[0].course


def with_course(name: str, **more: object) -> PlanRequest:
    courses = [
        course(name, **more) if one.id == name else one  # type: ignore[arg-type]
        for one in ASKED.catalog.courses
    ]
    return replace(ASKED, catalog=replace(ASKED.catalog, courses=tuple(courses)))


def test_a_course_that_is_open_to_younger_students_comes_first() -> None:
    courses = (course("civics", grades=(10, 11)), course("world", grades=(9, 10, 11)))
    asked = request(courses, rules(math=200), ahead=terms(F10, F11))

    found = youngest_first(Outlook(asked), at(civics=F10, world=F11))

    assert [place.course for place in found] == ["world", "civics"]


def test_a_failed_course_is_repeated_first() -> None:
    failed = replace(ASKED.record, courses=(taken("history", State.FAILED),))
    passed = replace(ASKED.record, courses=(taken("world", State.FAILED),))

    assert first(replace(ASKED, record=failed)) == "history"
    assert first(replace(ASKED, record=passed)) == "world"


def test_a_course_that_others_build_on_comes_first() -> None:
    more = (*SCHOOL, course("theory", needs="world"))

    assert first(ASKED) == "history"  # nothing but its name
    assert first(request(more, rules(math=200), ahead=terms(F9, F10))) == "world"


def test_no_course_is_moved_that_has_a_place_of_its_own() -> None:
    for more in (
        {"locks": at(world=F9)},
        {"staff_locks": at(history=F10)},
        {"previous": at(world=F9, history=F10)},
        {"wishes": Wishes(wanted=("world",))},
    ):
        assert first(replace(ASKED, **more)) == "world"  # type: ignore[arg-type]


def test_courses_of_another_kind_weight_or_length_do_not_change_places() -> None:
    assert first(with_course("world", subject="science")) == "world"
    assert first(with_course("world", credits=50)) == "world"
    assert first(with_course("world", difficulty=5)) == "world"
    assert first(with_course("world", slots=2)) == "world"


def test_nothing_moves_to_where_it_could_not_be_taken() -> None:
    courses = (course("history", parts="s"), course("world"))
    asked = request(courses, rules(math=200), ahead=terms(F9, S10))
    places = at(world=F9, history=S10)

    assert youngest_first(Outlook(asked), places) == places


@FEWER
@given(requests())
def test_an_exchange_keeps_a_plan_valid_and_every_goal_as_it_was(drawn: PlanRequest) -> None:
    plans = Search(drawn).plans
    assume(plans)
    asked = checked(drawn, as_of=AS_OF)
    worth = Worth(Search(drawn))

    for places in plans[:: max(1, len(plans) // 10)]:
        found = youngest_first(Outlook(asked), places)
        event(f"moved: {set(found) != set(places)}")
        assert Search(drawn).obeys(found)
        assert Search(drawn).fulfils(found)
        for goal in ORDERS[drawn.order]:
            assert worth.value(goal, found) == worth.value(goal, places), goal
