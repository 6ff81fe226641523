"""A YAML file as plain data that still knows on which line everything stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pathloom.engine.errors import (
    Location,
    PathloomError,
    Problem,
    Problems,
    RuleError,
    problems_of,
    read_text,
)

Plain = dict[str, "Plain"] | list["Plain"] | str | int | Decimal | bool | None

Model = TypeVar("Model")

_TAG = "tag:yaml.org,2002:"
_DEPTH, _SIZE = 40, 100_000
_TOO_DEEP = ("too many things within each other", "Write it flat, without aliases.")
_ABOUT_KEYS = {"extra_forbidden", "unexpected_keyword_argument", "missing"}
_KEYS = ("keys are expected", "Write key: value.")
_EXPECTED = {
    "model_type": _KEYS,
    "dataclass_type": _KEYS,
    "dict_type": _KEYS,
    "mapping_type": _KEYS,
    "tuple_type": ("a list is expected", "Write it in brackets: [a, b]."),
    "string_type": ("text is expected", "Write words; put a number in quotes."),
    "string_too_short": ("no words stand here", "Write them."),
    "string_pattern_mismatch": ("not a web address", "Write it with https:// in front."),
}
_NAMED = (
    ("requirements", "requirement"),
    ("include", "requirement"),
    ("of", "requirement"),
    ("tighten", "requirement"),
    ("among", "among"),
    ("caps", "cap"),
    ("instead", "substitute"),
    ("awards", "award"),
    ("versions", "version"),
    ("sources", "source"),
    ("clusters", "cluster"),
    ("pathways", "pathway"),
    ("cases", "case"),
    ("rows", "row"),
    ("agreements", "agreement"),
    ("institutions", "institution"),
)


@dataclass(slots=True)
class Page:
    """One YAML file: its data, and the line of every value and key.

    ``where`` is how messages name the file. Numbers with a point are ``Decimal``: no float is made.
    """

    where: str
    data: Plain
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """The line of the key or list item at ``location``, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def place(self, location: Location) -> str:
        return f"{self.where}:{self.line(location)}"

    def name(self, location: Location) -> str:
        """Name an item of a list by its list: ``'parts' item 2``."""
        place = [step for step in location if isinstance(step, str)]
        return f"'{place[-1] if place else 'list'}' item {int(location[-1]) + 1}"

    def within(self, location: Location) -> str:
        """Name the smallest thing with an id around ``location``: ``requirement 'finance'``."""
        for end in range(len(location), 1, -1):
            kind = dict(_NAMED).get(str(location[end - 2]))
            if kind is None:
                continue
            name: Plain | int | str = location[end - 1]
            inner = self.at(location[:end])
            if isinstance(name, int):
                found = (inner.get("id") or inner.get("name")) if isinstance(inner, dict) else None
                name = found if isinstance(found, str) else name + 1
            return f"{kind} '{name}'" if isinstance(name, str) else f"{kind} {name}"
        return ""

    def at(self, location: Location) -> Plain:
        value = self.data
        for step in location:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value


def read_page(
    path: Path, *, where: str = "", kind: type[PathloomError] = RuleError
) -> tuple[Page, Problems]:
    """Read a YAML file; a broken file raises at once, a repeated key is a problem among others.

    Args:
        path: the file.
        where: how messages name it; the path, if empty.
        kind: the error to raise for a file that is no YAML at all.
    """
    shown = where or str(path)
    try:
        return _page_of(_text_of(path, shown), shown)
    except PathloomError as error:
        raise kind(error.problems) from None


def _page_of(text: str, shown: str) -> tuple[Page, Problems]:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise PathloomError([_broken(shown, error)]) from None
    except YAMLError as error:  # a character that YAML does not allow
        what = str(error).splitlines()[0]
        raise PathloomError(
            [Problem(f"{shown}:1", f"not valid YAML: {what}", "Delete it.")]
        ) from None
    except RecursionError:
        raise PathloomError([Problem(f"{shown}:1", *_TOO_DEEP)]) from None
    page = Page(shown, None)
    problems = Problems()
    if root is None:
        problems.add(f"{shown}:1", "the file is empty", "Write it, or delete it.")
        problems.raise_as(PathloomError)
    page.data = _plain(root, (), page, problems)
    return page, problems


