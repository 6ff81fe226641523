"""What runs in a term: credit and periods of the day, also of courses that run all year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.units import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathloom.engine.catalog import Course
    from pathloom.engine.planner.model import Draft, Linear

# Tags of courses that a student chooses for more work; nobody gets one without asking for it.
CHOSEN = frozenset({"ap", "ib", "honors", "dual-enrollment"})
ORDINARY, ADVANCED = 3, 4  # how difficult a course is where the school does not say


def weight(course: Course) -> int:
    """The work of a hundredth of credit: 4 in an ordinary course, 2 to 6 by difficulty."""
    return 1 + (course.difficulty or (ADVANCED if course.tags & CHOSEN else ORDINARY))


def share(amount: int, *, whole: bool) -> int:
    """What of an amount falls on one term: all of it, or of a full year's half, rounded up."""
    return amount if whole else -(-amount // 2)


def load_of(draft: Draft, index: int) -> Linear:
    """The credit of a term, half of each course that runs all year; in hundredths."""
    return _sum_of_running(draft, index, lambda course, whole: share(course.credits, whole=whole))


def slots_of(draft: Draft, index: int) -> Linear:
    """The periods of the day that a term takes; online courses take none."""
    if draft.outlook.request.terms[index].term.part is Part.ONLINE:
        return 0
    return _sum_of_running(draft, index, lambda course, whole: course.slots)


def work_of(draft: Draft, index: int) -> Linear:
    """The work of the courses that run in a term (``weight`` a hundredth of credit)."""
    return _sum_of_running(
        draft, index, lambda course, whole: share(course.credits, whole=whole) * weight(course)
    )


def _sum_of_running(draft: Draft, index: int, amount: Callable[[Course, bool], int]) -> Linear:
    """The amounts of the courses that run in a term; each is told whether it is there whole."""
    places = [
        (one.course, place)
        for place in draft.outlook.running(index)
        for one in draft.open_in.get(place, ())
    ]
    return draft.weighted(
        [draft.takes[course.id, place] for course, place in places],
        [amount(course, place == index) for course, place in places],
    )
