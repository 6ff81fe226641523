"""What a version of a program of study says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

_STRICT = ConfigDict(extra="forbid")

# What a person can do with the program behind them, in the order in which it can be reached.
STAGES = (
    "high_school",
    "certificate",
    "apprenticeship",
    "associate",
    "bachelor",
    "service",
)


# Kinds of work-based learning, as the glossary has them.
WORK_KINDS = (
    "job_shadowing",
    "mentorship",
    "internship",
    "apprenticeship",
    "cooperative_education",
    "school_enterprise",
    "service",
)

# The six elements of a program of study in 20 U.S.C. 2302(41), in the order of the law.
ELEMENTS = (
    "standards",
    "academic_technical_employability",
    "industry",
    "progression",
    "entry_exit",
    "credential",
)


@dataclass(frozen=True, slots=True)
class StandardContent:
    """A standard that a step teaches, by the code its publisher prints."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class StepContent:
    """One step of the pathway: any one of ``courses`` (catalog codes), ideally in ``grade``.

    ``skills`` are ids of employability skills (rulebook/skills.yaml) that the step practices.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    courses: tuple[str, ...]
    grade: int
    required: bool = True
    standards: tuple[StandardContent, ...] = ()
    skills: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class CollegeRow:
    """Courses of one subject in one of the two years after grade 12.

    ``subject`` is as in the catalog, or ``pathway`` for the career area itself. Several ``courses``
    (titles, with the college's number where it is known) in one row mean "or".
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    year: Literal[1, 2]
    subject: str
    courses: tuple[str, ...]
    place: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """The usual academic courses of one subject: grade ("9" to "12") -> course codes."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    subject: str
    grades: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CredentialContent:
    """A recognized credential; ``after`` is a stage, ``grade`` when it can be earned in school.

    ``proposed_by`` names the person or firm that proposed it, empty where the school did.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    issuer: str = ""
    after: str = "high_school"
    grade: int | None = None
    proposed_by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class OccupationContent:
    """An occupation by its SOC title; ``after`` is the stage at which people usually enter it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    soc: str = ""
    after: str = "high_school"
    key: str = ""


@dataclass(frozen=True, slots=True)
class PostsecondaryContent:
    """One way on after grade 12; ``kind`` is a stage other than ``high_school``."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: str
    title: str
    place: str = ""
    length: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class SkillContent:
    """A technical or employability skill that the program teaches, and who proposed it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    proposed_by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class WorkContent:
    """Work-based learning: ``kind`` is one of ``WORK_KINDS``; ``hours`` None where it varies."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: str
    title: str
    grade: int | None = None
    hours: int | None = None
    about: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EntryContent:
    """A point at which a student can come in: in ``grade``, with what ``about`` says."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    grade: int
    about: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class AdvisorContent:
    """A business or college person who advised on the program, and when (``2026-11-21``)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    organization: str = ""
    advised_on: str = ""
    about: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceContent:
    """What shows that one of the federal ``ELEMENTS`` of a program of study is there."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    element: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ActivityContent:
    """A club, a contest or a student organization that belongs to the program."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    about: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ContactContent:
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SourceContent:
    """Where the sequence comes from; ``url`` empty for a paper, ``read_on`` as ``2026-11-21``."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    url: str = ""
    read_on: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a version of a program of study says; the form of ``ProgramVersion.content``.

    ``words`` holds translations: language -> text as it stands here -> that text in the language.
    A text that is changed loses its translation, and pages say that it is not translated.

    ``key`` names a line within its part for as long as the program lives, so that versions, a
    template and two authors are compared line by line; empty where none was given yet.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    steps: tuple[StepContent, ...]
    rows: tuple[SubjectRow, ...] = ()
    local_courses: tuple[str, ...] = ()
    credentials: tuple[CredentialContent, ...] = ()
    occupations: tuple[OccupationContent, ...] = ()
    postsecondary: tuple[PostsecondaryContent, ...] = ()
    activities: tuple[ActivityContent, ...] = ()
    partners: tuple[str, ...] = ()
    contact: ContactContent | None = None
    sources: tuple[SourceContent, ...] = ()
    college: tuple[CollegeRow, ...] = ()
    skills: tuple[SkillContent, ...] = ()
    work: tuple[WorkContent, ...] = ()
    organizations: tuple[ActivityContent, ...] = ()
    advisors: tuple[AdvisorContent, ...] = ()
    entries: tuple[EntryContent, ...] = ()
    evidence: tuple[EvidenceContent, ...] = ()
    words: dict[str, dict[str, str]] = field(default_factory=dict)


CONTENT = TypeAdapter(Content)


def dumped(content: Content) -> dict[str, Any]:
    """The content as JSON, without what is not said."""
    plain: dict[str, Any] = CONTENT.dump_python(content, mode="json", exclude_defaults=True)
    return plain
