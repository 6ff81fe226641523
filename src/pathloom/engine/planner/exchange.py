"""Courses for younger students first: exchanges after the search that cost no goal anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from pathloom.engine.catalog import Course
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.likeness import core_requirements
from pathloom.engine.planner.loads import weight
from pathloom.engine.planner.outlook import FIRST_GRADE
from pathloom.engine.planner.types import Level, Placement
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.units import Part

HALVES = (Part.FALL, Part.SPRING)
UNKNOWN = "99999"  # behind every SCED code


def youngest_first(outlook: Outlook, placements: tuple[Placement, ...]) -> tuple[Placement, ...]:
    """Exchange courses so that those for younger students, and failed ones, come first.

    Only courses that every goal sees alike change places: of one subject and of the same core
    requirements, with the same credit, work and periods, that nobody asked for and no plan before
    held. So each goal keeps its value, and the answer stays as good as it was proved to be.

    Args:
        outlook: of the request that the plan answers.
        placements: a valid plan, in calendar order.
    Returns:
        A valid plan with the same courses in the same terms altogether.
    """
    order = _Order(outlook)
    while True:
        better = next(order.better(placements), None)
        if better is None:
            return placements
        placements = better


@dataclass(frozen=True)
class _Order:
    outlook: Outlook

    def better(self, placements: tuple[Placement, ...]) -> Iterator[tuple[Placement, ...]]:
        """Yield valid plans in which one course of a pair stands earlier, where it should."""
        free = [place for place in placements if place.course not in self.fixed]
        for early, late in permutations(free, 2):
            if not self._wrong_way_round(early, late):
                continue
            kept = [place for place in placements if place not in (early, late)]
            swapped = (Placement(late.course, early.term), Placement(early.course, late.term))
            plan = tuple(sorted((*kept, *swapped), key=lambda one: (one.term, one.course)))
            if all(one.level is Level.NOTE for one in check_plan(self.outlook.request, plan)):
                yield plan

    def _wrong_way_round(self, early: Placement, late: Placement) -> bool:
        """Whether two courses that are alike stand against their usual order."""
        first, second = self.outlook.courses[early.course], self.outlook.courses[late.course]
        return (
            early.term.precedes(late.term)
            and (early.term.part in HALVES) == (late.term.part in HALVES)
            and (early.term.part in HALVES or early.term.part is late.term.part)
            and self.rank[second.id] < self.rank[first.id]
            and self._seen(first) == self._seen(second)
        )

    @cached_property
    def fixed(self) -> frozenset[str]:
        """Courses with a place of their own: asked for, of the program, or in the plan before."""
        request = self.outlook.request
        steps = (name for step in self.outlook.steps for name in step.courses)
        places = (place.course for place in (*request.all_locks, *request.previous))
        wishes = request.wishes
        listed = (*wishes.wanted, *wishes.liked, *wishes.avoided)
        repeatable = (one.id for one in request.catalog.courses if one.repeatable)
        return frozenset((*steps, *places, *listed, *repeatable))

    @cached_property
    def rank(self) -> dict[str, tuple[bool, int, int, str, str]]:
        """What comes first: failed courses, lower grades, what much builds on; SCED code."""
        failed = {
            name
            for one in self.outlook.request.record.courses
            if one.state is State.FAILED
            for name in (one.course, one.number)
            if name
        }
        return {
            one.id: (
                not failed & {one.id, one.number},
                max(FIRST_GRADE, min(one.grades)),
                -self.builds_on.get(one.id, 0),
                one.sced or UNKNOWN,
                one.id,
            )
            for one in self.outlook.courses.values()
        }

    @cached_property
    def builds_on(self) -> dict[str, int]:
        """How many courses of the catalog name a course among what they need first."""
        found: dict[str, int] = {}
        for course in self.outlook.courses.values():
            for name in {need.course for need in course_needs(course.prerequisite)}:
                found[name] = found.get(name, 0) + 1
        return found

    def _seen(self, course: Course) -> tuple[object, ...]:
        """What the goals see in a course beside the term it stands in."""
        request, record = self.outlook.request, self.outlook.ahead[course.id]
        return (
            course.subject,
            course.credits,
            course.slots,
            weight(course),
            tuple(test(record) for test in self._core),
            tuple(limit.tag in course.tags for limit in request.limits),
            tuple(n in course.tags or n == course.subject for n in request.wishes.every_year),
            self._agreed(course),
        )

    @cached_property
    def _core(self) -> list[Callable[[CourseRecord], bool]]:
        return [predicate(one.match) for one in core_requirements(self.outlook.ruleset)]

    def _agreed(self, course: Course) -> str:
        """A course that counts at a college is like no other: its year matters there."""
        return course.id if self.outlook.agreed[course.id] else ""
