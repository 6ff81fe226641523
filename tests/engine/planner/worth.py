"""How good a plan is, goal by goal: counted from what each goal says, with nothing of the planner.

The smaller, the better. A goal that a request gives no reason for has no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from pathloom.engine.catalog import Agreement, Course
from pathloom.engine.planner.types import GoalOrder, PlanTerm
from pathloom.engine.record import State
from pathloom.engine.units import Part, SchoolYear
from tests.engine.planner.exhaustive import Places, Search, beyond, half, span

_FIRST = ("graduation", "by_courses", "program")
_WISHES = ("wanted", "avoided", "every_year", "study_hall", "college", "credentials")
_SPREAD = ("credits", "liked", "pace", "work", "load")
ORDERS = {
    GoalOrder.USUAL: (*_FIRST, *_WISHES, *_SPREAD, "previous"),
    GoalOrder.NEAR: (*_FIRST, *_WISHES, "previous", *_SPREAD),
    GoalOrder.CLOSEST: (*_FIRST, "previous", *_WISHES, *_SPREAD),
}
ADVANCED = {"ap", "ib", "honors", "dual-enrollment"}
ORDINARY = 400  # the work of one credit of an ordinary course
NEAR = 150  # how far from an even share a term's work may be


@dataclass
class Worth:
    """The values of the goals of one request."""

    search: Search

    def value(self, goal: str, places: Places) -> int | None:
        """The value of a goal; None where the request has no such goal, or it is not counted."""
        count: dict[str, Callable[[Places], int | None]] = {
            "graduation": self.graduation,
            "program": self.program,
            "wanted": self.wanted,
            "avoided": self.avoided,
            "every_year": self.every_year,
            "study_hall": self.study_hall,
            "college": self.college,
            "credentials": self.credentials,
            "credits": self.credits,
            "liked": self.liked,
            "work": self.work,
            "load": self.load,
            "previous": self.previous,
        }
        return count[goal](places) if goal in count else None

    @property
    def courses(self) -> dict[str, Course]:
        return self.search.courses

    @property
    def terms(self) -> tuple[PlanTerm, ...]:
        return self.search.asked.terms

    def graduation(self, places: Places) -> int:
        late = sorted(
            (entry.term for entry in self.terms if beyond(entry.term, self.search.asked.on_time)),
            key=lambda term: (max(span(term)), min(span(term))),
        )
        used = {place.term for place in places}
        return max((number for number, term in enumerate(late, 1) if term in used), default=0)

    def program(self, places: Places) -> int | None:
        return self.search.gap_to_grades(places) if self.search.asked.program else None

    def missing(self, names: tuple[str, ...], places: Places) -> int | None:
        """How many of the courses are in no term; None where all are behind, or none is named."""
        ahead = {name for name in names if not self.search.is_behind(name)}
        return len(ahead - {place.course for place in places}) if ahead else None

    def wanted(self, places: Places) -> int | None:
        return self.missing(self.search.asked.wishes.wanted, places)

    def liked(self, places: Places) -> int | None:
        return self.missing(self.search.asked.wishes.liked, places)

    def avoided(self, places: Places) -> int | None:
        names = self.search.asked.wishes.avoided
        if not names:
            return None
        return sum(
            place.course in names or self.is_uncalled_for(self.courses[place.course])
            for place in places
        )

    def is_uncalled_for(self, course: Course) -> bool:
        """Whether a course is advanced, and neither wished for nor needed for a wish."""
        asked = self.search.asked
        wishes = asked.wishes
        names = {*wishes.wanted, *wishes.liked, *(lock.course for lock in asked.all_locks)}
        for credential in asked.catalog.credentials:
            if credential.id in wishes.credentials:
                names |= {*credential.courses}
        for program in asked.catalog.programs:
            if program.id == asked.program:
                names |= {
                    step.courses[0]
                    for step in program.steps
                    if step.required and len(step.courses) == 1
                }
        if wishes.college_hours and asked.agreements:
            names |= {one.course for one in asked.agreements.agreements}
        return bool(course.tags & ADVANCED) and course.id not in names

    # -- a course of each in every year

    @staticmethod
    def is_a(course: Course, kind: str) -> bool:
        return course.subject == kind or kind in course.tags

    @cached_property
    def years(self) -> tuple[tuple[str, SchoolYear], ...]:
        """What is asked for in each school year in which something of it is open."""
        asked = self.search.asked
        on_time = [
            entry
            for entry in asked.terms
            if not beyond(entry.term, asked.on_time) and not beyond(entry.term, asked.finish)
        ]
        return tuple(
            (kind, year)
            for kind in dict.fromkeys(asked.wishes.every_year)
            for year in sorted({entry.term.year for entry in on_time})
            if any(self.is_open(kind, entry) for entry in on_time if entry.term.year == year)
        )

    def is_open(self, kind: str, entry: PlanTerm) -> bool:
        return any(
            self.is_a(one, kind)
            and one.id not in self.search.asked.all_bans
            and (one.repeatable or not self.search.is_behind(one.id))
            and entry.term.part in one.parts
            and entry.grade in one.grades
            for one in self.search.asked.catalog.courses
        )

    def every_year(self, places: Places) -> int | None:
        covered = {
            (kind, place.term.year)
            for place in places
            for kind in self.search.asked.wishes.every_year
            if self.is_a(self.courses[place.course], kind)
        }
        return len(set(self.years) - covered) if self.years else None

    # -- a free period

    def study_hall(self, places: Places) -> int | None:
        entries = [
            entry
            for entry in self.terms
            if entry.term.part in {Part.FALL, Part.SPRING}
            and entry.grade in self.search.asked.wishes.study_halls
        ]
        return sum(not self.is_free(entry, places) for entry in entries) if entries else None

    def is_free(self, entry: PlanTerm, places: Places) -> bool:
        if entry.slots is not None:
            return self.search.slots(entry, places) < entry.slots
        return self.search.load(entry, places) <= entry.most - self.usual(entry)

    def usual(self, entry: PlanTerm) -> int:
        """The credit that most courses have there; the larger of two that are as frequent."""
        found = [
            one.credits if entry.term.part in one.parts else half(one.credits)
            for one in self.search.asked.catalog.courses
            if entry.term.part in one.parts or Part.YEAR in one.parts
        ]
        return max(found, key=lambda amount: (found.count(amount), amount), default=0)

    # -- college, credentials, credit

    def college(self, places: Places) -> int | None:
        asked = self.search.asked.wishes.college_hours
        return max(0, asked - self.banked(places)) if asked else None

    def banked(self, places: Places) -> int:
        """The most hours at one college: each college course once, up to what it accepts."""
        agreements = self.search.asked.agreements
        found = [0]
        for college in agreements.institutions if agreements else ():
            codes = {
                one.college_course
                for one in agreements.agreements
                if one.institution == college.id and self.grants(one, places)
            }
            hours = sum(taught.hours for taught in college.courses if taught.code in codes)
            found.append(hours if college.accepts is None else min(hours, college.accepts))
        return max(found)

    def grants(self, agreement: Agreement, places: Places) -> bool:
        """Whether some course on the record, or in the plan, counts under an agreement."""
        least = agreement.minimum_mark
        by_record = any(
            one.state is State.IN_PROGRESS
            or least is None
            or (one.mark is not None and (one.mark.points or 0) >= (least.points or 0))
            for one in self.search.record(agreement.course, State.EARNED, State.IN_PROGRESS)
        )
        return by_record or any(
            place.course == agreement.course and agreement.holds_in(place.term.year)
            for place in places
        )

    def credentials(self, places: Places) -> int | None:
        wished = self.search.asked.wishes.credentials
        found = [one for one in self.search.asked.catalog.credentials if one.id in wished]
        return sum(bool(self.missing(one.courses, places)) for one in found) if found else None

    @property
    def counted(self) -> list[PlanTerm]:
        """The terms that hold credit: fall and spring hold that of a full year, where planned."""
        return [
            entry
            for entry in self.terms
            if entry.term.part is not Part.YEAR or not self.search.is_divided(entry.term)
        ]

    def credits(self, places: Places) -> int:
        """How far the credit of the terms is from what is aimed at."""
        return sum(abs(self.search.load(one, places) - (one.target or 0)) for one in self.counted)

    # -- the work of each term

    def work(self, places: Places) -> int:
        """The credits of ordinary courses that would be as much work, rounded up."""
        return -(-sum(self.work_in(entry, places) for entry in self.counted) // ORDINARY)

    def load(self, places: Places) -> int | None:
        """Squares of how far terms are from an even share, beyond what is near; rounded up.

        Not counted where summer or online is planned: what these cost is not said plan by plan.
        """
        if {entry.term.part for entry in self.terms} & {Part.SUMMER, Part.ONLINE}:
            return None
        if not self.counted:
            return None
        asked = self.search.asked
        in_time = [
            entry
            for entry in self.counted
            if not beyond(entry.term, asked.on_time) and not beyond(entry.term, asked.finish)
        ]
        shared = in_time or self.counted
        share = Fraction(sum(self.work_in(entry, places) for entry in shared), len(shared))
        far = [self.work_in(entry, places) - share for entry in self.counted]
        sides = [
            abs(more) if entry in shared else more
            for entry, more in zip(self.counted, far, strict=True)
        ]
        return ceil(sum(self.square((side - NEAR) / NEAR) for side in sides))

    def work_in(self, entry: PlanTerm, places: Places) -> int:
        whole = self.search.there(places, entry.term)
        return sum(one.credits * self.weight(one) for one in whole) + sum(
            half(one.credits) * self.weight(one) for one in self.search.all_year(places, entry.term)
        )

    @staticmethod
    def weight(course: Course) -> int:
        return 1 + (course.difficulty or (4 if course.tags & ADVANCED else 3))

    @staticmethod
    def square(far: Fraction) -> Fraction:
        """Through the squares of whole numbers up to four, and straight on."""
        whole = min(3, max(0, floor(far)))
        return max(Fraction(0), whole * whole + (far - whole) * (2 * whole + 1))

    def previous(self, places: Places) -> int | None:
        """A course that moves counts once, one that goes or comes twice."""
        first = min(entry.term for entry in self.terms)
        before = {place for place in self.search.asked.previous if place.term >= first}
        if not before:
            return None
        gone, come = before - set(places), set(places) - before
        found = 0
        for name in {place.course for place in gone | come}:
            away = sum(place.course == name for place in gone)
            there = sum(place.course == name for place in come)
            found += min(away, there) + 2 * abs(away - there)
        return found
