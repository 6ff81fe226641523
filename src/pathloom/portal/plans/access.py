"""Who may see a plan, its versions and comments, and who may act on them.

A draft is seen by the student, the guardian, the counselor and the school; once handed in a
version is seen by the district too. Comments, and work on a plan, stay with those who stand near
the student.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pathloom.portal.accounts import roles
from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.queries import schools_where
from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.plans.models import Comment, GraduationPlan, PlanJob, PlanVersion
from pathloom.portal.records.access import reach_of, related
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation

HANDED_IN = ~Q(state=PlanVersion.State.DRAFT)
NEAR = (Relation.OWN, Relation.CHILD, Relation.CASE, Relation.SCHOOL)


def _plans(user: Any) -> QuerySet[GraduationPlan]:
    reach = reach_of(user)
    if reach is None:
        return GraduationPlan.objects.none()
    near = Q(student__in=reach.students(*NEAR))
    if not reach.possible(Relation.DISTRICT):
        return GraduationPlan.objects.filter(near)
    handed_in = Exists(PlanVersion.objects.filter(HANDED_IN, plan=OuterRef("pk")))
    return GraduationPlan.objects.filter(
        near | Q(handed_in, student__in=reach.students(Relation.DISTRICT))
    )


def _versions(user: Any) -> QuerySet[PlanVersion]:
    reach = reach_of(user)
    if reach is None:
        return PlanVersion.objects.none()
    near = Q(plan__student__in=reach.students(*NEAR))
    if not reach.possible(Relation.DISTRICT):
        return PlanVersion.objects.filter(near)
    return PlanVersion.objects.filter(
        near | Q(HANDED_IN, plan__student__in=reach.students(Relation.DISTRICT))
    )


def _own_plans(user: Any) -> QuerySet[GraduationPlan]:
    return GraduationPlan.objects.filter(student__in=related(user, Relation.OWN))


def _comments(user: Any) -> QuerySet[Comment]:
    return Comment.objects.filter(version__plan__student__in=related(user, *NEAR))


def _jobs(user: Any) -> QuerySet[PlanJob]:
    return PlanJob.objects.filter(student__in=related(user, *NEAR))


def _schools_that_plan(user: Any) -> QuerySet[School]:
    """The high schools whose administrator a person is, at the school or in the district."""
    at_school, in_district = (
        schools_where(user, role) for role in (roles.SCHOOL_ADMIN, roles.DISTRICT_ADMIN)
    )
    return (at_school | in_district).filter(level=School.Level.HIGH)


PLANS: AccessRule[GraduationPlan] = register(AccessRule("plans", _plans))
OWN_PLANS: AccessRule[GraduationPlan] = register(AccessRule("own plan", _own_plans))
PLAN_VERSIONS: AccessRule[PlanVersion] = register(AccessRule("plan versions", _versions))
COMMENTS: AccessRule[Comment] = register(AccessRule("plan comments", _comments))
PLAN_JOBS: AccessRule[PlanJob] = register(AccessRule("plan jobs", _jobs))
PLANNING: AccessRule[Student] = register(
    AccessRule("planning of students", lambda user: related(user, *NEAR))
)
SCHOOL_PLANNING: AccessRule[School] = register(
    AccessRule("planning of schools", _schools_that_plan, private=False)
)
