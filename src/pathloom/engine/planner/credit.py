"""What becomes of credit on the record when a student changes to another program of study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.audit import audit
from pathloom.engine.catalog import ProgramOfStudy, Step
from pathloom.engine.planner.college import CollegeCredit, college_credit
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.tracks import on_tracks
from pathloom.engine.units import CreditsField


@dataclass(frozen=True, slots=True)
class CreditKept:
    """Credit earned or under way, in hundredths of the school's unit.

    ``kept`` is what counts for the diploma or the present program and also does after the change;
    ``lost`` is what then counts for neither. Of the kept credit, ``program`` counts in a step of
    the new program; ``diploma_only`` counted in one of the present program and no longer does.
    ``kept_records`` and ``lost_records`` are the ids of the records, in their order.
    """

    kept: CreditsField
    lost: CreditsField
    program: CreditsField
    diploma_only: CreditsField
    kept_records: tuple[str, ...] = ()
    lost_records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursKept:
    """Semester hours at a college, earned or under way, in hundredths.

    ``banked`` count at some college, whatever the program. ``kept`` are those that count in what
    comes after high school in the new program; ``lost`` count there in the present one only.
    """

    banked: CreditsField
    kept: CreditsField
    lost: CreditsField


@dataclass(frozen=True)
class Behind:
    """The courses on a student's record, and where they count.

    What further rule sets of the request count is kept as the diploma's is: both stay.
    """

    request: PlanRequest
    as_of: date

    @cached_property
    def records(self) -> tuple[CourseRecord, ...]:
        states = {State.EARNED, State.IN_PROGRESS}
        return tuple(one for one in self.request.record.courses if one.state in states)

    @cached_property
    def present(self) -> ProgramOfStudy | None:
        programs = self.request.catalog.programs
        return next((one for one in programs if one.id == self.request.program), None)

    @cached_property
    def diploma(self) -> frozenset[str]:
        """Ids of records that count for the diploma or beside it, by audits as things are now."""
        rules = (self.request.ruleset, *self.request.also)
        return frozenset().union(*map(self._counted, rules))

    def _counted(self, ruleset: RuleSet) -> frozenset[str]:
        request = self.request
        result = audit(request.record, ruleset, catalog=request.catalog, as_of=self.as_of)
        ruleset = on_tracks(ruleset, request.record.tracks)
        every = frozenset(one.id for one in self.records)
        if ruleset.total > sum(one.earn for one in ruleset.requirements):
            return every  # what has no place still adds to the total
        return every - {*result.unused}

    def of(self, program: ProgramOfStudy | None) -> frozenset[str]:
        """Ids of records that count in a step of a program, each step once."""
        return frozenset(self._steps(program)) if program else frozenset()

    def open_steps(self, program: ProgramOfStudy) -> tuple[tuple[str, ...], ...]:
        """The required steps of a program that nothing covers yet: any one course of each."""
        return tuple(
            step.courses
            for step in program.steps
            if step.required and not any(self._covering(step))
        )

    def _steps(self, program: ProgramOfStudy) -> Iterator[str]:
        for step in program.steps:
            yield from self._covering(step)

    def _covering(self, step: Step) -> Iterator[str]:
        names = {*step.courses}
        for name in step.courses:
            course = self.request.catalog.course(name)
            names |= {course.number} - {""} if course else set()
        yield from (one.id for one in self.records if {one.course, one.number} & names)

    def change(self, *, present: ProgramOfStudy | None, new: ProgramOfStudy) -> CreditKept:
        """Add up what a change of program keeps and loses."""
        now, then = self.of(present), self.of(new)
        counts = now | self.diploma
        kept = counts & (then | self.diploma)
        return CreditKept(
            kept=self._credits(kept),
            lost=self._credits(counts - kept),
            program=self._credits(then),
            diploma_only=self._credits((now - then) & kept),
            kept_records=self._in_order(kept),
            lost_records=self._in_order(counts - kept),
        )

    def hours(self, *, present: ProgramOfStudy | None, new: ProgramOfStudy) -> HoursKept | None:
        """Add up the college hours that a change keeps and loses; None without agreements."""
        credit = self._college
        if credit is None:
            return None
        now, then = _after(credit, present), _after(credit, new)
        return HoursKept(
            banked=credit.hours.banked,
            kept=sum(then.values()),
            lost=sum(hours for course, hours in now.items() if course not in then),
        )

    @cached_property
    def _college(self) -> CollegeCredit | None:
        request = self.request
        if request.agreements is None:
            return None
        record = replace(request.record, courses=self.records)
        return college_credit(record, request.agreements, catalog=request.catalog, as_of=self.as_of)

    def _in_order(self, ids: frozenset[str]) -> tuple[str, ...]:
        return tuple(one.id for one in self.records if one.id in ids)

    def _credits(self, ids: frozenset[str]) -> int:
        return sum(one.credits for one in self.records if one.id in ids)


def _after(credit: CollegeCredit, program: ProgramOfStudy | None) -> dict[tuple[str, str], int]:
    """Hours that count in what follows a program, by institution and course."""
    return {
        (ahead.institution, row.code): row.counted
        for ahead in credit.programs
        if program is not None and ahead.program == program.id
        for term in ahead.terms
        for row in term.rows
        if row.counted
    }
