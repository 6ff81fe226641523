"""Whether the courses of a program exist, are offered, and stand in an order that can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need
from pathloom.engine.program.content import Content
from pathloom.portal.programs.checks.findings import Finding, Weight
from pathloom.portal.programs.queries.published import codes_in
from pathloom.portal.programs.queries.sheets import to_choose


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a course stands in a program: its grade, and its position among the steps."""

    grade: int
    position: int


def check_steps(content: Content) -> Iterator[Finding]:
    if not content.steps:
        yield Finding(Weight.STOP, "steps", "the program has no courses", "Add its sequence.")
    for number, step in enumerate(content.steps, start=1):
        if not step.courses:
            where = f"step {number}"
            yield Finding(Weight.STOP, where, "names no course", "Name one.", "steps", step.key)


def check_courses(
    content: Content, *, courses: Mapping[str, Course], offered: Mapping[str, Course]
) -> Iterator[Finding]:
    """A course that vanished from the catalog is told like one that was never there."""
    for code in sorted(codes_in(content)):
        line = _line_of(code, content)
        if code not in courses and (what := to_choose(code)):
            yield Finding(Weight.STOP, "courses", what, "Choose one of your catalog.", *line)
        elif code not in courses:
            what = f"course '{code}' is not in the district's catalog"
            yield Finding(Weight.STOP, "courses", what, "Choose one that is.", *line)
        elif code not in offered:
            what = f"{courses[code].title} ({code}) is not offered at this school"
            yield Finding(Weight.STOP, "courses", what, "Offer it, or take it out.", *line)
        elif code in content.local_courses and courses[code].number:
            what, fix = _local(courses[code]), "Take it out of the local courses."
            yield Finding(Weight.WARN, "local_courses", what, fix, "local_courses", code)


def _local(course: Course) -> str:
    return f"{course.title} ({course.id}) has a state number but is called local"


def _line_of(code: str, content: Content) -> tuple[str, str]:
    """The first line that names a course."""
    for step in content.steps:
        if code in step.courses:
            return "steps", step.key
    for row in content.rows:
        if any(code in codes for codes in row.grades.values()):
            return "rows", row.subject
    return "", ""


def check_order(content: Content, courses: Mapping[str, Course]) -> Iterator[Finding]:
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
            if not _held(need, places):
                absent = _absent(need, places, courses)
                what = f"{title} needs {absent}, which the program does not hold"
                yield Finding(
                    Weight.WARN,
                    where,
                    what,
                    "Add it, or say how students get it.",
                    "steps",
                    step.key,
                )
            else:
                what = f"{title} stands before a course it needs"
                yield Finding(
                    Weight.STOP, where, what, "Move it behind its prerequisite.", "steps", step.key
                )


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


def _held(need: Need, places: Mapping[str, list[_Place]]) -> bool:
    """Whether the program holds what is needed, wherever it stands."""
    if isinstance(need, AllOf):
        return all(_held(each, places) for each in need.all)
    if isinstance(need, AnyOf):
        return any(_held(each, places) for each in need.any)
    return need.course in places


def _absent(need: Need, places: Mapping[str, list[_Place]], courses: Mapping[str, Course]) -> str:
    """The courses to add, by title, where the program does not hold what is needed."""
    if isinstance(need, CourseNeed):
        return courses[need.course].title if need.course in courses else need.course
    if isinstance(need, AnyOf):
        return "either " + " or ".join(_absent(each, places, courses) for each in need.any)
    absent = (each for each in need.all if not _held(each, places))
    return " and ".join(_absent(each, places, courses) for each in absent)
