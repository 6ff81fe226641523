"""Credits, school years, terms, grade levels and marks: parsed once, never floats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import total_ordering
from math import isfinite
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

Credits = int  # hundredths of the jurisdiction's unit of credit; 50 is half a unit


def parse_credits(value: object) -> Credits:
    """Read ``0.5``, ``1`` or ``"0.50"`` as hundredths; at most two decimals, not negative."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError(f"'{value}' is not an amount of credit. Write a number such as 0.5.")
    try:
        hundredths = Decimal(str(value)) * 100
    except InvalidOperation:
        raise ValueError(
            f"'{value}' is not an amount of credit. Write a number such as 0.5."
        ) from None
    if not hundredths.is_finite():
        raise ValueError(f"{value} is not an amount of credit. Write a number such as 0.5.")
    if hundredths != hundredths.to_integral_value():
        raise ValueError(f"{value} has more than two decimals. Round it to hundredths.")
    if hundredths < 0 or hundredths > 100_000:
        raise ValueError(f"{value} is out of range. Write an amount from 0 to 1000.")
    return int(hundredths)


def parse_score(value: object) -> int:
    """Read a score such as ``1200`` or ``3.5`` as hundredths; from 0 to 100,000."""
    try:
        hundredths = Decimal(str(value)) * 100
    except InvalidOperation:
        raise ValueError(f"'{value}' is not a score. Write a number such as 1200.") from None
    if isinstance(value, bool) or not hundredths.is_finite():
        raise ValueError(f"'{value}' is not a score. Write a number such as 1200.")
    if hundredths != hundredths.to_integral_value() or not 0 <= hundredths <= 10_000_000:
        raise ValueError(f"{value} is out of range. Write 0 to 100000, at most two decimals.")
    return int(hundredths)


def parse_amount(value: object) -> int:
    """Read an amount of any measure as an audit writes it, as hundredths."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise ValueError(f"'{value}' is not an amount. Write a number such as 12.5.")
    return round(Decimal(str(value)) * 100)


def format_credits(amount: Credits) -> str:
    """Write hundredths for people: 100 -> ``1.0``, 50 -> ``0.5``, 325 -> ``3.25``."""
    whole, hundredths = divmod(abs(amount), 100)
    decimals = f"{hundredths:02d}".removesuffix("0")
    return f"{'-' if amount < 0 else ''}{whole}.{decimals}"


class Part(StrEnum):
    """The part of a school year in which credit is awarded, in calendar order.

    A course of a full year runs through fall and spring. An online course runs beside both, at the
    student's own pace and outside the periods of the day.
    """

    YEAR = "year"
    ONLINE = "online"
    FALL = "fall"
    SPRING = "spring"
    SUMMER = "summer"


_PART_ORDER = {part: number for number, part in enumerate(Part)}

# A summer is not the same place in a year as spring; what runs all year ends with spring.
_BEGINS = {Part.YEAR: 0, Part.ONLINE: 0, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}
_ENDS = _BEGINS | {Part.YEAR: 1, Part.ONLINE: 1}


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year, written ``2026-27``; ordered; not a calendar year."""

    start: int

    @classmethod
    def parse(cls, text: object) -> SchoolYear:
        if isinstance(text, SchoolYear):
            return text
        match = re.fullmatch(r"(\d{4})-(\d{2})", text) if isinstance(text, str) else None
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"'{text}' is not a school year. Write it like 2026-27.")
        start = int(match[1])
        if not 1900 <= start <= 2200:
            raise ValueError(f"{text} is out of range. Write a school year from 1900-01 on.")
        return cls(start)

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year that holds ``day``; years begin on July 1."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    def plus(self, years: int) -> SchoolYear:
        return SchoolYear(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"


@total_ordering
@dataclass(frozen=True, slots=True)
class Term:
    """Part of a school year in which credit is awarded, written ``2026-27 fall``."""

    year: SchoolYear
    part: Part

    @classmethod
    def parse(cls, text: object) -> Term:
        if isinstance(text, Term):
            return text
        words = text.split() if isinstance(text, str) else []
        if len(words) != 2 or words[1] not in {str(part) for part in Part}:
            raise ValueError(f"'{text}' is not a term. Write it like 2026-27 fall.")
        return cls(SchoolYear.parse(words[0]), Part(words[1]))

    @property
    def order(self) -> tuple[int, int]:
        return (self.year.start, _PART_ORDER[self.part])

    @property
    def begins(self) -> tuple[int, int]:
        """When it begins, to compare with other terms; what runs all year begins with fall."""
        return (self.year.start, _BEGINS[self.part])

    @property
    def ends(self) -> tuple[int, int]:
        return (self.year.start, _ENDS[self.part])

    def precedes(self, other: Term) -> bool:
        """Whether it is over before the other begins."""
        return self.ends < other.begins

    def overlaps(self, other: Term) -> bool:
        """Whether there is a time at which both run."""
        return self.begins <= other.ends and other.begins <= self.ends

    def __lt__(self, other: Term) -> bool:
        return self.order < other.order

    def __str__(self) -> str:
        return f"{self.year} {self.part}"


GradeLevel = int  # 0 is kindergarten, 1 to 12 the grades


def parse_grade(value: object) -> GradeLevel:
    """Read ``K``, ``9`` or ``"9"``."""
    if isinstance(value, str) and value.strip().upper() == "K":
        return 0
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,2}", str(value)) or int(str(value)) > 12:
        raise ValueError(f"'{value}' is not a grade. Write K or 1 to 12.")
    return int(str(value))


