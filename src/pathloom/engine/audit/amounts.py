"""Adds a certificate up: amounts and status of every requirement and of the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pathloom.engine.audit.refusals import Certificate
from pathloom.engine.audit.result import Counted, Measure, Status
from pathloom.engine.record import State
from pathloom.engine.rules.caps import capped_credit, total_caps
from pathloom.engine.rules.conditions import (
    ONE,
    Bound,
    ByState,
    Measured,
    clipped,
    different_courses,
    measure,
    sums,
)
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Among, Requirement
from pathloom.engine.units import Credits

STATUSES = (Status.MET, Status.IN_PROGRESS, Status.PLANNED, Status.SHORT)
_LEVELS = (State.EARNED, State.IN_PROGRESS, State.PLANNED)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What counts toward one requirement, by state; the four parts add up to ``need``.

    ``grade`` is the place of the status in ``STATUSES``: it may be worse than the amounts where a
    part is short that asks for other amounts. ``excused`` is no longer needed.
    """

    need: Credits
    earned: Credits
    in_progress: Credits
    planned: Credits
    grade: int = 0
    measure: Measure = Measure.CREDIT
    excused: Credits = 0

    @property
    def short(self) -> Credits:
        return self.need - self.earned - self.in_progress - self.planned

    @property
    def status(self) -> Status:
        if self.excused and not self.need:
            return Status.EXCUSED
        return STATUSES[self.grade]


Extra = tuple[str, str, Amounts]  # id, title


def grade_of(need: Credits, there: ByState) -> int:
    """0 if what is earned suffices, 1 with what is in progress, 2 with what is planned, else 3."""
    earned, in_progress, planned = there
    if earned == need:
        return 0
    if earned + in_progress == need:
        return 1
    return 2 if earned + in_progress + planned == need else 3


