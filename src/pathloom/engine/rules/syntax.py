"""What a rule file may say: the syntax, from which the JSON Schema for editors is made too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pathloom.engine.errors import Location
from pathloom.engine.rules.fields import (
    Day,
    From,
    Id,
    MatcherSyntax,
    Names,
    Some,
    Syntax,
    TagId,
    Text,
    VersionId,
    exactly_one,
)
from pathloom.engine.units import CreditsField, SchoolYearField, ScoreField


class SubstituteSyntax(Syntax):
    """Another way to satisfy a whole requirement, all or nothing."""

    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    earn: CreditsField
    match: From = Field(alias="from")
    source: Id


class AmongSyntax(Syntax):
    """At least so much of what counts also matches: credits, courses, or both."""

    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    credits: CreditsField | None = None
    courses: Annotated[int, Field(ge=1, le=100)] | None = None
    match: From = Field(alias="from")


class HaveSyntax(Syntax):
    """So much of it on the record, wherever else it counts: credits, different courses, or both."""

    match: From = Field(alias="from")
    credits: CreditsField | None = None
    courses: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="how many different courses"
    )
    same: Id | None = Field(
        default=None, description="all with one and the same tag of this family"
    )
    among: tuple[AmongSyntax, ...] = ()


class HoursSyntax(Syntax):
    """So many hours of experiences of these kinds."""

    of: Names
    at_least: CreditsField


class TimesSyntax(Syntax):
    """So many experiences of these kinds."""

    of: Names
    at_least: Annotated[int, Field(ge=1, le=1000)]


class ExamSyntax(Syntax):
    """A score in one of these exams."""

    of: Names
    at_least: ScoreField


class GpaSyntax(Syntax):
    """A grade point average as its keeper states it."""

    of: Id
    at_least: CreditsField


class OnTrackSyntax(Syntax):
    """Another reading of a requirement for students on a track."""

    track: Id
    title: Text | None = None
    match: From = Field(alias="from")
    source: Id


class ExemptionSyntax(Syntax):
    """Students on this track need not fulfil the requirement."""

    track: Id
    source: Id


class RequirementSyntax(Syntax):
    """One condition: earn credit, choose among alternatives, or have, do or reach something.

    Exactly one of ``earn`` with ``from``, ``choose`` with ``of``, or one of ``have``, ``hours``,
    ``times``, ``exam``, ``gpa``, ``done``.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra=exactly_one(
            *(("earn", "from"), ("choose", "of"), ("have",), ("hours",), ("times",)),
            *(("exam",), ("gpa",), ("done",)),
        ),
    )
    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    source: Id = Field(description="id of a source of this file")
    earn: CreditsField | None = Field(default=None, description="so much credit")
    match: From = Field(default=None, alias="from", description="which courses can count")
    include: tuple[RequirementSyntax, ...] = Field(
        default=(), description="named parts; what they need is part of earn"
    )
    also_counts: tuple[Id, ...] = Field(
        default=(), description="requirements in which a course counts a second time"
    )
    instead: tuple[SubstituteSyntax, ...] = Field(default=(), description="substitutes")
    same: Id | None = Field(
        default=None, description="all that counts here has one and the same tag of this family"
    )
    among: tuple[AmongSyntax, ...] = Field(
        default=(), description="of what counts here, at least so much also matches"
    )
    choose: Annotated[int, Field(ge=1, le=100)] | Literal["all"] | None = Field(
        default=None, description="how many of the alternatives suffice"
    )
    of: tuple[RequirementSyntax, ...] = Field(default=(), description="the alternatives")
    have: HaveSyntax | None = Field(
        default=None, description="on the record, wherever else it counts"
    )
    hours: HoursSyntax | None = None
    times: TimesSyntax | None = None
    exam: ExamSyntax | None = None
    gpa: GpaSyntax | None = None
    done: Names | None = Field(default=None, description="at least one of these milestones")
    on_track: tuple[OnTrackSyntax, ...] = Field(
        default=(), description="other readings for students on a track"
    )
    exempt: tuple[ExemptionSyntax, ...] = Field(
        default=(), description="students on these tracks are exempt"
    )
    was: tuple[Id, ...] = Field(default=(), description="former ids of this requirement")
    note: str = Field(default="", description="what a reader of the rule should know")


class GrantSyntax(Syntax):
    """The course that an award adds."""

    title: Text
    subject: Id
    credits: CreditsField
    number: str = ""
    tags: tuple[TagId, ...] = ()


class AwardSyntax(Syntax):
    """A course, or a completed set of courses, that also earns another course.

    Either ``when`` with ``at_least``, or ``have``.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra=exactly_one(("when", "at_least"), ("have",)),
    )
    id: Id
    when: From = None
    at_least: CreditsField | None = Field(
        default=None, description="the least credit of the course that matches"
    )
    have: HaveSyntax | None = None
    grant: GrantSyntax
    in_total: bool = Field(default=True, description="whether it counts in the total as well")
    source: Id


class CapSyntax(Syntax):
    """At most so much credit of these courses counts: in a requirement, in the total, or in all."""

    id: Id
    title: Text | None = None
    match: From = Field(alias="from")
    at_most: CreditsField
    within: Id | None = Field(
        default=None, description="a requirement, or total; in all, if left out"
    )
    source: Id


class WaiversSyntax(Syntax):
    """Which requirements staff may excuse, and how much credit in all."""

    at_most: CreditsField
    of: Some[Id]
    source: Id


class TightenSyntax(Syntax):
    """What an overlay asks more of a requirement underneath; never less."""

    id: Id
    earn: CreditsField | None = Field(default=None, description="as much or more")
    only: MatcherSyntax | None = Field(default=None, description="courses have to match this too")
    include: tuple[RequirementSyntax, ...] = Field(default=(), description="more named parts")
    source: Id


class ForceSyntax(Syntax):
    """The days on which a version is in force; leave out an end that is open."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class CohortSyntax(Syntax):
    """School years of first entering grade 9; leave out an end that is open."""

    from_: SchoolYearField | None = Field(default=None, alias="from")
    to: SchoolYearField | None = None


