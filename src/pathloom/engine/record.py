"""What the school says happened: a student's courses, experiences, scores and exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pathloom.engine.errors import Location, RecordError, place_in, problems_of, read_json
from pathloom.engine.units import (
    CreditsField,
    MarkField,
    SchoolYearField,
    ScoreField,
    Tags,
    TermField,
)

_STRICT = ConfigDict(extra="forbid")


class State(StrEnum):
    """Where a course record stands; only the first three can count toward a requirement."""

    EARNED = "earned"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """One course of one student.

    ``id`` is unique in the record. ``course`` names a course of the catalog; then empty ``title``,
    ``number``, ``subject``, ``tags`` are taken from there (``complete``). A transfer course has no
    ``course`` and carries its own subject. ``credits`` are what it awards, or would award, in
    hundredths.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    credits: CreditsField
    state: State
    course: str = ""
    title: str = ""
    number: str = ""
    sced: str = ""
    subject: str = ""
    tags: Tags = frozenset()
    term: TermField | None = None
    mark: MarkField | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """Something a student did outside of courses: service, a job shadow, a team challenge.

    ``kind`` is one of the names of ``evidence`` in a rule file; ``hours`` in hundredths.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    kind: str
    hours: CreditsField = 0
    state: State = State.EARNED
    title: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ExamScore:
    """A score in an exam (a name of ``evidence``), in hundredths of a point."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    exam: str
    score: ScoreField
    on: date | None = None


@dataclass(frozen=True, slots=True)
class StatedAverage:
    """A grade point average as its keeper states it, in hundredths; never computed here."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    value: CreditsField
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A yes-or-no step: FAFSA filed, a waiver signed, a plan approved."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    state: State = State.EARNED
    on: date | None = None


class ExceptionKind(StrEnum):
    """What staff can decide about one student."""

    EXCUSE = "excuse"  # a requirement, or part of its credit, need not be fulfilled
    SUBSTITUTE = "substitute"  # a course may count in a requirement that it does not match
    CREDIT_OVERRIDE = "credit_override"  # a course has another amount of credit


@dataclass(frozen=True, slots=True)
class StaffException:
    """A decision of staff about one student: who, why, until when.

    ``excuse`` takes a ``requirement`` and ``credits`` (0: all of it), and with ``lowers_total`` the
    total falls by as much; ``substitute`` a ``record`` and a ``requirement``; ``credit_override`` a
    ``record`` and its ``credits``. It holds from ``on`` up to and including ``until``.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    kind: ExceptionKind
    by: str
    why: str
    on: date
    requirement: str = ""
    record: str = ""
    credits: CreditsField = 0
    lowers_total: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StudentRecord:
    """One student's record; ``entered_grade_9`` decides which rules hold.

    ``tracks`` are what the student or the school has declared and rules may ask for: a program of
    study, an individualized course of study. ``carnegie_units`` are the hundredths of a Carnegie
    unit that one credit of this record is.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    student: str
    entered_grade_9: SchoolYearField
    courses: tuple[CourseRecord, ...] = ()
    experiences: tuple[Experience, ...] = ()
    scores: tuple[ExamScore, ...] = ()
    averages: tuple[StatedAverage, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    tracks: Tags = frozenset()
    exceptions: tuple[StaffException, ...] = ()
    carnegie_units: CreditsField = 100


_ADAPTER = TypeAdapter(StudentRecord)


def load_record(path: Path) -> StudentRecord:
    """Read a student record from a JSON file; RecordError carries every mistake."""
    return parse_record(read_json(path, kind=RecordError), where=str(path))


def parse_record(data: object, *, where: str) -> StudentRecord:
    """Read a student record from decoded JSON; ``where`` begins every message of RecordError."""
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        found = problems_of(error, place=place_in(where), known=_keys)
        raise RecordError(found) from None


_LISTS: dict[str, type] = {
    "courses": CourseRecord,
    "experiences": Experience,
    "scores": ExamScore,
    "averages": StatedAverage,
    "milestones": Milestone,
    "exceptions": StaffException,
}


def _keys(location: Location) -> Iterable[str]:
    kind = _LISTS.get(str(location[0]), StudentRecord) if location else StudentRecord
    return (each.name for each in fields(kind))
