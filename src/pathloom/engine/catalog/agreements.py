"""Agreements with colleges: which course counts as which college course, and what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from pathloom.engine.units import (
    CreditsField,
    MarkField,
    Part,
    SchoolYear,
    SchoolYearField,
    ScoreField,
)

_STRICT = ConfigDict(extra="forbid")

Cents = int
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


def parse_dollars(value: object) -> Cents:
    """Read ``112.5`` or ``"112.50"`` dollars as cents; at most two decimals, up to 100,000."""
    wrong = ValueError(f"'{value}' is not an amount of money. Write dollars such as 112.50.")
    try:
        cents = Decimal(str(value)) * 100
    except InvalidOperation:
        raise wrong from None
    if isinstance(value, bool) or not cents.is_finite() or cents != cents.to_integral_value():
        raise wrong
    if not 0 <= cents <= 10_000_000:
        raise ValueError(f"{value} is out of range. Write dollars from 0 to 100000.")
    return int(cents)


def format_dollars(amount: Cents) -> str:
    """Write cents for people: 123450 -> ``$1,234.50``."""
    dollars, cents = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}${dollars:,}.{cents:02d}"


def _number_pattern(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"([0-9X]{2}\.[0-9X]{7})?", value):
        raise ValueError(
            f"'{value}' is not a pattern of course numbers. "
            "Write two and seven digits, with X for any digit, such as 25.X210XXX."
        )
    return value


DollarsField = Annotated[
    int,
    BeforeValidator(parse_dollars),
    PlainSerializer(lambda amount: amount / 100, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100000}),
]
NumberPattern = Annotated[
    str,
    BeforeValidator(_number_pattern),
    WithJsonSchema({"type": "string", "pattern": r"^([0-9X]{2}\.[0-9X]{7})?$"}),
]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact was read, and when."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    url: Address
    read_on: date


@dataclass(frozen=True, slots=True)
class CollegeCourse:
    """A course of a college; ``hours`` are semester hours, in hundredths."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    title: str
    hours: CreditsField


@dataclass(frozen=True, slots=True)
class Tuition:
    """What an institution itself states that one semester hour costs, in cents, on a day."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    per_hour: DollarsField
    as_of: date
    source: Citation


@dataclass(frozen=True, slots=True)
class Institution:
    """A college and those of its courses that agreements and programs name.

    ``tuition`` and ``term_months`` (how many months one of its terms lasts) are None where the
    institution states none. ``accepts`` is the most semester hours, in hundredths, that it takes
    over from high school; None where it states no limit.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    courses: tuple[CollegeCourse, ...]
    tuition: Tuition | None = None
    term_months: Annotated[int, Field(ge=1, le=12)] | None = None
    accepts: CreditsField | None = None

    def course(self, code: str) -> CollegeCourse | None:
        return next((each for each in self.courses if each.code == code), None)


class Kind(StrEnum):
    """How a high school course comes to count at a college."""

    DUAL_CREDIT = "dual_credit"  # a college course: on the college's transcript at once
    ARTICULATED = "articulated"  # granted later, when the student claims it
    AP = "ap"  # granted later, for a score in an exam


@dataclass(frozen=True, slots=True)
class ExamNeeded:
    """A score in an exam, named as in the student's record; in hundredths of a point."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    at_least: ScoreField


@dataclass(frozen=True, slots=True)
class Agreement:
    """One high school course that counts as one college course.

    The high school course is a ``course`` of the catalog, or every course whose state number fits
    the pattern ``number``. It holds for courses taken from ``valid_from`` to ``valid_to`` (None: no
    end is stated). It is claimed within ``claim_months`` of graduation, or up to and including
    ``claim_by``, or, where both are None, at any time. ``needs`` are further steps, in words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    kind: Kind
    institution: str
    college_course: str
    valid_from: SchoolYearField
    source: Citation
    course: str = ""
    number: NumberPattern = ""
    minimum_mark: MarkField | None = None
    exam: ExamNeeded | None = None
    valid_to: SchoolYearField | None = None
    claim_months: Annotated[int, Field(ge=1, le=240)] | None = None
    claim_by: date | None = None
    needs: tuple[str, ...] = ()

    def holds_in(self, year: SchoolYear) -> bool:
        """Whether it covers a course that is taken in ``year``."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Funding:
    """Who pays for dual credit, and for how many semester hours: in all and, if so, in a term."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    hours: CreditsField
    source: Citation
    per_term: CreditsField | None = None


@dataclass(frozen=True, slots=True)
class CollegeTerm:
    """The courses, by code, of one term of the first or second year after high school."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    year: Annotated[int, Field(ge=1, le=2)]
    part: Part
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continuation:
    """How a program of study goes on at a college: terms in calendar order, then a credential."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    program: str
    institution: str
    credential: str
    terms: tuple[CollegeTerm, ...]
    source: Citation


@dataclass(frozen=True, slots=True)
class Agreements:
    """All that a school has agreed with colleges, read beside one catalog."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    institutions: tuple[Institution, ...]
    agreements: tuple[Agreement, ...] = ()
    programs: tuple[Continuation, ...] = ()
    funding: Funding | None = None

    def institution(self, institution_id: str) -> Institution | None:
        return next((each for each in self.institutions if each.id == institution_id), None)