class VersionSyntax(Syntax):
    """All requirements for one range of cohorts, written out in full.

    In an overlay (``extends``): what it adds to, and tightens in, the rules underneath.
    """

    id: VersionId
    entered_grade_9: CohortSyntax
    in_force: ForceSyntax = Field(
        default=ForceSyntax(), description="the days on which this version of the rule is in force"
    )
    total: CreditsField | None = Field(
        default=None,
        description="distinct credit in all; in an overlay, left out where nothing is raised",
    )
    split: Literal["never", "overflow", "free"] | None = Field(
        default=None,
        description="what happens to the part of a course that is not needed; overflow if left out",
    )
    overflow_into: Id | None = Field(
        default=None, description="the requirement that takes what is not needed elsewhere"
    )
    requirements: tuple[RequirementSyntax, ...] = ()
    tighten: tuple[TightenSyntax, ...] = Field(
        default=(), description="in an overlay: what it asks more of the rules underneath"
    )
    awards: tuple[AwardSyntax, ...] = ()
    caps: tuple[CapSyntax, ...] = ()
    waivers: WaiversSyntax | None = None


class SourceSyntax(Syntax):
    """Where the rule was read."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    read_on: Day
    kind: Literal["primary", "secondary"]


class CreditSyntax(Syntax):
    """The jurisdiction's unit of credit."""

    name: Text
    carnegie_units: CreditsField


class ReaderSyntax(Syntax):
    """Someone who compared this file with the primary text."""

    name: Text
    on: Day


class RuleFileSyntax(Syntax):
    """A rule file: one diploma of one jurisdiction, in versions for ranges of cohorts."""

    jurisdiction: Id
    diploma: Id = Field(description="the name of what is decided; the name of the file")
    kind: Literal[
        "diploma", "endorsement", "designation", "scholarship", "admission", "definition"
    ] = "diploma"
    extends: VersionId | None = Field(
        default=None, description="the rules underneath, such as us-ga/diploma"
    )
    title: Text
    credit: CreditSyntax
    status: Literal["draft", "checked", "confirmed"]
    checked: tuple[ReaderSyntax, ...] = ()
    subjects: dict[Id, Text] = Field(
        default={}, description="the subjects in use, with their names in words"
    )
    tags: dict[TagId, Text] = Field(default={}, description="the tags in use, with their meaning")
    families: dict[Id, Text] = Field(
        default={}, description="families of tags: pathway stands for pathway:welding and others"
    )
    evidence: dict[Id, Text] = Field(
        default={}, description="experiences, exams, averages and milestones in use"
    )
    tracks: dict[Id, Text] = Field(default={}, description="tracks in use, with their meaning")
    sources: dict[Id, SourceSyntax]
    versions: Some[VersionSyntax]


_SYNTAX_AT: dict[str, type[BaseModel]] = {
    "versions": VersionSyntax,
    "entered_grade_9": CohortSyntax,
    "requirements": RequirementSyntax,
    "in_force": ForceSyntax,
    "include": RequirementSyntax,
    "of": RequirementSyntax,
    "among": AmongSyntax,
    "have": HaveSyntax,
    "hours": HoursSyntax,
    "times": TimesSyntax,
    "exam": ExamSyntax,
    "gpa": GpaSyntax,
    "on_track": OnTrackSyntax,
    "exempt": ExemptionSyntax,
    "tighten": TightenSyntax,
    "only": MatcherSyntax,
    "caps": CapSyntax,
    "waivers": WaiversSyntax,
    "instead": SubstituteSyntax,
    "awards": AwardSyntax,
    "grant": GrantSyntax,
    "sources": SourceSyntax,
    "credit": CreditSyntax,
    "checked": ReaderSyntax,
    "from": MatcherSyntax,
    "when": MatcherSyntax,
    "any": MatcherSyntax,
    "all": MatcherSyntax,
    "not": MatcherSyntax,
}


def known_keys(location: Location) -> Iterable[str]:
    """The keys that a mapping at ``location`` of a rule file may have."""
    for step in reversed(location):
        if isinstance(step, str) and step in _SYNTAX_AT:
            return keys_of(_SYNTAX_AT[step])
    return keys_of(RuleFileSyntax)


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def keywords() -> frozenset[str]:
    """Every word of the rule language: the keys of a version and of all that stands in it."""
    models = set(_SYNTAX_AT.values()) - {SourceSyntax, CreditSyntax, ReaderSyntax}
    return frozenset(key for model in models for key in keys_of(model))
