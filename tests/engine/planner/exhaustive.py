"""Every plan there is for a small request, and how good each is: by search, from the words alone.

Nothing of the planner is used but its values: what holds is judged here once more, plainly and
slowly. Time is counted in thirds of a school year: fall, spring, summer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import Status
from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Kind, Need, Step
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Counted, Limit, Placement, PlanRequest, PlanTerm, Within
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.generated import BEYOND
from tests.engine.planner.small import AS_OF

Places = tuple[Placement, ...]

_THIRDS = {
    Part.YEAR: (0, 1),
    Part.ONLINE: (0, 1),
    Part.FALL: (0,),
    Part.SPRING: (1,),
    Part.SUMMER: (2,),
}


def span(term: Term) -> set[int]:
    return {3 * term.year.start + third for third in _THIRDS[term.part]}


def before(one: Term, other: Term) -> bool:
    return max(span(one)) < min(span(other))


def beyond(term: Term, last: Term | None) -> bool:
    """Whether a term lasts longer than the one meant as the last."""
    return last is not None and max(span(term)) > max(span(last))


def half(amount: int) -> int:
    return -(-amount // 2)


@dataclass
class Search:
    """One request, and all the plans that answer it."""

    asked: PlanRequest
    statuses: dict[tuple[str, ...], bool] = field(default_factory=dict)

    @cached_property
    def courses(self) -> dict[str, Course]:
        return {one.id: one for one in self.asked.catalog.courses}

    @cached_property
    def plans(self) -> tuple[Places, ...]:
        """Every plan that obeys everything."""
        return tuple(one for one in self.every() if self.obeys(one) and self.fulfils(one))

    def every(self) -> Iterator[Places]:
        """Every way to put courses where they are offered and open; repeatable ones in any."""
        ways = []
        for one in self.asked.catalog.courses:
            open_terms = [
                entry.term
                for entry in self.asked.terms
                if entry.term.part in one.parts and entry.grade in one.grades
            ]
            if one.repeatable:
                flags = product([False, True], repeat=len(open_terms))
                chosen = [
                    tuple(term for term, there in zip(open_terms, flag, strict=True) if there)
                    for flag in flags
                ]
            else:
                chosen = [(), *((term,) for term in open_terms)]
            ways.append([tuple(Placement(one.id, term) for term in each) for each in chosen])
        for parts in product(*ways):
            yield tuple(place for part in parts for place in part)

    # -- the record

    def record(self, name: str, *states: State) -> list[CourseRecord]:
        number = self.courses[name].number
        return [
            one
            for one in self.asked.record.courses
            if one.state in states and (one.course == name or (number and one.number == number))
        ]

    def is_behind(self, name: str) -> bool:
        return bool(self.record(name, State.EARNED, State.IN_PROGRESS))

    # -- what a plan has to obey

    def obeys(self, places: Places) -> bool:
        return (
            all(self.may_stand(place) for place in places)
            and all(place in places for place in self.asked.all_locks)
            and all(self.fits(entry, places) for entry in self.asked.terms)
            and all(self.has_what_it_needs(place, places) for place in places)
            and all(self.is_kept(limit, places) for limit in self.asked.limits)
            and self.gap_to_grades(places) is not None
        )

    def may_stand(self, place: Placement) -> bool:
        if place.course in self.asked.all_bans or beyond(place.term, self.asked.finish):
            return False
        return self.courses[place.course].repeatable or not self.is_behind(place.course)

    def in_year(self, term: Term) -> Term:
        return Term(term.year, Part.YEAR)

    def there(self, places: Places, term: Term) -> list[Course]:
        return [self.courses[place.course] for place in places if place.term == term]

    def all_year(self, places: Places, term: Term) -> list[Course]:
        """Courses of the full year that run in fall, or in spring."""
        halves = {Part.FALL, Part.SPRING}
        return self.there(places, self.in_year(term)) if term.part in halves else []

    def load(self, entry: PlanTerm, places: Places) -> int:
        return sum(one.credits for one in self.there(places, entry.term)) + sum(
            half(one.credits) for one in self.all_year(places, entry.term)
        )

    def slots(self, entry: PlanTerm, places: Places) -> int:
        running = (*self.there(places, entry.term), *self.all_year(places, entry.term))
        return sum(one.slots for one in running)

    def fits(self, entry: PlanTerm, places: Places) -> bool:
        load = self.load(entry, places)
        if load > entry.most or (load < entry.least and not beyond(entry.term, self.asked.finish)):
            return False
        if entry.slots is None or entry.term.part is Part.ONLINE:
            return True
        return self.slots(entry, places) <= entry.slots

    def has_what_it_needs(self, place: Placement, places: Places) -> bool:
        one = self.courses[place.course]
        return (one.prerequisite is None or self.holds(one.prerequisite, place, places)) and all(
            self.is_behind(name)
            or any(span(other.term) & span(place.term) for other in places if other.course == name)
            for name in one.corequisites
        )

    def holds(self, need: Need, place: Placement, places: Places) -> bool:
        match need:
            case AllOf(all=parts):
                return all(self.holds(part, place, places) for part in parts)
            case AnyOf(any=parts):
                return any(self.holds(part, place, places) for part in parts)
            case CourseNeed(course=name, minimum=minimum, concurrent=concurrent):
                least = (minimum.points or 0) if minimum else -1
                reached = any(
                    minimum is None or (one.mark and (one.mark.points or 0) >= least)
                    for one in self.record(name, State.EARNED)
                )
                return (
                    reached
                    or bool(self.record(name, State.IN_PROGRESS))
                    or any(
                        before(other.term, place.term)
                        or (concurrent and min(span(other.term)) <= min(span(place.term)))
                        for other in places
                        if other.course == name
                    )
                )

    # -- limits

    def is_kept(self, limit: Limit, places: Places) -> bool:
        tagged = [place for place in places if limit.tag in self.courses[place.course].tags]
        if limit.within is Within.PLAN:
            behind = sum(self.counted_record(limit, one) for one in self.asked.record.courses)
            added = sum(self.counted(limit, one) for one in tagged)
            return not added or behind + added <= limit.most
        if limit.within is Within.YEAR:
            years: Counter[SchoolYear] = Counter()
            for place in tagged:
                years[place.term.year] += self.counted(limit, place)
            return all(amount <= limit.most for amount in years.values())
        return all(
            self.counted_in(limit, entry.term, tagged) <= limit.most
            for entry in self.asked.terms
            if entry.term.part is not Part.YEAR or not self.is_divided(entry.term)
        )

    def is_divided(self, year: Term) -> bool:
        """Whether fall or spring of a school year is planned beside it."""
        ahead = {entry.term for entry in self.asked.terms}
        return bool(ahead & {Term(year.year, Part.FALL), Term(year.year, Part.SPRING)})

    def counted_in(self, limit: Limit, term: Term, tagged: list[Placement]) -> int:
        whole = sum(self.counted(limit, place) for place in tagged if place.term == term)
        if term.part not in {Part.FALL, Part.SPRING}:
            return whole
        divide = (lambda amount: amount) if limit.counted is Counted.COURSES else half
        year = self.in_year(term)
        return whole + sum(divide(self.counted(limit, p)) for p in tagged if p.term == year)

    def counted(self, limit: Limit, place: Placement) -> int:
        if limit.counted is Counted.COURSES:
            return 100
        if limit.counted is Counted.CREDITS:
            return self.courses[place.course].credits
        return self.hours(place.course, place.term.year)

    def counted_record(self, limit: Limit, one: CourseRecord) -> int:
        if one.state not in {State.EARNED, State.IN_PROGRESS}:
            return 0
        if limit.tag not in (one.tags or self.courses[one.course].tags):
            return 0
        if limit.counted is Counted.COURSES:
            return 100
        if limit.counted is Counted.CREDITS:
            return one.credits
        return self.hours(one.course, one.term.year if one.term else None)

    def hours(self, name: str, year: SchoolYear | None) -> int:
        """Hours of the agreement on dual credit that covers a course then."""
        agreements = self.asked.agreements
        if agreements is None:
            return 0
        colleges = {one.id: one for one in agreements.institutions}
        found = [
            taught.hours
            for one in agreements.agreements
            for taught in colleges[one.institution].courses
            if one.kind is Kind.DUAL_CREDIT
            and one.course == name
            and taught.code == one.college_course
            and (year is None or one.holds_in(year))
        ]
        return max(found, default=0)

    # -- the program and the rules

    @cached_property
    def open_steps(self) -> list[Step]:
        steps = [
            step
            for program in self.asked.catalog.programs
            if program.id == self.asked.program
            for step in program.steps
        ]
        return [
            step
            for step in steps
            if step.required and not any(self.is_behind(name) for name in step.courses)
        ]

    def gap_to_grades(self, places: Places) -> int | None:
        """How far the steps are from their grades at best; None when they are not in order."""
        grades = {entry.term: entry.grade for entry in self.asked.terms}
        choices = [
            [place.term for place in places if place.course in step.courses]
            for step in self.open_steps
        ]
        gaps = [
            sum(
                abs(grades[term] - step.grade)
                for term, step in zip(terms, self.open_steps, strict=True)
                if step.grade is not None
            )
            for terms in product(*choices)
            if all(before(one, other) for one, other in pairwise(terms))
        ]
        return min(gaps, default=None)

    def fulfils(self, places: Places) -> bool:
        """Whether nothing is short in any rule set but what no course fulfils."""
        key = tuple(sorted(place.course for place in places))
        if key not in self.statuses:
            rule_sets = (self.asked.ruleset, *self.asked.also)
            self.statuses[key] = all(self.is_met(rules, places) for rules in rule_sets)
        return self.statuses[key]

    def is_met(self, rules: RuleSet, places: Places) -> bool:
        record = with_plan(self.asked.record, places, self.asked.catalog)
        found = audit(record, rules, catalog=self.asked.catalog, as_of=AS_OF)
        every = (found.total, *found.requirements)
        return all(one.status is not Status.SHORT for one in every if one.id != BEYOND)
