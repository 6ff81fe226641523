"""When a plan lets the student graduate."""

from __future__ import annotations

from pathloom.engine.planner.check.terms import is_after
from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.units import Term

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def late_terms(request: PlanRequest) -> tuple[Term, ...]:
    """The terms that are over only after the one by which the plan is on time, in their order."""
    late = (entry.term for entry in request.terms if is_after(entry.term, request.on_time))
    return tuple(sorted(late, key=lambda term: (term.ends, term.begins)))


def graduation(view: View) -> Figure:
    """How many late terms there are up to the last one with a course."""
    late = late_terms(view.request)
    used = [number for number, term in enumerate(late, 1) if _is_used(view, term)]
    return Figure("graduation", max(used, default=0), _words(view, max(used, default=0)))


def _is_used(view: View, term: Term) -> bool:
    return any(place.term == term for place in view.placements)


def _ends(term: Term) -> tuple[int, int]:
    return term.ends


def _words(view: View, late: int) -> str:
    request = view.request
    last = max((place.term for place in view.placements), key=_ends, default=None)
    if last is None:
        return "You graduate on time: no course is left to plan."
    if late:
        many = _NUMBERS[late] if late < len(_NUMBERS) else str(late)
        return f"You graduate {many} term{'s' * (late > 1)} later, after {view.when(last)}."
    due = request.on_time or max((entry.term for entry in request.terms), key=_ends, default=last)
    if request.finish is not None and request.finish.ends < due.ends:
        return f"You graduate early, after {view.when(request.finish)}, as you asked."
    if last.ends == due.ends:
        return f"You graduate on time, after {view.when(due)}."
    return (
        f"You graduate on time, after {view.when(due)}. Your last courses are in {view.when(last)}."
    )
