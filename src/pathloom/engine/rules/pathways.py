"""Career pathways of a state and its course numbers: no number without a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict

from pathloom.engine.errors import Location, Problems, RuleError, nearest
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.rules.fields import Day, Id, Some, Text
from pathloom.engine.rules.matchers import is_pattern, normal_number

_STRICT = ConfigDict(extra="forbid")
Book = TypeVar("Book", "NumberBook", "PathwayBook")


def _number(value: object) -> str:
    if not isinstance(value, str) or not is_pattern(normal_number(value)):
        raise ValueError(
            f"'{value}' is not a course number. Write it as printed, in quotes: '26.07300'."
        )
    return value


Number = Annotated[str, BeforeValidator(_number)]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something was read; ``url`` is empty where only a copy without address was at hand."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: Text
    read_on: Day
    kind: Literal["primary", "secondary"]
    url: str = ""


@dataclass(frozen=True, slots=True)
class SourcedNumber:
    """A state course number as a source prints it, for the course of this title."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    number: Number
    title: Text
    source: Id
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PathwayCourse:
    """One course of a pathway; what no source gives is empty (``place`` 0)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str = ""
    number: Number | Literal[""] = ""
    place: int = 0
    required: bool = True


@dataclass(frozen=True, slots=True)
class StatePathway:
    """The courses of one pathway; ``cluster`` and ``pathway`` are ids of the state's framework."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    cluster: Id
    pathway: Id
    title: Text
    source: Id
    confidence: Confidence
    courses: Some[PathwayCourse]
    note: str = ""


@dataclass(frozen=True, slots=True)
class NumberBook:
    """``numbers.yaml``: every course number of a state that was seen in a source."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    sources: Mapping[Id, Reference]
    rows: Some[SourcedNumber]

    def titles(self) -> dict[str, str]:
        """Pattern of each number, the delivery digit as X, with the title of its course."""
        return {pattern_of(row.number): row.title for row in self.rows}


@dataclass(frozen=True, slots=True)
class PathwayBook:
    """``pathways.yaml``: pathways of a state with their courses."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    sources: Mapping[Id, Reference]
    rows: Some[StatePathway]


def load_numbers(path: Path, *, where: str = "") -> NumberBook:
    """Read the sourced course numbers of a state; RuleError names every mistake with its line."""
    return _load(path, NumberBook, where=where, check=_check_numbers)


def load_pathways(path: Path, *, where: str = "") -> PathwayBook:
    """Read the pathways of a state, beside which ``numbers.yaml`` lists the sourced numbers.

    Raises RuleError with every mistake: among them a number that no source gives for the course.
    """
    numbers = load_numbers(path.with_name("numbers.yaml"))

    def check(book: PathwayBook, page: Page, problems: Problems) -> None:
        _check_pathways(book, numbers.titles(), page=page, problems=problems)

    return _load(path, PathwayBook, where=where, check=check)


def pattern_of(number: str) -> str:
    """The pattern of a number in any delivery: ``25.44000`` becomes ``25.X400XXX``.

    Two digits of area and three after the digit of delivery say what a course is; the last three
    vary, as with dual enrollment. Source: Georgia course numbering, HOPE course lists.
    """
    full = normal_number(number)
    return f"{full[:3]}X{full[4:7]}XXX"


def unsourced(book: NumberBook, text: str) -> tuple[SourcedNumber, ...]:
    """Numbers of a book that do not stand in ``text``, the collected sources; none should."""
    return tuple(row for row in book.rows if row.number not in text)


def _load(
    path: Path, kind: type[Book], *, where: str, check: Callable[[Book, Page, Problems], None]
) -> Book:
    page, problems = read_page(path, where=where)
    book = parse_page(page, kind, problems=problems, known=_known)
    if book is not None:
        for index, row in enumerate(book.rows):
            if row.source not in book.sources:
                place = page.place(("rows", index, "source"))
                problems.add(
                    place, f"unknown source '{row.source}'", nearest(row.source, book.sources)
                )
        check(book, page, problems)
    if problems or book is None:
        raise RuleError(in_order(problems))
    return book


def _check_numbers(book: NumberBook, page: Page, problems: Problems) -> None:
    lines: dict[str, int] = {}
    for index, row in enumerate(book.rows):
        here: Location = ("rows", index)
        pattern = pattern_of(row.number)
        if pattern in lines:
            problems.add(
                page.place(here),
                f"number '{row.number}' stands twice (first on line {lines[pattern]})",
                "Keep one of them.",
            )
        lines.setdefault(pattern, page.line(here))


def _check_pathways(
    book: PathwayBook, titles: Mapping[str, str], *, page: Page, problems: Problems
) -> None:
    for index, row in enumerate(book.rows):
        for place, course in enumerate(row.courses):
            here = page.place(("rows", index, "courses", place))
            if not course.number:
                continue
            title = titles.get(pattern_of(course.number))
            if title is None:
                problems.add(
                    here,
                    f"number '{course.number}' stands in no source",
                    "Leave it out, or add it with its source to numbers.yaml.",
                )
            elif title != course.title:
                problems.add(
                    here,
                    f"number '{course.number}' belongs to '{title}', not to '{course.title}'",
                    "Correct the title or the number.",
                )


def _known(location: Location) -> Iterable[str]:
    names = [step for step in location if isinstance(step, str)]
    if "courses" in names:
        return [field.name for field in fields(PathwayCourse)]
    if "sources" in names:
        return [field.name for field in fields(Reference)]
    if "rows" in names:
        rows = (*fields(StatePathway), *fields(SourcedNumber))
        return [field.name for field in rows]
    return ["sources", "rows"]
