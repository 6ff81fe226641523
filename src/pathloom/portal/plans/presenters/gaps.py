"""What is still to choose: how much, and a few courses that would fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult, Measure, RequirementResult, Status
from pathloom.engine.catalog import Course
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Requirement
from pathloom.engine.units import Credits, GradeLevel, format_credits
from pathloom.portal.plans.presenters.loom import GRADES, MISSING, Knot, area_of, loom
from pathloom.portal.plans.snapshot import Basis

MOST_EXAMPLES = 3
_MOST_EXPLAINED = 4
_ONE_COURSE = 100
TAKEN = frozenset({State.EARNED, State.IN_PROGRESS, State.PLANNED})


@dataclass(frozen=True, slots=True)
class Open:
    """The smallest requirement that is short, and the hundredths missing in it alone."""

    requirement: RequirementResult
    credits: Credits
    area: int  # place of the requirement area in the rule file
    rest: bool  # of a whole area, not of a named part of it


class Gap(TypedDict):
    """What is still to choose, shown where there is room for it; ``url`` leads to what fits."""

    title: str
    credits: str
    area: int
    text: str
    url: str


def open_points(audit: AuditResult) -> list[Open]:
    """What is short, each decision once: parts before the open rest of their requirement."""
    return [
        point
        for index, result in enumerate(audit.requirements)
        for point in _open_parts(result, index, whole=True)
    ]


def _open_parts(result: RequirementResult, area: int, *, whole: bool) -> list[Open]:
    if result.status is not Status.SHORT or not result.needed:
        return []
    if result.measure is not Measure.CREDIT:
        return [Open(result, result.short, area, rest=False)]
    named = [point for part in result.parts for point in _open_parts(part, area, whole=False)]
    rest = result.short - sum(part.short for part in result.parts if part.needed)
    return [*named, Open(result, rest, area, rest=whole)] if rest > 0 else named


def decision_words(point: Open) -> str:
    """What is to decide: a named course, or one more course of an area."""
    title = point.requirement.title
    if not point.rest:
        return title
    if point.credits <= _ONE_COURSE:
        return _("one more course in %(area)s") % {"area": title}
    return _("%(n)s credits in %(area)s") % {"n": format_credits(point.credits), "area": title}


def courses_that_fit(basis: Basis, record: StudentRecord, requirement: Requirement) -> list[Course]:
    """The school's courses that count toward a requirement and are not taken or planned yet."""
    grades: set[GradeLevel] = {term.grade for term in basis.terms}
    taken = {entry.course for entry in record.courses if entry.state in TAKEN}
    return [
        course
        for course in sorted(basis.catalog.courses, key=lambda entry: (entry.title, entry.id))
        if course.id not in taken
        and grades.intersection(course.grades)
        and matches(requirement.match, planned_record(course, None))
    ]


def example_words(basis: Basis, record: StudentRecord, point: Open) -> str:
    """``Three courses fit: A, B and C.``; empty where no course fits."""
    requirement = next(
        (each for each in basis.ruleset.walk() if each.id == point.requirement.id), None
    )
    fitting = courses_that_fit(basis, record, requirement) if requirement else []
    titles = [course.title for course in _plain_first(fitting)]
    if not titles:
        return _("No course of your school fits now. Ask your counselor.")
    if len(titles) <= MOST_EXAMPLES:
        return _("This fits: %(courses)s.") % {"courses": _(" or ").join(titles)}
    return _("%(count)s courses fit, for example %(courses)s.") % {
        "count": len(titles),
        "courses": _(" or ").join(titles[:MOST_EXAMPLES]),
    }


def _plain_first(courses: Iterable[Course]) -> list[Course]:
    """Courses everybody can take come first, those with a prerequisite or college level later."""
    special = {"ap", "ib", "dual-enrollment"}
    return sorted(
        courses, key=lambda course: (bool(special & course.tags), course.prerequisite is not None)
    )


def gaps_by_grade(
    audit: AuditResult, record: StudentRecord, *, basis: Basis
) -> dict[int, list[Gap]]:
    """What is still to choose, in the grades in which the loom shows it as missing.

    A few gaps come with courses that fit; where there are many, the search says it.
    """
    now = basis.terms[0].grade if basis.terms else GRADES[-1]
    rows = loom(audit, record, grade_now=now)["rows"]
    places = [
        [cell["grade"] for cell in row["cells"] for knot in cell["knots"] if _missing(knot)]
        for row in rows
    ]
    found: dict[int, list[Gap]] = {grade: [] for grade in GRADES}
    points = open_points(audit)
    for point in points:
        grades = places[point.area]
        words = example_words(basis, record, point) if len(points) <= _MOST_EXPLAINED else ""
        knots = max(1, round(point.credits / 100))
        found[grades[0] if grades else GRADES[-1]].append(_gap(point, words))
        del grades[: min(knots, len(grades) - 1)]
    return found


def _missing(knot: Knot) -> bool:
    return knot["state"] == MISSING


def _gap(point: Open, words: str) -> Gap:
    return {
        "title": point.requirement.title,
        "credits": format_credits(point.credits),
        "area": area_of(point.area),
        "text": words,
        "url": f"{reverse('plans:search')}?area={point.requirement.id}",
    }
