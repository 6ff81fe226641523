"""What differs between two plans: courses that moved, were dropped or were added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.units import Term, TermField


class Move(StrEnum):
    """What happened to a course between two plans, in the order in which changes are listed."""

    MOVED = "moved"
    DROPPED = "dropped"
    ADDED = "added"


# What a student takes matters more than when.
WEIGHT = {Move.MOVED: 1, Move.DROPPED: 2, Move.ADDED: 2}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One course that moved, was dropped or was added, in a sentence.

    ``before`` and ``after`` are its terms, None where it was not, or is not, in the plan. ``why``
    is the reason in a repair; empty where two plans are only compared.
    """

    move: Move
    course: str
    before: TermField | None
    after: TermField | None
    sentence: str
    why: str = ""


def changes_between(
    request: PlanRequest, before: Iterable[Placement], after: Iterable[Placement]
) -> tuple[PlanChange, ...]:
    """List what changed from one plan to another: moved, dropped, added, each in calendar order.

    Args:
        request: names courses and terms; a course or term it does not know is named by its id.
        before, after: courses in terms, in any order.
    """
    view = View.of(request, after)
    found = [
        PlanChange(move, course, old, new, _sentence(view, course, old, new))
        for course, old, new in _pairs(set(before), set(view.placements))
        for move in (_move(old, new),)
    ]
    order = list(Move)
    first = max((entry.term for entry in request.terms), default=None)

    def position(change: PlanChange) -> tuple[int, Term, str]:
        term = change.after or change.before or first
        assert term is not None
        return (order.index(change.move), term, change.course)

    return tuple(sorted(found, key=position))


def distance(before: Iterable[Placement], after: Iterable[Placement]) -> int:
    """Weigh what changed from one plan to another: the goal of a repair (``WEIGHT``)."""
    pairs = _pairs(set(before), set(after))
    return sum(WEIGHT[_move(old, new)] for _, old, new in pairs)


def difference(before: Sequence[Placement], after: Sequence[Placement]) -> int:
    """Percent of all placements of two plans that stand in one of them only, rounded down."""
    first, second = set(before), set(after)
    return 100 * len(first ^ second) // max(1, len(first | second))


def still_ahead(request: PlanRequest) -> tuple[Placement, ...]:
    """The part of the previous plan that is not over yet when the first term begins."""
    first = min((entry.term for entry in request.terms), default=None)
    if first is None:
        return ()
    ahead = {place for place in request.previous if not place.term < first}
    return tuple(sorted(ahead, key=lambda place: (place.term, place.course)))


def _pairs(
    before: set[Placement], after: set[Placement]
) -> Iterator[tuple[str, Term | None, Term | None]]:
    """Yield each course that changed with the term it leaves and the one it goes to."""
    gone, new = before - after, after - before
    for course in sorted({place.course for place in gone | new}):
        old_terms = sorted(place.term for place in gone if place.course == course)
        new_terms = sorted(place.term for place in new if place.course == course)
        for old_term, new_term in zip_longest(old_terms, new_terms):
            yield course, old_term, new_term


def _move(before: Term | None, after: Term | None) -> Move:
    if before is None:
        return Move.ADDED
    return Move.DROPPED if after is None else Move.MOVED


def _sentence(view: View, course: str, before: Term | None, after: Term | None) -> str:
    title = view.title(course)
    if before and after:
        return f"{title} moves from {view.when(before)} to {view.when(after)}."
    if before:
        return f"{title} in {view.when(before)} is dropped."
    assert after is not None
    again = was_tried(view, course)
    return f"{title} is {'taken again' if again else 'added'} in {view.when(after)}."


def was_tried(view: View, course: str) -> bool:
    """Whether a course stands on the record as failed or withdrawn from."""
    tried = {State.FAILED, State.WITHDRAWN}
    names = {course, view.courses[course].number} - {""} if course in view.courses else {course}
    return any(
        record.state in tried and {record.course, record.number} & names
        for record in view.request.record.courses
    )
