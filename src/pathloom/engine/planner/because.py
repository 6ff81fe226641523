"""Why each course of a repaired plan moved, was dropped or was added, in words for a student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, RequirementResult
from pathloom.engine.planner.beyond import wrongly_short
from pathloom.engine.planner.candidates import course_needs
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.moves import Move, PlanChange, was_tried
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Finding, Level, Placement, PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.tracks import on_tracks

ROOM = "It makes room for another change."
INSTEAD = "It takes the place of a course that cannot stay."
NOT_PASSED = "You have not passed it yet."
TOO_LITTLE = "There would not be enough credit in all."
AGAIN = {"already_earned", "already_under_way", "taken_twice"}  # findings about no new credit


@dataclass(frozen=True)
class Before:
    """The plan before as things are now, in a request that is ``checked``."""

    request: PlanRequest
    placements: tuple[Placement, ...]
    as_of: date

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checker finds in it."""
        found = check_plan(self.request, self.placements)
        return tuple(one for one in found if one.level is not Level.NOTE)

    @cached_property
    def short(self) -> tuple[tuple[RequirementResult, ...], ...]:
        """Of each rule set, what it leaves open although courses could fulfil it."""
        again = {(one.course, one.term) for one in self.findings if one.code in AGAIN}
        adding = [one for one in self.placements if (one.course, str(one.term)) not in again]
        return tuple(wrongly_short(self.audited(one, adding), self._own(one)) for one in self.rules)

    @cached_property
    def broke(self) -> tuple[str, ...]:
        """What is wrong with it, one sentence each; none where it still holds."""
        sentences = (*(one.what for one in self.findings), *self._too_little())
        return tuple(dict.fromkeys(sentences))

    @property
    def rules(self) -> tuple[RuleSet, ...]:
        return (self.request.ruleset, *self.request.also)

    def _own(self, ruleset: RuleSet) -> RuleSet:
        return on_tracks(ruleset, self.request.record.tracks)

    def _too_little(self) -> Iterator[str]:
        for short in self.short:
            named = [one.title for one in short if one.id != "total"]
            if short and not named:
                yield TOO_LITTLE
            yield from (f"{title} would not be complete." for title in named)

    def audited(self, ruleset: RuleSet, placements: Iterable[Placement]) -> AuditResult:
        """The audit of the record with placements, those of unknown courses left out."""
        catalog = self.request.catalog
        known = (one for one in placements if catalog.course(one.course))
        record = with_plan(self.request.record, known, catalog)
        return audit(record, ruleset, catalog=catalog, as_of=self.as_of)

    def explained(
        self, changes: Iterable[PlanChange], after: tuple[Placement, ...]
    ) -> tuple[PlanChange, ...]:
        """Give each change its reason; ``after`` is the plan that they lead to."""
        reader = _Reader(self, after)
        return tuple(replace(each, why=reader.why(each)) for each in changes)


@dataclass(frozen=True)
class _Reader:
    before: Before
    after: tuple[Placement, ...]

    def why(self, change: PlanChange) -> str:
        wrong = self._wrong(change)
        if wrong:
            return wrong
        if change.move is Move.DROPPED:
            return ROOM
        need = self._needed_by(change.course)
        if change.move is Move.MOVED:
            return f"{need} needs it." if need else ROOM
        if was_tried(self.view, change.course):
            return NOT_PASSED
        return self._adds(change.course, need)

    @cached_property
    def view(self) -> View:
        return View.of(self.before.request, self.after)

    @cached_property
    def _findings(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.before.findings:
            found[one.course].append(one)
        return found

    def _wrong(self, change: PlanChange) -> str:
        """What was wrong with the course where it was; else what is said of it elsewhere."""
        said = self._findings.get(change.course, [])
        there = [one for one in said if one.term == str(change.before)]
        return " ".join(dict.fromkeys(one.what for one in there or said))

    def _needed_by(self, course: str) -> str:
        """The first course of the plan that builds on it, or goes together with it."""
        for _, other in self.view.known():
            needs = {need.course for need in course_needs(other.prerequisite)}
            if course in needs | {*other.corequisites}:
                return other.title
        return ""

    def _adds(self, course: str, need: str) -> str:
        completed = self._completes(course)
        if completed:
            return f"{completed} would not be complete without it."
        if need:
            return f"{need} needs it."
        programs = self.before.request.catalog.programs
        program = next((one for one in programs if one.id == self.before.request.program), None)
        if program and any(course in step.courses for step in program.steps):
            return f"It is a step of {program.title}."
        return TOO_LITTLE if any(self.before.short) else INSTEAD

    def _completes(self, course: str) -> str:
        """What is short in the plan before and counts this course in the one after."""
        start = f"plan:{course}:"
        for short, after in zip(self.before.short, self._audits, strict=True):
            found = {one.id: one for one in after.walk()}
            for one in short:
                parts = found[one.id].walk() if one.id in found else ()
                if any(use.record.startswith(start) for part in parts for use in part.counted):
                    return one.title
        return ""

    @cached_property
    def _audits(self) -> tuple[AuditResult, ...]:
        return tuple(self.before.audited(one, self.after) for one in self.before.rules)
