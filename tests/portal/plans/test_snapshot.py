"""Rows become the engine's values: in a constant number of queries, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed
from pathloom.engine.units import SchoolYear, Term
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.snapshot import Basis, basis_of, signed_content
from pathloom.portal.records.models import CourseRecord, Student
from pathloom.portal.records.snapshot import (
    canonical_json,
    fingerprint,
    record_hash,
    record_of,
    records_of,
)
from tests.portal.plans.desk import FALL, LAST, SPRING, add, begin, submitted
from tests.portal.records.cast import TODAY, Cast, enroll, give

Queries = Callable[[int], AbstractContextManager[Any]]


def basis(cast: Cast, name: str = "mira", on: date = TODAY) -> Basis:
    return basis_of(cast.student(name), program_version=None, on=on)


def test_a_record_takes_from_the_catalog_what_the_row_leaves_open(cast: Cast) -> None:
    record = record_of(cast.student("mira"))
    assert record.entered_grade_9 == SchoolYear(2024)
    assert [(each.course, each.subject, each.state) for each in record.courses] == [
        ("ENG-1", "english", "earned"),
        ("SCI-1", "science", "earned"),
        ("ART-1", "arts", "in_progress"),
    ]
    assert record.courses[0].term == Term.parse("2024-25 fall")
    assert record.courses[0].mark is not None


def test_a_transfer_course_carries_its_own_subject(cast: Cast) -> None:
    CourseRecord.objects.create(
        student=cast.students["mira"],
        title="Latin",
        subject="language",
        tags=["b", "a"],
        credits=100,
        state="earned",
        term="2024-25 year",
        mark="P",
    )
    latin = next(each for each in record_of(cast.student("mira")).courses if not each.course)
    assert (latin.title, latin.subject, latin.tags) == ("Latin", "language", {"a", "b"})


def test_records_of_many_students_are_four_queries(
    cast: Cast, django_assert_num_queries: Queries
) -> None:
    for count in (5, 25):
        students = list(Student.objects.select_related("district"))
        assert len(students) == count
        with django_assert_num_queries(4):
            records = records_of(students)
        assert set(records) == {student.pk for student in students}
        for number in range(20 if count == 5 else 0):
            student = enroll(
                cast, f"s{number}", school=cast.high, grade=10, born_on=date(2011, 1, 1)
            )
            give(student, "ENG-1", term="2025-26 fall")


def test_a_student_before_grade_9_belongs_to_the_expected_cohort(cast: Cast) -> None:
    assert record_of(cast.student("kit")).entered_grade_9 == SchoolYear(2032)


def test_a_basis_is_a_constant_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Queries
) -> None:
    submitted(cast)
    mira = cast.student("mira")
    with django_assert_max_num_queries(10):
        basis_of(mira, program_version=None, on=TODAY)


def test_the_terms_still_to_come_end_with_grade_12(cast: Cast) -> None:
    assert [str(each.term) for each in basis(cast).terms] == [SPRING, FALL, LAST]
    assert [str(each.term) for each in basis(cast, "ada").terms] == [SPRING]
    assert [each.most for each in basis(cast).terms] == [400, 400, 400]


def test_courses_under_way_take_their_part_of_a_term_to_come(cast: Cast) -> None:
    mira = cast.student("mira")
    give(mira, "TEC-1", term="2026-27 year", state="in_progress")
    give(mira, "BAND", term=SPRING, state="in_progress")
    assert [each.most for each in basis(cast).terms] == [300, 400, 400]


def test_a_student_below_high_school_chooses_a_program_first(cast: Cast) -> None:
    with pytest.raises(UserError, match="No high school is chosen yet"):
        basis(cast, "kit")
    assert cast.program is not None
    chosen = basis_of(cast.student("kit"), program_version=cast.program.versions.get(), on=TODAY)
    assert chosen.school == cast.high
    assert chosen.catalog.programs[0].id == "tech"
    assert chosen.terms[0].grade == 9


def test_a_course_the_catalog_lost_adds_nothing(cast: Cast) -> None:
    found = basis(cast)
    planned = found.planned_record([["GONE", FALL], ["BAND", FALL], ["ENG-2", "2025-26 fall"]])
    assert [each.course for each in planned.courses if each.state == "planned"] == ["BAND"]


def test_a_record_hash_is_about_content_only(cast: Cast) -> None:
    mira = cast.student("mira")
    before = record_hash(record_of(mira))
    row = CourseRecord.objects.filter(student=mira).earliest("pk")
    row.delete()
    assert record_hash(record_of(mira)) != before
    row.pk = None
    row.save(force_insert=True)
    assert record_hash(record_of(mira)) == before
    CourseRecord.objects.filter(pk=row.pk).update(mark="C")
    assert record_hash(record_of(mira)) != before


def test_all_of_and_any_of_are_different_values() -> None:
    needs = (CourseNeed("A"), CourseNeed("B"))
    assert fingerprint(AllOf(needs)) != fingerprint(AnyOf(needs))
    assert fingerprint(frozenset("ab")) == fingerprint(frozenset("ba"))


def test_canonical_json_does_not_depend_on_the_order_of_keys_or_on_the_alphabet() -> None:
    assert canonical_json({"b": 1, "a": ["ñ"]}) == '{"a":["ñ"],"b":1}'.encode()
    assert canonical_json({"a": ["ñ"], "b": 1}) == canonical_json({"b": 1, "a": ["ñ"]})


def test_what_is_signed_is_named_in_full(cast: Cast) -> None:
    begin(cast)
    version = add(cast, "BAND", LAST)
    assert signed_content(version) == {
        "student": cast.students["mira"].pk,
        "plan": version.plan_id,
        "version": 2,
        "placements": [["BAND", LAST]],
        "program_version": None,
        "ruleset": "us-demo/diploma/2020",
        "audit_status": "short",
        "catalog_hash": version.catalog_hash,
        "record_hash": version.record_hash,
    }
    assert len(version.content_hash) == 64
