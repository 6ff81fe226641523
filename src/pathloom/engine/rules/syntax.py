"""What a rule file may say: the syntax, from which the JSON Schema for editors is made too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from pathloom.engine.errors import Location
from pathloom.engine.units import CreditsField, MarkField, SchoolYearField, ScoreField

_WORD = "[a-z0-9]+(-[a-z0-9]+)*"
Id = Annotated[
    str,
    BeforeValidator(lambda value: _id(value)),
    WithJsonSchema({"type": "string", "pattern": f"^{_WORD}$"}),
]
TagId = Annotated[  # a tag, or one of a family of tags: pathway:welding
    str,
    BeforeValidator(lambda value: _tag_id(value)),
    WithJsonSchema({"type": "string", "pattern": f"^{_WORD}(:{_WORD})?$"}),
]
VersionId = Annotated[
    str,
    BeforeValidator(lambda value: _version_id(value)),
    WithJsonSchema({"type": "string", "pattern": f"^{_WORD}(/{_WORD})*$"}),
]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Item = TypeVar("Item")
Some = Annotated[  # at least one of them
    tuple[Item, ...],
    BeforeValidator(lambda value: _some(value)),
    Field(json_schema_extra={"minItems": 1}),
]
Day = Annotated[
    str,
    BeforeValidator(lambda value: _day(value)),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def _id(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_WORD, value):
        raise ValueError(f"'{value}' is not an id. Use lower-case letters, digits and hyphens.")
    return value


def _tag_id(value: object) -> str:
    parts = str(value).split(":")
    if len(parts) > 2:
        raise ValueError(f"'{value}' is not a tag. Write it like biology or pathway:welding.")
    return ":".join(_id(part) for part in parts)


def _version_id(value: object) -> str:
    return "/".join(_id(part) for part in str(value).split("/"))


def _some(value: object) -> object:
    if isinstance(value, (list, tuple)) and not value:
        raise ValueError("the list is empty. Write at least one.")
    return value


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"'{value}' is not a day. Write it like 2026-11-21.") from None


class _Syntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatcherSyntax(_Syntax):
    """Which courses can count: exactly one of these keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"minProperties": 1, "maxProperties": 1}
    )
    subject: Id | None = Field(default=None, description="the course has this subject")
    tag: TagId | None = Field(default=None, description="the course carries this tag")
    number: Text | None = Field(
        default=None, description="the state course number; X stands for any digit: 27.X992XXX"
    )
    sced: Text | None = Field(
        default=None, description="the SCED code; X stands for any digit: 03051, 10XXX"
    )
    course: Text | None = Field(default=None, description="the catalog's own course code")
    mark: MarkField | None = Field(
        default=None, description="the final mark is this or better; a course without one may pass"
    )
    any: Some[MatcherSyntax] | None = Field(
        default=None, description="at least one of these matches"
    )
    all: Some[MatcherSyntax] | None = Field(default=None, description="every one of these matches")
    not_: MatcherSyntax | None = Field(default=None, alias="not", description="this does not match")

    @model_validator(mode="after")
    def _one_key(self) -> MatcherSyntax:
        if len(self.model_fields_set) != 1:
            keys = ", ".join(sorted(key.rstrip("_") for key in self.model_fields_set)) or "none"
            raise ValueError(
                f"a matcher has exactly one key, this one has {keys}. "
                "Combine matchers with all: [...] or any: [...]."
            )
        if all(getattr(self, key) is None for key in self.model_fields_set):
            raise ValueError("a matcher without a value. Write one, such as {tag: biology}.")
        return self


def _any_or_matcher(value: object) -> object:
    if value == "any":
        return None
    if not isinstance(value, (dict, MatcherSyntax)):
        raise ValueError(f"'{value}' is not a matcher. Write any, or a matcher such as {{tag: x}}.")
    return value


