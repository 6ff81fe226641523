"""Courses, prerequisites and programs of study of a school or district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Discriminator, Field, Tag

from pathloom.engine.units import CreditsField, GradeField, MarkField, Part, Tags

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class CourseNeed:
    """A prerequisite: pass ``course`` with at least ``minimum``, before or, if so, together."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    course: str
    minimum: MarkField | None = None
    concurrent: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    all: tuple[NeedField, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    any: tuple[NeedField, ...]


def _kind_of_need(value: object) -> str:
    if isinstance(value, CourseNeed | AllOf | AnyOf):
        return {CourseNeed: "=course", AllOf: "=all", AnyOf: "=any"}[type(value)]
    keys = value if isinstance(value, dict) else {}
    return "=all" if "all" in keys else "=any" if "any" in keys else "=course"


Need = CourseNeed | AllOf | AnyOf
NeedField = Annotated[
    Annotated[CourseNeed, Tag("=course")]
    | Annotated[AllOf, Tag("=all")]
    | Annotated[AnyOf, Tag("=any")],
    Discriminator(_kind_of_need),
]


@dataclass(frozen=True, slots=True)
class Course:
    """Organization of subject matter for instruction.

    ``id`` is the local code, unique in a catalog. ``number`` is the state's course number as
    printed (``27.0992000``), empty where no source gives it. ``subject`` and ``tags`` say what the
    course may count as. ``grades`` and ``parts`` say who may take it and when it is offered.
    While it runs it takes ``slots`` periods of the day, and every course of ``corequisites`` runs
    too, or is behind. ``difficulty`` is the work beside the hours in school, from 1 (little) to 5
    (most); 0 where the school does not say.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    subject: str
    credits: CreditsField
    number: str = ""
    sced: str = ""
    tags: Tags = frozenset()
    grades: tuple[GradeField, ...] = (9, 10, 11, 12)
    parts: tuple[Part, ...] = (Part.FALL, Part.SPRING)
    prerequisite: NeedField | None = None
    repeatable: bool = False
    corequisites: tuple[str, ...] = ()
    slots: Annotated[int, Field(ge=1, le=8)] = 1
    difficulty: Annotated[int, Field(ge=0, le=5)] = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a program of study: any one of ``courses``, ideally in ``grade``."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    courses: tuple[str, ...]
    grade: GradeField | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class ProgramOfStudy:
    """An ordered sequence of courses for one pathway; only what audit and planner need."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    steps: tuple[Step, ...]
    cluster: str = ""
    pathway: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """An industry credential that a school prepares for by passing all of ``courses``."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a school offers; ids are unique within their kind, prerequisites form no cycle."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    courses: tuple[Course, ...]
    programs: tuple[ProgramOfStudy, ...] = ()
    credentials: tuple[Credential, ...] = ()

    def course(self, course_id: str) -> Course | None:
        return _courses_by_id(self).get(course_id)


_kept: dict[int, tuple[Catalog, dict[str, Course]]] = {}


def _courses_by_id(catalog: Catalog) -> dict[str, Course]:
    """Index a catalog once per object, which is kept so that its id stays its own."""
    found = _kept.get(id(catalog))
    if found is None or found[0] is not catalog:
        if len(_kept) >= 16:
            _kept.clear()
        found = _kept[id(catalog)] = (catalog, {course.id: course for course in catalog.courses})
    return found[1]
