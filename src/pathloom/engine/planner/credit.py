"""What becomes of credit on the record when a student changes to another program of study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pathloom.engine.audit import audit
from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.tracks import on_tracks
from pathloom.engine.units import CreditsField


@dataclass(frozen=True, slots=True)
class CreditKept:
    """Credit earned or under way, in hundredths of the school's unit.

    ``kept`` is what counts for the diploma or the present program and also does after the change;
    ``lost`` is what then counts for neither. Of the kept credit, ``program`` counts in a step of
    the new program; ``diploma_only`` counted in one of the present program and no longer does.
    """

    kept: CreditsField
    lost: CreditsField
    program: CreditsField
    diploma_only: CreditsField


@dataclass(frozen=True)
class Behind:
    """The courses on a student's record, and where they count."""

    request: PlanRequest
    as_of: date

    @cached_property
    def records(self) -> tuple[CourseRecord, ...]:
        states = {State.EARNED, State.IN_PROGRESS}
        return tuple(one for one in self.request.record.courses if one.state in states)

    @cached_property
    def diploma(self) -> frozenset[str]:
        """Ids of records that count for the diploma, by its audit as things are now."""
        request = self.request
        result = audit(request.record, request.ruleset, catalog=request.catalog, as_of=self.as_of)
        ruleset = on_tracks(request.ruleset, request.record.tracks)
        if ruleset.total > sum(
            one.earn for one in ruleset.requirements
        ):  # what has no place still adds to the total
            return frozenset(one.id for one in self.records)
        return frozenset(one.id for one in self.records) - {*result.unused}

    def of(self, program: ProgramOfStudy | None) -> frozenset[str]:
        """Ids of records that count in a step of a program, each step once."""
        return frozenset(self._steps(program)) if program else frozenset()

    def _steps(self, program: ProgramOfStudy) -> Iterator[str]:
        for step in program.steps:
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
        )

    def _credits(self, ids: frozenset[str]) -> int:
        return sum(one.credits for one in self.records if one.id in ids)
