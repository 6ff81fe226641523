"""Starting a plan: by the planner, or empty to be filled by hand."""

from __future__ import annotations

from datetime import date

from pathloom.engine.planner.types import Infeasible, Undecided
from pathloom.portal.accounts.models import User
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import Student


def generate_plan(
    *,
    student: Student,
    program: ProgramOfStudy | None,
    by: User,
    as_of: date,
    seed: int = 1,
) -> PlanVersion | Infeasible | Undecided:
    """Let the planner make a plan for the student's own record and keep it as a new draft."""
    raise NotImplementedError


def start_plan(
    *, student: Student, program: ProgramOfStudy | None, by: User, as_of: date
) -> PlanVersion:
    """Keep an empty draft for a program, to be filled by hand in the builder."""
    raise NotImplementedError
