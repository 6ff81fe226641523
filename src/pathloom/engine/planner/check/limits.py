"""Limits on courses with a tag: so much credit, so many courses or college hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pathloom.engine.catalog import Agreement, Course, Kind
from pathloom.engine.planner.check.findings import upper_first
from pathloom.engine.planner.check.loads import running, share
from pathloom.engine.planner.types import Counted, Finding, Level, Limit, Within
from pathloom.engine.planner.view import View
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Credits, Part, SchoolYear, Term, format_credits


def over_limits(view: View) -> Iterator[Finding]:
    """Terms, school years, or a whole plan, that hold more than a limit allows."""
    for limit in view.request.limits:
        counter = _Counter(view, limit)
        match limit.within:
            case Within.TERM:
                yield from counter.terms()
            case Within.YEAR:
                yield from counter.years()
            case Within.PLAN:
                yield from counter.plan()


@dataclass(frozen=True, slots=True)
class _Counter:
    view: View
    limit: Limit

    def terms(self) -> Iterator[Finding]:
        for term in sorted(self.view.terms):
            if term.part is Part.YEAR and self._has_halves(term.year):
                continue
            found = sum(
                share(self._amount(course, term.year), half and self._divides())
                for course, half in running(self.view, term)
            )
            yield from self._over(found, str(term), upper_first(f"{self.view.when(term)} holds"))

    def years(self) -> Iterator[Finding]:
        for year in sorted({place.term.year for place in self.view.placements}):
            there = [place.term for place in self.view.placements if place.term.year == year]
            found = sum(
                self._amount(course, year)
                for place, course in self.view.known()
                if place.term.year == year
            )
            yield from self._over(found, str(there[-1]), f"The school year {year} holds")

    def plan(self) -> Iterator[Finding]:
        """The whole plan; a record that is over the limit by itself leaves room for nothing."""
        added = sum(self._amount(course, place.term.year) for place, course in self.view.known())
        if added:
            behind = sum(self._behind(record) for record in self.view.request.record.courses)
            where = "This plan, with what is earned and under way, holds"
            yield from self._over(behind + added, "", where)

    def _has_halves(self, year: SchoolYear) -> bool:
        return any(Term(year, part) in self.view.terms for part in (Part.FALL, Part.SPRING))

    def _divides(self) -> bool:
        """Whether half of a year's course counts in each of its terms; a course is never half."""
        return self.limit.counted is not Counted.COURSES

    def _amount(self, course: Course, year: SchoolYear | None) -> Credits:
        """What a course of the catalog adds; 0 where the limit does not speak of it."""
        if self.limit.tag not in course.tags:
            return 0
        match self.limit.counted:
            case Counted.CREDITS:
                return course.credits
            case Counted.COURSES:
                return 100
            case Counted.HOURS:
                return self._hours(course.id, course.number, year)

    def _behind(self, record: CourseRecord) -> Credits:
        course = self.view.courses.get(record.course)
        tags = record.tags or (course.tags if course else frozenset())
        if record.state not in {State.EARNED, State.IN_PROGRESS} or self.limit.tag not in tags:
            return 0
        match self.limit.counted:
            case Counted.CREDITS:
                return record.credits
            case Counted.COURSES:
                return 100
            case Counted.HOURS:
                number = record.number or (course.number if course else "")
                return self._hours(record.course, number, record.term.year if record.term else None)

    def _hours(self, course: str, number: str, year: SchoolYear | None) -> Credits:
        """Semester hours that dual credit grants for a course; the most of several agreements."""
        agreements = self.view.request.agreements
        found = [0]
        for each in agreements.agreements if agreements else ():
            if each.kind is Kind.DUAL_CREDIT and (year is None or each.holds_in(year)):
                college = agreements.institution(each.institution) if agreements else None
                granted = college.course(each.college_course) if college else None
                if granted and _covers(each, course, number):
                    found.append(granted.hours)
        return max(found)

    def _over(self, found: Credits, term: str, where: str) -> Iterator[Finding]:
        if found <= self.limit.most:
            return
        yield Finding(
            Level.STOP,
            "over_limit",
            term,
            "",
            f"{where} {self._say(found)} of {self.limit.title};"
            f" no more than {self._say(self.limit.most)} may count.",
            "Take one of these courses out, or move it.",
        )

    def _say(self, amount: Credits) -> str:
        if self.limit.counted is Counted.COURSES:
            many = amount // 100
            return f"{many} {'course' if many == 1 else 'courses'}"
        unit = "semester hours" if self.limit.counted is Counted.HOURS else "credits"
        return f"{format_credits(amount)} {unit}"


def _covers(agreement: Agreement, course: str, number: str) -> bool:
    if agreement.number:
        pattern = re.escape(agreement.number).replace("X", "[0-9]")
        return re.fullmatch(pattern, number) is not None
    return bool(course) and agreement.course == course
