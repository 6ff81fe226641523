"""Beyond grade 12: college credit of a student's plan, and the two years that follow it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans.access import PLANNING
from pathloom.portal.plans.exports import claim_lines
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.college import claim_rows, college_of, college_page
from pathloom.portal.plans.queries import plan_of
from pathloom.portal.plans.snapshot import Basis, basis_of
from pathloom.portal.plans.views.own import loaded, me, own_page
from pathloom.portal.plans.views.worked_out import csv_file
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation


@own_page
def own(request: HttpRequest) -> HttpResponse:
    """Lead the student to the page with an address of its own."""
    return redirect("plans:student_college", student=me(request).pk)


@opens(PLANNING, into="student")
def college(request: HttpRequest, student: Student) -> HttpResponse:
    """What counts at a college, what it saves, what is lost, and the two years after grade 12."""
    own_ = Relation.OWN in relations_to(request.user, student)
    context = {"student": student, "own": own_, "page": None, "problem": None, "plan": None}
    try:
        version, basis = _newest(student)
    except UserError as error:
        return render(request, "plans/college.html", context | {"problem": error})
    credit = college_of(basis, version.placements if version else (), on=basis.day)
    if credit is not None:
        name = "" if own_ else student.first_name
        context |= {"page": college_page(version, basis, credit, name=name), "plan": version}
    return render(request, "plans/college.html", context)


@opens(PLANNING, into="student")
def college_csv(request: HttpRequest, student: Student) -> HttpResponse:
    """The claims as CSV: one line a course and college course."""
    try:
        version, basis = _newest(student)
    except UserError:
        return csv_file(claim_lines(()), name=f"college-{student.number}")
    credit = college_of(basis, version.placements if version else (), on=basis.day)
    rows = claim_rows(credit) if credit else []
    return csv_file(claim_lines(rows), name=f"college-{student.number}")


def _newest(student: Student) -> tuple[PlanVersion | None, Basis]:
    """The newest version of the student's plan, None before there is one, and what it rests on."""
    plan = plan_of(student)
    version = loaded(plan.head_id) if plan and plan.head_id else None
    program = version.program_version if version else None
    return version, basis_of(student, program_version=program, on=today(student.district))
