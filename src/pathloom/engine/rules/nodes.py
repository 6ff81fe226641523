"""The rule language as values; ``load`` makes them from YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathloom.engine.units import Credits, Mark, SchoolYear


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
class ScedLike:
    """SCED code by pattern, ``03051`` or ``10XXX``; X is any digit."""

    pattern: str


@dataclass(frozen=True, slots=True)
class MarkAtLeast:
    """The final mark is this or better; a course without a mark yet may still get there."""

    mark: Mark


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


Matcher = (
    AnyCourse
    | SubjectIs
    | HasTag
    | NumberLike
    | ScedLike
    | MarkAtLeast
    | CourseIs
    | OneOf
    | EachOf
    | NoneOf
)


class Kind(StrEnum):
    """What a rule file decides; only a diploma can stand in the way of a diploma."""

    DIPLOMA = "diploma"
    ENDORSEMENT = "endorsement"
    DESIGNATION = "designation"
    SCHOLARSHIP = "scholarship"
    ADMISSION = "admission"
    DEFINITION = "definition"  # a word of a law, such as CTE concentrator


class Split(StrEnum):
    """What happens to the part of a course that its requirement does not need."""

    NEVER = "never"  # it is lost
    OVERFLOW = "overflow"  # it flows into the overflow requirement (electives)
    FREE = "free"  # a course may be divided between requirements


@dataclass(frozen=True, slots=True)
class Among:
    """At least so much of what counts here also matches; either amount may be 0."""

    id: str
    title: str
    match: Matcher
    credits: Credits = 0
    courses: int = 0


@dataclass(frozen=True, slots=True)
class Have:
    """``have:`` so much of it on the record, wherever else it counts: nothing is used up.

    ``courses`` counts different courses. With ``same``, all comes from courses that carry one and
    the same tag of that family (``pathway:welding``). ``among`` asks more of those courses.
    """

    match: Matcher
    credits: Credits = 0
    courses: int = 0
    same: str = ""
    among: tuple[Among, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """``hours:`` so many hours of the kinds of experience named, in hundredths of an hour."""

    of: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Times:
    """``times:`` so many experiences of the kinds named."""

    of: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Exam:
    """``exam:`` the best score in one of the exams named, in hundredths of a point."""

    of: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class GradeAverage:
    """``gpa:`` an average as its keeper states it, in hundredths; it is never computed here."""

    of: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Done:
    """``done:`` at least one of the milestones named: FAFSA filed, or a signed waiver."""

    of: tuple[str, ...]


Condition = Have | Hours | Times | Exam | GradeAverage | Done


@dataclass(frozen=True, slots=True)
class OnTrack:
    """``on_track:`` another reading of a requirement for students on a track."""

    track: str
    title: str
    match: Matcher
    source: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """``exempt:`` students on this track need not fulfil the requirement."""

    track: str
    source: str


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
    """One condition with a stable id, of one of three kinds.

    *Credit*: ``earn`` hundredths of credit from courses that ``match``. ``include`` are named parts
    of it: what they need is part of ``earn``, never on top of it; what is left over after the parts
    is open to every course that matches. A record counts once among all requirements;
    ``also_counts`` names requirements in which a record counted here counts a second time. With
    ``same``, all records counted here carry one and the same tag of that family. ``among`` asks
    more of the records counted here and in the parts.

    *Choice*: ``choose`` of the requirements ``of`` suffice. Either all of them earn the same
    credit, and ``earn`` is ``choose`` times that, or none earns any.

    *Condition*: ``condition``, which earns no credit and uses nothing up.
    """

    id: str
    title: str
    earn: Credits
    match: Matcher
    source: str
    include: tuple[Requirement, ...] = ()
    also_counts: tuple[str, ...] = ()
    instead: tuple[Substitute, ...] = ()
    same: str = ""
    among: tuple[Among, ...] = ()
    choose: int = 0
    of: tuple[Requirement, ...] = ()
    condition: Condition | None = None
    on_track: tuple[OnTrack, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    was: tuple[str, ...] = ()
    note: str = ""
    line: int = 0

    @property
    def parts(self) -> tuple[Requirement, ...]:
        """Named parts, or the alternatives of a choice."""
        return self.include or self.of

    @property
    def open_part(self) -> Credits:
        """What is left for any matching course after the named parts; 0 for a choice."""
        return 0 if self.of else self.earn - sum(part.earn for part in self.include)

    def walk(self) -> Iterator[Requirement]:
        """Yield this requirement, then its parts or alternatives, depth first, in file order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Award:
    """``awards:`` credit that the rules add.

    *One seat, two credits*: a record that matches ``when`` and has ``at_least`` so much credit also
    earns another course. *Completion that grants credit*: ``have`` is fulfilled.

    The granted course is a record of its own. Its id is ``<record id>+<award id>``, for a
    completion ``+<award id>``; its state and term are those of the record that earns it, for a
    completion of the one that completes it. It counts in the total only if ``in_total``. Awards may
    build on each other in file order, never in a circle.
    """

    id: str
    when: Matcher | None
    at_least: Credits
    title: str
    number: str
    subject: str
    tags: frozenset[str]
    credits: Credits
    source: str
    have: Have | None = None
    in_total: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Cap:
    """``caps:`` at most so much credit of courses that match counts.

    ``within`` is the id of a requirement (its parts included), ``total`` (it may fill requirements
    without limit, but adds no more than this to the total), or empty: in all.
    """

    id: str
    title: str
    match: Matcher
    at_most: Credits
    source: str
    within: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Waivers:
    """``waivers:`` which requirements staff may excuse, and how much credit in all."""

    at_most: Credits
    of: tuple[str, ...]
    source: str


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
    is the id of the requirement that takes overflow, empty where there is none. ``carnegie_units``
    are the hundredths of a Carnegie unit that one unit of credit is. ``layers`` are the
    jurisdictions whose rules were laid on top, the last the closest to the student; ``extends`` is
    the id of the version underneath. ``families`` are the families of tags, ``evidence`` the names
    of experiences, exams, averages and milestones, ``tracks`` those of tracks, with their words.
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
    families: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    tracks: tuple[tuple[str, str], ...] = ()
    kind: Kind = Kind.DIPLOMA
    carnegie_units: Credits = 100
    in_force_from: date | None = None
    in_force_to: date | None = None  # the last day
    caps: tuple[Cap, ...] = ()
    waivers: Waivers | None = None
    extends: str = ""
    layers: tuple[str, ...] = ()

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
    kind: Kind = Kind.DIPLOMA
    extends: str = ""  # the id of the file underneath

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
