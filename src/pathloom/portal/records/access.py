"""Who may see a student, the course records and exceptions: one filter for object and list.

A relation needs three things at once, all read anew for every question: the role granted for it,
the link (own sign-in, guardianship, caseload, school), and the same district. Teachers get nothing
until sections exist, partners get nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from pathloom.portal.accounts.models import User
from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.core.queries import today
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    StaffException,
    Student,
)
from pathloom.portal.records.roles import (
    ROLE_OF,
    Relation,
    adult_if_born_by,
    holds_on,
    not_ended,
    permits,
)

EVERY_RELATION = tuple(Relation)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person's roles reach today.

    ``schools`` maps each role held to the schools where it is held; None is the whole district.
    """

    user: User
    day: date
    schools: dict[str, frozenset[int] | None]

    def students(self, *relations: Relation) -> QuerySet[Student]:
        """The students to whom this person stands in one of the relations."""
        stands = Q()
        for relation in self.possible(*relations):
            stands |= self.stands(relation)
        if not stands:
            return Student.objects.none()
        return Student.objects.filter(stands, district=self.user.district_id)

    def possible(self, *relations: Relation) -> tuple[Relation, ...]:
        """The relations for which the person holds the role."""
        return tuple(relation for relation in relations if ROLE_OF[relation] in self.schools)

    def stands(self, relation: Relation) -> Q:
        """The condition under which the person stands in a relation to a student."""
        match relation:
            case Relation.OWN:
                return Q(user=self.user)
            case Relation.CHILD:
                links = Guardianship.objects.filter(
                    not_ended(self.day),
                    student=OuterRef("pk"),
                    guardian=self.user,
                    barred_by_order=False,
                )
                return Q(Exists(links), born_on__gt=adult_if_born_by(self.day))
            case Relation.CASE:
                assigned = CaseloadAssignment.objects.filter(
                    holds_on(self.day), student=OuterRef("pk"), counselor=self.user
                )
                return Q(Exists(assigned)) & self._at_school(relation)
            case Relation.SCHOOL:
                return self._at_school(relation)
            case Relation.DISTRICT:
                return Q(district=self.user.district_id) if self._whole(relation) else Q(pk=None)

    def _whole(self, relation: Relation) -> bool:
        return self.schools[ROLE_OF[relation]] is None

    def _at_school(self, relation: Relation) -> Q:
        present = Enrollment.objects.filter(holds_on(self.day), student=OuterRef("pk"))
        schools = self.schools[ROLE_OF[relation]]
        if schools is None:
            return Q(Exists(present.filter(school__district=self.user.district_id)))
        return Q(Exists(present.filter(school__in=schools)))


def reach_of(user: Any) -> Reach | None:
    """The roles a visitor holds today, in one query; None for who has no account or district."""
    if not isinstance(user, User) or not user.is_active or user.district is None:
        return None
    day = today(user.district)
    held: dict[str, frozenset[int] | None] = {}
    for role, school in user.grants_on(day).values_list("role", "school"):
        before = held.get(role, frozenset())
        held[role] = None if school is None or before is None else before | {school}
    return Reach(user, day, held)


def related(user: Any, *relations: Relation) -> QuerySet[Student]:
    """The students to whom a visitor stands in one of the relations now; none for strangers."""
    reach = reach_of(user)
    return Student.objects.none() if reach is None else reach.students(*relations)


def relations_to(user: Any, student: Student) -> tuple[Relation, ...]:
    """Every relation in which a visitor stands to a student now, in two queries."""
    reach = reach_of(user)
    if reach is None:
        return ()
    possible = reach.possible(*EVERY_RELATION)
    stands = {
        f"stands_{relation}": ExpressionWrapper(reach.stands(relation), BooleanField())
        for relation in possible
    }
    students = Student.objects.filter(pk=student.pk, district=reach.user.district_id)
    row = students.annotate(**stands).values(*stands).first() if stands else None
    held = row or {}
    return tuple(relation for relation in possible if held.get(f"stands_{relation}"))


def relation_with(user: Any, student: Student, permission: str) -> Relation | None:
    """The nearest relation to the student in which this person holds the permission now."""
    held = relations_to(user, student)
    return next((relation for relation in held if permits(relation, permission)), None)


STUDENTS: AccessRule[Student] = register(
    AccessRule("students", lambda user: related(user, *EVERY_RELATION))
)

COURSE_RECORDS: AccessRule[CourseRecord] = register(
    AccessRule(
        "course records",
        lambda user: CourseRecord.objects.filter(student__in=related(user, *EVERY_RELATION)),
    )
)

STAFF_EXCEPTIONS: AccessRule[StaffException] = register(
    AccessRule(
        "staff exceptions",
        lambda user: StaffException.objects.filter(student__in=related(user, *EVERY_RELATION)),
    )
)
