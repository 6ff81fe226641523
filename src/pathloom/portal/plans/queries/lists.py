"""Students in rows: a counselor's caseload by need, a guardian's children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.db.models import QuerySet

from pathloom.engine.audit.result import Status
from pathloom.portal.core.queries import today
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff, StudentAudit
from pathloom.portal.plans.queries.standing import AUDITED_FROM, Area, stops
from pathloom.portal.plans.roles import required_roles
from pathloom.portal.records.access import related
from pathloom.portal.records.models import Enrollment, Student
from pathloom.portal.records.queries import present_enrollments
from pathloom.portal.records.roles import Relation

# An audit in full is large; lists read the short columns only.
_HEAVY = ("audit", "placements")


class Need(IntEnum):
    """Why a student needs a person, most pressing first."""

    BROKEN = 0  # the newest version has a finding that stops it
    SHORT = 1  # even with the plan something is missing
    TO_SIGN = 2  # handed in, waits for this role
    UNSIGNED = 3  # a draft, sent back, or waits for somebody else
    NO_PLAN = 4
    ON_TRACK = 5
    NOT_YET = 6  # planning begins in a later grade


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student in a list.

    ``status``, ``sentence``, ``first_missing`` and ``areas`` say where the record stands, empty
    where no audit is kept yet; ``plan_areas`` what the newest version comes to now, empty where its
    own audit still says it. ``submitted`` is the newest version handed in and not superseded or
    returned, ``waiting_for`` the roles that have not signed it.
    """

    student: Student
    enrollment: Enrollment | None
    need: Need
    status: str
    sentence: str
    first_missing: str
    areas: tuple[Area, ...]
    plan_areas: tuple[Area, ...]
    plan: GraduationPlan | None
    head: PlanVersion | None
    current: PlanVersion | None
    submitted: PlanVersion | None
    waiting_for: tuple[str, ...]


def caseload_of(user: Any, *, relation: Relation = Relation.CASE) -> tuple[StudentRow, ...]:
    """The students of a counselor (or of a school or district), who needs a person first.

    Sorted by need, then the highest grade, then name. The number of queries is constant.
    """
    rows = _rows(related(user, relation), signs_as=SignOff.Role.COUNSELOR)
    return tuple(sorted(rows, key=_by_need))


def children_of(user: Any) -> tuple[StudentRow, ...]:
    """The students whose guardian this person is now, by name; a constant number of queries."""
    return tuple(_rows(related(user, Relation.CHILD), signs_as=SignOff.Role.GUARDIAN))


def _rows(wanted: QuerySet[Student], *, signs_as: str) -> list[StudentRow]:
    students = list(wanted.select_related("district"))
    if not students:
        return []
    day = today(students[0].district)
    enrollments = present_enrollments(students, on=day)
    audits = _audits(students)
    plans = _plans(students)
    submitted = _submitted(plans.values())
    signed = _signed_roles(submitted.values())
    rows = []
    for student in students:
        plan = plans.get(student.pk)
        version = submitted.get(plan.pk) if plan else None
        missing = _missing(student, version, signed, day)
        rows.append(
            _row(
                student,
                enrollment=enrollments.get(student.pk),
                kept=audits.get(student.pk),
                plan=plan,
                submitted=version,
                missing=missing,
                signs_as=signs_as,
            )
        )
    return rows


def _row(
    student: Student,
    *,
    enrollment: Enrollment | None,
    kept: StudentAudit | None,
    plan: GraduationPlan | None,
    submitted: PlanVersion | None,
    missing: tuple[str, ...],
    signs_as: str,
) -> StudentRow:
    head = plan.head if plan else None
    anew = kept if kept and head and kept.plan_version_id == head.pk else None
    short = (anew.plan_status if anew else head.audit_status) == Status.SHORT if head else False
    return StudentRow(
        student=student,
        enrollment=enrollment,
        need=_need(enrollment, head, short=short, my_turn=signs_as in missing),
        status=kept.status if kept else "",
        sentence=kept.sentence if kept else "",
        first_missing=kept.first_missing if kept else "",
        areas=tuple(Area(**area) for area in kept.areas) if kept else (),
        plan_areas=tuple(Area(**area) for area in anew.plan_areas) if anew else (),
        plan=plan,
        head=head,
        current=plan.current if plan else None,
        submitted=submitted,
        waiting_for=missing,
    )


def _need(
    enrollment: Enrollment | None, head: PlanVersion | None, *, short: bool, my_turn: bool
) -> Need:
    if head is None:
        young = enrollment is None or enrollment.grade < AUDITED_FROM
        return Need.NOT_YET if young else Need.NO_PLAN
    if stops(head.findings):
        return Need.BROKEN
    if short:
        return Need.SHORT
    if my_turn:
        return Need.TO_SIGN
    return Need.ON_TRACK if head.state == PlanVersion.State.SIGNED else Need.UNSIGNED


def _by_need(row: StudentRow) -> tuple[int, int, str, str, int]:
    student = row.student
    grade = row.enrollment.grade if row.enrollment else -1
    return (row.need, -grade, student.last_name, student.first_name, student.pk)


def _audits(students: Iterable[Student]) -> dict[int, StudentAudit]:
    kept = StudentAudit.objects.filter(student__in=[student.pk for student in students])
    return {audit.student_id: audit for audit in kept.defer("result")}


def _plans(students: Iterable[Student]) -> dict[int, GraduationPlan]:
    plans = (
        GraduationPlan.objects.filter(student__in=[student.pk for student in students])
        .select_related("head", "current", "program")
        .defer(*(f"{name}__{column}" for name in ("head", "current") for column in _HEAVY))
    )
    return {plan.student_id: plan for plan in plans}


def _submitted(plans: Iterable[GraduationPlan]) -> dict[int, PlanVersion]:
    waiting = PlanVersion.objects.filter(
        plan__in=[plan.pk for plan in plans], state=PlanVersion.State.SUBMITTED
    )
    return {version.plan_id: version for version in waiting.defer(*_HEAVY).order_by("number")}


def _signed_roles(versions: Iterable[PlanVersion]) -> set[tuple[int, str]]:
    given = SignOff.objects.filter(version__in=[version.pk for version in versions])
    return set(given.values_list("version_id", "role"))


def _missing(
    student: Student, version: PlanVersion | None, signed: set[tuple[int, str]], day: date
) -> tuple[str, ...]:
    if version is None:
        return ()
    required = required_roles(student, on=day)
    return tuple(role for role in required if (version.pk, role) not in signed)
