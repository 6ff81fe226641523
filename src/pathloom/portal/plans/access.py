"""Who may see a plan, its versions and comments, and who may act on them.

A draft is seen by the student, the guardian, the counselor and the school; once handed in a
version is seen by the district too. Comments stay with those who stand near the student.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.plans.models import Comment, GraduationPlan, PlanVersion
from pathloom.portal.records.access import related, relations_to
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation, permits

NEAR = (Relation.OWN, Relation.CHILD, Relation.CASE, Relation.SCHOOL)


def _plans(user: Any) -> QuerySet[GraduationPlan]:
    handed_in = PlanVersion.objects.filter(plan=OuterRef("pk")).exclude(
        state=PlanVersion.State.DRAFT
    )
    return GraduationPlan.objects.filter(
        Q(student__in=related(user, *NEAR))
        | Q(Exists(handed_in), student__in=related(user, Relation.DISTRICT))
    )


def _versions(user: Any) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(
        Q(plan__student__in=related(user, *NEAR))
        | Q(plan__student__in=related(user, Relation.DISTRICT)) & ~Q(state=PlanVersion.State.DRAFT)
    )


def _own_plans(user: Any) -> QuerySet[GraduationPlan]:
    return GraduationPlan.objects.filter(student__in=related(user, Relation.OWN))


def _comments(user: Any) -> QuerySet[Comment]:
    return Comment.objects.filter(version__plan__student__in=related(user, *NEAR))


PLANS: AccessRule[GraduationPlan] = register(AccessRule("plans", _plans))
OWN_PLANS: AccessRule[GraduationPlan] = register(AccessRule("own plan", _own_plans))
PLAN_VERSIONS: AccessRule[PlanVersion] = register(AccessRule("plan versions", _versions))
COMMENTS: AccessRule[Comment] = register(AccessRule("plan comments", _comments))


def relation_with(user: Any, student: Student, permission: str) -> Relation | None:
    """The nearest relation to the student in which this person holds the permission now."""
    held = relations_to(user, student)
    return next((relation for relation in held if permits(relation, permission)), None)
