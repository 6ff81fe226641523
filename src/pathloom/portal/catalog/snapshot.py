"""The catalog of a school as a value of the engine."""

from __future__ import annotations

from pydantic import TypeAdapter

from pathloom.engine.catalog import Catalog, Need
from pathloom.engine.catalog import Course as EngineCourse
from pathloom.engine.units import Part
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_of

_NEED: TypeAdapter[Need] = TypeAdapter(Need)


def catalog_for(school: School) -> Catalog:
    """Make the catalog of what a school offers, ordered by code; one query, no programs.

    ``programs.snapshot.programs_for(school)`` gives the programs of study to put beside it.
    """
    courses = courses_of(school).order_by("code").select_related(None)
    return Catalog(
        id=f"{school.district.slug}/{school.slug}",
        courses=tuple(engine_course(course) for course in courses),
    )


def engine_course(course: Course) -> EngineCourse:
    """One row of the table as the engine's value."""
    return EngineCourse(
        id=course.code,
        title=course.title,
        subject=course.subject,
        credits=course.credits,
        number=course.number,
        sced=course.sced,
        tags=frozenset(course.tags),
        grades=tuple(course.grades),
        parts=tuple(Part(part) for part in course.parts),
        prerequisite=need_of(course.prerequisite),
        repeatable=course.repeatable,
        corequisites=tuple(course.corequisites),
        slots=course.slots,
        difficulty=course.difficulty,
    )


def need_of(prerequisite: object) -> Need | None:
    """The stored prerequisite as the engine's value."""
    return None if prerequisite is None else _NEED.validate_python(prerequisite)