class _SaysAny:
    """In the JSON Schema the value that stands for every course is the word ``any``."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"const": "any"}, handler(schema)["anyOf"][0]]}


From = Annotated[MatcherSyntax | None, BeforeValidator(_any_or_matcher), _SaysAny()]


class SubstituteSyntax(_Syntax):
    """Another way to satisfy a whole requirement, all or nothing."""

    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    earn: CreditsField
    match: From = Field(alias="from")
    source: Id


class AmongSyntax(_Syntax):
    """At least so much of what counts also matches: credits, courses, or both."""

    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    credits: CreditsField | None = None
    courses: Annotated[int, Field(ge=1, le=100)] | None = None
    match: From = Field(alias="from")


class HaveSyntax(_Syntax):
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


Names = Annotated[
    Some[Id], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]


class HoursSyntax(_Syntax):
    """So many hours of experiences of these kinds."""

    of: Names
    at_least: CreditsField


class TimesSyntax(_Syntax):
    """So many experiences of these kinds."""

    of: Names
    at_least: Annotated[int, Field(ge=1, le=1000)]


class ExamSyntax(_Syntax):
    """A score in one of these exams."""

    of: Names
    at_least: ScoreField


class GpaSyntax(_Syntax):
    """A grade point average as its keeper states it."""

    of: Id
    at_least: CreditsField


class OnTrackSyntax(_Syntax):
    """Another reading of a requirement for students on a track."""

    track: Id
    title: Text | None = None
    match: From = Field(alias="from")
    source: Id


class ExemptionSyntax(_Syntax):
    """Students on this track need not fulfil the requirement."""

    track: Id
    source: Id


class RequirementSyntax(_Syntax):
    """One condition: earn credit, choose among alternatives, or have, do or reach something.

    Exactly one of ``earn`` with ``from``, ``choose`` with ``of``, or one of ``have``, ``hours``,
    ``times``, ``exam``, ``gpa``, ``done``.
    """

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


class GrantSyntax(_Syntax):
    """The course that an award adds."""

    title: Text
    subject: Id
    credits: CreditsField
    number: str = ""
    tags: tuple[TagId, ...] = ()


class AwardSyntax(_Syntax):
    """A course, or a completed set of courses, that also earns another course.

    Either ``when`` with ``at_least``, or ``have``.
    """

    id: Id
    when: From = None
    at_least: CreditsField | None = Field(
        default=None, description="the least credit of the course that matches"
    )
    have: HaveSyntax | None = None
    grant: GrantSyntax
    in_total: bool = Field(default=True, description="whether it counts in the total as well")
    source: Id


class CapSyntax(_Syntax):
    """At most so much credit of these courses counts: in a requirement, in the total, or in all."""

    id: Id
    title: Text | None = None
    match: From = Field(alias="from")
    at_most: CreditsField
    within: Id | None = Field(
        default=None, description="a requirement, or total; in all, if left out"
    )
    source: Id


class WaiversSyntax(_Syntax):
    """Which requirements staff may excuse, and how much credit in all."""

    at_most: CreditsField
    of: Some[Id]
    source: Id


class TightenSyntax(_Syntax):
    """What an overlay asks more of a requirement underneath; never less."""

    id: Id
    earn: CreditsField | None = Field(default=None, description="as much or more")
    only: MatcherSyntax | None = Field(default=None, description="courses have to match this too")
    include: tuple[RequirementSyntax, ...] = Field(default=(), description="more named parts")
    source: Id


class ForceSyntax(_Syntax):
    """The days on which a version is in force; leave out an end that is open."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class CohortSyntax(_Syntax):
    """School years of first entering grade 9; leave out an end that is open."""

    from_: SchoolYearField | None = Field(default=None, alias="from")
    to: SchoolYearField | None = None


class VersionSyntax(_Syntax):
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


class SourceSyntax(_Syntax):
    """Where the rule was read."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    read_on: Day
    kind: Literal["primary", "secondary"]


class CreditSyntax(_Syntax):
    """The jurisdiction's unit of credit."""

    name: Text
    carnegie_units: CreditsField


class ReaderSyntax(_Syntax):
    """Someone who compared this file with the primary text."""

    name: Text
    on: Day


class RuleFileSyntax(_Syntax):
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
