"""The ways in which a person can stand to a student, the role each needs, and when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db.models import Q

from pathloom.portal.accounts import roles
from pathloom.portal.accounts.models import District

ADULT = 18


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


def may_propose(relations: Iterable[Relation]) -> bool:
    """Whether somebody in these relations may ask for a staff exception."""
    return any(permits(relation, "exception.propose") for relation in relations)


def may_grant(relations: Iterable[Relation], district: District) -> bool:
    """Whether somebody in these relations may grant and end one; a district may let counselors."""
    wanted = "exception.propose" if district.counselors_grant else "exception.grant"
    return any(permits(relation, wanted) for relation in relations)


def holds_on(day: date) -> Q:
    """The relations with ``starts_on`` and ``ends_on`` that hold on a day."""
    return Q(starts_on__lte=day) & not_ended(day)


def not_ended(day: date) -> Q:
    """The relations that have not ended; ``ends_on`` is the first day they no longer hold."""
    return Q(ends_on__isnull=True) | Q(ends_on__gt=day)


def adult_if_born_by(day: date) -> date:
    """The last birthday on which someone is 18 on ``day``."""
    try:
        return day.replace(year=day.year - ADULT)
    except ValueError:  # February 29, and no such day 18 years before
        return day.replace(year=day.year - ADULT, day=28)
