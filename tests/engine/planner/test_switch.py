"""Changing one's mind: how late each program of study can begin, against trying every term."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog import Course, ProgramOfStudy, Step
from pathloom.engine.errors import RequestError
from pathloom.engine.planner import road
from pathloom.engine.planner.change import longer
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.road import road_of
from pathloom.engine.planner.switch import switches
from pathloom.engine.planner.types import Placement, PlanRequest, PlanTerm
from pathloom.engine.planner.watch import Cancelled, Progress
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Part, SchoolYear, Term
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
from tests.engine.planner.switching import COOK, COURSES, WELD, WOOD, by_program, school
from tests.engine.planner.test_properties import FEWER, NAMES, every_plan, holds, requests

WAY = at(wood1=F9, algebra=S9, wood2=F10)  # finishes the first program and the diploma


def test_a_program_can_begin_as_late_as_its_steps_leave_room() -> None:
    found = by_program(school(WOOD, COOK, previous=WAY))["cook"]

    assert found.last == F10
    assert found.terms_added == 0
    assert found.sentence.startswith("You can change to Cook1 as late as fall of grade 10 ")
    assert found.in_the_way.startswith("From spring of grade 10 on: The program Cook1 needs")
    assert "Cook2" in found.in_the_way


def test_a_course_that_is_offered_once_a_year_moves_the_last_term() -> None:
    found = by_program(school(WOOD, WELD))["weld"]

    assert found.last == S9
    assert "Weld2" in found.in_the_way


def test_a_program_that_comes_too_late_says_how_many_terms_it_adds_and_what_stands_in_the_way() -> (
    None
):
    found = by_program(school(WOOD, WELD, ahead=terms(F10, S10), previous=at(wood1=F10, wood2=S10)))

    assert found["weld"].last is None
    assert found["weld"].terms_added == 1
    assert found["weld"].sentence.startswith("Weld1 can be finished with one more term")
    assert "Weld2" in found["weld"].in_the_way


def test_a_program_whose_courses_nobody_can_take_is_out_of_reach() -> None:
    asked = school(WOOD, WELD)
    found = by_program(replace(asked, bans=("weld2",)))["weld"]

    assert (found.last, found.terms_added) == (None, None)
    assert "not even in 4 more terms" in found.sentence
    assert "ruled out: Weld2" in found.in_the_way


def test_without_room_for_the_steps_the_conflict_is_named() -> None:
    ahead = terms(F9, S9, F10, S10, most=100)
    asked = replace(school(WOOD, COOK, ahead=ahead), ruleset=rules(math=100, cte=300))
    locked = replace(asked, locks=at(weld1=F9, algebra=S9, cook1=F10), program="")

    found = by_program(locked)["wood"]

    assert (found.last, found.terms_added) == (None, 1)
    assert "The program Wood1 still needs Wood1, then Wood2." in found.in_the_way
    assert "Locked: " in found.in_the_way


def test_only_the_programs_asked_for_are_looked_at_in_the_order_given() -> None:
    asked = school(WOOD, WELD, COOK)

    found = switches(asked, as_of=AS_OF, programs=("cook", "wood"))

    assert [one.program for one in found] == ["cook", "wood"]


def test_an_unknown_program_is_refused() -> None:
    with pytest.raises(RequestError, match="'cok' is not in the catalog"):
        switches(school(WOOD, COOK), as_of=AS_OF, programs=("cok",))


def test_the_previous_plan_is_followed_until_the_change_and_repaired_where_it_is_wrong() -> None:
    before = at(cook1=F9, wood1=S9, wood2=F10, algebra=F9)
    asked = school(WOOD, COOK, previous=before)

    assert by_program(asked)["cook"].last == S10
    assert by_program(replace(asked, previous=WAY))["cook"].last == F10
    broken = replace(asked, previous=at(cook1=F9, wood2=F9, algebra=S9))
    way = road_of(broken, as_of=AS_OF).followed
    assert way is not None
    assert set(at(cook1=F9, algebra=S9)) < set(way)
    assert Placement("wood2", F9) not in way


def test_a_way_that_has_to_be_left_for_other_courses_is_found() -> None:
    courses = (
        course("algebra"),
        course("sculpture", "art", parts="s"),
        course("drawing", "art"),
        course("wood1", "cte"),
        course("show1", "cte", parts="s"),
    )
    asked = request(
        courses,
        rules(math=100, art=100, cte=100),
        ahead=terms(F9, S9, F10, most=100),
        previous=at(algebra=F9, sculpture=S9, wood1=F10),
    )
    show = ProgramOfStudy("show", "Show", (Step(("show1",)),))

    found = by_program(replace(asked, catalog=replace(asked.catalog, programs=(show,))))["show"]

    assert found.last == S9


def test_a_lock_stays_where_it_is_after_a_change() -> None:
    way = at(algebra=F9, wood1=S9, wood2=F10, weld1=S10)
    asked = replace(
        school(WOOD, COOK, ahead=terms(F9, S9, F10, S10, most=100), previous=way),
        ruleset=rules(math=100, cte=100),
    )

    assert by_program(asked)["cook"].last == F10
    assert by_program(replace(asked, locks=at(weld1=S10)))["cook"].last == S9


def test_a_diploma_that_is_late_by_itself_is_what_stands_in_the_way_of_every_program() -> None:
    asked = school(WOOD, COOK, ahead=terms(F9, S9, most=100))

    found = by_program(asked)

    assert [one.last for one in found.values()] == [None, None]
    assert [one.terms_added for one in found.values()] == [1, 1]
    assert all(one.in_the_way.startswith("The diploma asks for") for one in found.values())


def test_the_diploma_is_followed_where_the_present_program_cannot_be_finished() -> None:
    asked = replace(school(WOOD, COOK), bans=("wood2",))

    found = by_program(asked)

    assert found["wood"].last is None
    assert found["cook"].last in {F10, S10}


def test_what_was_not_decided_is_not_said_to_be_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided_late(asked: PlanRequest) -> bool | None:
        return True if len(asked.terms) == 4 else None

    monkeypatch.setattr(road, "has_plan", undecided_late)
    found = by_program(school(WOOD, COOK))["cook"]
    assert (found.last, found.proved) == (F9, False)
    assert found.in_the_way.startswith("From spring of grade 9 on: the time given was not enough")

    monkeypatch.setattr(road, "has_plan", lambda asked: None)
    found = by_program(school(WOOD, COOK))["cook"]
    assert (found.last, found.terms_added, found.proved) == (None, None, False)
    assert found.sentence.startswith("Cook1: the time given was not enough")


def test_terms_are_added_in_turn_up_to_grade_12() -> None:
    asked = school(WOOD, ahead=terms(F9))

    added = longer(asked, count=8).terms

    assert [str(entry.term) for entry in added[:4]] == [
        "2026-27 fall",
        "2026-27 spring",
        "2027-28 fall",
        "2027-28 spring",
    ]
    assert [entry.grade for entry in added] == [9, 9, 10, 10, 11, 11, 12, 12, 12]


def test_with_no_term_left_no_program_can_begin() -> None:
    found = by_program(school(WOOD, COOK, ahead=()))["cook"]

    assert (found.last, found.terms_added) == (None, None)
    assert found.in_the_way == "No term is left for Cook1."


def test_the_steps_that_are_still_open_are_named() -> None:
    found = by_program(school(WOOD, COOK, record=(taken("wood1"),)))

    assert found["wood"].open_steps == (("wood2",),)
    assert found["cook"].open_steps == (("cook1",), ("cook2",))


def test_in_time_is_by_the_term_that_the_student_aims_at() -> None:
    asked = school(WOOD, COOK, previous=WAY)
    assert by_program(asked)["cook"].last == F10

    for name in ("on_time", "finish"):
        found = by_program(replace(asked, **{name: S9}))["cook"]
        assert found.last == F9


def test_a_start_with_full_years_is_called_fall_and_spring_knows_what_still_runs() -> None:
    year = Term(SchoolYear(2026), Part.YEAR)
    shop = course("shop", "cte", parts="y")
    ahead = (PlanTerm(year, 9, most=400), *terms(F9, S9, most=200))
    ahead = tuple(replace(entry, slots=2) if entry.term != year else entry for entry in ahead)
    made = request((*COURSES, shop), rules(cte=100), ahead=ahead, previous=at(shop=year))
    programs = (
        ProgramOfStudy("wood", "Wood", (Step(("wood1",)), Step(("wood2",)))),
        ProgramOfStudy("two", "Two", (Step(("weld1",)), Step(("cook1",)))),
    )
    asked = replace(made, catalog=replace(made.catalog, programs=programs))

    found = by_program(asked)

    assert found["wood"].last == F9
    assert "From spring of grade 9 on" in found["wood"].in_the_way
    road_ = road_of(asked, as_of=AS_OF)
    assert [road_.shown(index).term for index in road_.starts] == [F9, S9]
    (spring,) = road_.leave("two", 2).terms
    assert (spring.slots, spring.most) == (1, 150)


def test_whoever_waits_is_told_of_each_program_and_may_stop() -> None:
    seen: list[Progress] = []
    switches(school(WOOD, COOK), as_of=AS_OF, watch=seen.append)
    assert [one.doing for one in seen[1:]] == ["Looking at Wood1", "Looking at Cook1"]

    def stop(progress: Progress) -> None:
        if progress.done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        switches(school(WOOD, COOK), as_of=AS_OF, watch=stop)


@FEWER
@given(requests(), st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
def test_the_last_term_is_the_latest_of_all_that_an_exhaustive_search_allows(
    asked: PlanRequest, names: list[str]
) -> None:
    other = ProgramOfStudy("other", "Other", tuple(Step((name,)) for name in names))
    catalog = replace(asked.catalog, programs=(*asked.catalog.programs, other))
    asked = replace(asked, catalog=catalog)
    (found,) = switches(asked, as_of=AS_OF, programs=("other",))

    road = road_of(asked, as_of=AS_OF)
    way = road.followed or () if road.late.number == 0 else ()
    starts = range(len(asked.terms) if road.late.number == 0 else 1)
    possible = [index for index in starts if _can_leave(asked, way, index)]
    assert found.proved
    assert found.last == (asked.terms[possible[-1]].term if possible else None)


def _can_leave(asked: PlanRequest, way: tuple[Placement, ...], index: int) -> bool:
    """Whether any plan at all finishes the other program from a term on, the way behind it."""
    ahead = asked.terms[index:]
    later = {entry.term for entry in ahead}
    courses: dict[str, Course] = {one.id: one for one in asked.catalog.courses}
    passed: tuple[CourseRecord, ...] = tuple(
        replace(planned_record(courses[place.course], place.term), state=State.IN_PROGRESS)
        for place in way
        if place.term not in later
    )
    changed = replace(
        asked,
        record=replace(asked.record, courses=(*asked.record.courses, *passed)),
        terms=ahead,
        program="other",
        locks=tuple(lock for lock in asked.locks if lock.term in later),
    )
    return any(holds(changed, placements) for placements in every_plan(changed))
