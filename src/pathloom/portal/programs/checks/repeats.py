"""Whether a program has anything twice: a course, what is taught, its place at the school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathloom.engine.catalog import Course
from pathloom.engine.program.content import Content
from pathloom.portal.programs.checks.findings import Finding, Weight
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.places import beside
from pathloom.portal.programs.queries.words import plain

_Line = tuple[str, str]
_Cell = tuple[int, _Line, frozenset[str]]  # grade, line, courses to choose from


def check_alone(version: ProgramVersion) -> Iterator[Finding]:
    """Another program of the same school (or district) in the same cluster and pathway."""
    for title in beside(version):
        what = f"'{title}' stands in the same place at {version.program.home.name}"
        fix = "Work on that one, or say in the title what is different here."
        yield Finding(Weight.WARN, "place", what, fix, "about", "about")


def check_repeats(content: Content, courses: Mapping[str, Course]) -> Iterator[Finding]:
    """A course, or what it teaches, that everybody takes twice in high school.

    Two courses teach the same with the same state number or title. What may be taken more than
    once, and one of several that stand for one another, is no repetition.
    """
    before: list[_Cell] = []
    for grade, line, codes in _cells(content):
        (code,) = codes if len(codes) == 1 else ("",)
        course = courses.get(code)
        if course is not None and not course.repeatable:
            first = next((cell for cell in before if _teaches(cell[2], course, courses)), None)
            if first is not None:
                (other,) = first[2]
                yield _again(course, courses[other], first, grade, line)
        before.append((grade, line, codes))


def _cells(content: Content) -> Iterable[_Cell]:
    """Every place of the program that holds courses, grade by grade, the pathway first."""
    found: list[_Cell] = [
        (step.grade, ("steps", step.key), frozenset(step.courses)) for step in content.steps
    ]
    for row in content.rows:
        line = ("rows", row.subject)
        found += [(int(grade), line, frozenset(codes)) for grade, codes in row.grades.items()]
    return sorted(found, key=lambda cell: cell[0])


def _teaches(codes: frozenset[str], course: Course, courses: Mapping[str, Course]) -> bool:
    """Whether the only course of a place is this one, or teaches the same."""
    (code,) = codes if len(codes) == 1 else ("",)
    other = courses.get(code)
    if other is None:
        return False
    same_number = bool(course.number) and course.number == other.number
    return other.id == course.id or same_number or plain(other.title) == plain(course.title)


def _again(course: Course, other: Course, first: _Cell, grade: int, line: _Line) -> Finding:
    here = f"in grade {grade}" if grade != first[0] else "a second time"
    what = f"{course.title} ({course.id}) stands {here}, and in grade {first[0]} already"
    if course.id != other.id:
        what = f"{course.title} ({course.id}) teaches what {other.title} ({other.id}) taught"
    fix = "Take one of the two out, or choose what comes next."
    return Finding(Weight.WARN, "courses", what, fix, *line)
