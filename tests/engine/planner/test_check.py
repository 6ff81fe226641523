"""The independent check refuses every planted violation, in words a student understands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import CourseNeed, Step
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import Finding, Level, Placement, PlanRequest
from pathloom.engine.record import State
from pathloom.engine.units import Mark
from tests.engine.planner.small import (
    F9,
    F10,
    F11,
    S9,
    S10,
    at,
    both,
    course,
    either,
    request,
    rules,
    taken,
    terms,
)

COURSES = (
    course("algebra"),
    course("geometry", needs="algebra"),
    course("algebra2", needs="geometry"),
    course("physics", "science", needs=CourseNeed("algebra2", concurrent=True)),
    course("honors", needs=CourseNeed("algebra", minimum=Mark.parse("85"))),
    course("statistics", needs=either("geometry", "honors")),
    course("engineering", needs=both("algebra", "drawing")),
    course("drawing", "art"),
    course("band", "art", repeatable=True),
    course("garden", "science", parts="s"),
    course("senior", "art", grades=(12,)),
)
GOOD = at(algebra=F9, geometry=S9, algebra2=F10, physics=F10, garden=S10)


def school(**more: object) -> PlanRequest:
    return request(COURSES, rules(math=300), **more)


def only(findings: tuple[Finding, ...]) -> Finding:
    (found,) = findings
    return found


def test_a_plan_that_obeys_everything_has_no_findings() -> None:
    assert check_plan(school(), GOOD) == ()


def test_the_order_of_placements_never_changes_the_findings() -> None:
    wrong = (*GOOD, Placement("honors", F9), Placement("nothing", S9))

    assert check_plan(school(), wrong) == check_plan(school(), wrong[::-1])


@pytest.mark.parametrize(
    ("places", "code", "what"),
    [
        (at(algebr=F9), "unknown_course", "The course 'algebr' is not in the catalog."),
        (
            at(drawing=F11),
            "unknown_term",
            "Drawing is in 2028-29 fall, which this plan does not cover.",
        ),
        (at(garden=F9), "not_offered", "Garden is not offered in fall."),
        (at(senior=F9), "wrong_grade", "Senior is not open to grade 9."),
        (
            (*at(drawing=F9), *at(drawing=S10)),
            "taken_twice",
            "Drawing is in the plan twice, the first time in fall of grade 9.",
        ),
        (at(geometry=S9), "prerequisite_missing", "Geometry needs Algebra first."),
        (
            at(algebra=S9, geometry=S9),
            "prerequisite_too_late",
            "Geometry needs Algebra first; Algebra is in spring of grade 9.",
        ),
        (
            at(algebra=F9, statistics=S9),
            "prerequisite_missing",
            "Statistics needs Geometry or Honors first.",
        ),
        (
            at(algebra=F9, engineering=S9),
            "prerequisite_missing",
            "Engineering needs Drawing first.",
        ),
        (
            at(algebra=F9, geometry=S9, physics=F10, algebra2=S10),
            "prerequisite_too_late",
            "Physics needs Algebra2 first or at the same time; Algebra2 is in spring of grade 10.",
        ),
    ],
)
def test_a_planted_violation_is_refused(
    places: tuple[Placement, ...], code: str, what: str
) -> None:
    found = only(check_plan(school(), places))

    assert (found.level, found.code, found.what) == (Level.STOP, code, what)
    assert found.fix.endswith((".", "?"))


def test_an_unknown_course_names_the_nearest_one() -> None:
    assert only(check_plan(school(), at(algebr=F9))).fix == "Did you mean 'algebra'?"


def test_too_many_credits_in_a_term_are_refused() -> None:
    tight = school(ahead=terms(F9, most=150))

    found = only(check_plan(tight, at(algebra=F9, drawing=F9)))

    assert (found.level, found.code) == (Level.STOP, "too_much")
    assert found.what == "Fall of grade 9 holds 2.0 credits; at most 1.5 fit."


def test_too_few_credits_in_a_term_are_refused() -> None:
    found = only(check_plan(school(ahead=terms(F9, least=200)), at(algebra=F9)))

    assert (found.level, found.code) == (Level.STOP, "too_little")


def test_a_moved_lock_is_refused() -> None:
    found = only(check_plan(school(locks=at(algebra=F9)), at(algebra=S9)))

    assert (found.level, found.code) == (Level.STOP, "lock_moved")
    assert "Algebra is locked in fall of grade 9" in found.what


def test_a_course_that_was_ruled_out_is_refused() -> None:
    assert only(check_plan(school(bans=("algebra",)), at(algebra=F9))).code == "banned"


def test_an_earned_course_is_not_taken_again() -> None:
    assert only(check_plan(school(record=(taken("algebra"),)), at(algebra=F9))).code == (
        "already_earned"
    )


def test_a_course_under_way_is_not_taken_again() -> None:
    busy = school(record=(taken("algebra", State.IN_PROGRESS),))

    assert only(check_plan(busy, at(algebra=F9))).code == "already_under_way"


def test_a_failed_course_may_be_taken_again_and_does_not_count_as_passed() -> None:
    failed = school(record=(taken("algebra", State.FAILED, mark="50"),))

    assert check_plan(failed, at(algebra=F9)) == ()
    assert only(check_plan(failed, at(geometry=F9))).code == "prerequisite_missing"


def test_a_repeatable_course_may_be_taken_once_a_term() -> None:
    assert check_plan(school(record=(taken("band"),)), (*at(band=F9), *at(band=S9))) == ()
    assert only(check_plan(school(), (*at(band=F9), *at(band=F9)))).code == "taken_twice"


def test_a_mark_on_the_record_that_is_too_low_is_refused() -> None:
    found = only(check_plan(school(record=(taken("algebra", mark="84"),)), at(honors=F9)))

    assert (found.level, found.code) == (Level.STOP, "mark_too_low")
    assert found.what == "Honors needs Algebra with 85 or better first; the mark earned is lower."


def test_a_mark_on_the_record_that_is_just_enough_holds() -> None:
    assert check_plan(school(record=(taken("algebra", mark="85"),)), at(honors=F9)) == ()


def test_a_planned_mark_and_a_course_under_way_are_noted_as_taken_for_granted() -> None:
    planned = only(check_plan(school(), at(algebra=F9, honors=S9)))
    now = only(check_plan(school(record=(taken("algebra", State.IN_PROGRESS),)), at(geometry=F9)))

    assert (planned.level, planned.code) == (Level.NOTE, "counts_on")
    assert now.level is Level.NOTE
    assert now.what == ("Geometry counts on it that you pass Algebra, which you are taking now.")


def test_a_transfer_course_with_the_same_state_number_is_a_prerequisite() -> None:
    algebra = replace(COURSES[0], number="27.0990000")
    moved = replace(taken("algebra"), course="", number="27.0990000", subject="math")
    student = school(record=(moved,))
    student = replace(student, catalog=replace(student.catalog, courses=(algebra, *COURSES[1:])))

    assert check_plan(student, at(geometry=F9)) == ()


STEPS = (Step(("drawing",), 9), Step(("engineering", "senior"), 10), Step(("band",), 11, False))


def test_a_missing_step_of_the_program_is_a_warning() -> None:
    found = only(check_plan(school(steps=STEPS), at(drawing=F9)))

    assert (found.level, found.code) == (Level.WARN, "step_missing")
    assert found.what == "Your program needs Engineering or Senior; it is not in this plan."


def test_a_step_of_the_program_before_its_turn_is_a_warning() -> None:
    steps = (Step(("drawing",)), Step(("algebra",)))

    found = only(check_plan(school(steps=steps), at(algebra=F9, drawing=F9)))

    assert (found.level, found.code, found.course) == (Level.WARN, "step_out_of_order", "algebra")


def test_an_earned_step_of_the_program_needs_nothing_more() -> None:
    steps = (Step(("drawing",)), Step(("algebra",)))
    record = (taken("algebra"),)

    assert check_plan(school(steps=steps, record=record), at(drawing=F9)) == ()
