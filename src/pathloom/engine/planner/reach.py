"""In which terms a student could take each course of the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need
from pathloom.engine.catalog.prerequisite import courses_of

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook


class Reach:
    """Finds the terms in which each course of the catalog could be taken.

    ``places`` are those in which it is offered and open to the student's grade.
    """

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.banned = set(outlook.request.all_bans)
        self.places = {one.id: self._places(one) for one in outlook.courses.values()}
        self.found: dict[str, tuple[int, ...]] = {}

    def open_terms(self) -> dict[str, tuple[int, ...]]:
        order = self._first_to_last()
        while True:
            self.found = {}
            for course_id in order:
                self._open(course_id)
            if not (self.outlook.narrow and self._lacks_company()):
                return {name: self.found[name] for name in self.places}

    def _first_to_last(self) -> list[str]:
        """Every course after all that it needs, so that a long sequence is no deep recursion."""
        found: list[str] = []
        seen: set[str] = set()
        needs = {
            one.id: [need.course for need in courses_of(one.prerequisite)]
            for one in self.outlook.courses.values()
        }
        for start in needs:
            path = [] if start in seen else [start]
            seen.add(start)
            while path:
                ahead = next((one for one in needs.get(path[-1], ()) if one not in seen), None)
                if ahead is None:
                    found.append(path.pop())
                else:
                    seen.add(ahead)
                    path.append(ahead)
        return [name for name in found if name in self.places]

    def _places(self, course: Course) -> tuple[int, ...]:
        outlook, request = self.outlook, self.outlook.request
        behind = not course.repeatable and outlook.is_behind(course.id)
        if behind or course.id in self.banned:
            return ()
        return tuple(
            index
            for index, entry in enumerate(request.terms)
            if entry.term.part in course.parts
            and entry.grade in course.grades
            and not (outlook.narrow and outlook.is_after(index, request.finish))
        )

    def _open(self, course_id: str) -> tuple[int, ...]:
        if course_id not in self.places:
            return ()
        if course_id not in self.found:
            need = self.outlook.courses[course_id].prerequisite
            self.found[course_id] = tuple(
                index
                for index in self.places[course_id]
                if not self.outlook.narrow or self._reachable(need, index)
            )
        return self.found[course_id]

    def _reachable(self, need: Need | None, index: int) -> bool:
        match need:
            case None:
                return True
            case AllOf(all=needs):
                return all(self._reachable(part, index) for part in needs)
            case AnyOf(any=needs):
                return any(self._reachable(part, index) for part in needs)
            case CourseNeed():
                if self.outlook.holds(need):
                    return True
                terms = self._open(need.course)
                return not set(terms).isdisjoint(self.outlook.before(need, index))

    def _lacks_company(self) -> bool:
        """Close terms in which a course would run without a corequisite; whether there were any."""
        closed = False
        for course in self.outlook.courses.values():
            for other in self.outlook.company(course):
                there = set(self.found.get(other, ()))
                kept = tuple(
                    index
                    for index in self.places[course.id]
                    if not there.isdisjoint(self.outlook.overlapping(index))
                )
                if not set(self.found[course.id]) <= set(kept):
                    closed = True
                self.places[course.id] = kept
        return closed
