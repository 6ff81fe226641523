"""The course list as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pathloom.engine.units import format_credits
from pathloom.portal.catalog.models import Course

COLUMNS = ("code", "title", "number", "subject", "credits", "grades", "parts", "tags")


def courses_csv(courses: Iterable[Course]) -> str:
    """Write one line per course; lists are separated by spaces, as in the catalog file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for course in courses:
        writer.writerow([_safe(value) for value in _row(course)])
    return out.getvalue()


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
    ]


def _safe(value: str) -> str:
    """A spreadsheet runs what starts like a formula; a leading apostrophe keeps it text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