def _text_of(path: Path, shown: str) -> str:
    try:
        return read_text(path, kind=PathloomError)
    except PathloomError as error:
        raise PathloomError(replace(problem, where=shown) for problem in error.problems) from None


def _broken(shown: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = str(error.problem or "cannot be read").replace("\n", " ").rstrip(".")
    if error.context == "while scanning a simple key":  # it is noticed a line too late
        mark, what = error.context_mark, "a key without ':' after it"
    elif "\\t" in what:
        what = "a tab; indent with spaces"
    elif "<block end>" in what:
        what = "this line is not indented like those that it belongs to"
    elif "another document" in what:
        what = "'---' begins a second document"
    line = mark.line + 1 if mark else 1
    return Problem(f"{shown}:{line}", f"not valid YAML: {what}", "Correct the YAML on this line.")


def _plain(node: Node, location: Location, page: Page, problems: Problems) -> Plain:
    if len(location) > _DEPTH or len(page.lines) > _SIZE:  # an alias may stand within itself
        raise PathloomError([Problem(f"{page.where}:{node.start_mark.line + 1}", *_TOO_DEEP)])
    page.lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, location, page, problems)
    if isinstance(node, SequenceNode):
        return [
            _plain(item, (*location, index), page, problems)
            for index, item in enumerate(node.value)
        ]
    return _scalar(str(node.tag), str(node.value))


def _mapping(
    node: MappingNode, location: Location, page: Page, problems: Problems
) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
        line = key_node.start_mark.line + 1
        here = (*location, key)
        if key in values:
            problems.add(
                f"{page.where}:{line}",
                f"key '{key}' stands twice (first on line {page.lines[here]})",
                "Keep one of them.",
            )
            continue
        page.lines[here] = line
        values[key] = _plain(value_node, here, page, problems)
    return values


def _scalar(tag: str, text: str) -> Plain:
    if tag == f"{_TAG}null":
        return None
    if tag == f"{_TAG}bool":
        return text.lower() == "true"
    if tag == f"{_TAG}int" and re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    if tag == f"{_TAG}float" and re.fullmatch(r"[-+]?\d+\.\d+", text):
        return Decimal(text)
    return text


def parse_page(
    page: Page,
    model: type[Model],
    *,
    problems: Problems,
    known: Callable[[Location], Iterable[str]],
) -> Model | None:
    """Check a page against its syntax; every mistake becomes a problem with line and owner."""
    try:
        return TypeAdapter(model).validate_python(page.data)
    except ValidationError as error:
        found = problems_of(error, place=page.place, known=known)
        for problem, entry in zip(found, error.errors(include_url=False), strict=True):
            problems.extend([_in_words(problem, page, entry["type"], entry["loc"])])
        return None


def _in_words(problem: Problem, page: Page, kind: str, location: Location) -> Problem:
    """Say what the library found in the words of someone who writes the file."""
    what, fix = problem.what, problem.fix
    name, _, rest = what.partition(": ")
    if kind in _ABOUT_KEYS:
        owner = page.within(location)
        return replace(problem, what=f"{what} in {owner}" if owner else what)
    if not location:
        name = "the file"
    elif isinstance(location[-1], int):
        name = page.name(location)
    elif location[-1] == "[key]":
        name = f"'{location[-3]}'"
    if kind in _EXPECTED:
        rest, fix = _EXPECTED[kind]
    return replace(problem, what=f"{name}: {rest}", fix=fix)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of one file from its first line to its last."""
    return tuple(sorted(problems, key=lambda each: int(each.where.rpartition(":")[2])))
