"""What the school says happened: a student's course records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pathloom.engine.errors import Location, RecordError, place_in, problems_of, read_json
from pathloom.engine.units import CreditsField, MarkField, SchoolYearField, Tags, TermField

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
class StudentRecord:
    """One student's record; ``entered_grade_9`` decides which rules hold."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    student: str
    entered_grade_9: SchoolYearField
    courses: tuple[CourseRecord, ...] = ()


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


def _keys(location: Location) -> Iterable[str]:
    return (each.name for each in fields(CourseRecord if location else StudentRecord))
