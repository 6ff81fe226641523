"""Close to the plan before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pathloom.engine.planner.candidates import Candidate, term_indexes
from pathloom.engine.planner.figures.previous import previous as reading
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.model import Draft
from pathloom.engine.units import Term

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


def closeness(draft: Draft) -> Goal | None:
    """What a person sees change in the previous plan: a move is 1, a course that goes or comes 2.

    Places before the first term of the request are over and do not count.
    """
    request = draft.outlook.request
    first = min((entry.term for entry in request.terms), default=None)
    before: dict[str, set[Term]] = defaultdict(set)
    for place in request.previous:
        if first is not None and place.term >= first:
            before[place.course].add(place.term)
    if not before:
        return None
    indexes = term_indexes(request)
    costs: list[Linear] = []
    most = 0
    for candidate in draft.pool:
        places = before.get(candidate.course.id, set())
        there = {indexes[term] for term in places if term in indexes}
        costs.append(_changes(draft, candidate, there, gone=len(places) - len(there)))
        most += 2 * (len(candidate.terms) + len(places))
    return Goal("previous", sum(costs), most, as_read(reading))


def _changes(draft: Draft, candidate: Candidate, there: set[int], *, gone: int) -> Linear:
    """What changes of one course that stood in some terms, and in others that are gone."""
    name = candidate.course.id
    if not candidate.course.repeatable:
        if not there and not gone:
            return 2 * draft.taken[name]
        return 2 - draft.taken[name] - draft.sum_of(name, there)
    removed = len(there) + gone - draft.sum_of(name, there)
    added = draft.sum_of(name, (index for index in candidate.terms if index not in there))
    moved = draft.model.new_int_var(0, len(there) + gone, "")
    draft.model.add(moved <= removed)
    draft.model.add(moved <= added)
    return 2 * (removed + added) - 3 * moved
