"""Courses a student can add, found by words and by what they count toward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Course
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Requirement, RuleSet
from pathloom.engine.units import Term, format_credits
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.board import (
    Card,
    Move,
    board,
    chips_of,
    moves,
)
from pathloom.portal.plans.presenters.loom import GRADES, area_of
from pathloom.portal.plans.queries import audit_of
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.snapshot import Basis

MOST_FOUND = 30
_TAKEN = {State.EARNED, State.IN_PROGRESS, State.PLANNED}


class FoundCourse(TypedDict):
    """A course that can be added; ``counts`` are the areas it could count toward."""

    code: str
    title: str
    credits: str
    number: str
    area: int
    chips: list[str]
    counts: list[str]
    moves: list[Move]


class AreaChoice(TypedDict):
    id: str
    title: str
    chosen: bool


class Found(TypedDict):
    courses: list[FoundCourse]
    count: int
    more: int
    area: str
    areas: list[AreaChoice]


class SearchPage(TypedDict):
    """``swap`` is the planned course that a found one would replace, None when one is added."""

    head: int
    words: str
    term: str
    term_label: str
    swap: Card | None
    found: Found


def search_page(
    version: PlanVersion, basis: Basis, *, words: str, area: str, term: str, swap: str
) -> SearchPage:
    """Find courses for a plan.

    Args:
        words: every word has to occur in title, code or state number.
        area: id of a requirement or a part of one; unknown ids do not filter. A course to be
            swapped out brings its own area.
        term: the term the student came from, ``2026-27 fall``; unknown ones are ignored.
        swap: code of a planned course.
    """
    record = basis.planned_record(version.placements)
    audit = audit_of(version)
    laid = board(record, audit, basis=basis, findings=(), grade=GRADES[-1])
    cards = [
        card for grade in laid["grades"] for column in grade["terms"] for card in column["cards"]
    ]
    old = next((card for card in cards if card["movable"] and card["code"] == swap), None)
    if old is not None and not area and not words:
        area = area_of_course(audit, f"plan:{old['code']}:{old['term']}")
    here = term if term in basis.open_terms() else ""
    return {
        "head": version.pk,
        "words": words,
        "term": here,
        "term_label": term_label(Term.parse(here)) if here else "",
        "swap": old,
        "found": found(basis, record, words=words, area=area, first=here),
    }


def found(basis: Basis, record: StudentRecord, *, words: str, area: str, first: str = "") -> Found:
    """Search what the school offers for courses that are not in the plan yet.

    Args:
        record: with the planned courses; what is in it is left out unless it may be repeated.
        first: the term to be offered first.
    """
    requirement = next((each for each in basis.ruleset.walk() if each.id == area), None)
    taken = {entry.course for entry in record.courses if entry.state in _TAKEN}
    wanted = words.casefold().split()
    fitting = [
        course
        for course in sorted(basis.catalog.courses, key=lambda entry: (entry.title, entry.id))
        if (course.id not in taken or course.repeatable)
        and set(course.grades) & {term.grade for term in basis.terms}
        and _has(course, wanted)
        and (requirement is None or matches(requirement.match, planned_record(course, None)))
    ]
    return {
        "courses": [_found(course, basis, first) for course in fitting[:MOST_FOUND]],
        "count": len(fitting),
        "more": max(0, len(fitting) - MOST_FOUND),
        "area": requirement.title if requirement else "",
        "areas": _choices(basis.ruleset, requirement),
    }


def area_of_course(audit: AuditResult, record_id: str) -> str:
    """The smallest requirement in which a record counts first; empty where it counts nowhere."""
    for result in audit.walk():
        for entry in result.counted:
            if entry.record == record_id and not entry.second and not entry.overflow:
                return result.id
    return ""


def _has(course: Course, wanted: Sequence[str]) -> bool:
    text = f"{course.title} {course.id} {course.number}".casefold()
    return all(word in text for word in wanted)


def _found(course: Course, basis: Basis, first: str) -> FoundCourse:
    entry = planned_record(course, None)
    areas = _areas(basis.ruleset, entry)
    return {
        "code": course.id,
        "title": course.title,
        "credits": format_credits(course.credits),
        "number": course.number,
        "area": areas[0][0] if areas else 0,
        "chips": chips_of(course.tags),
        "counts": [title for _area, title in areas],
        "moves": sorted(
            moves(course, terms=basis.terms, here=""),
            key=lambda move: (move["term"] != first, bool(move["hint"])),
        ),
    }


def _areas(ruleset: RuleSet, entry: CourseRecord) -> list[tuple[int, str]]:
    return [
        (area_of(index), requirement.title)
        for index, requirement in enumerate(ruleset.requirements)
        if matches(requirement.match, entry)
    ]


def _choices(ruleset: RuleSet, chosen: Requirement | None) -> list[AreaChoice]:
    listed = list(ruleset.requirements)
    if chosen is not None and chosen not in listed:
        listed.insert(0, chosen)
    return [{"id": each.id, "title": each.title, "chosen": each is chosen} for each in listed]
