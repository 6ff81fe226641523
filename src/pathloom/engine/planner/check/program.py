"""The steps of the program of study, each later than the one before."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.planner.check.terms import ends, is_behind
from pathloom.engine.planner.types import Finding, Level, Placement
from pathloom.engine.planner.view import View
from pathloom.engine.rules.phrases import one_of
from pathloom.engine.units import Term


def program(view: View) -> Iterator[Finding]:
    """Required steps that are missing, or come before their turn."""
    chosen = next(
        (one for one in view.request.catalog.programs if one.id == view.request.program), None
    )
    after: Term | None = None
    for step in chosen.steps if chosen else ():
        options = [view.courses[name] for name in step.courses if name in view.courses]
        if not step.required or any(
            view.earned_marks(option) or view.is_under_way(option) for option in options
        ):
            continue
        there = [place for place in view.placements if place.course in step.courses]
        fitting = [place for place in there if after is None or is_behind(after, place.term)]
        if fitting:
            after = min((place.term for place in fitting), key=ends)
        elif there:
            yield _out_of_order(view, there[0])
        else:
            yield _step_missing(view, step.courses)


def _out_of_order(view: View, place: Placement) -> Finding:
    return Finding(
        Level.WARN,
        "step_out_of_order",
        str(place.term),
        place.course,
        f"{view.title(place.course)} comes too early: your program has another course before it.",
        "Move it to a later term, or the course before it to an earlier one.",
    )


def _step_missing(view: View, courses: tuple[str, ...]) -> Finding:
    return Finding(
        Level.WARN,
        "step_missing",
        "",
        courses[0] if len(courses) == 1 else "",
        f"Your program needs {one_of([view.title(name) for name in courses])}; "
        "it is not in this plan.",
        "Add it, or choose another program.",
    )
