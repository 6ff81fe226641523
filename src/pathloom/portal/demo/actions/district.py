"""The invented district as its data files say it: schools, people, programs, courses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from pathloom.engine.catalog import (
    Agreements,
    Catalog,
    Course,
    ProgramOfStudy,
    Step,
    load_agreements,
    load_catalog,
)
from pathloom.engine.planner.types import Limit

PASSWORD = "magnolia-demo"  # of everybody in the demo district; it is printed, not a secret
HERE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class DistrictData:
    slug: str
    name: str
    jurisdiction: str
    today: date
    counselors_grant: bool = False


@dataclass(frozen=True, slots=True)
class SchoolData:
    """A school; it offers the whole catalog but ``not_offered``, or ``only_offered``.

    A high school has ``periods`` in its day, and plans keep to its ``limits``.
    """

    slug: str
    name: str
    level: str
    monogram: str
    brand_color: str
    address_line: str
    counselor_office: str
    logo: str = ""
    not_offered: frozenset[str] = frozenset()
    only_offered: frozenset[str] | None = None
    periods: int | None = None
    limits: tuple[Limit, ...] = ()

    def offers(self, code: str) -> bool:
        if self.only_offered is not None:
            return code in self.only_offered
        return code not in self.not_offered


@dataclass(frozen=True, slots=True)
class GroupData:
    """``count`` students in each of ``grades``; whoever is in no archetype is ``on_track``."""

    school: str
    grades: tuple[int, ...]
    count: int
    archetypes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CastData:
    """A student known by name.

    ``courses`` replaces what the generator would choose by grade; ``arrived`` is the grade in
    which a transferred student came, 0 for any.
    """

    user: str
    first: str
    last: str
    school: str
    grade: int
    archetype: str = "on_track"
    program: str = ""
    plan: str = ""
    without: str = ""
    arrived: int = 0
    courses: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuardianData:
    user: str
    first: str
    last: str
    children: tuple[str, ...]
    relation: str
    barred: bool = False


@dataclass(frozen=True, slots=True)
class StaffData:
    """A person with a role at ``school``, or in the whole district when that is empty."""

    user: str
    first: str
    last: str
    role: str
    school: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionData:
    """The first transferred course of ``subject`` may count in ``requirement``, decided ``by``."""

    student: str
    by: str
    subject: str
    requirement: str
    why: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person to sign in as, and what to see there."""

    role: str
    username: str
    note: str


@dataclass(frozen=True, slots=True)
class ProgramData:
    """A published program of study; ``content`` has the form of ``programs.models.Content``."""

    school: str
    slug: str
    cluster: str
    pathway: str
    title: str
    summary: str
    content: dict[str, Any]

    def rows(self, grade: int) -> list[tuple[str, ...]]:
        """What the program asks for in a grade, one tuple of alternatives per course."""
        steps = [tuple(s["courses"]) for s in self.content["steps"] if s.get("grade") == grade]
        academic = [
            tuple(row["grades"][str(grade)])
            for row in self.content["rows"]
            if str(grade) in row["grades"]
        ]
        return steps + academic


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything the data files say."""

    seed: int
    district: DistrictData
    schools: tuple[SchoolData, ...]
    students: tuple[GroupData, ...]
    cast: tuple[CastData, ...]
    guardians: tuple[GuardianData, ...]
    staff: tuple[StaffData, ...]
    exceptions: tuple[ExceptionData, ...]
    sign_ins: tuple[SignIn, ...]

    def school(self, slug: str) -> SchoolData:
        return next(school for school in self.schools if school.slug == slug)


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(HERE / "data" / name)
    return loaded


@cache
def demo() -> Demo:
    """The district, its schools and its people by name (data/district.yaml)."""
    return TypeAdapter(Demo).validate_python(_read("district.yaml"))


@cache
def programs() -> tuple[ProgramData, ...]:
    """The programs of study of both high schools (data/programs.yaml)."""
    return TypeAdapter(tuple[ProgramData, ...]).validate_python(_read("programs.yaml")["programs"])


@cache
def names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names and last names for everybody else (data/names.yaml)."""
    lists = _read("names.yaml")
    return tuple(lists["first"]), tuple(lists["last"])


@cache
def catalog() -> Catalog:
    """Every course of the district (catalog.csv)."""
    return load_catalog(HERE / "catalog.csv")


@cache
def agreements() -> Agreements:
    """What the district agreed with two invented colleges (data/agreements.yaml)."""
    known = replace(catalog(), programs=tuple(as_engine(each) for each in programs()))
    return load_agreements(HERE / "data" / "agreements.yaml", catalog=known)


def as_engine(data: ProgramData) -> ProgramOfStudy:
    """A program as the engine reads it: its steps are those of the data file."""
    steps = (Step(tuple(step["courses"]), step.get("grade")) for step in data.content["steps"])
    return ProgramOfStudy(data.slug, data.title, tuple(steps))


@cache
def about() -> dict[str, str]:
    """Code -> one sentence for students about the course (data/about.yaml)."""
    return TypeAdapter(dict[str, str]).validate_python(_read("about.yaml"))


def offered_at(school: SchoolData) -> dict[str, Course]:
    """Code -> course of what a school offers, in catalog order."""
    return {course.id: course for course in catalog().courses if school.offers(course.id)}
