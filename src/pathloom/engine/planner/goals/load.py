"""The work of a plan: no more than needed, and evenly spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.load import loads, terms_of_load
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.loads import work_of
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.units import Part, format_credits

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

HARDEST = 6  # the most that a hundredth of credit weighs
CREDIT = 400  # the work of one credit of an ordinary course
# Work that is no farther from an even share is even: two such terms are less than a credit apart,
# which is two half-credit courses.
NEAR = 3 * CREDIT // 8
LINES = 4  # beyond NEAR, twice NEAR, ...: each stretch is dearer than the one before
BESIDE = (Part.SUMMER, Part.ONLINE)


def least_work(draft: Draft) -> Goal | None:
    """The work of all terms together, in whole credits of an ordinary course, rounded up."""
    request = draft.outlook.request
    indexes = [request.terms.index(entry) for entry in terms_of_load(request)]
    most = -(-sum(_most(request, index) for index in indexes) // CREDIT)
    if not most:
        return None
    whole = draft.model.new_int_var(0, most, "")
    draft.model.add(CREDIT * whole >= sum(work_of(draft, index) for index in indexes))
    return Goal("work", whole, most, _work_words, apart=True)


def even_load(draft: Draft) -> Goal | None:
    """How far the work of terms is from an even share, where that is farther than ``NEAR``.

    The share is that of the usual terms until the student is to be done; a later term only must not
    hold more. What is too far costs its square, with straight lines between whole ``NEAR``, and the
    sum counts in whole ones, rounded up: many plans are equally even, and most of the best cost
    nothing. Work in summer or online costs more than the even terms that it could buy.
    """
    request = draft.outlook.request
    indexes = [request.terms.index(entry) for entry in terms_of_load(request)]
    usual = [index for index in indexes if request.terms[index].term.part not in BESIDE]
    if not usual:
        return None
    ends = (request.finish, request.on_time)
    late = {i for i in usual if any(draft.outlook.is_after(i, end) for end in ends)}
    shared = [index for index in usual if index not in late] or usual
    beside = [index for index in indexes if index not in usual]
    dear = 6 * LINES * len(shared)
    unit = len(shared) * NEAR
    costs = _too_far(draft, usual, shared)
    costs += [(dear * work_of(draft, i), dear * _most(request, i)) for i in beside]
    most = -(-sum(largest for _, largest in costs) // unit)
    steps = draft.model.new_int_var(0, most, "")
    draft.model.add(unit * steps >= sum(cost for cost, _ in costs))
    return Goal("load", steps, most, _words, apart=True)


def _too_far(draft: Draft, usual: list[int], shared: list[int]) -> list[tuple[Linear, int]]:
    """What each usual term costs, and the most that it could be; times the terms that share."""
    largest = {index: _most(draft.outlook.request, index) for index in usual}
    number, unit = len(shared), len(shared) * NEAR
    farthest = (2 * LINES - 1) * number * max(largest.values())
    works = {i: draft.model.new_int_var(0, largest[i], "") for i in usual}
    for index, work in works.items():
        draft.model.add(work == work_of(draft, index))
    total = draft.model.new_int_var(0, sum(largest[index] for index in shared), "")
    draft.model.add(total == sum(works[index] for index in shared))
    costs: list[tuple[Linear, int]] = []
    for index, work in works.items():
        cost, over = draft.model.new_int_var(0, farthest, ""), number * work - total
        for away in (over, -over) if index in shared else (over,):
            for line in range(LINES):
                draft.model.add(cost >= (2 * line + 1) * (away - unit) - unit * line * (line + 1))
        costs.append((cost, farthest))
    return costs


def _most(request: PlanRequest, index: int) -> int:
    return HARDEST * request.terms[index].most


def _work_words(value: int, view: View) -> str:
    ordinary = "ordinary credit" if value == 1 else "ordinary credits"
    return f"The work is that of {value} {ordinary}, no more than it needs."


def _words(value: int, view: View) -> str:
    usual = [load for term, load in loads(view).items() if term.part not in BESIDE]
    if not usual:
        return "Nothing is left to spread over terms."
    low, high = format_credits(min(usual)), format_credits(max(usual))
    if low == high:
        return f"Each term holds {low} credits."
    return f"The terms hold from {low} to {high} credits, with hard courses spread out."
