"""The terms ahead of a student, and the record with a plan added."""

from __future__ import annotations

from datetime import date

import pytest

from pathloom.engine.catalog import Catalog
from pathloom.engine.errors import RecordError
from pathloom.engine.planner.outlook import remaining_terms, with_plan
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.units import SchoolYear
from tests.engine.planner.small import F9, S9, at, course, taken

CATALOG = Catalog("small", (course("algebra", tags=("core",)), course("drawing", "art")))


def written(grade: int, today: date) -> list[str]:
    return [f"{entry.term} {entry.grade}" for entry in remaining_terms(grade, today=today)]


def test_in_fall_the_next_term_is_spring() -> None:
    assert written(12, date(2026, 11, 22)) == ["2026-27 spring 12"]


def test_in_summer_before_school_begins_the_whole_year_is_ahead() -> None:
    assert written(12, date(2026, 7, 31)) == ["2026-27 fall 12", "2026-27 spring 12"]


def test_on_the_first_day_of_a_term_it_has_begun() -> None:
    assert written(12, date(2026, 8, 1)) == ["2026-27 spring 12"]
    assert written(12, date(2027, 1, 1)) == []


def test_a_student_in_grade_8_plans_from_fall_of_grade_9() -> None:
    found = written(8, date(2026, 11, 22))

    assert found[0] == "2027-28 fall 9"
    assert found[-1] == "2030-31 spring 12"
    assert len(found) == 8


def test_planned_courses_get_stable_ids_and_replace_earlier_ones() -> None:
    before = StudentRecord(
        "student", SchoolYear(2026), (taken("algebra", State.FAILED), taken("x", State.PLANNED))
    )

    after = with_plan(before, at(drawing=S9, algebra=F9), CATALOG)

    assert [(one.id, one.state) for one in after.courses] == [
        ("r-algebra", State.FAILED),
        ("plan:algebra:2026-27 fall", State.PLANNED),
        ("plan:drawing:2026-27 spring", State.PLANNED),
    ]
    assert after.courses[1].tags == {"core"}
    assert after == with_plan(after, at(algebra=F9, drawing=S9), CATALOG)


def test_a_plan_with_unknown_courses_names_all_of_them() -> None:
    with pytest.raises(RecordError) as raised:
        with_plan(StudentRecord("student", SchoolYear(2026)), at(algebr=F9, dance=S9), CATALOG)

    assert [str(problem) for problem in raised.value.problems] == [
        "plan 2026-27 fall: course 'algebr' is not in the catalog 'small'. Did you mean 'algebra'?",
        "plan 2026-27 spring: course 'dance' is not in the catalog 'small'."
        " Use one of: algebra, drawing.",
    ]
