"""Where students are enrolled now, and who stands beside them now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from pathloom.portal.core.queries import today
from pathloom.portal.records.models import (
    CaseloadAssignment,
    Enrollment,
    Guardianship,
    StaffException,
    Student,
)
from pathloom.portal.records.roles import adult_if_born_by, holds_on, not_ended


def is_adult(student: Student, *, on: date) -> bool:
    """Whether the student is 18 and so holds the guardian's rights."""
    return student.born_on <= adult_if_born_by(on)


def present_enrollments(students: Iterable[Student], *, on: date) -> dict[int, Enrollment]:
    """Student id -> the enrollment that holds on a day, school loaded; one query."""
    held = (
        Enrollment.objects.filter(holds_on(on), student__in=[student.pk for student in students])
        .select_related("school__district")
        .order_by("starts_on", "pk")
    )
    return {enrollment.student_id: enrollment for enrollment in held}


def present_enrollment(student: Student, *, on: date | None = None) -> Enrollment | None:
    """The enrollment that holds on a day, today by default; None for who has left."""
    day = on or today(student.district)
    return present_enrollments([student], on=day).get(student.pk)


def guardianships_of(student: Student, *, on: date | None = None) -> QuerySet[Guardianship]:
    """The links to guardians that hold on a day and are not barred."""
    day = on or today(student.district)
    return (
        Guardianship.objects.filter(not_ended(day), student=student, barred_by_order=False)
        .select_related("guardian")
        .order_by("pk")
    )


def assignments_of(student: Student, *, on: date | None = None) -> QuerySet[CaseloadAssignment]:
    """Whose caseload holds the student on a day, today by default."""
    day = on or today(student.district)
    return (
        CaseloadAssignment.objects.filter(holds_on(day), student=student)
        .select_related("counselor")
        .order_by("starts_on", "pk")
    )


def exceptions_in_force(students: Iterable[int], *, on: date) -> QuerySet[StaffException]:
    """The exceptions of students (by id) that are granted, not ended, and hold on a day."""
    return StaffException.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        student__in=list(students),
        holds_from__lte=on,
        ended_at__isnull=True,
    ).order_by("student", "pk")


def exceptions_of(student: Student) -> QuerySet[StaffException]:
    """Every exception of a student, proposed and ended ones included, oldest first."""
    return student.exceptions.select_related("record").order_by("proposed_at", "pk")
