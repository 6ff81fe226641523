"""The course list as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.units import format_credits
from pathloom.portal.catalog.models import Course
from pathloom.portal.core.tables import csv_text

COLUMNS = (
    "code",
    "title",
    "number",
    "subject",
    "credits",
    "grades",
    "parts",
    "tags",
    "corequisites",
    "slots",
    "difficulty",
)


def courses_csv(courses: Iterable[Course]) -> str:
    """Write one line per course; lists are separated by spaces, as in the catalog file."""
    return csv_text(COLUMNS, map(_row, courses))


def _row(course: Course) -> list[str]:
    return [
        course.code,
        course.title,
        course.number,
        course.subject,
        format_credits(course.credits),
        " ".join(str(grade) for grade in course.grades),
        " ".join(course.parts),
        " ".join(sorted(course.tags)),
        " ".join(course.corequisites),
        str(course.slots),
        str(course.difficulty or ""),
    ]
