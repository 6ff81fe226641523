"""The small parts of the syntax of rule files: ids, days, lists, and which courses match."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeVar

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

from pathloom.engine.units import MarkField

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


def exactly_one(*ways: tuple[str, ...]) -> dict[str, Any]:
    """The keys of exactly one of several ways have to be there; what else may be is checked."""
    return {"oneOf": [{"required": list(keys)} for keys in ways]}


class Syntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MatcherSyntax(Syntax):
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


class _OneOrMore:
    """In the JSON Schema a list of one may be written without brackets."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


Names = Annotated[
    Some[Id],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    _OneOrMore(),
]
