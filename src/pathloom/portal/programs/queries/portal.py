"""A school's portal: what holds, what is being written, what held before."""

from __future__ import annotations

from django.db.models import QuerySet

from pathloom.portal.accounts.models import School
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.programs.models.portal import PORTAL_CONTENT, PORTAL_LANGUAGES, PortalContent


def portal_of(school: School) -> PortalContent:
    """What a school's portal says now; one query. Before the first version: the school's row."""
    version = published_portals(school).order_by("-number").first()
    return content_of_portal(version) if version else _first(school)


def portal_draft(school: School) -> PortalVersion | None:
    return PortalVersion.objects.filter(school=school, published_at__isnull=True).first()


def published_portals(school: School) -> QuerySet[PortalVersion]:
    return PortalVersion.objects.filter(school=school, published_at__isnull=False)


def content_of_portal(version: PortalVersion) -> PortalContent:
    """The content of a version as a value.

    Raises:
        pydantic.ValidationError: the stored content has not the form of ``PortalContent``.
    """
    return PORTAL_CONTENT.validate_python(version.content)


def _first(school: School) -> PortalContent:
    return PortalContent(
        name=school.name,
        monogram=school.monogram,
        brand_color=school.brand_color,
        logo=school.logo,
        picture=school.picture_id or "",
        address=school.address_line,
        languages=PORTAL_LANGUAGES.validate_python(school.languages.split()),
    )
