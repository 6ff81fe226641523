"""The ways in which a person can stand to a student, and the role each of them needs."""

from __future__ import annotations

from enum import StrEnum

from pathloom.portal.accounts import roles


class Relation(StrEnum):
    """How a person stands to a student; ends the moment the link, the role or the day ends."""

    OWN = "own"
    CHILD = "child"
    CASE = "case"
    SCHOOL = "school"
    DISTRICT = "district"


ROLE_OF: dict[Relation, str] = {
    Relation.OWN: roles.STUDENT,
    Relation.CHILD: roles.GUARDIAN,
    Relation.CASE: roles.COUNSELOR,
    Relation.SCHOOL: roles.SCHOOL_ADMIN,
    Relation.DISTRICT: roles.DISTRICT_ADMIN,
}


def permits(relation: Relation, permission: str) -> bool:
    """Whether the role that stands in this relation holds a permission (``plan.sign``)."""
    return permission in roles.ROLES[ROLE_OF[relation]].permissions
