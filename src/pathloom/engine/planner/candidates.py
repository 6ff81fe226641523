"""Which courses a plan may use, and in which terms: small enough to solve, never too small."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need, ProgramOfStudy, Step
from pathloom.engine.planner.likeness import counts_as, enough
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import course_key
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import AnyCourse, OneOf, Requirement, RuleSet
from pathloom.engine.units import Credits, Mark, Part, Term

# A summer is not the same place in a year as spring; a full year lasts until the end of spring.
_BEGINS = {Part.YEAR: 0, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}
_ENDS = {Part.YEAR: 1, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}


BROAD = (AnyCourse, OneOf)

# Tags of courses that a student chooses for more work; nobody gets one without asking for it.
CHOSEN = frozenset({"ap", "ib", "honors", "dual-enrollment"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A course the plan may use, and the indexes of the terms in which it may stand.

    ``advanced`` marks a course that is a demanding choice (``CHOSEN``). Courses with the same
    ``likeness`` are otherwise interchangeable for a plan; a course that somebody asked for, or that
    another one builds on, is like no other (None).
    """

    course: Course
    terms: tuple[int, ...]
    likeness: tuple[object, ...] | None
    advanced: bool = False


@dataclass(frozen=True)
class Outlook:
    """A request looked at from the student's place: what is passed and what can still be taken.

    With ``in_order`` a course is open only in terms in which what it needs first can be done.
    """

    request: PlanRequest
    in_order: bool = True

    @cached_property
    def prepared(self) -> Prepared:
        """What is earned and under way, in units and in the reading of the rules."""
        return self.prepare(())

    def prepare(self, planned: Iterable[CourseRecord]) -> Prepared:
        """The student under the rules with planned courses on the record.

        Exceptions of staff are those that hold on the day of the request (``validate.checked``).
        """
        request = self.request
        ahead = [one for one in request.record.courses if one.state is not State.PLANNED]
        record = replace(request.record, courses=(*ahead, *planned))
        return prepare(record, request.ruleset, catalog=request.catalog, as_of=date.max)

    @property
    def ruleset(self) -> RuleSet:
        return self.prepared.ruleset

    def in_units_of_rules(self, credits: Credits) -> Credits:
        """Credit of the school's catalog in units of the rules, rounded up."""
        return -(-credits * self.request.record.carnegie_units // self.ruleset.carnegie_units)

    @cached_property
    def courses(self) -> dict[str, Course]:
        return {course.id: course for course in self.request.catalog.courses}

    @cached_property
    def passed(self) -> dict[str, list[Mark | None]]:
        """Marks earned, by course and by state number."""
        return self._names(State.EARNED)

    @cached_property
    def under_way(self) -> dict[str, list[Mark | None]]:
        return self._names(State.IN_PROGRESS)

    def _names(self, state: State) -> dict[str, list[Mark | None]]:
        marks: dict[str, list[Mark | None]] = defaultdict(list)
        for record in self.request.record.courses:
            if record.state is state:
                for name in {record.course, record.number} - {""}:
                    marks[name].append(record.mark)
        return dict(marks)

    @cached_property
    def program(self) -> ProgramOfStudy | None:
        programs = self.request.catalog.programs
        return next((one for one in programs if one.id == self.request.program), None)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The required steps of the program that are neither earned nor under way."""
        steps = self.program.steps if self.program else ()
        return tuple(
            step
            for step in steps
            if step.required and not any(self.is_behind(course) for course in step.courses)
        )

    def is_behind(self, course_id: str) -> bool:
        """Whether a course is earned or under way."""
        names = self._called(course_id)
        return any(name in self.passed or name in self.under_way for name in names)

    def _called(self, course_id: str) -> tuple[str, ...]:
        course = self.courses.get(course_id)
        return (course_id, course.number) if course and course.number else (course_id,)

    def holds(self, need: CourseNeed) -> bool:
        """Whether a prerequisite holds already, at the latest when the first term begins."""
        names = self._called(need.course)
        if any(name in self.under_way for name in names):
            return True
        marks = [mark for name in names for mark in self.passed.get(name, ())]
        return any(_reaches(mark, need.minimum) for mark in marks)

    def precedes(self, earlier: int, later: int) -> bool:
        """Whether the term at one index is over before the term at another begins."""
        first, second = self.request.terms[earlier].term, self.request.terms[later].term
        return _point(first, _ENDS) < _point(second, _BEGINS)

    def before(self, need: CourseNeed, index: int) -> tuple[int, ...]:
        """The terms in which a prerequisite may stand so that it is there in time."""
        here = _point(self.request.terms[index].term, _BEGINS)
        return tuple(
            other
            for other, entry in enumerate(self.request.terms)
            if self.precedes(other, index)
            or (need.concurrent and _point(entry.term, _BEGINS) <= here)
        )

    @cached_property
    def open_terms(self) -> dict[str, tuple[int, ...]]:
        """For each course of the catalog the terms in which the student could take it."""
        found: dict[str, tuple[int, ...]] = {}
        for course_id in self.courses:
            self._open(course_id, found)
        return found

    def _open(self, course_id: str, found: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        if course_id in found:
            return found[course_id]
        course = self.courses.get(course_id)
        behind = course is not None and not course.repeatable and self.is_behind(course_id)
        if course is None or behind or course_id in self.request.all_bans:
            found[course_id] = ()
            return ()
        found[course_id] = tuple(
            index
            for index, entry in enumerate(self.request.terms)
            if entry.term.part in course.parts
            and entry.grade in course.grades
            and (not self.in_order or self._reachable(course.prerequisite, index, found))
        )
        return found[course_id]

    def _reachable(self, need: Need | None, index: int, found: dict[str, tuple[int, ...]]) -> bool:
        match need:
            case None:
                return True
            case AllOf(all=needs):
                return all(self._reachable(part, index, found) for part in needs)
            case AnyOf(any=needs):
                return any(self._reachable(part, index, found) for part in needs)
            case CourseNeed():
                if self.holds(need):
                    return True
                terms = self._open(need.course, found)
                return not set(terms).isdisjoint(self.before(need, index))


def candidates(outlook: Outlook, *, every: bool = False) -> tuple[Candidate, ...]:
    """Choose the courses a plan may use: plainer ones first, then in order of course id.

    Of interchangeable courses only as many are kept as any complete plan could need, so a plan
    exists among the candidates whenever one exists in the catalog. With ``every``, all courses
    that can be taken are kept: needed where demands are switched off.
    """
    alone = _asked_for(outlook) | _built_on(outlook)
    kept: list[Candidate] = []
    alike: dict[tuple[object, ...], list[Course]] = defaultdict(list)
    times: Counter[tuple[object, ...]] = Counter()
    open_courses = [one for one in outlook.courses.values() if outlook.open_terms[one.id]]
    advanced = {one.id for one in open_courses if one.tags & CHOSEN}
    # The plainer course stands first among its like, and so is the first to be taken.
    for course in sorted(open_courses, key=lambda one: (one.id in advanced, one.id)):
        terms = outlook.open_terms[course.id]
        waits = any(not outlook.holds(need) for need in course_needs(course.prerequisite))
        if every or waits or course.id in alone:
            kept.append(Candidate(course, terms, None, course.id in advanced))
            continue
        key = (counts_as(course, outlook.ruleset), course.credits, terms, course.repeatable)
        # Two entries of one course in the catalog are not two different courses.
        entry = (*key, course_key(planned_record(course, None)))
        times[entry] += 1
        alike[(*key, times[entry])].append(course)
    for likeness, courses in alike.items():
        terms = outlook.open_terms[courses[0].id]
        for course in courses[: enough(courses[0], outlook)]:
            kept.append(Candidate(course, terms, likeness, course.id in advanced))
    return tuple(sorted(kept, key=lambda one: (one.advanced, one.course.id)))


def _asked_for(outlook: Outlook) -> set[str]:
    request = outlook.request
    asked = {place.course for place in (*request.all_locks, *request.previous)}
    asked |= {*request.wishes.wanted, *request.wishes.liked}
    return asked | {course for step in outlook.steps for course in step.courses}


def _built_on(outlook: Outlook) -> set[str]:
    """Courses that others still need first."""
    return {
        need.course
        for course in outlook.courses.values()
        if outlook.open_terms.get(course.id)
        for need in course_needs(course.prerequisite)
        if not outlook.holds(need)
    }


def course_needs(need: Need | None) -> Iterator[CourseNeed]:
    """Yield every course named in a prerequisite."""
    match need:
        case None:
            return
        case CourseNeed():
            yield need
        case AllOf(all=needs) | AnyOf(any=needs):
            for part in needs:
                yield from course_needs(part)


def core_requirements(ruleset: RuleSet) -> tuple[Requirement, ...]:
    """The top-level requirements of one subject or with named parts, not a choice of many."""
    return tuple(
        one
        for one in ruleset.requirements
        if one.earn and not one.of and (one.include or not isinstance(one.match, BROAD))
    )


def _reaches(mark: Mark | None, minimum: Mark | None) -> bool:
    if minimum is None:
        return True
    if mark is None:
        return False
    if mark.points is None or minimum.points is None:
        return mark.text == minimum.text
    return mark.points >= minimum.points


def _point(term: Term, within: dict[Part, int]) -> tuple[int, int]:
    return (term.year.start, within[term.part])


def term_indexes(request: PlanRequest) -> dict[Term, int]:
    """The index of each term of the request."""
    return {entry.term: index for index, entry in enumerate(request.terms)}
