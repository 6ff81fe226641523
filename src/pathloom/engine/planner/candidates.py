"""Which courses a plan may use, and in which terms: small enough to solve, never too small."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need, ProgramOfStudy, Step
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.likeness import enough, kind_of, likeness
from pathloom.engine.planner.loads import CHOSEN
from pathloom.engine.planner.needs import Needs
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.reach import Reach
from pathloom.engine.planner.spare import without_spare
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import course_key
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Credits, Mark, Part, Term


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

    With ``narrow`` a course is open only in terms in which what it needs first, and what runs with
    it, can be done, and which are not after the term in which the student wants to finish.
    """

    request: PlanRequest
    narrow: bool = True

    @cached_property
    def prepared(self) -> Prepared:
        """What is earned and under way, in units and in the reading of the diploma."""
        return self.every[0]

    @cached_property
    def every(self) -> tuple[Prepared, ...]:
        """What is earned and under way under each rule set, the diploma first."""
        return self.prepare(())

    def prepare(self, planned: Iterable[CourseRecord]) -> tuple[Prepared, ...]:
        """The student under each rule set, the diploma first, with planned courses on the record.

        Exceptions of staff are those that hold on the day of the request (``validate.checked``).
        """
        request = self.request
        ahead = [one for one in request.record.courses if one.state is not State.PLANNED]
        record = replace(request.record, courses=(*ahead, *planned))
        rulesets = (request.ruleset, *request.also)
        return tuple(
            prepare(record, one, catalog=request.catalog, as_of=date.max) for one in rulesets
        )

    @property
    def ruleset(self) -> RuleSet:
        return self.prepared.ruleset

    def in_units_of_rules(self, credits: Credits, ruleset: RuleSet | None = None) -> Credits:
        """Credit of the school's catalog in units of rules (the diploma's), rounded up."""
        into = (ruleset or self.ruleset).carnegie_units
        return -(-credits * self.request.record.carnegie_units // into)

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

    def company(self, course: Course) -> tuple[str, ...]:
        """The courses that have to run together with a course: corequisites not behind."""
        return tuple(other for other in course.corequisites if not self.is_behind(other))

    def holds(self, need: CourseNeed) -> bool:
        """Whether a prerequisite holds already, at the latest when the first term begins."""
        names = self._called(need.course)
        if any(name in self.under_way for name in names):
            return True
        marks = [mark for name in names for mark in self.passed.get(name, ())]
        return any(_reaches(mark, need.minimum) for mark in marks)

    def precedes(self, earlier: int, later: int) -> bool:
        """Whether the term at one index is over before the term at another begins."""
        return self._term(earlier).precedes(self._term(later))

    def overlapping(self, index: int) -> tuple[int, ...]:
        """The terms that run at the same time as one of them, itself included."""
        return self._overlapping[index]

    def before(self, need: CourseNeed, index: int) -> tuple[int, ...]:
        """The terms in which a prerequisite may stand so that it is there in time."""
        return self._before[need.concurrent][index]

    def running(self, index: int) -> tuple[int, ...]:
        """The terms whose courses run in a term: itself, in fall and spring also the full year.

        Of a course of a full year, half runs in each (``share``).
        """
        here = self._term(index)
        if here.part not in {Part.FALL, Part.SPRING}:
            return (index,)
        whole_year = term_indexes(self.request).get(Term(here.year, Part.YEAR))
        return (index,) if whole_year is None else (index, whole_year)

    def is_after(self, index: int, last: Term | None) -> bool:
        """Whether a term ends after a last one; never where there is no last one."""
        return last is not None and self._term(index).ends > last.ends

    def _term(self, index: int) -> Term:
        return self.request.terms[index].term

    @cached_property
    def _overlapping(self) -> tuple[tuple[int, ...], ...]:
        terms = [entry.term for entry in self.request.terms]
        return tuple(
            tuple(index for index, other in enumerate(terms) if other.overlaps(term))
            for term in terms
        )

    @cached_property
    def _before(self) -> dict[bool, tuple[tuple[int, ...], ...]]:
        terms = [entry.term for entry in self.request.terms]
        return {
            concurrent: tuple(
                tuple(
                    index
                    for index, other in enumerate(terms)
                    if other.precedes(term) or (concurrent and other.begins <= term.begins)
                )
                for term in terms
            )
            for concurrent in (False, True)
        }

    @cached_property
    def open_terms(self) -> dict[str, tuple[int, ...]]:
        """For each course of the catalog the terms in which the student could take it."""
        return Reach(self).open_terms()

    @cached_property
    def needs(self) -> tuple[Needs, ...]:
        """What each rule set sees in courses and could need of them, the diploma first."""
        open_ = [self.ahead[one.id] for one in self.open_courses]
        return tuple(Needs(prepared, open_) for prepared in self.every)

    @cached_property
    def ahead(self) -> dict[str, CourseRecord]:
        """Each course of the catalog as a planned one, in no term."""
        return {name: planned_record(course, None) for name, course in self.courses.items()}

    @cached_property
    def agreed(self) -> dict[str, tuple[str, ...]]:
        """For each course of the catalog the agreements with colleges, by id, that cover it."""
        agreements = self.request.agreements.agreements if self.request.agreements else ()
        return {
            name: tuple(each.id for each in agreements if covers(each, record))
            for name, record in self.ahead.items()
        }

    @cached_property
    def kinds(self) -> dict[str, tuple[object, ...]]:
        """What rules, limits and wishes see in each open course (``likeness.kind_of``)."""
        return {one.id: kind_of(one, self) for one in self.open_courses}

    @cached_property
    def open_courses(self) -> tuple[Course, ...]:
        """The courses that the student could take in some term, in the order of the catalog."""
        return tuple(one for one in self.courses.values() if self.open_terms[one.id])


def candidates(outlook: Outlook, *, every: bool = False) -> tuple[Candidate, ...]:
    """Choose the courses a plan may use: plainer ones first, then in order of course id.

    Of interchangeable courses only as many are kept as any complete plan could need, so a plan
    exists among the candidates whenever one exists in the catalog, and the best is among them.
    With ``every``, all courses that can be taken are kept: needed where demands are switched off.
    """
    asked = _asked_for(outlook)
    open_courses = outlook.open_courses if every else without_spare(outlook, asked=asked)
    alone = asked | _built_on(outlook, open_courses)
    kept: list[Candidate] = []
    alike: dict[tuple[object, ...], list[Course]] = defaultdict(list)
    times: Counter[tuple[object, ...]] = Counter()
    advanced = {one.id for one in open_courses if one.tags & CHOSEN}
    # The plainer course stands first among its like, and so is the first to be taken.
    for course in sorted(open_courses, key=lambda one: (one.id in advanced, one.id)):
        terms = outlook.open_terms[course.id]
        waits = any(not outlook.holds(need) for need in course_needs(course.prerequisite))
        if every or waits or course.id in alone:
            kept.append(Candidate(course, terms, None, course.id in advanced))
            continue
        key = likeness(course, outlook)
        # Two entries of one course in the catalog are not two different courses.
        entry = (*key, course_key(outlook.ahead[course.id]))
        times[entry] += 1
        alike[(*key, times[entry])].append(course)
    for key, courses in alike.items():
        terms = outlook.open_terms[courses[0].id]
        for course in courses[: enough(courses[0], outlook)]:
            kept.append(Candidate(course, terms, key, course.id in advanced))
    return tuple(sorted(kept, key=lambda one: (one.advanced, one.course.id)))


def _asked_for(outlook: Outlook) -> set[str]:
    request, wishes = outlook.request, outlook.request.wishes
    asked = {place.course for place in (*request.all_locks, *request.previous)}
    asked |= {*wishes.wanted, *wishes.liked, *wishes.avoided}
    for credential in request.catalog.credentials:
        if credential.id in wishes.credentials:
            asked |= {*credential.courses}
    if wishes.college_hours:
        asked |= {name for name, agreements in outlook.agreed.items() if agreements}
    return asked | {course for step in outlook.steps for course in step.courses}


def _built_on(outlook: Outlook, courses: Iterable[Course]) -> set[str]:
    """Courses that others still need first or beside them, and those that need some beside them."""
    found: set[str] = set()
    for course in courses:
        needs = course_needs(course.prerequisite)
        found |= {need.course for need in needs if not outlook.holds(need)}
        company = outlook.company(course)
        found |= {course.id, *company} if company else set()
    return found


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


def _reaches(mark: Mark | None, minimum: Mark | None) -> bool:
    if minimum is None:
        return True
    if mark is None:
        return False
    if mark.points is None or minimum.points is None:
        return mark.text == minimum.text
    return mark.points >= minimum.points


def term_indexes(request: PlanRequest) -> dict[Term, int]:
    """The index of each term of the request."""
    return {entry.term: index for index, entry in enumerate(request.terms)}
