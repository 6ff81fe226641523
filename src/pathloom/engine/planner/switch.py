"""What it costs to change one's mind: every program of study, from where the student stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.errors import Problems, RequestError, nearest
from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.change import longer
from pathloom.engine.planner.conflict import contradictions, title_of
from pathloom.engine.planner.credit import Behind, CreditKept
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
from pathloom.engine.planner.validate import checked
from pathloom.engine.planner.wording import when
from pathloom.engine.record import State
from pathloom.engine.units import TermField, format_credits

EFFORT = 0.5  # at most, for the plan that is followed until a change
UNDECIDED = "the time given was not enough to decide whether there is a plan."
MOST_TERMS = 4  # added after the last term before a program counts as out of reach


@dataclass(frozen=True, slots=True)
class Switch:
    """What it costs to change to one program of study.

    ``last`` is the last term with which the new program can begin so that everything is done in
    the terms of the request; None where it is too late for that. ``terms_added`` says how many
    terms after them are needed: 0 with ``last``, None where ``MOST_TERMS`` are not enough.
    Both are ``proved`` unless the effort ended before it was known of a better one.
    ``in_the_way`` is what stands in the way of finishing on time: from the start, or, with
    ``last``, from the term after it; empty where nothing does. ``sentence`` says it all.
    """

    program: str
    title: str
    present: bool
    last: TermField | None
    terms_added: int | None
    proved: bool
    credit: CreditKept
    in_the_way: str
    sentence: str

    @property
    def on_time(self) -> bool:
        return self.last is not None


def switches(
    request: PlanRequest, *, as_of: date, programs: Sequence[str] = ()
) -> tuple[Switch, ...]:
    """Say of each program of study what changing to it would keep, lose and add.

    Until the change the student follows the valid plan nearest to the previous one (``road_of``);
    what it holds in those terms counts as passed. A change is possible with a term when from then
    on there is a plan for diploma and new program in the terms of the request.

    Args:
        request: see ``PlanRequest``; ``program`` is the present one, empty where there is none.
        as_of: the day of the audit.
        programs: ids of programs to look at; all of the catalog where it is empty.
    Returns:
        One answer for each program, in the order given, or that of the catalog.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    request = checked(request, as_of=as_of)
    known = {program.id: program for program in request.catalog.programs}
    _check_names(programs, known)
    behind = Behind(request, as_of)
    road = road_of(request, as_of=as_of)
    return tuple(_switch(road, known[name], behind) for name in programs or known)


def _check_names(programs: Iterable[str], known: Iterable[str]) -> None:
    problems = Problems()
    for name in programs:
        if name not in known:
            problems.add(
                "request, programs",
                f"program '{name}' is not in the catalog",
                nearest(name, known),
            )
    problems.raise_if_any(RequestError)


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

    @property
    def starts(self) -> range:
        """The indexes of the terms with which a change can begin, and end on time."""
        return range(len(self.request.terms) if self.late.number == 0 else 0)

    @cached_property
    def against(self) -> str:
        """Why the diploma by itself is not reached on time."""
        return " ".join(reasons_against(replace(self.request, program=""))) or UNDECIDED

    def leave(self, program: str, index: int) -> PlanRequest:
        """The request of a student who changes with the term at an index."""
        request = self.request
        over = {entry.term for entry in request.terms[:index]}
        passed = tuple(
            replace(planned_record(course, place.term), state=State.IN_PROGRESS)
            for place in self.followed or ()
            if place.term in over
            for course in (request.catalog.course(place.course),)
            if course is not None
        )
        return replace(
            request,
            record=replace(request.record, courses=(*request.record.courses, *passed)),
            terms=request.terms[index:],
            program=program,
            locks=tuple(lock for lock in request.locks if lock.term not in over),
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
        starts = reversed(self.starts)
        found = self._first((index, self.leave(program, index)) for index in starts)
        return found if self.late.number == 0 else Tried(None, self.late.proved)

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
            *(lock.course for lock in request.locks),
            *(one.course for one in request.record.courses),
            *(name for step in outlook.steps for name in step.courses),
        ]
        kept: set[str] = set()
        while waiting:
            course = outlook.courses.get(waiting.pop())
            if course is not None and course.id not in kept:
                kept.add(course.id)
                waiting += (need.course for need in course_needs(course.prerequisite))
        courses = tuple(one for one in request.catalog.courses if one.id in kept)
        return replace(request, catalog=replace(request.catalog, courses=courses))


