"""Who may see a student and the student's course records: one filter for object and list.

A relation needs three things at once, read in the same query: the link (own sign-in, guardianship,
caseload, school), the role granted for it, and the same district. Teachers get nothing until
sections exist, partners get nothing at all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from pathloom.portal.accounts.models import User
from pathloom.portal.accounts.queries import roles_of, schools_where
from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.core.queries import today
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    Student,
)
from pathloom.portal.records.queries import adult_if_born_by, holds_on, not_ended
from pathloom.portal.records.roles import ROLE_OF, Relation

EVERY_RELATION = tuple(Relation)


def related(user: Any, *relations: Relation) -> QuerySet[Student]:
    """The students to whom a visitor stands in one of the relations now; none for strangers."""
    if not isinstance(user, User) or not user.is_active or user.district is None:
        return Student.objects.none()
    day = today(user.district)
    stands = Q()
    for relation in relations:
        stands |= _stands(user, relation, day)
    if not stands:
        return Student.objects.none()
    return Student.objects.filter(stands, district=user.district_id)


def relations_to(user: Any, student: Student) -> tuple[Relation, ...]:
    """Every relation in which a visitor stands to a student now, in one query."""
    if not isinstance(user, User) or not user.is_active or user.district is None:
        return ()
    day = today(user.district)
    stands = {
        f"stands_{relation}": ExpressionWrapper(_stands(user, relation, day), BooleanField())
        for relation in EVERY_RELATION
    }
    students = Student.objects.filter(pk=student.pk, district=user.district_id)
    row = students.annotate(**stands).values(*stands).first() or {}
    return tuple(relation for relation in EVERY_RELATION if row.get(f"stands_{relation}"))


def _stands(user: User, relation: Relation, day: date) -> Q:
    role = ROLE_OF[relation]
    granted = Q(Exists(roles_of(user, on=day).filter(role=role)))
    match relation:
        case Relation.OWN:
            return Q(user=user) & granted
        case Relation.CHILD:
            links = Guardianship.objects.filter(
                not_ended(day), student=OuterRef("pk"), guardian=user, barred_by_order=False
            )
            return Q(Exists(links), born_on__gt=adult_if_born_by(day)) & granted
        case Relation.CASE:
            assigned = CaseloadAssignment.objects.filter(
                holds_on(day), student=OuterRef("pk"), counselor=user
            )
            return Q(Exists(assigned)) & _at_school_where(user, role, day)
        case Relation.SCHOOL:
            return _at_school_where(user, role, day)
        case Relation.DISTRICT:
            grants = roles_of(user, on=day).filter(role=role, district=user.district_id)
            return Q(Exists(grants))


def _at_school_where(user: User, role: str, day: date) -> Q:
    present = Enrollment.objects.filter(
        holds_on(day), student=OuterRef("pk"), school__in=schools_where(user, role, on=day)
    )
    return Q(Exists(present))


STUDENTS: AccessRule[Student] = register(
    AccessRule("students", lambda user: related(user, *EVERY_RELATION))
)

COURSE_RECORDS: AccessRule[CourseRecord] = register(
    AccessRule(
        "course records",
        lambda user: CourseRecord.objects.filter(student__in=related(user, *EVERY_RELATION)),
    )
)
