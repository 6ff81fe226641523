"""College credit of a student: what counts, what is lost, what it saves, what a choice changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathloom.engine.catalog import Kind
from pathloom.engine.catalog.agreements import DollarsField
from pathloom.engine.units import CreditsField, Part, TermField


class Standing(StrEnum):
    """Where a claim to college credit stands; the first four are banked."""

    EARNED = "earned"  # all that can be seen is fulfilled
    OPEN = "open"  # the course is passed; a mark, a school year or a score is not on record yet
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    LOST = "lost"
    AGAIN = "again"  # the same college course is banked, or lost, by another claim


class Loss(StrEnum):
    """Why hours are lost."""

    LIMIT = "limit"  # the college takes no more hours from high school
    DEADLINE = "deadline"
    MARK = "mark"
    EXAM = "exam"
    NOT_PASSED = "not_passed"
    EXPIRED = "expired"
    NOT_YET = "not_yet"  # the course was taken before the agreement began


@dataclass(frozen=True, slots=True)
class Claim:
    """One course of a student under one agreement.

    All hours are semester hours in hundredths. Of the ``hours`` of the college course ``counted``
    are banked and ``lost`` are lost; both are 0 where it stands there AGAIN. Of the counted,
    ``unfunded`` are beyond what is paid for. ``avoided`` is the tuition of the rest, in cents,
    rounded down; None where the institution states no figure. ``deadline`` is the last day to
    claim it, None where there is none or it was granted already.
    """

    agreement: str
    kind: Kind
    institution: str
    college: str
    code: str
    title: str
    record: str
    course: str
    term: TermField | None
    standing: Standing
    hours: CreditsField
    counted: CreditsField = 0
    lost: CreditsField = 0
    unfunded: CreditsField = 0
    avoided: DollarsField | None = None
    loss: Loss | None = None
    deadline: date | None = None
    needs: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Sums over claims in hundredths; ``banked`` is earned, open, in progress and planned."""

    earned: CreditsField
    open: CreditsField
    in_progress: CreditsField
    planned: CreditsField
    banked: CreditsField
    lost: CreditsField


@dataclass(frozen=True, slots=True)
class TuitionAvoided:
    """What banked hours would cost at one institution, by the figure that it states itself.

    ``hours`` are banked and not paid for otherwise; ``amount`` is for all of them, ``earned`` for
    those that are earned. Where no figure is stated, all amounts are None.
    """

    institution: str
    college: str
    hours: CreditsField
    per_hour: DollarsField | None
    as_of: date | None
    url: str
    earned: DollarsField | None
    amount: DollarsField | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """A college course of a continued program; it is done when all of its hours are ``counted``."""

    code: str
    title: str
    hours: CreditsField
    counted: CreditsField
    standing: Standing | None
    sentence: str


@dataclass(frozen=True, slots=True)
class TermAhead:
    """A term after high school; it falls away when every course of it is banked."""

    year: int
    part: Part
    rows: tuple[Row, ...]
    falls_away: bool
    falls_away_earned: bool


@dataclass(frozen=True, slots=True)
class ProgramAhead:
    """A program of study at a college, and what of it is done before it begins.

    ``terms_saved`` counts whole terms that fall away, ``terms_saved_earned`` those that do by what
    is earned alone. ``months_saved`` is None where the college does not say how long a term is.
    """

    program: str
    institution: str
    college: str
    credential: str
    terms: tuple[TermAhead, ...]
    hours: CreditsField
    counted: CreditsField
    terms_saved: int
    terms_saved_earned: int
    months_saved: int | None
    url: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CollegeCredit:
    """All college credit of a student; claims by institution, college course and standing.

    ``avoided`` and ``avoided_earned`` are sums over the institutions that state a figure.
    """

    as_of: date
    graduation: date
    claims: tuple[Claim, ...]
    hours: Hours
    tuition: tuple[TuitionAvoided, ...]
    avoided: DollarsField
    avoided_earned: DollarsField
    programs: tuple[ProgramAhead, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class CourseChange:
    """A college course that stands differently in two plans; hours are those that count."""

    institution: str
    college: str
    code: str
    title: str
    before: Standing | None
    after: Standing | None
    hours_before: CreditsField
    hours_after: CreditsField
    sentence: str


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """A continued program with another number of terms or months saved, or other hours done."""

    program: str
    institution: str
    terms_before: int
    terms_after: int
    months_before: int | None
    months_after: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class CollegeChange:
    """What another plan changes, course by course, from ``before`` to ``after``."""

    hours_before: Hours
    hours_after: Hours
    avoided_before: DollarsField
    avoided_after: DollarsField
    courses: tuple[CourseChange, ...]
    programs: tuple[ProgramChange, ...]
    sentence: str
