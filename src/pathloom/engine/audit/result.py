"""What an audit says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathloom.engine.record import State
from pathloom.engine.rules.conditions import Measure as Measure
from pathloom.engine.rules.exceptions import Decided as Decided
from pathloom.engine.units import AmountField, CreditsField


class Status(StrEnum):
    """How far a requirement is fulfilled: by what is earned, also under way, also planned."""

    MET = "met"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    SHORT = "short"
    EXCUSED = "excused"


class Tier(StrEnum):
    """How the allocation was proved exact."""

    SUMS = "sums"
    FLOW = "flow"
    SEARCH = "search"
    SOLVER = "cp-sat"


@dataclass(frozen=True, slots=True)
class Counted:
    """A part of the certificate: ``amount`` of a record counts toward a requirement.

    ``second`` marks a record that counts here a second time (``also_counts``); it adds nothing to
    the total. ``overflow`` marks the unused part of a record that counts first elsewhere.
    """

    record: str
    requirement: str
    amount: CreditsField
    state: State
    second: bool = False
    overflow: bool = False
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class Competition:
    """Requirements that share too few courses: the Hall set of a shortfall.

    Every course that could count in one of ``requirements`` (ids) is in ``records`` (ids); together
    they need ``need`` and the courses have ``there``, in hundredths.
    """

    requirements: tuple[str, ...]
    records: tuple[str, ...]
    need: AmountField
    there: AmountField


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement: amounts in hundredths; earned + in_progress + planned + short == need.

    ``need`` is what is left to fulfil after ``excused``; the amounts are in units of ``measure``.
    ``counted`` are the records that count here, not those of the parts. For a choice, ``choose`` of
    ``parts`` suffice, and a part that is not ``needed`` is an alternative not taken. ``why`` says
    the status in one sentence, ``fixes`` what would complete it, one sentence each; ``rule`` is the
    requirement in English. ``competes`` is there where courses are too few for several
    requirements.
    """

    id: str
    title: str
    status: Status
    need: AmountField
    earned: AmountField
    in_progress: AmountField
    planned: AmountField
    short: AmountField
    counted: tuple[Counted, ...]
    parts: tuple[RequirementResult, ...]
    why: str
    fixes: tuple[str, ...]
    rule: str
    source: str
    measure: Measure = Measure.CREDIT
    excused: AmountField = 0
    choose: int = 0
    needed: bool = True
    competes: Competition | None = None

    def walk(self) -> Iterator[RequirementResult]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Awarded:
    """A record that the rules added (one seat, two credits)."""

    id: str
    because_of: str
    title: str
    number: str
    credits: CreditsField
    state: State


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap that holds something back: ``there`` is on the record, ``counts`` of it counts."""

    id: str
    title: str
    at_most: CreditsField
    there: AmountField
    counts: AmountField
    source: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The answer for one student under one rule set.

    ``total`` is a result of its own (id ``total``) over distinct earned credit. ``unused`` are ids
    of records that count nowhere. ``sentence`` answers "where do I stand?" in one sentence.
    ``smallest`` is the smallest set of things that would complete everything, a sentence each, on
    top of what is in progress and planned. ``caps`` hold something back. ``notes`` name what is on
    the record under a name that the rules may know by another.
    """

    student: str
    ruleset: str
    title: str
    official: bool
    as_of: date
    status: Status
    tier: Tier
    sentence: str
    total: RequirementResult
    requirements: tuple[RequirementResult, ...]
    awarded: tuple[Awarded, ...]
    unused: tuple[str, ...]
    caps: tuple[Capped, ...] = ()
    exceptions: tuple[Decided, ...] = ()
    smallest: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def walk(self) -> Iterator[RequirementResult]:
        for requirement in self.requirements:
            yield from requirement.walk()
