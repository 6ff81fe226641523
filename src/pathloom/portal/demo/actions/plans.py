"""Graduation plans of the demo cast, made the way people make them: through the actions."""

from __future__ import annotations

from datetime import date

from pathloom.portal.accounts.models import User
from pathloom.portal.catalog.models import Course
from pathloom.portal.plans.actions import (
    comment_on_plan,
    generate_plan,
    remove_course,
    return_plan,
    sign_plan,
    submit_plan,
)
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import CaseloadAssignment, Guardianship, Student

RETURNED = "Please talk with your family about the math course in grade 12, then send it again."
COMMENT = "I like this plan. Can we move the long lab course to spring?"


def make_plan(
    student: Student, *, program: ProgramOfStudy, state: str, as_of: date
) -> GraduationPlan:
    """Generate a plan and bring it to a state: draft, submitted, returned, signed or changed.

    ``draft`` leaves the fourth mathematics course open, ``submitted`` has the counselor's
    signature and waits for the guardian, ``changed`` is edited after everybody signed.
    """
    user = student.user
    if user is None:
        raise ValueError(
            f"{student.name} cannot sign in, so nobody makes a plan. Give a user name."
        )
    answer = generate_plan(student=student, program=program, by=user, as_of=as_of)
    if not isinstance(answer, PlanVersion):
        raise ValueError(
            f"{student.name}: no plan for {program.slug}: {answer}. Change the record."
        )
    plan = answer.plan
    if state in ("draft", "changed"):
        if state == "changed":
            _sign_by_all(plan, user)
        _take_out(plan, user, subject="mathematics" if state == "draft" else "")
        return plan
    version = _submit(plan, user)
    match state:
        case "submitted":
            _sign(version, "counselor", _counselor(student))
        case "returned":
            return_plan(version=version, by=_counselor(student), text=RETURNED)
        case "signed":
            _sign(version, "guardian", _guardian(student))
            _sign(version, "counselor", _counselor(student))
        case _:
            raise ValueError(f"{state} is not a state of a demo plan. Correct district.yaml.")
    return plan


def _submit(plan: GraduationPlan, user: User) -> PlanVersion:
    version = _head(plan)
    submit_plan(
        plan=plan, expected_head=version.pk, by=user, seen_hash=version.content_hash, key="demo"
    )
    return _head(plan)


def _sign_by_all(plan: GraduationPlan, user: User) -> None:
    version = _submit(plan, user)
    guardian = _guardian(plan.student)
    comment_on_plan(version=version, by=guardian, text=COMMENT)
    _sign(version, "guardian", guardian)
    _sign(version, "counselor", _counselor(plan.student))


def _sign(version: PlanVersion, role: str, by: User) -> None:
    sign_plan(
        version=version, role=role, by=by, seen_hash=version.content_hash, key=f"demo-{version.pk}"
    )


def _take_out(plan: GraduationPlan, user: User, *, subject: str) -> None:
    """Remove the last planned course of a subject, or the very last one."""
    version = _head(plan)
    codes = [code for code, _term in version.placements]
    rows = Course.objects.filter(district=plan.student.district, code__in=codes)
    subjects = dict(rows.values_list("code", "subject"))
    fitting = [code for code in codes if not subject or subjects[code] == subject]
    if fitting:
        remove_course(plan=plan, expected_head=version.pk, course=fitting[-1], by=user)


def _head(plan: GraduationPlan) -> PlanVersion:
    plan.refresh_from_db()
    if plan.head is None:
        raise ValueError(f"{plan} has no version. Generate one first.")
    return plan.head


def _counselor(student: Student) -> User:
    return CaseloadAssignment.objects.get(student=student).counselor


def _guardian(student: Student) -> User:
    return Guardianship.objects.get(student=student, barred_by_order=False).guardian
