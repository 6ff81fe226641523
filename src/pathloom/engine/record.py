"""What the school says happened: a student's course records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from pathloom.engine.units import CreditsField, MarkField, SchoolYearField, TermField

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
    tags: frozenset[str] = frozenset()
    term: TermField | None = None
    mark: MarkField | None = None


@dataclass(frozen=True, slots=True)
class StudentRecord:
    """One student's record; ``entered_grade_9`` decides which rules hold."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    student: str
    entered_grade_9: SchoolYearField
    courses: tuple[CourseRecord, ...] = ()
