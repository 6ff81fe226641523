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
from pathloom.engine.units import CreditsField, SchoolYearField

_WORD = "[a-z0-9]+(-[a-z0-9]+)*"
Id = Annotated[
    str,
    BeforeValidator(lambda value: _id(value)),
    WithJsonSchema({"type": "string", "pattern": f"^{_WORD}$"}),
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
    tag: Id | None = Field(default=None, description="the course carries this tag")
    number: Text | None = Field(
        default=None, description="the state course number; X stands for any digit: 27.X992XXX"
    )
    course: Text | None = Field(default=None, description="the catalog's own course code")
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


class RequirementSyntax(_Syntax):
    """One condition: earn so much credit from courses that match."""

    id: Id
    title: Text | None = Field(default=None, description="in words; else made from the id")
    earn: CreditsField
    match: From = Field(alias="from", description="which courses can count")
    source: Id = Field(description="id of a source of this file")
    include: tuple[RequirementSyntax, ...] = Field(
        default=(), description="named parts; what they need is part of earn"
    )
    also_counts: tuple[Id, ...] = Field(
        default=(), description="requirements in which a course counts a second time"
    )
    instead: tuple[SubstituteSyntax, ...] = Field(default=(), description="substitutes")
    was: tuple[Id, ...] = Field(default=(), description="former ids of this requirement")
    note: str = Field(default="", description="what a reader of the rule should know")


class GrantSyntax(_Syntax):
    """The course that an award adds."""

    title: Text
    subject: Id
    credits: CreditsField
    number: str = ""
    tags: tuple[Id, ...] = ()


class AwardSyntax(_Syntax):
    """One seat, two credits: a course that also earns another course."""

    id: Id
    when: From
    at_least: CreditsField = Field(description="the least credit of the course that matches")
    grant: GrantSyntax
    source: Id


class CohortSyntax(_Syntax):
    """School years of first entering grade 9; leave out an end that is open."""

    from_: SchoolYearField | None = Field(default=None, alias="from")
    to: SchoolYearField | None = None


class VersionSyntax(_Syntax):
    """All requirements for one range of cohorts, written out in full."""

    id: VersionId
    entered_grade_9: CohortSyntax
    total: CreditsField
    split: Literal["never", "overflow", "free"] = Field(
        default="overflow", description="what happens to the part of a course that is not needed"
    )
    overflow_into: Id | None = Field(
        default=None, description="the requirement that takes what is not needed elsewhere"
    )
    requirements: Some[RequirementSyntax]
    awards: tuple[AwardSyntax, ...] = ()


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
    diploma: Id
    title: Text
    credit: CreditSyntax
    status: Literal["draft", "checked", "confirmed"]
    checked: tuple[ReaderSyntax, ...] = ()
    subjects: dict[Id, Text] = Field(description="the subjects in use, with their names in words")
    tags: dict[Id, Text] = Field(default={}, description="the tags in use, with their meaning")
    sources: dict[Id, SourceSyntax]
    versions: Some[VersionSyntax]


_SYNTAX_AT: dict[str, type[BaseModel]] = {
    "versions": VersionSyntax,
    "entered_grade_9": CohortSyntax,
    "requirements": RequirementSyntax,
    "include": RequirementSyntax,
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
    models = (VersionSyntax, CohortSyntax, RequirementSyntax, SubstituteSyntax, AwardSyntax)
    parts = (GrantSyntax, MatcherSyntax)
    return frozenset(key for model in (*models, *parts) for key in keys_of(model))
