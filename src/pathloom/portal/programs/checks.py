"""What is wrong, or doubtful, about a version of a program of study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from pathloom.engine.catalog import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Need,
    check_agreements,
)
from pathloom.engine.errors import Location, Problem, place_in, problems_of
from pathloom.engine.program.content import STAGES, Content
from pathloom.portal.catalog.models import Course as CourseRow
from pathloom.portal.catalog.queries import courses_by_code
from pathloom.portal.catalog.snapshot import catalog_for, engine_course
from pathloom.portal.programs.models import CollegeAgreements, ProgramVersion
from pathloom.portal.programs.queries.frameworks import place_of
from pathloom.portal.programs.queries.published import codes_in, content_of, published_versions
from pathloom.portal.programs.snapshot import AGREEMENTS, engine_program


class Weight(StrEnum):
    """A ``stop`` finding holds back publication; a ``warn`` finding is for people to judge."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a version: ``where: what. What to do.``"""

    weight: Weight
    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a course stands in a program: its grade, and its position among the steps."""

    grade: int
    position: int


def run(version: ProgramVersion) -> tuple[Finding, ...]:
    """Check a version against its framework and its school's catalog; three queries.

    Returns:
        Findings in order: form, title, framework, courses, sequence, stages, sources.
    """
    try:
        content = content_of(version)
    except ValidationError as error:
        return tuple(
            Finding(Weight.STOP, problem.where, problem.what, problem.fix)
            for problem in problems_of(error, place=_key_path)
        )
    school = version.program.school
    offered = {course.id: course for course in catalog_for(school).courses}
    known = courses_by_code(school.district, codes_in(content))
    courses = {code: engine_course(course) for code, course in known.items()}
    return (
        *_check_title(version),
        *_check_place(version),
        *_check_steps(content),
        *_check_courses(content, courses=courses, offered=offered),
        *_check_order(content, courses),
        *_check_stages(content),
        *_check_sources(content),
    )


def problems_of_agreements(version: CollegeAgreements) -> tuple[Problem, ...]:
    """What is wrong with agreements beside the district's courses and published programs."""
    place = place_in("agreements")
    try:
        found = AGREEMENTS.validate_python(version.content)
    except ValidationError as error:
        return tuple(problems_of(error, place=place))
    rows = CourseRow.objects.filter(district=version.district_id).order_by("code")
    programs = published_versions().filter(program__school__district=version.district_id)
    catalog = Catalog(
        id=version.district.slug,
        courses=tuple(engine_course(row) for row in rows),
        programs=tuple(engine_program(each) for each in programs),
    )
    return check_agreements(found, catalog=catalog, place=place)


