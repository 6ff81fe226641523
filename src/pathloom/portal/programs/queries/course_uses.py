"""What a course is good for beyond itself: requirements, college credit, courses it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from pathloom.engine.catalog import Agreement, Agreements, AllOf, CourseNeed, Need
from pathloom.engine.errors import PathloomError
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import AnyCourse, Requirement, RuleSet
from pathloom.engine.units import SchoolYear
from pathloom.portal.accounts.models import District, School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.queries import courses_of
from pathloom.portal.catalog.snapshot import engine_course, need_of
from pathloom.portal.core.kept import while_unchanged
from pathloom.portal.programs.queries.agreed import covered_by


@dataclass(frozen=True, slots=True)
class ServedRequirement:
    """A requirement a course can count toward, and the named parts of it that it fits.

    ``any_course``: every course can, as for electives.
    """

    requirement: Requirement
    parts: tuple[Requirement, ...]
    any_course: bool


def diploma_of(district: District, *, on: date) -> tuple[RuleSet, SchoolYear] | None:
    """The diploma rules for who began grade 9 this school year; None where none are known."""
    entered = SchoolYear.of(on)
    try:
        rulebook = load_rulebook(cache=settings.VAR / "rulebook")
        name = f"{district.jurisdiction}/diploma"
        return choose(rulebook, name, entered_grade_9=entered, as_of=on), entered
    except PathloomError:
        return None


def served_by(
    course: Course, ruleset: RuleSet, *, families: frozenset[str]
) -> tuple[ServedRequirement, ...]:
    """The requirements that a course can count toward, in the order of the rules.

    Args:
        families: the tags of the programs, pathways and clusters it is a step of.
    """
    value = engine_course(course)
    record = planned_record(replace(value, tags=value.tags | families), None)
    return tuple(
        ServedRequirement(each, _parts(each, record), isinstance(each.match, AnyCourse))
        for each in ruleset.requirements
        if each.earn and (matches(each.match, record) or _parts(each, record))
    )


def _parts(requirement: Requirement, record: CourseRecord) -> tuple[Requirement, ...]:
    inner = list(requirement.walk())[1:]
    return tuple(
        each for each in inner if each.earn and not each.parts and matches(each.match, record)
    )


def agreed_credit(course: Course, agreed: Agreements | None, *, on: date) -> tuple[Agreement, ...]:
    """The agreements with colleges that cover a course taken this school year."""
    if agreed is None:
        return ()
    year = SchoolYear.of(on)
    covered = covered_by(agreed, [engine_course(course)])
    return tuple(each for each, _course in covered if each.holds_in(year))


def opened_by(course: Course, school: School) -> list[Course]:
    """The courses of the school whose prerequisite names a course, by title; one query."""
    return [
        each
        for each in _needing(school)
        if (need := need_of(each.prerequisite)) is not None and _names(need, course.code)
    ]


@while_unchanged(32, by=lambda school: school.pk)
def _needing(school: School) -> tuple[Course, ...]:
    """The courses of a school that have a prerequisite, by title."""
    return tuple(courses_of(school).exclude(prerequisite=None))


def _names(need: Need, code: str) -> bool:
    if isinstance(need, CourseNeed):
        return need.course == code
    inner = need.all if isinstance(need, AllOf) else need.any
    return any(_names(each, code) for each in inner)
