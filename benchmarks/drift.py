"""Students whose plan was good until something happened: what a repair is measured with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from random import Random

import students
from catalogs import generated

from pathloom.engine.catalog import Course
from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import course_needs
from pathloom.engine.planner.types import Infeasible, Placement, Plan, PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Mark, Part, Term

GRADES = (10, 11)
PARTS = (Part.FALL, Part.SPRING)


def planned(chance: Random, *, courses: int, count: int) -> Iterator[PlanRequest]:
    """Students of grade 8 in one school, with a good plan as the one before."""
    catalog, agreements = generated(chance, courses=courses)
    for number in range(count):
        (fresh,) = students.students(
            catalog, students.rules(), chance, count=1, agreements=agreements
        )
        found = plan(replace(fresh, effort=students.EFFORT), as_of=students.DAYS[8])
        if isinstance(found, Infeasible):
            continue  # whoever has no plan has none to repair
        assert isinstance(found, Plan), found
        record = replace(fresh.record, student=f"S{number}")
        yield replace(fresh, record=record, previous=found.placements)


def later(request: PlanRequest, *, grade: int) -> PlanRequest:
    """The same student some years later, when everything came true so far."""
    ahead = students.day(grade, slots=students.SLOTS)
    first = ahead[0].term.year
    done = [place for place in request.previous if place.term.year < first]
    record = replace(request.record, courses=tuple(_passed(request, place) for place in done))
    return replace(request, record=record, terms=ahead)


def _passed(request: PlanRequest, place: Placement) -> CourseRecord:
    course = request.catalog.course(place.course)
    assert course is not None
    return CourseRecord(
        id=f"{course.id} {place.term}",
        credits=course.credits,
        state=State.EARNED,
        course=course.id,
        term=place.term,
        mark=Mark.parse(85),
    )


def failed(request: PlanRequest, chance: Random) -> PlanRequest:
    """One course was not passed."""
    courses = list(request.record.courses)
    index = chance.randrange(len(courses))
    courses[index] = replace(courses[index], state=State.FAILED, mark=Mark.parse(50))
    return replace(request, record=replace(request.record, courses=tuple(courses)))


def moved(request: PlanRequest, chance: Random) -> PlanRequest:
    """The school locks a course of the plan in the other half of its year."""
    place = chance.choice(
        [one for one in _ahead(request) if {*PARTS} <= {*_course(request, one).parts}]
    )
    (other,) = {*PARTS} - {place.term.part}
    lock = Placement(place.course, Term(place.term.year, other))
    return replace(request, staff_locks=(lock,))


def gone(request: PlanRequest, chance: Random) -> PlanRequest:
    """The school gives up a course of the plan; another one counts the same."""
    asked = {*request.wishes.wanted, *request.wishes.liked}
    for one in request.catalog.programs:
        asked |= {name for step in one.steps for name in step.courses}
    planned = [_course(request, place) for place in _ahead(request)]
    for one in planned:
        asked |= {need.course for need in course_needs(one.prerequisite)}
    behind = {place.course for place in request.previous}
    others = {(one.subject, one.tags) for one in request.catalog.courses if one.id not in behind}
    free = [one.id for one in planned if one.id not in asked and (one.subject, one.tags) in others]
    return replace(request, staff_bans=(chance.choice(free or [planned[0].id]),))


def transferred(request: PlanRequest, chance: Random) -> PlanRequest:
    """A planned course was passed at another school already."""
    place = chance.choice(_ahead(request))
    earned = _passed(request, place)
    courses = (*request.record.courses, replace(earned, term=request.record.courses[0].term))
    return replace(request, record=replace(request.record, courses=courses))


CAUSES = {
    "a failed course": failed,
    "a moved course": moved,
    "a course that is gone": gone,
    "a transfer": transferred,
}


@dataclass(frozen=True, slots=True)
class Drifted:
    """What happened to a student, and what is asked then, on which day."""

    cause: str
    request: PlanRequest
    day: date


def drifted(requests: Iterable[PlanRequest], chance: Random) -> Iterator[Drifted]:
    """Let something happen to each student in turn, in grade 10 or 11."""
    turns = cycle([(grade, cause) for grade in GRADES for cause in CAUSES])
    for request, (grade, cause) in zip(requests, turns, strict=False):
        happened = CAUSES[cause](later(request, grade=grade), chance)
        yield Drifted(cause, happened, students.DAYS[grade])


def _ahead(request: PlanRequest) -> list[Placement]:
    there = {entry.term for entry in request.terms}
    return [
        place
        for place in request.previous
        if place.term in there
        and place.term.part in PARTS
        and not _course(request, place).repeatable
    ]


def _course(request: PlanRequest, place: Placement) -> Course:
    course = request.catalog.course(place.course)
    assert course is not None
    return course
