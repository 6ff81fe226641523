"""What an audit says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathloom.engine.record import State
from pathloom.engine.units import CreditsField


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
class RequirementResult:
    """One requirement: amounts in hundredths; earned + in_progress + planned + short == need.

    ``counted`` are the records that count here, not those of the parts. ``why`` says the status in
    one sentence, ``fixes`` what would complete it, one sentence each; ``rule`` is the requirement
    in English.
    """

    id: str
    title: str
    status: Status
    need: CreditsField
    earned: CreditsField
    in_progress: CreditsField
    planned: CreditsField
    short: CreditsField
    counted: tuple[Counted, ...]
    parts: tuple[RequirementResult, ...]
    why: str
    fixes: tuple[str, ...]
    rule: str
    source: str

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
class AuditResult:
    """The answer for one student under one rule set.

    ``total`` is a result of its own (id ``total``) over distinct earned credit. ``unused`` are ids
    of records that count nowhere. ``sentence`` answers "where do I stand?" in one sentence.
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

    def walk(self) -> Iterator[RequirementResult]:
        for requirement in self.requirements:
            yield from requirement.walk()
