"""How full each term is: credits, and periods of the day."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.catalog import Course
from pathloom.engine.planner.check.findings import upper_first
from pathloom.engine.planner.check.terms import is_after
from pathloom.engine.planner.types import Finding, Level, PlanTerm
from pathloom.engine.planner.view import View
from pathloom.engine.units import Credits, Part, Term, format_credits

_HALVES = {Part.FALL, Part.SPRING}  # what a course of a full year runs through


def running(view: View, term: Term) -> Iterator[tuple[Course, bool]]:
    """Courses that run in a term, and whether only one half of each lies in it."""
    for place, course in view.known():
        if place.term == term:
            yield course, False
        elif place.term == Term(term.year, Part.YEAR) and term.part in _HALVES:
            yield course, True


def share(amount: int, half: bool) -> int:
    """The part of an amount that falls into a term; a half is rounded up."""
    return (amount + 1) // 2 if half else amount


def loads(view: View) -> Iterator[Finding]:
    """Terms that hold too much or too little, or more courses than the day has periods."""
    for term, entry in sorted(view.terms.items(), key=lambda pair: pair[0]):
        load = sum(share(course.credits, half) for course, half in running(view, term))
        yield from _credits(view, entry, load)
        if entry.slots is not None and term.part is not Part.ONLINE:
            slots = sum(course.slots for course, _ in running(view, term))
            yield from _slots(view, term, slots=slots, most=entry.slots)


def _credits(view: View, entry: PlanTerm, load: Credits) -> Iterator[Finding]:
    what = upper_first(f"{view.when(entry.term)} holds {format_credits(load)} credits")
    if load > entry.most:
        yield Finding(
            Level.STOP,
            "too_much",
            str(entry.term),
            "",
            f"{what}; at most {format_credits(entry.most)} fit.",
            "Move a course to another term.",
        )
    if load < entry.least and not is_after(entry.term, view.request.finish):
        yield Finding(
            Level.STOP,
            "too_little",
            str(entry.term),
            "",
            f"{what}; your school asks for at least {format_credits(entry.least)}.",
            "Add a course.",
        )


def _slots(view: View, term: Term, *, slots: int, most: int) -> Iterator[Finding]:
    if slots > most:
        periods = "1 period" if most == 1 else f"{most} periods"
        yield Finding(
            Level.STOP,
            "too_many_periods",
            str(term),
            "",
            upper_first(f"{view.when(term)} fills {slots} periods; the day has {periods}."),
            "Move a course to another term.",
        )
