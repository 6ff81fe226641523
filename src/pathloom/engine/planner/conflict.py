"""Contradictions that show without a solver: locks against the catalog and against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pathloom.engine.catalog import Course, Step
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.types import Placement, PlanTerm
from pathloom.engine.planner.wording import title_in, when
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import Part, Term, format_credits, format_grade


class Kind(StrEnum):
    """What a part of a conflict is about."""

    REQUIREMENT = "requirement"
    TOTAL = "total"
    PROGRAM = "program"
    LOCK = "lock"
    BAN = "ban"
    LEAST = "least"
    MOST = "most"
    PREREQUISITE = "prerequisite"
    COREQUISITE = "corequisite"
    SLOTS = "slots"
    LIMIT = "limit"
    FINISH = "finish"
    CLOSED = "closed"  # a term that is not there; never told, only lifted by a change


@dataclass(frozen=True, slots=True)
class Cause:
    """One demand of a request that can stand in a conflict; ``key`` names which of its kind."""

    kind: Kind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Demands that cannot hold together whatever the rest of the plan is, in one sentence."""

    causes: tuple[Cause, ...]
    sentence: str


def lock_cause(lock: Placement) -> Cause:
    return Cause(Kind.LOCK, f"{lock.course} in {lock.term}")


def contradictions(outlook: Outlook) -> tuple[Contradiction, ...]:
    """Name every contradiction that shows without a solver, in the order of the request."""
    return (
        *_locks(outlook),
        *_locked_twice(outlook),
        *_locked_loads(outlook),
        *_locked_periods(outlook),
        *_steps(outlook),
    )


def _locks(outlook: Outlook) -> Iterator[Contradiction]:
    terms = {entry.term: entry for entry in outlook.request.terms}
    for lock in outlook.request.all_locks:
        course, entry = outlook.courses[lock.course], terms[lock.term]
        why = _why_not(outlook, course, entry)
        if why:
            banned = course.id in outlook.request.all_bans
            causes = (lock_cause(lock), *([Cause(Kind.BAN, course.id)] if banned else []))
            where = when(entry)
            yield Contradiction(causes, f"{course.title} is locked in {where}, but {why}.")


def _why_not(outlook: Outlook, course: Course, entry: PlanTerm) -> str:
    """Why a course cannot stand in a term; empty when it can."""
    if course.id in outlook.request.all_bans:
        return "it is also ruled out"
    if not course.repeatable and outlook.is_behind(course.id):
        return "it is earned already or you are taking it now"
    if entry.term.part not in course.parts:
        return _not_offered(entry.term.part)
    if entry.grade not in course.grades:
        return f"it is not open to grade {format_grade(entry.grade)}"
    index = outlook.request.terms.index(entry)
    if outlook.is_after(index, outlook.request.finish):
        return "that is after the term in which you want to finish"
    if index in outlook.open_terms[course.id]:
        return ""
    first = [one.course for one in course_needs(course.prerequisite) if not outlook.holds(one)]
    names = all_of(list(dict.fromkeys(title_of(outlook, one) for one in first)))
    beside = all_of([title_of(outlook, one) for one in outlook.company(course)])
    if names and beside:
        return f"{names} before it and {beside} beside it cannot be done by then"
    if beside:
        return f"what has to run together with it ({beside}) cannot be taken then"
    return f"what it needs first ({names}) cannot be done by then"


def _not_offered(part: Part) -> str:
    match part:
        case Part.YEAR:
            return "it does not run for a full year"
        case Part.ONLINE:
            return "it is not offered online"
        case _:
            return f"it is not offered in {part}"


def _locked_twice(outlook: Outlook) -> Iterator[Contradiction]:
    locked: dict[str, list[Placement]] = defaultdict(list)
    for lock in outlook.request.all_locks:
        locked[lock.course].append(lock)
    for course_id, locks in locked.items():
        course = outlook.courses[course_id]
        if len(locks) > 1 and not course.repeatable:
            places = " and in ".join(when_of(outlook, lock.term) for lock in locks[:2])
            yield Contradiction(
                tuple(lock_cause(lock) for lock in locks[:2]),
                f"{course.title} is locked twice, in {places}, and can be taken only once.",
            )


def _locked_loads(outlook: Outlook) -> Iterator[Contradiction]:
    locks = outlook.request.all_locks
    for entry in outlook.request.terms:
        here = [lock for lock in locks if lock.term == entry.term]
        load = sum(outlook.courses[lock.course].credits for lock in here)
        if load <= entry.most:
            continue
        for lock in list(here):
            credits = outlook.courses[lock.course].credits
            if load - credits > entry.most:
                here.remove(lock)
                load -= credits
        names = ", ".join(title_of(outlook, lock.course) for lock in here)
        yield Contradiction(
            (Cause(Kind.MOST), *(lock_cause(lock) for lock in here)),
            f"{format_credits(load)} credits are locked in {when(entry)} ({names}),"
            f" and only {format_credits(entry.most)} fit.",
        )


def _locked_periods(outlook: Outlook) -> Iterator[Contradiction]:
    terms = outlook.request.terms
    for index, entry in enumerate(terms):
        runs = {terms[other].term for other in outlook.running(index)}
        here = [lock for lock in outlook.request.all_locks if lock.term in runs]
        slots = sum(outlook.courses[lock.course].slots for lock in here)
        if entry.slots is None or entry.term.part is Part.ONLINE or slots <= entry.slots:
            continue
        for lock in list(here):
            own = outlook.courses[lock.course].slots
            if slots - own > entry.slots:
                here.remove(lock)
                slots -= own
        names = all_of([title_of(outlook, lock.course) for lock in here])
        yield Contradiction(
            (Cause(Kind.SLOTS), *(lock_cause(lock) for lock in here)),
            f"{names} are locked in {when(entry)} and take {slots} periods of the day,"
            f" which has only {entry.slots}.",
        )


def _steps(outlook: Outlook) -> Iterator[Contradiction]:
    """Steps of the program of which no course can be taken any more."""
    for step in outlook.steps:
        if _is_open(outlook, step):
            continue
        bans = outlook.request.all_bans
        freed = [ban for ban in bans if _is_open(_without(outlook, {ban}), step)]
        if not freed and _is_open(_without(outlook, {*bans}), step):
            freed = list(bans)
        names = " or ".join(title_of(outlook, course) for course in step.courses)
        ruled_out = ", ".join(title_of(outlook, ban) for ban in freed)
        why = "which cannot be taken in the terms that are left"
        if freed:
            why = f"which cannot be taken while this is ruled out: {ruled_out}"
        elif outlook.request.finish is not None:
            why = f"which cannot be taken by {when_of(outlook, outlook.request.finish)}"
        causes = (
            Cause(Kind.PROGRAM, outlook.request.program),
            *(Cause(Kind.BAN, ban) for ban in freed),
        )
        title = outlook.program.title if outlook.program else ""
        yield Contradiction(causes, f"The program {title} needs {names}, {why}.")
        return


def _is_open(outlook: Outlook, step: Step) -> bool:
    return any(outlook.open_terms.get(course) for course in step.courses)


def _without(outlook: Outlook, bans: set[str]) -> Outlook:
    kept = tuple(ban for ban in outlook.request.all_bans if ban not in bans)
    return Outlook(replace(outlook.request, bans=kept, staff_bans=()))


def title_of(outlook: Outlook, course_id: str) -> str:
    return title_in(outlook.request.catalog, course_id)


def when_of(outlook: Outlook, term: Term) -> str:
    return next(when(entry) for entry in outlook.request.terms if entry.term == term)
