"""The versions of a district's agreements with colleges."""

from __future__ import annotations

import hashlib
import json

from django.db.models import QuerySet

from pathloom.portal.accounts.models import District
from pathloom.portal.catalog.models import Course
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.queries.published import published_versions


def versions_of(district_id: int) -> QuerySet[CollegeAgreements]:
    """Every version of a district, the newest first, with its people."""
    versions = CollegeAgreements.objects.filter(district=district_id)
    return versions.select_related("district", "author", "reviewer").order_by("-number")


def published_agreements(district_id: int) -> CollegeAgreements | None:
    """The version that holds: the newest published one."""
    return versions_of(district_id).filter(published_at__isnull=False).first()


def open_agreements(district_id: int) -> CollegeAgreements | None:
    """The version that is being written: the newest one, while it is not published."""
    newest = versions_of(district_id).first()
    return newest if newest is not None and newest.published_at is None else None


def seen_hash(version: CollegeAgreements) -> str:
    """One hash of what a version says: nobody changes or publishes what they did not see."""
    text = json.dumps(version.content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def district_courses(district: District) -> list[Course]:
    """Every course of a district, by title; one query."""
    return list(Course.objects.filter(district=district).order_by("title", "code"))


def titles_of(district: District) -> dict[str, str]:
    """Course code -> title of every course of a district; one query."""
    return dict(Course.objects.filter(district=district).values_list("code", "title"))


def programs_of(district: District) -> list[tuple[str, str, str]]:
    """Slug, title and school of every published program of a district, by title; one query."""
    found = published_versions().filter(program__school__district=district)
    return list(found.values_list("program__slug", "title", "program__school__name"))
