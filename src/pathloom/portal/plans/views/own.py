"""The signed-in student, and the plan the student edits."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from pathloom.portal.core.access import holds
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.queries import plan_of
from pathloom.portal.records.access import related
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation


def is_student(user: Any) -> bool:
    """Whether this person is a student with a sign-in now."""
    return related(user, Relation.OWN).exists()


own_page = holds("own plan", is_student)


def me(request: HttpRequest) -> Student:
    """The student behind the sign-in; 404 when the role ended a moment ago."""
    student = related(request.user, Relation.OWN).select_related("district").first()
    if student is None:
        raise Http404
    return student


def my_plan(request: HttpRequest) -> GraduationPlan | None:
    """The student's own plan with its newest version, None before there is one."""
    plan = plan_of(me(request))
    return plan if plan is not None and plan.head is not None else None


def loaded(version_id: int) -> PlanVersion:
    """A version with everything its pages read, in one query."""
    return PlanVersion.objects.select_related(
        "plan__student__district",
        "restores",
        "program_version__program__school__district",
    ).get(pk=version_id)
