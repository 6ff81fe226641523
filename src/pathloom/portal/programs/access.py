"""Who may see a version of a program of study, who may write it, and who may publish it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from pathloom.portal.accounts.models import District, School
from pathloom.portal.accounts.queries import roles_of, schools_where
from pathloom.portal.accounts.roles import DISTRICT_ADMIN, PARTNER
from pathloom.portal.core.access import AccessRule, register
from pathloom.portal.programs.models import (
    CollegeAgreements,
    Invitation,
    ProgramOfStudy,
    ProgramVersion,
)
from pathloom.portal.programs.roles import (
    AGREEING,
    AUTHORS,
    FACES,
    FRAMING,
    PUBLISHERS,
    READERS,
    TEMPLATE_AUTHORS,
)


def _schools(user: Any, roles: tuple[str, ...]) -> QuerySet[School]:
    schools = School.objects.none()
    for role in roles:
        schools = schools | schools_where(user, role)
    return schools


def _listing(user: Any) -> QuerySet[ProgramVersion]:
    """What schools publish for everybody; besides, what one may read while it is written."""
    public = Q(publication__isnull=False, program__school__isnull=False)
    return ProgramVersion.objects.filter(public | _in_authoring(user))


def _drafts(user: Any) -> QuerySet[ProgramVersion]:
    return ProgramVersion.objects.filter(_in_authoring(user))


def _in_authoring(user: Any) -> Q:
    """Every version for the staff of its home; a district's published ones for its schools' staff.

    Who is invited from a college or a business sees that one draft, until it is published.
    """
    schools = _schools(user, READERS)
    return (
        Q(program__school__in=schools)
        | Q(program__district__in=_districts(user))
        | Q(program__district__in=schools.values("district"), publication__isnull=False)
        | Q(pk__in=_invited(user).values("version"), state__in=ProgramVersion.OPEN)
    )


def _districts(user: Any) -> QuerySet[District]:
    grants = roles_of(user).filter(role__in=TEMPLATE_AUTHORS, district__isnull=False)
    return District.objects.filter(pk__in=grants.values("district"))


def _invited(user: Any) -> QuerySet[Invitation]:
    """The invitations that hold, while the person is a partner of the district."""
    if not roles_of(user).filter(role=PARTNER).exists():
        return Invitation.objects.none()
    return Invitation.objects.filter(person=user, ended_at__isnull=True)


def may_author_somewhere(user: Any) -> bool:
    """Whether a person has programs of study to look after at all."""
    return _schools(user, READERS).exists() or _districts(user).exists()


def may_be_asked(user: Any) -> bool:
    """Whether a person works on programs, or is a partner whom a school may ask."""
    return may_author_somewhere(user) or roles_of(user).filter(role=PARTNER).exists()


PROGRAM_VERSIONS = register(AccessRule("program versions", listing=_listing))
# The same with comments and proposals, for those who work on it.
PROGRAM_DRAFTS = register(AccessRule("program drafts", listing=_drafts))


def schools_written_for(user: Any) -> QuerySet[School]:
    """The schools for which a person may write programs of study."""
    return _schools(user, AUTHORS)


def districts_written_for(user: Any) -> QuerySet[District]:
    """The districts for whose schools a person may write templates."""
    return _districts(user)


def may_write(user: Any, program: ProgramOfStudy) -> bool:
    """Whether this person's role allows writing versions of a program."""
    if program.district_id is not None:
        return _districts(user).filter(pk=program.district_id).exists()
    return _schools(user, AUTHORS).filter(pk=program.school.pk).exists()


def may_comment(user: Any, version: ProgramVersion) -> bool:
    """Whether this person may comment on a version that is being written, and propose for it."""
    return version.is_open and PROGRAM_DRAFTS.may_open(user, version)


def invitation_of(user: Any, version: ProgramVersion) -> Invitation | None:
    """The invitation by which somebody from outside works on a draft."""
    return _invited(user).filter(version=version).first()


# Where a person may write the school's portal; everybody knows that schools have one.
SCHOOL_PORTALS = register(
    AccessRule("school portals", listing=lambda user: _schools(user, FACES), private=False)
)


def may_publish(user: Any, version: ProgramVersion) -> bool:
    """Whether this person's role allows publishing where this version is at home."""
    if version.program.district_id is not None:
        return _districts(user).filter(pk=version.program.district_id).exists()
    return _schools(user, PUBLISHERS).filter(pk=version.program.school.pk).exists()


def may_agree(user: Any, district: District) -> bool:
    """Whether this person's role allows publishing the agreements of a district."""
    return roles_of(user).filter(role__in=AGREEING, district=district).exists()


def may_write_agreements(user: Any, district: District) -> bool:
    """Whether this person is of the staff that writes a district's agreements with colleges."""
    here = Q(district=district) | Q(school__district=district)
    return roles_of(user).filter(here, role__in=READERS).exists()


def _agreements(user: Any) -> QuerySet[CollegeAgreements]:
    """Every version of the agreements of a person's district, for its staff."""
    held = roles_of(user).filter(role__in=READERS)
    return CollegeAgreements.objects.filter(
        Q(district__in=held.values("district")) | Q(district__in=held.values("school__district"))
    )


COLLEGE_AGREEMENTS = register(AccessRule("college agreements", listing=_agreements))


def may_choose_framework(user: Any, district: District) -> bool:
    """Whether this person's role allows choosing the framework of a district."""
    return roles_of(user).filter(role__in=FRAMING, district=district).exists()


def may_set_thresholds(user: Any, district: District) -> bool:
    """Whether this person's role allows saying what the labels of occupations ask for."""
    return roles_of(user).filter(role=DISTRICT_ADMIN, district=district).exists()