class AmountsOf:
    """Amounts by requirement id (``found``), and what requirements ask for besides (``extra``)."""

    def __init__(self, prepared: Prepared, case: Certificate) -> None:
        self.prepared = prepared
        self.case = case
        self.found: dict[str, Amounts] = {}
        self.extra: dict[str, tuple[Extra, ...]] = {}
        self.needed: dict[str, tuple[str, ...]] = {}
        self.measured: dict[str, Measured] = {}

    def add_up(self, node: Requirement) -> Amounts:
        """Add up a requirement and all its parts."""
        if node.id in self.prepared.exempt:
            return self.excuse(node)
        if node.condition is not None:
            amounts = self.condition(node)
        elif node.of:
            amounts = self.choice(node)
        else:
            amounts = self.credit(node)
        self.found[node.id] = amounts
        return amounts

    # -- what need not be fulfilled

    def excuse(self, node: Requirement) -> Amounts:
        """Nothing is needed here, nor in the parts."""
        for part in node.parts:
            self.excuse(part)
        if node.condition is not None:
            measured = measure(node.condition, self.prepared, name=node.id)
            self.extra[node.id] = tuple(_excused(each) for each in measured.parts)
            amounts = _excused(measured.main)[2]
        elif node.of and not node.earn:
            need = node.choose * ONE
            amounts = Amounts(0, 0, 0, 0, measure=Measure.CHOICES, excused=need)
        else:
            amounts = Amounts(0, 0, 0, 0, excused=node.earn)
        if node.of:
            self.needed[node.id] = tuple(each.id for each in node.of)[: node.choose]
        self.found[node.id] = amounts
        return amounts

    # -- conditions

    def condition(self, node: Requirement) -> Amounts:
        assert node.condition is not None
        if node.id in self.prepared.excused:
            return self.excuse(node)
        measured = self.measured[node.id] = measure(node.condition, self.prepared, name=node.id)
        main = _amounts(measured.main)
        if not measured.parts:
            return main
        parts = tuple((each.id, each.title, _amounts(each)) for each in measured.parts)
        self.extra[node.id] = parts
        return _graded(main, max(main.grade, *(each.grade for _, _, each in parts)))

    # -- choices

    def choice(self, node: Requirement) -> Amounts:
        if node.id in self.prepared.excused:
            return self.excuse(node)
        every = {each.id: self.add_up(each) for each in node.of}
        if node.earn:
            chosen = self.case.chosen.get(node.id) or tuple(every)[: node.choose]
            self.needed[node.id] = chosen
            return _sum([every[each] for each in chosen])
        ranked = sorted(every, key=lambda name: (every[name].grade, self.shortage(name)))
        best = ranked[: node.choose]
        self.needed[node.id] = tuple(name for name in every if name in best)
        excused = sum(every[name].status is Status.EXCUSED for name in best)
        grades = [every[name].grade for name in best if every[name].status is not Status.EXCUSED]
        there = (grades.count(0) * ONE, grades.count(1) * ONE, grades.count(2) * ONE)
        need = (node.choose - excused) * ONE
        grade = max(grades, default=0)
        return Amounts(need, *there, grade, Measure.CHOICES, excused * ONE)

    def shortage(self, name: str) -> Fraction:
        """How much is missing, compared with what is needed; with what is asked for besides.

        Of a choice the mean of its alternatives that come closest.
        """
        if self.case.nodes[name].of and name in self.needed:
            parts = [self.shortage(each) for each in self.needed[name]]
            return sum(parts, Fraction(0)) / len(parts)
        every = [self.found[name], *(each for _, _, each in self.extra.get(name, ()))]
        need = sum(each.need for each in every)
        return Fraction(sum(each.short for each in every), need) if need else Fraction(0)

    # -- credit

    def credit(self, node: Requirement) -> Amounts:
        parts = [self.add_up(part) for part in node.include]
        entries = self.case.by_place.get(node.id, ())
        need = room = self.case.room(node)
        excused = self.case.open[node.id] - room
        for part in parts:
            need += part.need
            excused += part.excused
        if entries and entries[0].substitute:
            return self.replaced(node, entries, need=need, excused=excused)
        earned = in_progress = planned = 0
        for each in entries:
            if each.state is State.EARNED:
                earned += each.amount
            elif each.state is State.IN_PROGRESS:
                in_progress += each.amount
            else:
                planned += each.amount
        for part in parts:
            earned += part.earned
            in_progress += part.in_progress
            planned += part.planned
        grade = grade_of(need, (earned, in_progress, planned))
        if parts:
            grade = max(grade, *(part.grade for part in parts))
        if node.among:
            extra = self.extra[node.id] = self.among(node, need)
            grade = max(grade, *(each.grade for _, _, each in extra))
        return Amounts(need, earned, in_progress, planned, grade, Measure.CREDIT, excused)

    def among(self, node: Requirement, need: Credits) -> tuple[Extra, ...]:
        """Of what counts here and in the parts, how much also matches."""
        entries = self.case.inside(node.id)
        found: list[Extra] = []
        for each in node.among:
            counts = predicate(each.match)
            fits = [entry for entry in entries if counts(self.case.records[entry.record])]
            found += self.bounds(each, fits, need=need)
        return tuple(found)

    def bounds(self, among: Among, entries: list[Counted], *, need: Credits) -> Iterable[Extra]:
        if among.credits:
            there = sums((each.state, each.amount) for each in entries)
            asked = min(among.credits, need)
            yield among.id, among.title, _of(asked, there, Measure.CREDIT, among.credits - asked)
        if among.courses:
            there = different_courses(self.case.records[each.record] for each in entries)
            asked = among.courses * ONE if need else 0
            name = f"{among.id}-courses" if among.credits else among.id
            excused = among.courses * ONE - asked
            yield name, among.title, _of(asked, there, Measure.COURSES, excused)

    def replaced(
        self, node: Requirement, entries: Iterable[Counted], *, need: Credits, excused: Credits
    ) -> Amounts:
        """All or nothing: the requirement stands where the last record of the substitute stands."""
        level = max(_LEVELS.index(each.state) for each in entries)
        for part in node.walk():
            own = self.found.get(part.id) or Amounts(need, 0, 0, 0, excused=excused)
            self.found[part.id] = _at(own.need, level, own.measure, own.excused)
            if part.among:
                extra = self.among(part, own.need)
                self.extra[part.id] = tuple(
                    (name, title, _at(each.need, level, each.measure, each.excused))
                    for name, title, each in extra
                )
        return self.found[node.id]

    # -- the whole

    def total(self) -> Amounts:
        """Every countable record adds once; what is over the need is cut off, planned first."""
        prepared = self.prepared
        need = prepared.ruleset.total - prepared.lowered
        adding = prepared.records
        if prepared.outside_total:
            adding = tuple(each for each in adding if each.id not in prepared.outside_total)
        caps = total_caps(prepared.ruleset)
        if not caps:
            there = sums([(each.state, each.credits) for each in adding])
            return _of(need, there, Measure.CREDIT, 0)
        reached = [
            capped_credit([each for each in adding if each.state in _LEVELS[: last + 1]], caps)
            for last in range(3)
        ]
        steps = (reached[0], reached[1] - reached[0], reached[2] - reached[1])
        return _of(need, steps, Measure.CREDIT, 0)


def _of(need: Credits, there: ByState, measure: Measure, excused: Credits) -> Amounts:
    cut = clipped(there, need)
    return Amounts(need, *cut, grade_of(need, cut), measure, excused)


def _amounts(bound: Bound) -> Amounts:
    return Amounts(bound.need, *bound.there, grade_of(bound.need, bound.there), bound.measure)


def _excused(bound: Bound) -> Extra:
    return bound.id, bound.title, Amounts(0, 0, 0, 0, 0, bound.measure, bound.need)


def _graded(one: Amounts, grade: int) -> Amounts:
    return Amounts(
        one.need, one.earned, one.in_progress, one.planned, grade, one.measure, one.excused
    )


def _sum(every: Iterable[Amounts]) -> Amounts:
    found = tuple(every)
    return Amounts(
        sum(each.need for each in found),
        sum(each.earned for each in found),
        sum(each.in_progress for each in found),
        sum(each.planned for each in found),
        max(each.grade for each in found),
        Measure.CREDIT,
        sum(each.excused for each in found),
    )


def _at(need: Credits, level: int, measure: Measure, excused: Credits) -> Amounts:
    """All that is needed, on one level: earned, in progress or planned."""
    earned, in_progress, planned = (need if index == level else 0 for index in range(3))
    grade = level if need else 0
    return Amounts(need, earned, in_progress, planned, grade, measure, excused)
