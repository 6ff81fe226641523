"""What holds back many versions at once, for lists: all but whether a plan exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from pathloom.engine.catalog import Course
from pathloom.engine.program.content import Content
from pathloom.portal.catalog.models import Course as CourseRow
from pathloom.portal.catalog.models import Offering
from pathloom.portal.catalog.snapshot import engine_course
from pathloom.portal.programs.checks.findings import stops
from pathloom.portal.programs.checks.sequence import check_courses, check_order, check_steps
from pathloom.portal.programs.checks.text import (
    check_place,
    check_sources,
    check_stages,
    check_title,
)
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.published import codes_in
from pathloom.portal.programs.queries.sheets import sheet_of_version


def held_back(versions: Iterable[ProgramVersion]) -> dict[int, int]:
    """Version id -> how many findings of ``run`` hold it back; two queries.

    The planner is not asked, as ``run`` asks it only once nothing else stands in the way: where
    this says 0, it may still find that no student can take the program.
    """
    contents = {version: _content(version) for version in versions}
    read = [each for each in contents.values() if isinstance(each, Content)]
    codes = {code for each in read for code in codes_in(each)}
    taught = _taught(codes, {version.program.home_district.pk for version in contents})
    offered = _offered(codes, {version.program.school_id for version in contents})
    found = {}
    for version, content in contents.items():
        courses = taught.get(version.program.home_district.pk, {})
        school = version.program.school_id
        here = set(courses) if school is None else offered.get(school, set())
        found[version.pk] = (
            _count(version, content, courses, here) if isinstance(content, Content) else content
        )
    return found


def _content(version: ProgramVersion) -> Content | int:
    """What a version says, or how many mistakes keep it from being read."""
    try:
        return sheet_of_version(version).content
    except ValidationError as error:
        return error.error_count()


def _taught(codes: set[str], districts: set[int]) -> dict[int, dict[str, Course]]:
    """District id -> code -> course."""
    found: dict[int, dict[str, Course]] = {}
    for row in CourseRow.objects.filter(district__in=districts, code__in=codes):
        found.setdefault(row.district_id, {})[row.code] = engine_course(row)
    return found


def _offered(codes: set[str], schools: set[int | None]) -> dict[int, set[str]]:
    """School id -> the codes that it offers."""
    found: dict[int, set[str]] = {}
    rows = Offering.objects.filter(school__in=schools - {None}, course__code__in=codes)
    for school, code in rows.values_list("school", "course__code"):
        found.setdefault(school, set()).add(code)
    return found


def _count(
    version: ProgramVersion, content: Content, courses: Mapping[str, Course], offered: set[str]
) -> int:
    here = {code: course for code, course in courses.items() if code in offered}
    found = (
        *check_title(version),
        *check_place(version),
        *check_steps(content),
        *check_courses(content, courses=courses, offered=here),
        *check_order(content, courses),
        *check_stages(content),
        *check_sources(content),
    )
    return len(stops(found))