def road_of(request: PlanRequest, *, as_of: date) -> Road:
    """Find the plan that a student follows: nearest to the previous one, as early as there is one.

    It is for the present program, or where that cannot be, for the diploma by itself.
    """
    sure = True
    for late in range(MOST_TERMS + 1 if request.terms else 1):
        asked = longer(request, count=late)
        for one in dict.fromkeys((asked.program, "")):
            near = replace(asked, program=one, order=GoalOrder.CLOSEST)
            possible = has_plan(near)
            sure = sure and possible is not None
            if not possible:
                continue
            found = plan(replace(near, effort=min(request.effort, EFFORT)), as_of=as_of)
            if isinstance(found, Plan):
                return Road(request, found.placements, Tried(late, sure))
            sure = False
    return Road(request, None, Tried(None, sure))


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


def _switch(road: Road, program: ProgramOfStudy, behind: Behind) -> Switch:
    request, terms = road.request, road.request.terms
    tried = road.last(program.id)
    last = None if tried.number is None else terms[tried.number]
    added = Tried(0) if last else road.terms_added(program.id)
    credit = behind.change(present=Outlook(request).program, new=program)
    outcome = _on_time(road, program, last) if last else _delay(program, added)
    return Switch(
        program=program.id,
        title=program.title,
        present=program.id == request.program,
        last=last.term if last else None,
        terms_added=added.number,
        proved=tried.proved and added.proved,
        credit=credit,
        in_the_way=_in_the_way(road, program, tried),
        sentence=f"{outcome} {_credit(credit)}",
    )


def _in_the_way(road: Road, program: ProgramOfStudy, tried: Tried) -> str:
    """What stands in the way from the start, or from the term after the last possible one."""
    terms = road.request.terms
    if not terms:
        return f"No term is left for {program.title}."
    index = 0 if tried.number is None else tried.number + 1
    if index == len(terms):
        return ""
    outlook = Outlook(road.leave(program.id, index))
    plain = [*(one.sentence for one in contradictions(outlook)), out_of_order(outlook)]
    first = next(filter(None, plain), "" if tried.proved else UNDECIDED)
    if tried.number is not None:
        return f"From {when(terms[index])} on: {first or 'there is too little room for it.'}"
    if not first:
        late = road.late.number != 0
        first = road.against if late else " ".join(reasons_against(outlook.request)) or UNDECIDED
    return f"{first[0].upper()}{first[1:]}"


def _on_time(road: Road, program: ProgramOfStudy, last: PlanTerm) -> str:
    if program.id == road.request.program:
        return f"{program.title} is your program, and you finish it on time."
    return f"You can change to {program.title} as late as {when(last)} and still finish on time."


def _delay(program: ProgramOfStudy, added: Tried) -> str:
    if added.number is None and not added.proved:
        return f"{program.title}: {UNDECIDED}"
    if added.number is None:
        return f"{program.title} cannot be finished, not even in {MOST_TERMS} more terms."
    terms = "one more term" if added.number == 1 else f"{added.number} more terms"
    return f"{program.title} can be finished with {terms} after the last."


def _credit(credit: CreditKept) -> str:
    every = credit.kept + credit.lost
    if not every:
        return "There is no credit yet that could be lost."
    if credit.lost:
        kept = f"{format_credits(credit.kept)} of your {format_credits(every)} credits still count"
    else:
        kept = f"All of your {format_credits(every)} credits still count"
    only = f", {format_credits(credit.diploma_only)} of them for the diploma only"
    return f"{kept}{only if credit.diploma_only else ''}."
