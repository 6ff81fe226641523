"""What is asked about the plan that a student has: the newest version as things are today."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pathloom.engine.planner.identity import identity
from pathloom.engine.planner.types import GoalOrder, PlanRequest
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans.checks import Places
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.queries import plan_of
from pathloom.portal.plans.snapshot import Basis, basis_of
from pathloom.portal.programs.snapshot import engine_program, programs_for
from pathloom.portal.records.models import Student


@dataclass(frozen=True, slots=True)
class Question:
    """A student's newest version, None before there is one, and what it rests on today."""

    version: PlanVersion | None
    basis: Basis

    @property
    def placements(self) -> Places:
        return [list(place) for place in self.version.placements] if self.version else []

    @property
    def request(self) -> PlanRequest:
        """What the planner is asked: to stay as close to the plan as it can."""
        request = self.basis.request(previous=self.placements)
        return replace(request, order=GoalOrder.CLOSEST)

    @property
    def hash(self) -> str:
        """One hash of everything an answer depends on."""
        return identity(self.request, self.basis.day)


def about_the_plan(student: Student) -> Question:
    """The question about the plan that is there.

    Raises:
        UserError: there is no plan yet, or nothing can be planned now.
    """
    question = _question(student)
    if question.version is None:
        raise UserError(
            _("There is no plan yet."), _("Make a plan first. Then you can look at others.")
        )
    return question


def about_programs(student: Student) -> Question:
    """The question about every program that the school has published, plan or no plan.

    Raises:
        UserError: nothing can be planned now.
    """
    question = _question(student)
    basis, version = question.basis, question.version
    programs = {program.id: program for program in programs_for(basis.school)}
    if version is not None and version.program_version is not None:
        own = engine_program(version.program_version)  # it may be older than the published one
        programs[own.id] = own
    found = tuple(programs[name] for name in sorted(programs))
    asked = replace(basis.asked, catalog=replace(basis.catalog, programs=found))
    return Question(version, replace(basis, asked=asked))


def _question(student: Student) -> Question:
    plan = plan_of(student)
    version = None
    if plan is not None and plan.head_id is not None:
        version = PlanVersion.objects.select_related(
            "plan__student__district", "program_version__program__school__district"
        ).get(pk=plan.head_id)
    program = version.program_version if version else None
    day = today(student.district)
    return Question(version, basis_of(student, program_version=program, on=day))