def format_grade(grade: GradeLevel) -> str:
    return "K" if grade == 0 else str(grade)


_LETTERS = {"A": 90, "B": 80, "C": 70, "D": 60, "F": 0}
_SIGNS = {"": 0, "+": 7, "-": -1}  # what a sign adds: B- comes before B, B+ after it


@dataclass(frozen=True, slots=True)
class Mark:
    """A final mark as printed; ``points`` (0 to 100) order marks, None where there is no order."""

    text: str
    points: int | None

    @classmethod
    def parse(cls, value: object) -> Mark:
        """Read ``88``, ``B+`` or ``P``; a letter stands for the lowest mark that earns it."""
        if isinstance(value, Mark):
            return value
        text = str(value).strip().upper()
        if re.fullmatch(r"\d{1,3}", text) and int(text) <= 100:
            return cls(text, int(text))
        if text[:1] in _LETTERS and text[1:] in _SIGNS and text not in ("F+", "F-"):
            return cls(text, _LETTERS[text[0]] + _SIGNS[text[1:]])
        if text in {"P", "S", "NG", "I", "W"}:
            return cls(text, None)
        raise ValueError(f"'{value}' is not a mark. Write 0 to 100, a letter such as B+, or P.")

    def __str__(self) -> str:
        return self.text


def _text(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


# The same types as fields of a file format: parsed from JSON or YAML, written back the same way.
CreditsField = Annotated[
    int,
    BeforeValidator(parse_credits),
    PlainSerializer(lambda amount: amount / 100, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1000}),
]
AmountField = Annotated[
    int,
    BeforeValidator(parse_amount),
    PlainSerializer(lambda amount: amount / 100, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
ScoreField = Annotated[
    int,
    BeforeValidator(parse_score),
    PlainSerializer(lambda score: score / 100, return_type=float),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100000}),
]
SchoolYearField = Annotated[
    SchoolYear,
    BeforeValidator(SchoolYear.parse),
    PlainSerializer(str, return_type=str),
    _text(r"^\d{4}-\d{2}$", "2026-27"),
]
TermField = Annotated[
    Term,
    BeforeValidator(Term.parse),
    PlainSerializer(str, return_type=str),
    _text(r"^\d{4}-\d{2} (year|online|fall|spring|summer)$", "2026-27 fall"),
]
GradeField = Annotated[
    int,
    BeforeValidator(parse_grade),
    PlainSerializer(format_grade, return_type=str),
    WithJsonSchema({"enum": ["K", *(str(n) for n in range(1, 13)), *range(1, 13)]}),
]
MarkField = Annotated[
    Mark,
    BeforeValidator(Mark.parse),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^([0-9]{1,3}|[A-D][+-]?|F|P|S|NG|I|W)$"},
                {"type": "integer", "minimum": 0, "maximum": 100},
            ]
        }
    ),
]
Tags = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
