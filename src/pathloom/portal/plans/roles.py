"""Who signs a graduation plan, and in which relation to the student."""

from __future__ import annotations

from datetime import date

from pathloom.portal.plans.models import SignOff
from pathloom.portal.records.models import Student
from pathloom.portal.records.queries import is_adult
from pathloom.portal.records.roles import Relation

SIGNS_AS: dict[str, Relation] = {
    SignOff.Role.STUDENT: Relation.OWN,
    SignOff.Role.GUARDIAN: Relation.CHILD,
    SignOff.Role.COUNSELOR: Relation.CASE,
}


def required_roles(student: Student, *, on: date) -> tuple[str, ...]:
    """The roles that have to sign; a student of 18 holds the guardian's rights."""
    if is_adult(student, on=on):
        return (SignOff.Role.STUDENT, SignOff.Role.COUNSELOR)
    return (SignOff.Role.STUDENT, SignOff.Role.GUARDIAN, SignOff.Role.COUNSELOR)