def stops(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Only those that hold back publication."""
    return tuple(finding for finding in findings if finding.weight is Weight.STOP)


def _key_path(location: Location) -> str:
    return ".".join(["content", *(str(step) for step in location)])


def _check_title(version: ProgramVersion) -> Iterator[Finding]:
    if not version.title.strip():
        yield Finding(Weight.STOP, "title", "the program has no title", "Write one.")


def _check_place(version: ProgramVersion) -> Iterator[Finding]:
    program = version.program
    framework, cluster, pathway = place_of(version)
    if framework is None:
        what = f"no framework is called '{program.framework}'"
        yield Finding(Weight.STOP, "framework", what, "Choose one of the frameworks.")
    elif cluster is None:
        what = f"{framework.title} has no cluster '{program.cluster}'"
        yield Finding(Weight.STOP, "cluster", what, "Choose one of its clusters.")
    elif pathway is None and program.pathway:
        what = f"{cluster.name} has no pathway '{program.pathway}'"
        yield Finding(Weight.STOP, "pathway", what, "Choose one of its pathways.")


def _check_steps(content: Content) -> Iterator[Finding]:
    if not content.steps:
        yield Finding(Weight.STOP, "steps", "the program has no courses", "Add its sequence.")
    for number, step in enumerate(content.steps, start=1):
        if not step.courses:
            yield Finding(Weight.STOP, f"step {number}", "names no course", "Name one.")


def _check_courses(
    content: Content, *, courses: Mapping[str, Course], offered: Mapping[str, Course]
) -> Iterator[Finding]:
    for code in sorted(codes_in(content)):
        if code not in courses:
            what = f"course '{code}' is not in the district's catalog"
            yield Finding(Weight.STOP, "courses", what, "Correct the code.")
        elif code not in offered:
            what = f"{courses[code].title} ({code}) is not offered at this school"
            yield Finding(Weight.STOP, "courses", what, "Offer it, or take it out.")
        elif code in content.local_courses and courses[code].number:
            what = f"{courses[code].title} ({code}) has a state number but is called local"
            yield Finding(Weight.WARN, "local_courses", what, "Take it out of the local courses.")


def _check_order(content: Content, courses: Mapping[str, Course]) -> Iterator[Finding]:
    """Each step's courses must find what they need earlier in the program."""
    places = _places(content)
    for position, step in enumerate(content.steps):
        here = _Place(step.grade, position)
        for code in step.courses:
            need = courses[code].prerequisite if code in courses else None
            if need is None or _ready(need, places, here):
                continue
            where = f"step {position + 1}"
            title = courses[code].title
            absent = sorted(_named(need) - places.keys())
            if absent:
                what = f"{title} needs {', '.join(absent)}, which the program does not hold"
                yield Finding(Weight.WARN, where, what, "Add it, or say how students get it.")
            else:
                what = f"{title} stands before a course it needs"
                yield Finding(Weight.STOP, where, what, "Move it behind its prerequisite.")


def _places(content: Content) -> dict[str, list[_Place]]:
    """Where each course can be taken; one beside the sequence stands before its grade's steps."""
    places: dict[str, list[_Place]] = {}
    for row in content.rows:
        for grade, codes in row.grades.items():
            for code in codes:
                places.setdefault(code, []).append(_Place(int(grade), -1))
    for position, step in enumerate(content.steps):
        for code in step.courses:
            places.setdefault(code, []).append(_Place(step.grade, position))
    return places


def _ready(need: Need, places: Mapping[str, list[_Place]], here: _Place) -> bool:
    if isinstance(need, AllOf):
        return all(_ready(each, places, here) for each in need.all)
    if isinstance(need, AnyOf):
        return any(_ready(each, places, here) for each in need.any)
    return any(_before(place, here, need) for place in places.get(need.course, ()))


def _before(place: _Place, here: _Place, need: CourseNeed) -> bool:
    """Within a grade the order of the steps decides: many schools teach two terms a year."""
    if place.grade != here.grade:
        return place.grade < here.grade
    return need.concurrent or place.position < here.position


def _named(need: Need) -> set[str]:
    if isinstance(need, CourseNeed):
        return {need.course}
    inner = need.all if isinstance(need, AllOf) else need.any
    return set().union(*(_named(each) for each in inner))


def _check_stages(content: Content) -> Iterator[Finding]:
    used = [
        *(("credentials", each.title, each.after) for each in content.credentials),
        *(("occupations", each.title, each.after) for each in content.occupations),
        *(("postsecondary", each.title, each.kind) for each in content.postsecondary),
    ]
    for where, title, stage in used:
        if stage not in STAGES:
            what = f"'{title}' stands after '{stage}', which is no stage"
            yield Finding(Weight.STOP, where, what, f"Use one of: {', '.join(STAGES)}.")


def _check_sources(content: Content) -> Iterator[Finding]:
    if not content.sources:
        what = "no source says where the sequence comes from"
        yield Finding(Weight.STOP, "sources", what, "Name one, with the day it was read.")
    for source in content.sources:
        if source.url and not source.url.startswith(("https://", "http://")):
            what = f"the address of '{source.title}' does not lead to the web"
            yield Finding(Weight.STOP, "sources", what, "Start it with https://.")
        if not source.read_on:
            what = f"'{source.title}' does not say when it was read"
            yield Finding(Weight.WARN, "sources", what, "Add the day.")
