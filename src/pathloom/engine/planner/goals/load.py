"""The work of a plan, evenly spread."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.planner.figures.load import loads, terms_of_load
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.loads import share, weight
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.units import Part, format_credits

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

HARDEST = 6  # the most that a hundredth of credit weighs
CREDIT = 400  # the work of one credit of an ordinary course
TEN = 1000  # ten credits
BESIDE = (Part.SUMMER, Part.ONLINE)


def even_load(draft: Draft) -> Goal | None:
    """The squares of each term's work, measured in credits of an ordinary course; rounded up.

    Between whole credits (where a term may hold more than ten: between tenths of the fullest term)
    the cost is a straight line, and of the sum only the whole counts: terms that differ by less
    are as good as even, which is close enough for people, and quickly proved. Work in summer or
    online always costs more than the even terms that it could buy.
    """
    request = draft.outlook.request
    works = {
        request.terms.index(entry): _work(draft, request.terms.index(entry))
        for entry in terms_of_load(request)
    }
    step = gcd(CREDIT, *(amount for work in works.values() for amount, _ in work))
    line = stretch(request) // step
    sizes = {index: -(-HARDEST * request.terms[index].most // (step * line)) for index in works}
    dear = 2 * max(sizes.values(), default=0)
    costs: list[Linear] = []
    largest = 0
    for index, work in works.items():
        size, total = sizes[index], sum(amount // step * taken for amount, taken in work)
        if not size:
            continue
        square = draft.model.new_int_var(0, size * size * line, "")
        for whole in range(size):
            draft.model.add(square >= (2 * whole + 1) * total - line * whole * (whole + 1))
        extra = dear if request.terms[index].term.part in BESIDE else 0
        costs.append(step * square + extra * step * total)
        largest += step * line * size * (size + extra)
    if not costs:
        return None
    whole_squares = draft.model.new_int_var(0, -(-largest // stretch(request)), "")
    draft.model.add(stretch(request) * whole_squares >= sum(costs))
    return Goal("load", whole_squares, -(-largest // stretch(request)), _words, apart=True)


def stretch(request: PlanRequest) -> int:
    """The work over which the cost is a straight line."""
    return CREDIT * max([1, *(-(-entry.most // TEN) for entry in request.terms)])


def _work(draft: Draft, index: int) -> list[tuple[int, Linear]]:
    """What each course that may run in a term adds to its work."""
    return [
        (share(one.course.credits, whole=place == index) * weight(one.course), taken)
        for place in draft.outlook.running(index)
        for one in draft.pool
        if (taken := draft.takes.get((one.course.id, place))) is not None
    ]


def _words(value: int, view: View) -> str:
    usual = [load for term, load in loads(view).items() if term.part not in BESIDE]
    if not usual:
        return "Nothing is left to spread over terms."
    low, high = format_credits(min(usual)), format_credits(max(usual))
    if low == high:
        return f"Each term holds {low} credits."
    return f"The terms hold from {low} to {high} credits, with hard courses spread out."
