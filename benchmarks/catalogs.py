"""Invented schools of any size: catalogs with programs, credentials and college agreements.

A title is a course of a full year, or two half-year courses one after the other, or one course that
takes two periods of one term; which one, when it is offered and how hard it is are drawn by lot.
What ``us-ga/diploma`` asks for is always there; the rest is sequences as schools offer them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import count, cycle
from random import Random

from pathloom.engine.catalog import (
    Agreement,
    Agreements,
    AllOf,
    AnyOf,
    Catalog,
    Citation,
    CollegeCourse,
    Course,
    CourseNeed,
    ExamNeeded,
    Institution,
    Kind,
    Need,
    ProgramOfStudy,
    Step,
)
from pathloom.engine.catalog.types import Credential
from pathloom.engine.units import Part, SchoolYear

FIRST = SchoolYear(2026)
BOTH = (Part.FALL, Part.SPRING)
READ = Citation("https://hillside.example/agreements", date(2026, 5, 1))


class Form(StrEnum):
    """How a title is taught: credits and periods of the day follow from it."""

    HALVES = "halves"  # two terms, half a credit and one period each
    BLOCK = "block"  # one term, one credit, two periods
    YEAR = "year"  # fall and spring, one credit, one period
    HALF = "half"  # one term, half a credit, one period


FORMS = (Form.HALVES, Form.HALVES, Form.YEAR, Form.BLOCK)


@dataclass(frozen=True, slots=True)
class Title:
    """What a catalog teaches under one name; ``needs`` are names of titles, any one of them."""

    name: str
    subject: str
    tags: tuple[str, ...] = ()
    grade: int = 9
    needs: tuple[str, ...] = ()
    half: bool = False


CORE = (
    Title("Literature 9", "english", ("ninth-literature",)),
    Title("Literature 10", "english", (), 10, ("Literature 9",)),
    Title("American Literature", "english", ("american-literature",), 10, ("Literature 9",)),
    Title("World Literature", "english", (), 11, ("Literature 9",)),
    Title("AP Literature", "english", ("ap",), 11, ("Literature 10", "American Literature")),
    Title("Algebra", "mathematics", ("algebra",)),
    Title("Geometry", "mathematics", ("geometry",), 9, ("Algebra",)),
    Title("Advanced Algebra", "mathematics", ("advanced-algebra",), 9, ("Geometry",)),
    Title("Statistics", "mathematics", (), 11, ("Advanced Algebra",)),
    Title("Precalculus", "mathematics", (), 10, ("Advanced Algebra",)),
    Title("AP Calculus", "mathematics", ("ap",), 11, ("Precalculus",)),
    Title("Biology", "science", ("biology",)),
    Title("Physical Science", "science", ("physical-science",)),
    Title("Chemistry", "science", ("chemistry",), 10, ("Algebra",)),
    Title("Physics", "science", ("physics",), 11, ("Geometry",)),
    Title("Environment", "science", ("environmental-science",)),
    Title("AP Biology", "science", ("ap", "biology"), 11, ("Biology",)),
    Title("World History", "social-studies", ("world-history",)),
    Title("United States History", "social-studies", ("us-history",), 10),
    Title("Civics", "social-studies", ("civics",), half=True),
    Title("Economics", "social-studies", ("economics",), 10, half=True),
    Title("AP Government", "social-studies", ("ap", "civics"), 10, half=True),
    Title("Health", "health", ("health",), half=True),
    Title("Fitness", "physical-education", ("personal-fitness",), half=True),
)


def generated(chance: Random, *, courses: int) -> tuple[Catalog, Agreements]:
    """Draw a catalog of so many courses, and what its college takes over."""
    shelf = Shelf(chance)
    for title in CORE:
        shelf.add(title, parts=BOTH)
    for titles in _sequences(chance):
        if len(shelf.courses) + 2 * len(titles) > courses:
            break
        for title in titles:
            shelf.add(title)
        if titles[0].subject == "cte":
            shelf.end_program([title.name for title in titles])
    for number in count(1):
        if len(shelf.courses) == courses:
            break
        shelf.add(Title(f"Topic {number}", chance.choice(("other", "fine-arts")), half=True))
    catalog = Catalog(
        f"generated-{courses}",
        tuple(shelf.courses),
        programs=tuple(shelf.programs),
        credentials=tuple(shelf.credentials),
    )
    return catalog, _agreements(shelf)


def _sequences(chance: Random) -> Iterator[list[Title]]:
    """Sequences beside the core, without end: two programs, a language, two arts, a choice."""
    drawn = (_pathway, _pathway, _language, _arts, _choice, _college, _arts)
    for number, draw in enumerate(cycle(drawn)):
        yield draw(number, chance)


def _pathway(number: int, chance: Random) -> list[Title]:
    science = ("cte", "fourth-science") if chance.random() < 0.4 else ("cte",)
    names = [f"Pathway {number} step {step}" for step in (1, 2, 3)]
    return [
        Title(names[0], "cte", ("cte",), 9),
        Title(names[1], "cte", ("cte",), chance.choice((9, 10)), (names[0],)),
        Title(names[2], "cte", science, chance.choice((10, 11)), (names[1],)),
    ]


def _language(number: int, chance: Random) -> list[Title]:
    names = [f"Language {number} level {step}" for step in (1, 2, 3)]
    tags = (f"language:{number}",)
    return [
        Title(name, "world-language", tags, 9 + at, (names[at - 1],) if at else ())
        for at, name in enumerate(names)
    ]


def _arts(number: int, chance: Random) -> list[Title]:
    first = f"Art {number} basics"
    return [
        Title(first, "fine-arts"),
        Title(f"Art {number} studio", "fine-arts", (), 10, (first,), half=chance.random() < 0.5),
    ]


def _choice(number: int, chance: Random) -> list[Title]:
    subject, needs = chance.choice(
        (
            ("english", ("Literature 9",)),
            ("mathematics", ("Advanced Algebra",)),
            ("science", ("Biology", "Physical Science")),
            ("social-studies", ()),
        )
    )
    half = chance.random() < 0.6
    return [Title(f"Choice {number} {subject}", subject, (), 10, needs, half=half)]


def _college(number: int, chance: Random) -> list[Title]:
    """A course of the college, or an AP course, in a subject of the core."""
    tag = chance.choice(("ap", "dual-enrollment"))
    subject = chance.choice(("english", "mathematics", "science", "social-studies"))
    first = {"english": "Literature 10", "mathematics": "Advanced Algebra", "science": "Chemistry"}
    needs = (first[subject],) if subject in first else ()
    return [Title(f"College {number} {subject}", subject, (tag,), 11, needs, half=True)]


@dataclass(slots=True)
class Shelf:
    """A catalog in the making; ``ends`` are the last courses of each title."""

    chance: Random
    courses: list[Course] = field(default_factory=list)
    programs: list[ProgramOfStudy] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    of_title: dict[str, list[str]] = field(default_factory=dict)

    def add(self, title: Title, *, parts: tuple[Part, ...] = ()) -> None:
        """Teach a title in a form drawn by lot, in the parts said or drawn by lot."""
        forms = (Form.HALF,) if title.half else FORMS
        form = self.chance.choice(forms)
        need = self._need(title)
        difficulty = self.chance.choice((0, 0, 1, 2, 3, 4, 5))
        parts = parts or self.chance.choice((BOTH, BOTH, BOTH, (Part.FALL,), (Part.SPRING,)))
        made = []
        for half in "AB" if form is Form.HALVES else ("",):
            course = Course(
                id=f"C{len(self.courses):03d}{half}",
                title=f"{title.name} {half}".strip(),
                subject=title.subject,
                credits=50 if form in {Form.HALVES, Form.HALF} else 100,
                tags=frozenset(title.tags),
                grades=tuple(range(title.grade, 13)),
                parts=(Part.YEAR,) if form is Form.YEAR else _after(parts) if made else parts,
                prerequisite=CourseNeed(made[-1]) if made else need,
                slots=2 if form is Form.BLOCK else 1,
                difficulty=difficulty,
            )
            self.courses.append(course)
            made.append(course.id)
        self.of_title[title.name] = made

    def _need(self, title: Title) -> Need | None:
        """The end of each title before: any one of them, or both where the lot says so."""
        needs = tuple(CourseNeed(self.of_title[name][-1]) for name in title.needs)
        if len(needs) < 2:
            return needs[0] if needs else None
        return AllOf(needs) if self.chance.random() < 0.3 else AnyOf(needs)

    def end_program(self, names: list[str]) -> None:
        """Make a program and its credential of three titles, step by step."""
        steps = [self.of_title[name][-1] for name in names]
        number = len(self.programs) + 1
        self.programs.append(
            ProgramOfStudy(
                f"program-{number}",
                f"Program {number}",
                tuple(Step((course,), 9 + at) for at, course in enumerate(steps)),
            )
        )
        self.credentials.append(
            Credential(f"credential-{number}", f"Credential {number}", tuple(steps[1:]))
        )


def _after(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """When the second half of a title is offered: in the other part where that is one only."""
    other = {Part.FALL: Part.SPRING, Part.SPRING: Part.FALL}
    return (other[parts[0]],) if len(parts) == 1 else parts


def _agreements(shelf: Shelf) -> Agreements:
    """Three hours at one college for each AP and dual-enrollment course and each program's end."""
    ends = {program.steps[-1].courses[0] for program in shelf.programs}
    kinds = {"ap": Kind.AP, "dual-enrollment": Kind.DUAL_CREDIT}
    college: list[CollegeCourse] = []
    found: list[Agreement] = []
    for course in shelf.courses:
        tag = next(iter(course.tags & set(kinds)), "")
        if not tag and course.id not in ends:
            continue
        code = f"H {len(college) + 1}"
        college.append(CollegeCourse(code, course.title, 300))
        kind = kinds.get(tag, Kind.ARTICULATED)
        exam = ExamNeeded(f"Exam {code}", 300) if kind is Kind.AP else None
        found.append(
            Agreement(course.id, kind, "hillside", code, FIRST, READ, course=course.id, exam=exam)
        )
    return Agreements((Institution("hillside", "Hillside College", tuple(college)),), tuple(found))
