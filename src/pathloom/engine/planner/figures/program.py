"""Steps of the program of study: how far from the grade they are meant for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pathloom.engine.catalog import ProgramOfStudy, Step
from pathloom.engine.planner.figures.figure import Figure, is_behind
from pathloom.engine.planner.view import View
from pathloom.engine.units import Term


def program(view: View) -> Figure | None:
    """Years between the grade a step is meant for and the grade in which it is taken.

    Where a step could be read off several courses, the reading that is nearest counts.
    """
    chosen = next(
        (one for one in view.request.catalog.programs if one.id == view.request.program), None
    )
    if chosen is None:
        return None
    steps = [
        step
        for step in chosen.steps
        if step.required and not any(is_behind(view, name) for name in step.courses)
    ]
    places = [_places(view, step) for step in steps]
    taken = [(step, terms) for step, terms in zip(steps, places, strict=True) if terms]
    years = _nearest(view, taken)
    words = _words(chosen, years, open_steps=len(steps), missing=len(steps) - len(taken))
    return Figure("program", years, words)


def _places(view: View, step: Step) -> tuple[Term, ...]:
    found = {term for name in step.courses for term in view.taken.get(name, ())}
    return tuple(sorted(term for term in found if term in view.terms))


def _nearest(view: View, steps: Sequence[tuple[Step, tuple[Term, ...]]]) -> int:
    """The least sum over all ways to take the steps one after another, or else in any order."""

    def away(step: Step, term: Term) -> int:
        return 0 if step.grade is None else abs(view.terms[term].grade - step.grade)

    @cache
    def least(number: int, before: Term | None) -> int | None:
        if number == len(steps):
            return 0
        step, terms = steps[number]
        found = [
            away(step, term) + rest
            for term in terms
            if before is None or before.precedes(term)
            for rest in (least(number + 1, term),)
            if rest is not None
        ]
        return min(found, default=None)

    in_order = least(0, None)
    if in_order is not None:
        return in_order
    return sum(min(away(step, term) for term in terms) for step, terms in steps)


def _words(chosen: ProgramOfStudy, years: int, *, open_steps: int, missing: int) -> str:
    if not open_steps:
        return f"Every step of {chosen.title} is behind you or under way."
    if missing:
        steps = "One step" if missing == 1 else f"{missing} steps"
        return f"{steps} of {chosen.title} {'is' if missing == 1 else 'are'} not in the plan."
    if not years:
        return f"Each step of {chosen.title} is in the grade it is meant for."
    many = "one year" if years == 1 else f"{years} years in all"
    return f"Steps of {chosen.title} are {many} away from the grade they are meant for."
