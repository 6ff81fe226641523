"""Rows for the courses of a catalog and for where they are offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import TypeAdapter

from pathloom.engine.catalog import Catalog, Need
from pathloom.portal.accounts.models import District, School
from pathloom.portal.catalog.models import Course, Offering

_NEED: TypeAdapter[Need] = TypeAdapter(Need)


def add_courses(
    *, district: District, catalog: Catalog, about: Mapping[str, str]
) -> dict[str, Course]:
    """Add every course of a catalog to a district; code -> row.

    ``about`` says what students do in a course, by code; it may leave courses out.
    """
    rows = Course.objects.bulk_create(
        Course(
            district=district,
            code=course.id,
            title=course.title,
            number=course.number,
            sced=course.sced,
            subject=course.subject,
            tags=sorted(course.tags),
            credits=course.credits,
            grades=list(course.grades),
            parts=[part.value for part in course.parts],
            prerequisite=_as_json(course.prerequisite),
            repeatable=course.repeatable,
            corequisites=list(course.corequisites),
            slots=course.slots,
            difficulty=course.difficulty,
            about=about.get(course.id, ""),
        )
        for course in catalog.courses
    )
    return {row.code: row for row in rows}


def add_offerings(offered: Mapping[School, Iterable[str]], *, courses: Mapping[str, Course]) -> int:
    """Offer courses, by code, at schools; returns how many offerings that made."""
    return len(
        Offering.objects.bulk_create(
            Offering(school=school, course=courses[code])
            for school, codes in offered.items()
            for code in codes
        )
    )


def _as_json(need: Need | None) -> object:
    if need is None:
        return None
    return _NEED.dump_python(need, mode="json", exclude_defaults=True)
