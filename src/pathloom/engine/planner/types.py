"""What the planner is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Catalog
from pathloom.engine.catalog.agreements import Agreements
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import CreditsField, GradeField, Term, TermField

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """A term still to be planned: the student's grade then, and the load in hundredths of credit.

    ``most`` is what fits into the term; ``least`` is what the school asks for at least; ``target``
    is what the student or the school aims at, None where nobody says. ``slots`` are the periods of
    the day; None where only credit is counted. A course of a full year takes its slots, and half
    of its credit, in fall and in spring of its year, where these are terms too. Online courses
    take no slots.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    term: TermField
    grade: GradeField
    most: CreditsField = 400
    least: CreditsField = 0
    target: CreditsField | None = None
    slots: int | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A course in a term."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    course: str
    term: TermField


class Counted(StrEnum):
    """What a limit counts."""

    CREDITS = "credits"
    COURSES = "courses"
    HOURS = "hours"  # semester hours at a college, as the agreements grant them


class Within(StrEnum):
    """The span over which a limit counts."""

    TERM = "term"
    YEAR = "year"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so much of the courses with a tag: dual-enrollment hours, study-hall periods.

    ``most`` is in hundredths (of credit, of a semester hour; a course is 100). A limit over the
    whole plan counts what is earned and under way too.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    tag: str
    most: CreditsField
    counted: Counted = Counted.CREDITS
    within: Within = Within.PLAN


class GoalOrder(StrEnum):
    """Which goals come first."""

    USUAL = "usual"
    NEAR = "near"  # close to the plan before, ahead of how the load is spread
    CLOSEST = "closest"  # close to the plan before, next to graduating and the program


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a student would like; each is a goal, none stands in the way of a plan.

    ``wanted`` courses are in the plan where that is possible; ``liked`` ones are taken, and
    ``avoided`` ones left out, where there is a choice. ``every_year`` names subjects or tags: one
    course of each in every school year. In the grades of ``study_halls`` a period of every term is
    left free. ``college_hours`` (hundredths of a semester hour) of college credit are aimed at, and
    ``credentials`` are to be earned.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    wanted: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    every_year: tuple[str, ...] = ()
    study_halls: tuple[GradeField, ...] = ()
    college_hours: CreditsField = 0
    credentials: tuple[str, ...] = ()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Everything a plan depends on.

    ``record`` holds earned and in-progress courses (planned ones are ignored: they are what is to
    be found). ``terms`` are in calendar order. ``ruleset`` is the diploma; what ``also`` asks for
    (an endorsement, a scholarship) has to be fulfilled too, as far as courses can. ``locks`` must
    hold and ``bans`` are courses not to be used; those of ``staff`` only staff can take back.
    ``limits`` hold throughout. ``agreements`` say what counts at a college. ``previous`` is the
    plan to stay close to.

    The plan is on time when nothing stands after ``on_time``, and as early as asked for when
    nothing stands after ``finish``, where ``least`` is not asked for any more; None: the last
    term.
    """

    record: StudentRecord
    ruleset: RuleSet
    catalog: Catalog
    terms: tuple[PlanTerm, ...]
    program: str = ""
    also: tuple[RuleSet, ...] = ()
    locks: tuple[Placement, ...] = ()
    bans: tuple[str, ...] = ()
    staff_locks: tuple[Placement, ...] = ()
    staff_bans: tuple[str, ...] = ()
    wishes: Wishes = NO_WISHES
    limits: tuple[Limit, ...] = ()
    agreements: Agreements | None = None
    previous: tuple[Placement, ...] = ()
    on_time: Term | None = None
    finish: Term | None = None
    seed: int = 1
    effort: float = 5.0  # deterministic time limit of the solver, not seconds
    order: GoalOrder = GoalOrder.USUAL

    @property
    def all_locks(self) -> tuple[Placement, ...]:
        """Locks of student and staff, each once."""
        return tuple(dict.fromkeys((*self.staff_locks, *self.locks)))

    @property
    def all_bans(self) -> tuple[str, ...]:
        """Bans of student and staff, each once."""
        return tuple(dict.fromkeys((*self.staff_bans, *self.bans)))


class Proof(StrEnum):
    """What is known about the plan's quality."""

    OPTIMAL = "optimal"
    BEST_FOUND = "best_found"


@dataclass(frozen=True, slots=True)
class GoalValue:
    """How far one ordered goal was reached, in words and as a number (smaller is better).

    No plan that is as good in the goals before it has a value below ``bound``; where the two are
    equal, the value is proved best.
    """

    goal: str
    value: int
    words: str
    bound: int = 0


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


class ChangeKind(StrEnum):
    """What a change of a request does; ``Change`` says what its fields mean for each."""

    UNLOCK = "unlock"  # takes the lock on ``course`` in ``term`` off
    ALLOW = "allow"  # takes the ban on ``course`` back
    LIGHTER = "lighter"  # asks for no least load in any term
    FULLER = "fuller"  # lets ``amount`` hundredths of credit more into every term
    SUMMER = "summer"  # adds the summer ``term``; ``course`` is what can only stand there, if any
    ONLINE = "online"  # adds the online ``term``; ``course`` as with a summer
    LATER = "later"  # adds the terms after the last one up to ``term``
    NO_FINISH = "no_finish"  # gives up graduating early
    NO_PROGRAM = "no_program"  # plans without the program
    WITHOUT = "without"  # plans without the rule set ``course`` of ``PlanRequest.also``
    NO_LIMIT = "no_limit"  # gives up the limit with the title ``course``


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a request, as data; ``planner.change.apply`` carries it out."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: ChangeKind
    course: str = ""
    term: TermField | None = None
    amount: CreditsField = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes that together make a plan possible, and none of which can be left out.

    ``staff`` says that one of them is for staff to decide, not for the student.
    """

    sentence: str
    changes: tuple[Change, ...]
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan exists: at most three sentences why, and what would help, smallest first."""

    reasons: tuple[str, ...]
    fixes: tuple[Fix, ...]


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
