"""Courses that a plan can do without, because enough others serve as well wherever they could."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pathloom.engine.catalog import Course
from pathloom.engine.catalog.prerequisite import courses_of
from pathloom.engine.planner.likeness import enough, enough_for_rules
from pathloom.engine.planner.loads import CHOSEN, weight
from pathloom.engine.rules.conditions import course_key

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook


def without_spare(outlook: Outlook, *, asked: set[str]) -> list[Course]:
    """The open courses without those that no plan needs and no plan is the better for.

    A course that nobody asked for and no other one builds on is spare where there are enough of
    its kind that need nothing first, are open whenever it is, and are no more work. In a plan with
    it, either one of those is free to stand in its place, or all of them are there and it is one
    too many. Where terms ask for a load, or a wish for a course of its kind every year, the second
    holds only for courses of which none is asked for or built on.
    """
    shelf = _Shelf(outlook, asked)
    found = True
    while found:
        spare = [one for one in shelf.last_first() if shelf.is_spare(one)]
        found = bool(spare)
    return [one for one in shelf.courses.values() if one.id in shelf.kept]


class _Free(NamedTuple):
    """A course that needs nothing first, and could stand in the place of another."""

    name: str
    burden: tuple[int, int, bool]
    terms: frozenset[int]


class _Shelf:
    """The courses that are still kept, and what is known about each."""

    def __init__(self, outlook: Outlook, asked: set[str]) -> None:
        self.outlook = outlook
        self.asked = asked
        avoided = {*outlook.request.wishes.avoided}
        self.courses = {one.id: one for one in outlook.open_courses}
        self.kept = set(self.courses)
        self.first = {one.id: self._first(one) for one in self.courses.values()}
        self.builders: dict[str, set[str]] = defaultdict(set)
        for name, first in self.first.items():
            for other in first:
                self.builders[other].add(name)
        keys = {one.id: course_key(outlook.ahead[one.id]) for one in self.courses.values()}
        times = Counter(keys.values())
        # Two entries of one course in the catalog are not two different courses.
        self.single = {name for name, key in keys.items() if times[key] == 1}
        self.kind = outlook.kinds
        self.needed: dict[tuple[object, ...], int] = {}
        self.free: dict[tuple[object, ...], list[_Free]] = defaultdict(list)
        for name, one in self.courses.items():
            if name in self.single and not self.first[name] and name not in avoided:
                self.free[self.kind[name]].append(_Free(name, self._burden(one), self._terms(one)))

    def _burden(self, course: Course) -> tuple[int, int, bool]:
        """What a plan would rather have less of."""
        return (weight(course), course.slots, bool(course.tags & CHOSEN))

    def _terms(self, course: Course) -> frozenset[int]:
        return frozenset(self.outlook.open_terms[course.id])

    def _first(self, course: Course) -> set[str]:
        """What a course needs before it or beside it."""
        needs = courses_of(course.prerequisite)
        return {need.course for need in needs if not self.outlook.holds(need)} | {
            *self.outlook.company(course)
        }

    def last_first(self) -> Iterator[Course]:
        """Kept courses that could be spare, the demanding ones first, then by id from the end."""
        courses = [self.courses[name] for name in self.kept - self.asked]
        courses = [one for one in courses if one.id in self.single and not one.repeatable]
        for one in sorted(courses, key=lambda one: (bool(one.tags & CHOSEN), one.id), reverse=True):
            if not self.builders[one.id] & self.kept:
                yield one

    def is_spare(self, course: Course) -> bool:
        """Whether a course can go; then it is gone."""
        counted_on = self._is_counted_on(course)
        needed = enough(course, self.outlook) if counted_on else self._needed(course)
        if len(self.free[self.kind[course.id]]) < needed:
            return False
        instead = [name for name in self._instead(course) if name in self.kept]
        if counted_on:
            free = (name for name in instead if name not in self.asked)
            instead = [name for name in free if not self.builders[name] & self.kept]
        if len(instead) < needed:
            return False
        self.kept.remove(course.id)
        return True

    def _needed(self, course: Course) -> int:
        kind = self.kind[course.id]
        if kind not in self.needed:
            self.needed[kind] = enough_for_rules(course, self.outlook)
        return self.needed[kind]

    def _instead(self, course: Course) -> Iterator[str]:
        """The courses that can stand wherever another does, with nothing lost."""
        (work, slots, chosen), terms = self._burden(course), self._terms(course)
        for one in self.free[self.kind[course.id]]:
            its_work, its_slots, is_chosen = one.burden
            lighter = its_work <= work and its_slots <= slots and is_chosen <= chosen
            if lighter and terms <= one.terms and one.name != course.id:
                yield one.name

    def _is_counted_on(self, course: Course) -> bool:
        """Whether a load or a wish asks for courses of its kind, and for none by name."""
        request, outlook = self.outlook.request, self.outlook
        names = {course.subject, *course.tags}
        asking = (
            index
            for index, entry in enumerate(request.terms)
            if max(entry.least, entry.target or 0)
        )
        terms = {*outlook.open_terms[course.id]}
        loads = any(not terms.isdisjoint(outlook.running(index)) for index in asking)
        return loads or not names.isdisjoint(request.wishes.every_year)
