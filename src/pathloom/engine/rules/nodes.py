"""The rule language as values; ``load`` makes them from YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pathloom.engine.units import Credits, SchoolYear


@dataclass(frozen=True, slots=True)
class AnyCourse:
    """``from: any``."""


@dataclass(frozen=True, slots=True)
class SubjectIs:
    subject: str


@dataclass(frozen=True, slots=True)
class HasTag:
    tag: str


@dataclass(frozen=True, slots=True)
class NumberLike:
    """State course number by pattern, ``27.X992XXX``; X, as of the delivery mode, is any digit."""

    pattern: str


@dataclass(frozen=True, slots=True)
class CourseIs:
    """The catalog's own course code."""

    course: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """``any: [...]``: at least one of them matches."""

    matchers: tuple[Matcher, ...]


@dataclass(frozen=True, slots=True)
class EachOf:
    """``all: [...]``: every one of them matches."""

    matchers: tuple[Matcher, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """``not: ...``."""

    matcher: Matcher


Matcher = AnyCourse | SubjectIs | HasTag | NumberLike | CourseIs | OneOf | EachOf | NoneOf


class Split(StrEnum):
    """What happens to the part of a course that its requirement does not need."""

    NEVER = "never"  # it is lost
    OVERFLOW = "overflow"  # it flows into the overflow requirement (electives)
    FREE = "free"  # a course may be divided between requirements


@dataclass(frozen=True, slots=True)
class Substitute:
    """``instead:`` another way to satisfy a whole requirement, all or nothing.

    All of ``earn`` has to be there; the records used count here and nowhere else, and the
    requirement is then fulfilled in full.
    """

    id: str
    title: str
    earn: Credits
    match: Matcher
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition with a stable id.

    ``earn`` hundredths of credit from courses that ``match``. ``include`` are named parts of it:
    what they need is part of ``earn``, never on top of it; what is left over after the parts is
    open to every course that matches. A record counts once among all requirements; ``also_counts``
    names requirements in which a record counted here counts a second time.
    """

    id: str
    title: str
    earn: Credits
    match: Matcher
    source: str
    include: tuple[Requirement, ...] = ()
    also_counts: tuple[str, ...] = ()
    instead: tuple[Substitute, ...] = ()
    was: tuple[str, ...] = ()
    note: str = ""
    line: int = 0

    @property
    def open_part(self) -> Credits:
        """What is left for any matching course after the named parts."""
        return self.earn - sum(part.earn for part in self.include)

    def walk(self) -> Iterator[Requirement]:
        """Yield this requirement, then its parts, depth first, in file order."""
        yield self
        for part in self.include:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Award:
    """``awards:`` one seat, two credits: a record that matches ``when`` also earns another course.

    The granted course is a record of its own (id ``<record id>+<award id>``, same state and term)
    and a unit of its own in the total.
    """

    id: str
    when: Matcher
    at_least: Credits
    title: str
    number: str
    subject: str
    tags: frozenset[str]
    credits: Credits
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read; ``kind`` is primary or secondary."""

    id: str
    title: str
    url: str
    read_on: str
    kind: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All requirements of one diploma for one range of cohorts.

    ``total`` counts distinct earned credit: a record that counts twice adds once. ``overflow_into``
    is the id of the requirement that takes overflow, empty where there is none.
    """

    id: str
    jurisdiction: str
    diploma: str
    title: str
    status: str  # draft, checked, confirmed
    credit_name: str
    total: Credits
    requirements: tuple[Requirement, ...]
    sources: tuple[Source, ...]
    entered_from: SchoolYear | None = None
    entered_to: SchoolYear | None = None
    awards: tuple[Award, ...] = ()
    split: Split = Split.OVERFLOW
    overflow_into: str = ""
    file: str = ""
    subjects: tuple[tuple[str, str], ...] = ()  # id and name in words, in file order
    tags: tuple[tuple[str, str], ...] = ()

    @property
    def official(self) -> bool:
        """Whether an audit under these rules may be shown without the word "unofficial"."""
        return self.status != "draft"

    def walk(self) -> Iterator[Requirement]:
        for requirement in self.requirements:
            yield from requirement.walk()

    def source(self, source_id: str) -> Source:
        return next(source for source in self.sources if source.id == source_id)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file: the versions of one diploma, each for its own cohorts."""

    path: str
    jurisdiction: str
    diploma: str
    title: str
    status: str
    checked: tuple[str, ...]
    sources: tuple[Source, ...]
    versions: tuple[RuleSet, ...]

    @property
    def id(self) -> str:
        """Jurisdiction and diploma, ``us-ga/diploma``; unique in a rulebook."""
        return f"{self.jurisdiction}/{self.diploma}"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rule files, one per diploma, in order of their ids; ``frameworks`` are ids of frameworks."""

    files: tuple[RuleFile, ...]
    frameworks: tuple[str, ...] = ()

    def file(self, diploma_id: str) -> RuleFile | None:
        return next((file for file in self.files if file.id == diploma_id), None)
