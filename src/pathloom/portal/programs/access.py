"""Who may see a version of a program of study, and who may publish it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from pathloom.portal.accounts.models import District, School
from pathloom.portal.accounts.queries import roles_of, schools_where
from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.roles import AGREEING, PUBLISHERS, READERS


def _schools(user: Any, roles: tuple[str, ...]) -> QuerySet[School]:
    schools = School.objects.none()
    for role in roles:
        schools = schools | schools_where(user, role)
    return schools


def _listing(user: Any) -> QuerySet[ProgramVersion]:
    """What is published for everybody; older versions and drafts for the staff of the school."""
    return ProgramVersion.objects.filter(
        Q(publication__isnull=False) | Q(program__school__in=_schools(user, READERS))
    )


PROGRAM_VERSIONS = register(AccessRule("program versions", listing=_listing))


def may_publish(user: Any, version: ProgramVersion) -> bool:
    """Whether this person's role allows publishing at the school of this version."""
    return _schools(user, PUBLISHERS).filter(pk=version.program.school_id).exists()


def may_agree(user: Any, district: District) -> bool:
    """Whether this person's role allows publishing the agreements of a district."""
    return roles_of(user).filter(role__in=AGREEING, district=district).exists()
