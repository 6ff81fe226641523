"""Graduation plans of demo students, made the way people make them: through the actions."""

from __future__ import annotations

from datetime import date

from pathloom.engine.rules.conditions import Measure
from pathloom.portal.accounts.models import User
from pathloom.portal.catalog.models import Course
from pathloom.portal.demo.actions.transcripts import Taken
from pathloom.portal.plans.actions import (
    comment_on_plan,
    generate_plan,
    remove_course,
    return_plan,
    sign_plan,
    submit_plan,
)
from pathloom.portal.plans.actions.versions import Draft, claim, keep_version
from pathloom.portal.plans.checks import assess
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.roles import required_roles
from pathloom.portal.plans.snapshot import basis_of
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import CaseloadAssignment, Guardianship, Student

RETURNED = "Please talk with your family about the math course in grade 12, then send it again."
COMMENT = "I like this plan. Can we move the long lab course to spring?"
BY_HAND = "The plan was filled in by hand with the counselor."


def make_plan(
    student: Student,
    *,
    program: ProgramOfStudy | None,
    state: str,
    as_of: date,
    ahead: tuple[Taken, ...],
) -> GraduationPlan:
    """Make a plan and bring it to a state: draft, submitted, waiting, returned, signed or changed.

    ``ahead`` is what the student wrote by hand; without it the planner makes the plan, and then
    ``draft`` leaves the fourth mathematics course open. ``submitted`` waits for the guardian,
    ``waiting`` for the counselor; ``changed`` is edited after everybody signed. A plan written by
    hand that misses a course stays a draft; what is not a course (an examination, a form) is open
    in every plan, as the records of the demo do not hold it.
    """
    user = student.user
    if user is None:
        raise ValueError(f"{student.name} cannot sign in. Give the student a user name.")
    if ahead:
        version = _by_hand(student, program, user, ahead=ahead, as_of=as_of)
        plan = version.plan
        if state == "draft" or _misses_a_course(version):
            return plan
    else:
        plan = _generated(student, program, user, as_of=as_of)
    match state:
        case "draft":
            _take_out(plan, user, subject="mathematics")
        case "submitted":
            _sign_by_all(plan, user, as_of=as_of, but="guardian")
        case "waiting":
            _sign_by_all(plan, user, as_of=as_of, but="counselor")
        case "returned":
            return_plan(version=_submit(plan, user), by=_counselor(student), text=RETURNED)
        case "signed":
            _sign_by_all(plan, user, as_of=as_of)
        case "changed":
            _sign_by_all(plan, user, as_of=as_of)
            comment_on_plan(version=_head(plan), by=_guardian(student), text=COMMENT)
            _take_out(plan, user, subject="")
        case _:
            raise ValueError(f"{state} is not a state of a demo plan. Correct district.yaml.")
    return plan


def _generated(
    student: Student, program: ProgramOfStudy | None, user: User, *, as_of: date
) -> GraduationPlan:
    answer = generate_plan(student=student, program=program, by=user, as_of=as_of)
    if not isinstance(answer, PlanVersion):
        raise ValueError(f"{student.name}, {program}: {answer}. Change the record.")
    return answer.plan


def _by_hand(
    student: Student,
    program: ProgramOfStudy | None,
    user: User,
    *,
    ahead: tuple[Taken, ...],
    as_of: date,
) -> PlanVersion:
    plan = GraduationPlan.objects.create(student=student)
    published = program.publication.version if program else None
    basis = basis_of(student, program_version=published, on=as_of)
    places = [[line.code, str(line.term)] for line in ahead]
    return keep_version(
        plan,
        parent=claim(plan, expected_head=None),
        draft=Draft(places, published, BY_HAND),
        basis=basis,
        assessed=assess(basis, places),
        by=user,
        action="start_plan",
    )


def _misses_a_course(version: PlanVersion) -> bool:
    areas = version.audit["requirements"]
    return any(area["short"] and area["measure"] != Measure.DONE for area in areas)


def _submit(plan: GraduationPlan, user: User) -> PlanVersion:
    version = _head(plan)
    submit_plan(
        plan=plan,
        expected_head=version.pk,
        by=user,
        seen_hash=version.content_hash,
        key=f"demo-{version.pk}",
    )
    return _head(plan)


def _sign_by_all(plan: GraduationPlan, user: User, *, as_of: date, but: str = "") -> None:
    """Hand in, then let everybody sign whose signature is required, but for one role."""
    version = _submit(plan, user)
    for role in required_roles(plan.student, on=as_of):
        if role not in ("student", but):
            _sign(version, role)


def _sign(version: PlanVersion, role: str) -> None:
    student = version.plan.student
    sign_plan(
        version=version,
        role=role,
        by=_guardian(student) if role == "guardian" else _counselor(student),
        seen_hash=version.content_hash,
        key=f"demo-{version.pk}",
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
    return CaseloadAssignment.objects.select_related("counselor").get(student=student).counselor


def _guardian(student: Student) -> User:
    guardians = Guardianship.objects.select_related("guardian")
    return guardians.get(student=student, barred_by_order=False).guardian
