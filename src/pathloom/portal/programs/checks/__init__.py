"""What is wrong, or doubtful, about a version of a program of study."""

from __future__ import annotations

from pydantic import ValidationError

from pathloom.engine.catalog import Course
from pathloom.engine.errors import Location, problems_of
from pathloom.portal.catalog.models import Course as CourseRow
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.queries import courses_by_code, planning_of
from pathloom.portal.catalog.snapshot import catalog_for, engine_course
from pathloom.portal.core.queries import today
from pathloom.portal.programs.checks.agreements import problems_beside, problems_of_agreements
from pathloom.portal.programs.checks.findings import Finding, Weight, stops
from pathloom.portal.programs.checks.held_back import held_back
from pathloom.portal.programs.checks.levels import check_agreed, check_twice
from pathloom.portal.programs.checks.occupations import check_occupations
from pathloom.portal.programs.checks.repeats import check_alone, check_repeats
from pathloom.portal.programs.checks.sequence import check_courses, check_order, check_steps
from pathloom.portal.programs.checks.takeable import School, check_takeable
from pathloom.portal.programs.checks.text import (
    check_place,
    check_sources,
    check_stages,
    check_title,
)
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.published import codes_in
from pathloom.portal.programs.queries.sheets import sheet_of_version
from pathloom.portal.programs.snapshot import agreements_for, engine_program

__all__ = [
    "Finding",
    "Weight",
    "held_back",
    "problems_beside",
    "problems_of_agreements",
    "run",
    "stops",
]


def run(version: ProgramVersion) -> tuple[Finding, ...]:
    """Check a version beside its framework, its school's catalog and agreements; seven queries.

    Whether it can be taken is asked of the planner once nothing else stands in the way.

    Returns:
        Findings in order: form, title, framework, other programs there, courses, sequence,
        repetitions, stages, sources, occupations, agreements, both levels, plan.
    """
    try:
        content = sheet_of_version(version).content
    except ValidationError as error:
        return tuple(
            Finding(Weight.STOP, problem.where, problem.what, problem.fix)
            for problem in problems_of(error, place=_key_path)
        )
    district = version.program.home_district
    offered = _offered(version)
    known = courses_by_code(district, codes_in(content))
    courses = {code: engine_course(course) for code, course in known.items()}
    agreed, day = agreements_for(district.pk), today(district)
    findings = (
        *check_title(version),
        *check_place(version),
        *check_alone(version),
        *check_steps(content),
        *check_courses(content, courses=courses, offered=offered),
        *check_order(content, offered | courses),
        *check_repeats(content, courses),
        *check_stages(content),
        *check_sources(content),
        *check_occupations(content),
        *(check_agreed(content, courses=courses, agreed=agreed, on=day) if agreed else ()),
        *check_twice(content, courses=courses, agreed=agreed),
    )
    if stops(findings):
        return findings
    here = School(offered, _planning(version), district.jurisdiction, agreed)
    return (*findings, *check_takeable(engine_program(version), here, on=day))


def _offered(version: ProgramVersion) -> dict[str, Course]:
    """What the school offers; for a district's template, all that the district teaches."""
    program = version.program
    if program.is_template:
        rows = CourseRow.objects.filter(district=program.home_district).order_by("code")
        return {row.code: engine_course(row) for row in rows}
    return {course.id: course for course in catalog_for(program.school).courses}


def _planning(version: ProgramVersion) -> SchoolPlanning:
    """How the school plans; for a district's template, the usual."""
    school = version.program.school
    return SchoolPlanning() if school is None else planning_of(school)


def _key_path(location: Location) -> str:
    return ".".join(["content", *(str(step) for step in location)])
