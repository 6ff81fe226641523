"""The invented districts as their data files say them: schools, people, programs, courses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

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
from pathloom.engine.units import Part

PASSWORD = "magnolia-demo"  # of everybody in a demo district; it is printed, not a secret
DATA = Path(__file__).resolve().parents[1] / "data"
GEORGIA, ILLINOIS = "us-ga", "us-il"
DEMOS = (GEORGIA, ILLINOIS)  # the folders of data/; the first is the one shown by default


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
class WritingData:
    """What goes on about a published program: its review is due, or ``by`` writes the next version.

    ``state`` is ``stale``, ``draft`` or ``in_review``. The next version adds ``partner``; who is
    ``asked`` for an ``organization`` leaves a ``comment`` and proposes a ``skill``.
    """

    program: str
    state: Literal["stale", "draft", "in_review"]
    by: str
    partner: str = ""
    asked: str = ""
    organization: str = ""
    comment: str = ""
    skill: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person to sign in as, and what to see there."""

    role: str
    username: str
    note: str


@dataclass(frozen=True, slots=True)
class ProgramData:
    """A published program of study; ``content`` has the form of ``engine.program.Content``."""

    slug: str
    school: str
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
    """Everything ``district.yaml`` says; ``id`` is the folder of the data files.

    Students are numbered from ``first_number`` on.
    """

    id: str
    seed: int
    first_number: int
    district: DistrictData
    schools: tuple[SchoolData, ...]
    students: tuple[GroupData, ...]
    cast: tuple[CastData, ...]
    guardians: tuple[GuardianData, ...]
    staff: tuple[StaffData, ...]
    exceptions: tuple[ExceptionData, ...]
    sign_ins: tuple[SignIn, ...]
    writing: tuple[WritingData, ...] = ()

    def school(self, slug: str) -> SchoolData:
        return next(school for school in self.schools if school.slug == slug)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the students of a district take (data/*/habits.yaml); all lists are of course codes.

    ``loads`` says what a year holds, in hundredths: in its terms, or in courses of the whole year.
    ``interests`` are taken from the front, one course after the other; those named in ``languages``
    are languages. ``full`` and ``half`` fit everybody, count as electives only and never fill a gap
    elsewhere. By grade: ``undecided`` what a student without a program takes (one of each list),
    ``early`` what one takes who finishes early, where nothing can stand in for anything else,
    ``ahead`` the mathematics of one who had Algebra in middle school, ``jrotc``.
    ``leave_out`` says what "one course short" may lack, and the course of ``early`` that is then
    missing. In ``tight`` programs a student needs the exact allocation. ``elsewhere`` is what a
    course was called at the school a student came from, ``by_number`` a title and a state number
    by which alone a course from elsewhere is known.
    """

    loads: dict[Part, int]
    interests: dict[str, tuple[str, ...]]
    full: tuple[str, ...]
    half: tuple[str, ...]
    undecided: dict[int, tuple[tuple[str, ...], ...]]
    languages: tuple[str, ...] = ()
    advanced: tuple[str, ...] = ()
    early: dict[int, tuple[str, ...]] = field(default_factory=dict)
    leave_out: dict[str, str] = field(default_factory=dict)
    ahead: dict[int, str] = field(default_factory=dict)
    middle_school: tuple[str, ...] = ()
    jrotc: dict[int, tuple[str, ...]] = field(default_factory=dict)
    tight: tuple[str, ...] = ()
    elsewhere: dict[str, str] = field(default_factory=dict)
    by_number: dict[str, tuple[str, str]] = field(default_factory=dict)


def _read(*place: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(DATA.joinpath(*place))
    return loaded


@cache
def demo(of: str = GEORGIA) -> Demo:
    """A district, its schools and its people by name (data/*/district.yaml)."""
    return TypeAdapter(Demo).validate_python(_read(of, "district.yaml") | {"id": of})


@cache
def habits(of: str = GEORGIA) -> Habits:
    """What the students of a district take (data/*/habits.yaml)."""
    return TypeAdapter(Habits).validate_python(_read(of, "habits.yaml"))


@cache
def programs(of: str = GEORGIA) -> tuple[ProgramData, ...]:
    """The programs of study of a district, one file each (data/*/programs), by slug.

    Where a program names a line that others have too, it is taken from data/*/lines.yaml; its
    Spanish comes from data/words.yaml.
    """
    lines, words = _read(of, "lines.yaml"), _read("words.yaml")
    files = sorted((DATA / of / "programs").glob("*.yaml"))
    return tuple(_program(file, lines=lines, words=words) for file in files)


def _program(file: Path, *, lines: dict[str, Any], words: dict[str, dict[str, str]]) -> ProgramData:
    said = _read(*file.relative_to(DATA).parts)
    content = {part: _named(value, lines.get(part)) for part, value in said["content"].items()}
    texts = {said["title"], said["summary"], *_texts(content)}
    content["words"] = {
        language: {text: known[text] for text in sorted(texts & known.keys())}
        for language, known in words.items()
    }
    whole = said | {"slug": file.stem, "content": content}
    return TypeAdapter(ProgramData).validate_python(whole)


def _named(value: Any, lines: dict[str, Any] | None) -> Any:
    """A part of a program with the lines that it names in their place."""
    if lines is None:
        return value
    if isinstance(value, list):
        return [_named(each, lines) for each in value]
    return lines[value] if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


@cache
def names(of: str = GEORGIA) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First names and last names for everybody else (data/*/names.yaml)."""
    lists = _read(of, "names.yaml")
    return tuple(lists["first"]), tuple(lists["last"])


@cache
def catalog(of: str = GEORGIA) -> Catalog:
    """Every course of a district (data/*/catalog.csv)."""
    return load_catalog(DATA / of / "catalog.csv")


@cache
def agreements(of: str = GEORGIA) -> Agreements:
    """What a district agreed with invented colleges (data/*/agreements.yaml)."""
    known = replace(catalog(of), programs=tuple(as_engine(each) for each in programs(of)))
    return load_agreements(DATA / of / "agreements.yaml", catalog=known)


def as_engine(data: ProgramData) -> ProgramOfStudy:
    """A program as the engine reads it: its steps are those of the data file."""
    steps = (Step(tuple(step["courses"]), step.get("grade")) for step in data.content["steps"])
    return ProgramOfStudy(data.slug, data.title, tuple(steps))


@cache
def about(of: str = GEORGIA) -> dict[str, str]:
    """Code -> one sentence for students about the course (data/*/about.yaml)."""
    return TypeAdapter(dict[str, str]).validate_python(_read(of, "about.yaml"))


def offered_at(school: SchoolData, of: str = GEORGIA) -> dict[str, Course]:
    """Code -> course of what a school of a district offers, in catalog order."""
    return {course.id: course for course in catalog(of).courses if school.offers(course.id)}
