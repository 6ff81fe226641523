"""The way a student goes through the terms, and where it can be left for another program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.catalog import Course
from pathloom.engine.planner import attempt
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.change import longer
from pathloom.engine.planner.conflict import contradictions, title_of
from pathloom.engine.planner.diagnose import has_plan, reasons_against
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import (
    GoalOrder,
    Placement,
    Plan,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.planner.wording import when
from pathloom.engine.record import State
from pathloom.engine.units import Part, Term

EFFORT = 0.5  # at most, for the plan that is followed until a change
UNDECIDED = "the time given was not enough to decide whether there is a plan."
MOST_TERMS = 4  # added after the last term before a program counts as out of reach


@dataclass(frozen=True, slots=True)
class Tried:
    """The first number with which there is a plan; ``proved`` that there is none with those before.

    None where there is a plan with none of them.
    """

    number: int | None
    proved: bool = True


@dataclass(frozen=True)
class Road:
    """A student's way through the terms as it is now, which can be left with any of them.

    ``late`` is how many terms more the diploma takes by itself: 0 on time. ``followed`` is the plan
    in those terms; None where there is none at all.
    """

    request: PlanRequest
    followed: tuple[Placement, ...] | None
    late: Tried

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The indexes of the terms with which a change can begin; what begins together, once."""
        begins = [entry.term.begins for entry in self.request.terms]
        return tuple(index for index, one in enumerate(begins) if one not in begins[:index])

    def shown(self, index: int) -> PlanTerm:
        """The term by which a start is called: fall, where full years begin with it too."""
        terms = self.request.terms
        return [one for one in terms if one.term.begins == terms[index].term.begins][-1]

    @cached_property
    def against(self) -> str:
        """Why the diploma by itself is not reached on time."""
        return " ".join(reasons_against(replace(self.request, program=""))) or UNDECIDED

    def leave(self, program: str, index: int) -> PlanRequest:
        """The request of a student who changes with the term at an index."""
        request = self.request
        over = {entry.term for entry in request.terms[:index]}
        done = [
            (place.term, course)
            for place in self.followed or ()
            if place.term in over
            for course in (request.catalog.course(place.course),)
            if course is not None
        ]
        passed = (
            replace(planned_record(course, term), state=State.IN_PROGRESS) for term, course in done
        )
        return replace(
            request,
            record=replace(request.record, courses=(*request.record.courses, *passed)),
            terms=tuple(_beside(entry, done) for entry in request.terms[index:]),
            program=program,
            locks=tuple(lock for lock in request.locks if lock.term not in over),
            staff_locks=tuple(lock for lock in request.staff_locks if lock.term not in over),
            wishes=Wishes(),
            previous=(),
        )

    def is_possible(self, request: PlanRequest) -> bool | None:
        """Whether a changed request has a plan: looked for near the student's way first.

        None where that was not decided within the effort of the request.
        """
        outlook = Outlook(request)
        if contradictions(outlook) or out_of_order(outlook):
            return False
        near = self._near(outlook)
        return True if near is not None and has_plan(near) else has_plan(request)

    def last(self, program: str) -> Tried:
        """Look for the last term with which a program can begin and be finished on time."""
        if self.late.number != 0:
            return Tried(None, self.late.proved)
        starts = reversed(self.starts)
        return self._first((index, self.leave(program, index)) for index in starts)

    def terms_added(self, program: str) -> Tried:
        """Look for how many terms more a program takes: at least as many as the diploma."""
        if not self.request.terms or self.late.number is None:
            return Tried(None, self.late.proved)
        asked = self.leave(program, 0)
        added = range(max(1, self.late.number), MOST_TERMS + 1)
        return self._first((number, longer(asked, count=number)) for number in added)

    def _first(self, requests: Iterable[tuple[int, PlanRequest]]) -> Tried:
        proved = True
        for number, request in requests:
            possible = self.is_possible(request)
            if possible:
                return Tried(number, proved)
            proved = proved and possible is not None
        return Tried(None, proved)

    def _near(self, outlook: Outlook) -> PlanRequest | None:
        """The same request in a school that offers little beside the way and the new program."""
        if self.followed is None:
            return None
        request = outlook.request
        waiting = [
            *(place.course for place in self.followed),
            *(lock.course for lock in request.all_locks),
            *(one.course for one in request.record.courses),
            *(name for step in outlook.steps for name in step.courses),
        ]
        kept: set[str] = set()
        while waiting:
            course = outlook.courses.get(waiting.pop())
            if course is not None and course.id not in kept:
                kept.add(course.id)
                waiting += (need.course for need in course_needs(course.prerequisite))
                waiting += course.corequisites
        courses = tuple(one for one in request.catalog.courses if one.id in kept)
        return replace(request, catalog=replace(request.catalog, courses=courses))


def _beside(entry: PlanTerm, done: Iterable[tuple[Term, Course]]) -> PlanTerm:
    """A term with less room, where courses that began before it still run: full years, online."""
    running = [(term, course) for term, course in done if term.overlaps(entry.term)]
    if not running:
        return entry
    load = sum(-(-course.credits // 2) for _, course in running)
    slots = sum(course.slots for term, course in running if term.part is not Part.ONLINE)
    return replace(
        entry,
        most=max(0, entry.most - load),
        least=max(0, entry.least - load),
        target=None if entry.target is None else max(0, entry.target - load),
        slots=None if entry.slots is None else max(0, entry.slots - slots),
    )


def road_of(request: PlanRequest, *, as_of: date) -> Road:
    """Find the plan that a student follows: nearest to the previous one, as early as there is one.

    It is for the present program, or where that cannot be, for the diploma by itself.
    """
    request = in_time(request)
    sure = True
    for late in range(MOST_TERMS + 1 if request.terms else 1):
        asked = longer(request, count=late)
        for one in dict.fromkeys((asked.program, "")):
            near = replace(asked, program=one, order=GoalOrder.CLOSEST)
            possible = has_plan(near)
            sure = sure and possible is not None
            if not possible:
                continue
            found = attempt(replace(near, effort=min(request.effort, EFFORT)), as_of=as_of)
            if isinstance(found, Plan):
                return Road(request, found.placements, Tried(late, sure))
            sure = False
    return Road(request, None, Tried(None, sure))


def in_time(request: PlanRequest) -> PlanRequest:
    """The same request with only the terms by which the student is to be done."""
    ends = [term.ends for term in (request.on_time, request.finish) if term is not None]
    if not ends:
        return request
    terms = tuple(entry for entry in request.terms if entry.term.ends <= min(ends))
    there = {entry.term for entry in terms}
    return replace(
        request,
        terms=terms,
        locks=tuple(lock for lock in request.locks if lock.term in there),
        staff_locks=tuple(lock for lock in request.staff_locks if lock.term in there),
        on_time=None,
        finish=None,
    )


def out_of_order(outlook: Outlook) -> str:
    """Say which step comes too late even if each is taken as early as it is open; else nothing."""
    terms = outlook.request.terms
    before: tuple[int, ...] | None = None
    names = ""
    for step in outlook.steps:
        opened = {index for name in step.courses for index in outlook.open_terms.get(name, ())}
        earliest = before
        before = tuple(
            index
            for index in sorted(opened)
            if earliest is None or any(outlook.precedes(one, index) for one in earliest)
        )
        earlier, names = names, " or ".join(title_of(outlook, name) for name in step.courses)
        if earliest and not before:
            first = when(terms[earliest[0]])
            return f"{names} has to come after {earlier}, which is not before {first}."
    return ""
