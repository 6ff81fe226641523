"""Starting a plan: by the planner, or empty to be filled by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathloom.engine.planner import plan as find_plan
from pathloom.engine.planner.identity import identity
from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.types import Infeasible, Plan, PlanRequest, Undecided
from pathloom.engine.planner.watch import Watch, nobody
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.actions.versions import Draft, Planned, claim, keep_version
from pathloom.portal.plans.checks import Assessment, Places, acting_role, assess
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.snapshot import Basis, basis_of
from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion, Publication
from pathloom.portal.records.models import Student
from pathloom.portal.records.queries import present_enrollment


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan is made from, and the version it will follow."""

    student: Student
    program_version: ProgramVersion | None
    head: PlanVersion | None
    basis: Basis

    @property
    def previous(self) -> Places:
        """The placements to stay close to."""
        return [list(place) for place in self.head.placements] if self.head else []

    @property
    def request(self) -> PlanRequest:
        """What the planner is asked."""
        return self.basis.request(previous=self.previous)

    @property
    def identity(self) -> str:
        """The hash of everything the plan depends on."""
        return identity(self.request, self.basis.day)


def asked_for(*, student: Student, program: ProgramOfStudy | None, as_of: date) -> Asked:
    """Read everything a new plan of a student depends on.

    Args:
        program: a published program of the student's school; None for the diploma alone.
        as_of: the day from which terms are planned.
    Raises:
        UserError: the program is not published or not of this school, or nothing can be planned.
    """
    version = _published(student, program, as_of)
    before = GraduationPlan.objects.filter(student=student).select_related("head").first()
    return Asked(
        student=student,
        program_version=version,
        head=before.head if before else None,
        basis=basis_of(student, program_version=version, on=as_of),
    )


def find_answer(asked: Asked, *, watch: Watch = nobody) -> Plan | Infeasible | Undecided:
    """Let the planner answer: a plan, why there is none, or that none was found in time.

    Writes nothing; tells the watch of each step.
    """
    return find_plan(asked.request, as_of=asked.basis.day, watch=watch)


def answer_document(answer: Plan | Infeasible | Undecided) -> dict[str, Any]:
    """The answer as JSON, as a job keeps it; the version keeps an audit of its own."""
    document = plan_document(answer)
    document.pop("audit", None)
    return document


def keep_answer(asked: Asked, answer: dict[str, Any], *, by: User, inputs_hash: str) -> PlanVersion:
    """Keep a plan that the planner found as a new draft, with how far each goal was reached.

    Args:
        answer: as ``answer_document`` writes it.
        inputs_hash: of what the plan was made from.
    Raises:
        UserError: not the student's own plan now.
        Conflict: the plan changed while it was being made.
    """
    found = [[place["course"], place["term"]] for place in answer["placements"]]
    placements = _with_past(asked.previous, found, asked.basis)
    draft = Draft(
        placements,
        asked.program_version,
        _why_generated(asked.program_version),
        planned=Planned(inputs_hash, answer["goals"], answer["proof"], answer["left"]),
    )
    return _keep(
        asked.student,
        asked.head,
        draft,
        basis=asked.basis,
        assessed=assess(asked.basis, placements),
        by=by,
        action="generate_plan",
    )


def generate_plan(
    *, student: Student, program: ProgramOfStudy | None, by: User, as_of: date
) -> PlanVersion | Infeasible | Undecided:
    """Let the planner make a plan for the student's own record and keep it as a new draft.

    The planner works before the transaction, so nobody waits for it; a plan that was edited
    meanwhile is a ``Conflict``. The same record and catalog give the same plan.

    Args:
        program, as_of: see ``asked_for``.
    Returns:
        The new draft; or the reasons why no plan exists; or that none was found in time.
    Raises:
        UserError: not the student's own plan, the program is not published or not of this school.
        Conflict: the plan changed while it was being made.
    """
    acting_role(by, student, "plan.edit")
    asked = asked_for(student=student, program=program, as_of=as_of)
    answer = find_answer(asked)
    if not isinstance(answer, Plan):
        return answer
    return keep_answer(asked, answer_document(answer), by=by, inputs_hash=asked.identity)


def start_plan(
    *, student: Student, program: ProgramOfStudy | None, by: User, as_of: date
) -> PlanVersion:
    """Keep an empty draft for a program, to be filled by hand in the builder.

    Raises ``UserError`` and ``Conflict`` like ``generate_plan``.
    """
    acting_role(by, student, "plan.edit")
    version = _published(student, program, as_of)
    before = GraduationPlan.objects.filter(student=student).select_related("head").first()
    head = before.head if before else None
    basis = basis_of(student, program_version=version, on=as_of)
    placements = _with_past(head.placements if head else [], [], basis)
    draft = Draft(placements, version, _("An empty plan was started."))
    return _keep(
        student,
        head,
        draft,
        basis=basis,
        assessed=assess(basis, placements),
        by=by,
        action="start_plan",
    )


@transaction.atomic
def _keep(
    student: Student,
    head: PlanVersion | None,
    draft: Draft,
    *,
    basis: Basis,
    assessed: Assessment,
    by: User,
    action: str,
) -> PlanVersion:
    acting_role(by, student, "plan.edit")
    plan, _created = GraduationPlan.objects.get_or_create(student=student)
    parent = claim(plan, expected_head=head.pk if head else None)
    return keep_version(
        plan,
        parent=parent,
        draft=draft,
        basis=basis,
        assessed=assessed,
        by=by,
        action=action,
        data={"program": draft.program_version.program.slug if draft.program_version else ""},
    )


def _published(
    student: Student, program: ProgramOfStudy | None, as_of: date
) -> ProgramVersion | None:
    """The published version of a program that this student can choose."""
    if program is None:
        return None
    enrollment = present_enrollment(student, on=as_of)
    at_high_school = enrollment is not None and enrollment.grade >= 9
    wrong_school = at_high_school and enrollment and program.school_id != enrollment.school_id
    if program.school.district_id != student.district_id or wrong_school:
        raise UserError(
            _("This program belongs to another school."), _("Choose one of your own school.")
        )
    published = (
        Publication.objects.filter(program=program)
        .select_related("version__program__school")
        .first()
    )
    if published is None:
        raise UserError(_("This program is not published."), _("Choose a published program."))
    return published.version


def _with_past(previous: Places, placements: Places, basis: Basis) -> Places:
    """A new plan keeps what stood in terms that have begun; it only plans what is to come."""
    past = [list(place) for place in previous if place[1] not in basis.open_terms()]
    return [*past, *placements]


def _why_generated(version: ProgramVersion | None) -> str:
    if version is None:
        return _("The plan was made for the diploma.")
    return _("The plan was made for {program}.").format(program=version.title)
