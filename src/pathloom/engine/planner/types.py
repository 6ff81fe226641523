"""What the planner is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Catalog
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import CreditsField, GradeField, TermField

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """A term still to be planned: the student's grade then, and the load in hundredths of credit.

    ``most`` is what fits into the day; ``least`` is what the school asks for at least.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    term: TermField
    grade: GradeField
    most: CreditsField = 400
    least: CreditsField = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """A course in a term."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    course: str
    term: TermField


class GoalOrder(StrEnum):
    """Which goals come first."""

    USUAL = "usual"
    NEAR = "near"  # close to the plan before, ahead of how the load is spread
    CLOSEST = "closest"  # close to the plan before, above all


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Everything a plan depends on.

    ``record`` holds earned and in-progress courses (planned ones are ignored: they are what is to
    be found). ``terms`` are in calendar order. ``locks`` must hold, ``bans`` are courses not to be
    used, ``wishes`` are wanted where possible, ``previous`` is the plan to stay close to.
    """

    record: StudentRecord
    ruleset: RuleSet
    catalog: Catalog
    terms: tuple[PlanTerm, ...]
    program: str = ""
    locks: tuple[Placement, ...] = ()
    bans: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    previous: tuple[Placement, ...] = ()
    seed: int = 1
    effort: float = 5.0  # deterministic time limit of the solver, not seconds
    order: GoalOrder = GoalOrder.USUAL


class Proof(StrEnum):
    """What is known about the plan's quality."""

    OPTIMAL = "optimal"
    BEST_FOUND = "best_found"


@dataclass(frozen=True, slots=True)
class GoalValue:
    """How far one ordered goal was reached, in words and as a number (smaller is better)."""

    goal: str
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A valid plan, checked by ``planner.check``: in calendar order, then by course id.

    ``left`` says what of the diploma is open after it, because courses cannot fulfil it.
    """

    placements: tuple[Placement, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof
    audit: AuditResult
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan exists: at most three sentences why, and changes that would help, smallest first."""

    reasons: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """No plan was found in the time given, and none was shown not to exist."""

    sentence: str


class Level(StrEnum):
    """How much a finding matters; the same three levels everywhere."""

    STOP = "stop"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about a plan; ``term`` and ``course`` are empty for the whole plan."""

    level: Level
    code: str
    term: str
    course: str
    what: str
    fix: str
