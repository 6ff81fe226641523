"""Where a chain of courses breaks: the first that cannot stand after what it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need, Step
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause, title_of
from pathloom.engine.planner.wording import when
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import GradeLevel, Part, format_grade


@dataclass(frozen=True, slots=True)
class Break:
    """A course that has no term left (empty for a step of the program), in words.

    ``about`` are the courses of which the words say where they stand.
    """

    course: str
    about: frozenset[str]
    words: str


@dataclass(frozen=True)
class Order:
    """The terms in which courses can stand under the demands of a conflict, and nothing else."""

    outlook: Outlook
    causes: Collection[Cause]

    @cached_property
    def waiting(self) -> tuple[Course, ...]:
        """The courses whose prerequisites are in the conflict, those before others first."""
        keys = {one.key for one in self.causes if one.kind is Kind.PREREQUISITE}
        found = [course for name, course in self.outlook.courses.items() if name in keys]
        return tuple(sorted(found, key=lambda one: (self._depth(one.id), one.id)))

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """The terms in which each course could stand, as far as the conflict says."""
        found = {name: self._own_places(name) for name in self.outlook.courses}
        for course in self.waiting:
            found[course.id] = tuple(
                index
                for index in found[course.id]
                if self._in_time(course.prerequisite, index, found)
            )
        return found

    def locked(self, course_id: str) -> tuple[int, ...]:
        """The terms in which the conflict locks a course."""
        request = self.outlook.request
        terms = [
            one.term
            for one in request.all_locks
            if one.course == course_id and lock_cause(one) in self.causes
        ]
        return tuple(index for index, one in enumerate(request.terms) if one.term in terms)

    def banned(self, course_id: str) -> bool:
        return Cause(Kind.BAN, course_id) in self.causes

    def _own_places(self, course_id: str) -> tuple[int, ...]:
        """Where a course is offered and open to the grade, before its prerequisites are seen."""
        if self.banned(course_id):
            return ()
        finish = Cause(Kind.FINISH) in self.causes
        last = self.outlook.request.finish if finish else None
        locked = self.locked(course_id)
        terms = self.outlook.request.terms
        course = self.outlook.courses[course_id]
        return tuple(
            index
            for index in locked or range(len(terms))
            if terms[index].term.part in course.parts
            and terms[index].grade in course.grades
            and not self.outlook.is_after(index, last)
        )

    def _in_time(self, need: Need | None, index: int, found: dict[str, tuple[int, ...]]) -> bool:
        match need:
            case None:
                return True
            case AllOf(all=needs):
                return all(self._in_time(part, index, found) for part in needs)
            case AnyOf(any=needs):
                return any(self._in_time(part, index, found) for part in needs)
            case CourseNeed():
                before = self.outlook.before(need, index)
                there = found.get(need.course, ())
                return self.outlook.holds(need) or not set(there).isdisjoint(before)

    def _depth(self, course_id: str) -> int:
        course = self.outlook.courses.get(course_id)
        needs = course_needs(course.prerequisite) if course else ()
        return 1 + max((self._depth(need.course) for need in needs), default=0)

    # -- in words

    def breaks(self) -> Iterator[Break]:
        """Courses, then a step of the program, that have no term left after what they need."""
        told: set[str] = set()
        for course in self.waiting:
            own = self._own_places(course.id)
            if self.places[course.id] or not own:
                continue
            told.add(course.id)
            late = [one for one in self._missing(course) if self._is_late(one, own)]
            late = late or list(self._missing(course))
            if any(one.course in told for one in late):
                continue  # what it needs first was told already
            about = frozenset({course.id, *(one.course for one in late)})
            yield Break(course.id, about, self._why(course, late))
        if any(one.kind is Kind.PROGRAM for one in self.causes):
            yield from self._late_step()

    def _why(self, course: Course, late: Sequence[CourseNeed]) -> str:
        names = list(dict.fromkeys(self._named(one) for one in late))
        needs = f"{course.title} {self._offer(course)}needs {all_of(names)}"
        if all(self.banned(one.course) for one in late):
            return f"{needs}, {'which is' if len(names) == 1 else 'and they are'} ruled out"
        where = list(dict.fromkeys(self._where(one.course) for one in late))
        return f"{needs}; with {all_of(where)} {self._end(course)}"

    def _late_step(self) -> Iterator[Break]:
        """The step of the program that comes too late, even with each as early as it can be."""
        before: tuple[int, ...] | None = None
        earlier: Step | None = None
        for step in self.outlook.steps:
            own = sorted({index for name in step.courses for index in self.places.get(name, ())})
            here = tuple(
                index
                for index in own
                if before is None or any(self.outlook.precedes(one, index) for one in before)
            )
            if before and earlier and not here:
                names = " or ".join(title_of(self.outlook, name) for name in step.courses)
                where = all_of([self._where(name) for name in earlier.courses])
                about = frozenset((*earlier.courses, *step.courses))
                yield Break("", about, f"with {where} there is no term left for {names}")
                return
            before, earlier = here, step

    def _is_late(self, need: CourseNeed, places: tuple[int, ...]) -> bool:
        """Whether a need is there in time for none of the places."""
        return not any(self._in_time(need, index, self.places) for index in places)

    def _missing(self, course: Course) -> tuple[CourseNeed, ...]:
        needs = course_needs(course.prerequisite)
        return tuple(one for one in needs if not self.outlook.holds(one))

    def _named(self, need: CourseNeed) -> str:
        mark = f" with {need.minimum} or better" if need.minimum else ""
        return f"{title_of(self.outlook, need.course)}{mark}"

    def _where(self, course_id: str) -> str:
        title, terms = title_of(self.outlook, course_id), self.outlook.request.terms
        if self.banned(course_id):
            return f"{title} ruled out"
        locked = self.locked(course_id)
        if locked:
            return f"{title} locked in {when(terms[locked[0]])}"
        places = self.places.get(course_id, ())
        if not places:
            return f"{title} not open in the terms that are left"
        first = min(places, key=lambda index: terms[index].term.ends)
        return f"{title} in {when(terms[first])} at the earliest"

    def _offer(self, course: Course) -> str:
        """When a course is offered, where that is not in every half of the year."""
        parts = [str(part) for part in course.parts]
        if {Part.FALL, Part.SPRING} <= {*course.parts} or Part.YEAR in course.parts:
            return ""
        return f"is offered only in {all_of(parts)} and "

    def _end(self, course: Course) -> str:
        locked = self.locked(course.id)
        if locked:
            return f"it cannot be in {when(self.outlook.request.terms[locked[0]])}"
        parts = {part for part in course.parts if part in {Part.FALL, Part.SPRING, Part.SUMMER}}
        noun = str(*parts) if len(parts) == 1 and Part.YEAR not in course.parts else "term"
        last = self.last_grade(course)
        return f"there is no {noun} left {last}"

    def last_grade(self, course: Course) -> str:
        """Until when a course could be taken: graduation, or the last grade it is open to."""
        ahead = {entry.grade for entry in self.outlook.request.terms}
        highest: GradeLevel = max(ahead, default=0)
        if course.grades and max(course.grades) < highest:
            return f"in grade {format_grade(max(course.grades))} or before"
        return "before graduation"

    def links(self, ends: Collection[str]) -> Iterator[str]:
        """Say how courses wait for one another, from the last one down to those in ``ends``."""
        for course in reversed(self.waiting):
            if course.id not in ends:
                names = dict.fromkeys(self._named(one) for one in self._missing(course))
                yield f"{course.title} needs {all_of(list(names))}"
