"""Which courses agreements with colleges cover: by code, or by a pattern of state numbers."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.catalog import Agreement, Agreements, Course
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.outlook import planned_record


def covered_by(
    agreed: Agreements, courses: Iterable[Course]
) -> tuple[tuple[Agreement, Course], ...]:
    """Each agreement with each of the courses that it covers, whatever the year; no query."""
    records = [(course, planned_record(course, None)) for course in courses]
    return tuple(
        (each, course)
        for each in agreed.agreements
        for course, record in records
        if covers(each, record)
    )
