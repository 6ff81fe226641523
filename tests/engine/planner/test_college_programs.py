"""College credit: the program after high school, and what a choice changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import (
    Catalog,
    CollegeCourse,
    Course,
)
from pathloom.engine.errors import RequestError
from pathloom.engine.planner.college import Standing, difference
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Placement
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.colleges import (
    LAKESIDE,
    NEXT_FALL,
    NEXT_SPRING,
    agreement,
    agreements,
    credit,
    only,
    student,
    taken,
)

TERMS = (("A 1", "C 1"), ("B 1",), ("D 1",))
ALL = tuple(agreement(name) for name in ("alg", "bio", "code", "draw"))


def test_a_term_falls_away_only_when_all_of_it_is_banked() -> None:
    asked = agreements(*ALL, terms=TERMS)
    (program,) = credit(student(taken("alg"), taken("bio")), asked).programs
    assert [term.falls_away for term in program.terms] == [False, True, False]
    assert (program.counted, program.hours) == (750, 1050)
    assert (program.terms_saved, program.months_saved) == (1, 4)
    assert [row.standing for row in program.terms[0].rows] == [Standing.EARNED, None]
    assert program.sentence == (
        "7.5 of 10.5 hours toward the Trade Certificate at Lakeside College are done by the end of "
        "high school; 1 of its 3 terms falls away, which saves 4 months."
    )


def test_terms_saved_by_what_is_earned_are_told_apart_from_those_still_planned() -> None:
    record = student(taken("alg"), taken("code", State.PLANNED), taken("bio"))
    (program,) = credit(record, agreements(*ALL, terms=TERMS)).programs
    assert (program.terms_saved, program.terms_saved_earned) == (2, 1)


def test_a_course_cut_by_a_limit_does_not_make_its_term_fall_away() -> None:
    record = student(taken("bio"))
    (whole,) = credit(record, agreements(*ALL, terms=TERMS, accepts=450)).programs
    (cut,) = credit(record, agreements(*ALL, terms=TERMS, accepts=449)).programs
    assert (whole.terms_saved, cut.terms_saved) == (1, 0)
    assert cut.counted == 449


def test_credit_at_another_college_does_not_shorten_a_program() -> None:
    there = agreement("alg", institution="hilltop", college_course="A 9")
    (program,) = credit(student(taken("alg")), agreements(there, terms=(("A 1",),))).programs
    assert (program.counted, program.terms_saved) == (0, 0)


def test_months_are_not_made_up_where_the_length_of_a_term_is_not_stated() -> None:
    asked = agreements(*ALL, terms=TERMS, term_months=None)
    (program,) = credit(student(taken("bio")), asked).programs
    assert (program.terms_saved, program.months_saved) == (1, None)
    assert program.sentence.endswith("the college does not state how many months a term lasts.")


def test_only_the_program_asked_for_is_laid_out() -> None:
    asked = agreements(*ALL, terms=TERMS)
    other = replace(asked.programs[0], program="other")
    asked = replace(asked, programs=(*asked.programs, other))
    found = credit(student(), asked)
    assert [each.program for each in found.programs] == ["trade", "other"]
    assert [each.program for each in credit(student(), asked, program="other").programs] == [
        "other"
    ]


def test_unknown_names_are_refused_all_at_once() -> None:
    with pytest.raises(RequestError) as caught:
        credit(student(), agreements(*ALL, terms=TERMS), program="trad", claimed=("al",))
    assert str(caught.value).splitlines() == [
        "claimed: no agreement 'al'. Did you mean 'alg'?",
        "program: program 'trad' goes on at no college of these agreements. Did you mean 'trade'?",
    ]


# -- what a choice changes


def test_a_choice_changes_hours_tuition_and_terms_course_by_course() -> None:
    catalog = Catalog("c", tuple(Course(name, name.title(), "any", 100) for name in ("alg", "bio")))
    asked = agreements(*ALL, terms=TERMS)

    def planned(*names: str) -> object:
        placed = tuple(Placement(name, NEXT_FALL) for name in names)
        return credit(with_plan(student(taken("code")), placed, catalog), asked)

    before, after = planned("alg"), planned("bio")
    change = difference(before, after)  # type: ignore[arg-type]
    assert [(each.code, each.before, each.after) for each in change.courses] == [
        ("A 1", "planned", None),
        ("B 1", None, "planned"),
    ]
    assert [each.hours_after - each.hours_before for each in change.courses] == [-300, 450]
    assert change.sentence == "1.5 hours more of college credit, and $168.49 more tuition avoided."
    (program,) = change.programs
    assert (program.terms_before, program.terms_after) == (1, 1)


def test_what_a_later_term_loses_is_said_with_its_reason() -> None:
    asked = agreements(agreement("alg", valid_to=SchoolYear(2026)))
    in_time = credit(student(taken("alg", State.PLANNED, term=NEXT_SPRING)), asked)
    later = Term(SchoolYear(2027), Part.FALL)
    too_late = credit(student(taken("alg", State.PLANNED, term=later)), asked)
    (change,) = difference(in_time, too_late).courses
    assert change.sentence == (
        "A 1 Algebra at Lakeside College: planned (3 hours), then lost. Alg belongs to 2027-28, "
        "and the agreement holds from 2024-25 to 2026-27. "
        "Lost: A 1 Algebra: 3 hours at Lakeside College."
    )


def test_between_equal_plans_nothing_changes() -> None:
    found = credit(student(taken("alg")), agreements(*ALL, terms=TERMS))
    change = difference(found, found)
    assert (change.courses, change.programs) == ((), ())
    assert change.sentence == "Nothing changes in college credit."


def test_one_hour_is_written_without_an_s() -> None:
    asked = agreements(agreement("draw"))
    assert "D 1 Drawing: 1 hour at" in only(student(taken("draw")), asked).sentence
    assert LAKESIDE.course("D 1") == CollegeCourse("D 1", "Drawing", 100)
