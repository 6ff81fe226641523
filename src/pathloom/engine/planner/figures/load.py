"""How much a plan asks of each term."""

from __future__ import annotations

from pathloom.engine.planner.check.loads import running, share
from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.types import PlanRequest, PlanTerm
from pathloom.engine.planner.view import View
from pathloom.engine.units import (
    Credits,
    GradeLevel,
    Part,
    Term,
    format_credits,
    format_grade,
)


def terms_of_load(request: PlanRequest) -> tuple[PlanTerm, ...]:
    """The terms that hold load: a full year counts in its fall and spring, where these are there.

    In calendar order.
    """
    there = {entry.term for entry in request.terms}

    def is_spread(term: Term) -> bool:
        halves = {Term(term.year, Part.FALL), Term(term.year, Part.SPRING)}
        return term.part is Part.YEAR and bool(halves & there)

    entries = (entry for entry in request.terms if not is_spread(entry.term))
    return tuple(sorted(entries, key=lambda entry: entry.term))


def loads(view: View) -> dict[Term, Credits]:
    """The load of each term, in calendar order."""
    return {
        entry.term: sum(share(course.credits, half) for course, half in running(view, entry.term))
        for entry in terms_of_load(view.request)
    }


def load_of_grade(view: View, grade: GradeLevel) -> Credits:
    return sum(load for term, load in loads(view).items() if view.terms[term].grade == grade)


def last_grade(request: PlanRequest) -> GradeLevel | None:
    """The grade of the last term; None where there is no term left."""
    return max((entry.grade for entry in request.terms), default=None)


def amount(view: View) -> Figure:
    """How far the terms are from what is aimed at; without an aim, from empty."""
    by_term = loads(view)
    aims = {entry.term: entry.target for entry in terms_of_load(view.request)}
    value = sum(abs(load - (aims[term] or 0)) for term, load in by_term.items())
    total = format_credits(sum(by_term.values()))
    enough = "as near to your aim as it fits" if any(aims.values()) else "no more than it needs"
    return Figure("credits", value, f"The plan holds {total} credits, {enough}.")


def heaviest(view: View) -> Figure | None:
    by_term = loads(view)
    if not by_term:
        return None
    most = max(by_term.values())
    return Figure("load", most, f"At most {format_credits(most)} credits in a term.")


def last_year(view: View) -> Figure | None:
    grade = last_grade(view.request)
    if grade is None:
        return None
    load = load_of_grade(view, grade)
    return Figure(
        "last_year", load, f"{format_credits(load)} credits in grade {format_grade(grade)}."
    )
