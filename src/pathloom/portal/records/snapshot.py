"""Students' rows turned into the engine's values, and the rules that hold for a student."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum

from django.conf import settings

from pathloom.engine.record import CourseRecord as CourseRecordValue
from pathloom.engine.record import ExceptionKind, State, StudentRecord
from pathloom.engine.record import StaffException as StaffExceptionValue
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Rulebook, RuleSet
from pathloom.engine.units import Mark, SchoolYear, Term
from pathloom.portal.core.queries import today
from pathloom.portal.programs.snapshot import family_tags
from pathloom.portal.records.models import CourseRecord, Enrollment, StaffException, Student
from pathloom.portal.records.queries import exceptions_in_force, present_enrollments


def rulebook() -> Rulebook:
    """The packaged rules, read once in a process, and once on this machine until they change."""
    return load_rulebook(cache=settings.VAR / "rulebook")


def record_of(student: Student, *, on: date | None = None) -> StudentRecord:
    """One student's record; see ``records_of``."""
    return records_of([student], on=on)[student.pk]


def records_of(students: Iterable[Student], *, on: date | None = None) -> dict[int, StudentRecord]:
    """Student id -> record, courses by term; four queries for any number of students.

    Courses also carry the families of the published programs they are a step of.

    ``on`` decides the grade, and with it the expected cohort of a student before grade 9, and
    which staff exceptions hold.
    """
    wanted = list(students)
    if not wanted:
        return {}
    day = on or today(wanted[0].district)
    enrollments = present_enrollments(wanted, on=day)
    courses: dict[int, list[CourseRecordValue]] = {student.pk: [] for student in wanted}
    families = family_tags(wanted[0].district_id)
    rows = CourseRecord.objects.filter(student__in=list(courses)).select_related("course")
    for row in rows.order_by("student", "pk"):
        courses[row.student_id].append(_course_record(row, families))
    exceptions: dict[int, list[StaffExceptionValue]] = {student.pk: [] for student in wanted}
    for held in exceptions_in_force(courses, on=day):
        exceptions[held.student_id].append(exception_value(held, on=day))
    return {
        student.pk: StudentRecord(
            student=student.number,
            entered_grade_9=entered_grade_9(student, enrollments.get(student.pk), on=day),
            courses=tuple(sorted(courses[student.pk], key=_by_term)),
            exceptions=tuple(exceptions[student.pk]),
        )
        for student in wanted
    }


def exception_value(row: StaffException, *, on: date) -> StaffExceptionValue:
    """A staff exception as the engine takes it; one that is not granted yet holds from ``on``."""
    return StaffExceptionValue(
        id=str(row.pk or "new"),
        kind=ExceptionKind(row.kind),
        by=row.granted_by_name or row.proposed_by_name,
        why=row.why,
        on=row.holds_from or on,
        requirement=row.requirement,
        record="" if row.record_id is None else str(row.record_id),
        credits=row.credits,
        lowers_total=row.lowers_total,
        until=row.until,
    )


def with_exception(record: StudentRecord, row: StaffException, *, on: date) -> StudentRecord:
    """The record with one more exception, saved or not."""
    return replace(record, exceptions=(*record.exceptions, exception_value(row, on=on)))


def entered_grade_9(student: Student, enrollment: Enrollment | None, *, on: date) -> SchoolYear:
    """The cohort by which rules are chosen: as recorded, else as expected from today's grade."""
    if student.entered_grade_9:
        return SchoolYear.parse(student.entered_grade_9)
    years = 9 - enrollment.grade if enrollment is not None else 0
    return SchoolYear.of(on).plus(years)


def ruleset_for(student: Student, *, entered: SchoolYear, as_of: date) -> RuleSet:
    """The diploma rules of the student's jurisdiction and cohort, from the packaged rulebook."""
    diploma = f"{student.district.jurisdiction}/diploma"
    return choose(rulebook(), diploma, entered_grade_9=entered, as_of=as_of)


def record_hash(record: StudentRecord) -> str:
    """What the record says, in any order and under any row ids, as SHA-256."""
    courses = {
        course.id: json.dumps(_plain({**_mapping(course), "id": ""}), sort_keys=True)
        for course in record.courses
    }
    said = [record.student, str(record.entered_grade_9), sorted(courses.values())]
    if record.exceptions:
        said.append(sorted(_exception_text(each, courses) for each in record.exceptions))
    return fingerprint(said)


def _exception_text(exception: StaffExceptionValue, courses: Mapping[str, str]) -> str:
    course = courses.get(exception.record, "")
    plain = _plain({**_mapping(exception), "id": "", "record": course})
    return json.dumps(plain, sort_keys=True)


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical JSON of a value of the engine; sets are sorted."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def canonical_json(value: object) -> bytes:
    """UTF-8, keys sorted, no spaces: the same bytes for the same value on every machine."""
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case SchoolYear() | Term() | Mark() | date():
            return str(value)
        case Mapping():
            return {str(key): _plain(held) for key, held in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted(str(item) for item in value)
        case _ if is_dataclass(value):
            # The kind is part of the value: "all of" and "any of" hold the same fields.
            kind = {"kind": type(value).__name__}
            return kind | {key: _plain(held) for key, held in _mapping(value).items()}
        case _:
            return value


def _mapping(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{value!r} is not a value of the engine")
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _course_record(row: CourseRecord, families: Mapping[str, frozenset[str]]) -> CourseRecordValue:
    course = row.course
    own = frozenset(row.tags or ([] if course is None else course.tags))
    return CourseRecordValue(
        id=str(row.pk),
        credits=row.credits,
        state=State(row.state),
        course="" if course is None else course.code,
        title=row.title,
        number=row.number or ("" if course is None else course.number),
        sced="" if course is None else course.sced,
        subject=row.subject or ("" if course is None else course.subject),
        tags=own if course is None else own | families.get(course.code, frozenset()),
        term=Term.parse(row.term),
        mark=Mark.parse(row.mark) if row.mark else None,
    )


def _by_term(record: CourseRecordValue) -> tuple[tuple[int, int], str, str]:
    return (record.term.order if record.term else (0, 0), record.title, record.id)
