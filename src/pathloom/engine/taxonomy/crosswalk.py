"""Crosswalks: which place of one framework is which place of another, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict

from pathloom.engine.errors import Location, Problem, Problems, nearest
from pathloom.engine.page import in_order, parse_page, read_page
from pathloom.engine.taxonomy.framework import (
    STRICT,
    Framework,
    FrameworkError,
    FrameworkSource,
    Id,
    Place,
    Words,
)
from pathloom.engine.taxonomy.load import PACKAGED, load_frameworks

Kind = Literal["exact", "close", "part", "none"]
Confidence = Literal["high", "medium", "low"]

KINDS: tuple[Kind, ...] = ("exact", "close", "part", "none")  # from best to worst
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """Two places that are the same (exact), nearly (close), or of which one holds a part (part).

    A row of kind none has only one side: that place has no counterpart.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    left: str
    right: str
    kind: Kind
    confidence: Confidence
    source: Id
    why: Words


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The rows between two frameworks; they are read in both directions."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    title: Words
    left: Id
    right: Id
    sources: tuple[FrameworkSource, ...]
    rows: tuple[CrosswalkRow, ...]

    def source(self, source_id: str) -> FrameworkSource:
        return next(source for source in self.sources if source.id == source_id)


_SHAPES = {"sources": FrameworkSource, "rows": CrosswalkRow}


def place_at(framework: str, path: str) -> Place:
    """The place of a framework that a file writes as ``cluster`` or ``cluster/pathway``."""
    cluster, _, pathway = path.partition("/")
    return Place(framework, cluster, pathway)


def load_crosswalks(
    root: Path | None = None, *, frameworks: Sequence[Framework] | None = None
) -> tuple[Crosswalk, ...]:
    """Read every crosswalk of a folder, the packaged ones by default, ordered by id.

    Args:
        frameworks: those whose places the rows name; the packaged ones by default.
    Raises:
        FrameworkError: every mistake of every file, also a row that names no place.
    """
    known = {each.id: each for each in (load_frameworks() if frameworks is None else frameworks)}
    found: list[Crosswalk] = []
    problems = Problems()
    for path in sorted((root or PACKAGED / "crosswalks").glob("*.yaml")):
        try:
            found.append(load_crosswalk(path, known))
        except FrameworkError as error:
            problems.extend(error.problems)
    problems.raise_if_any(FrameworkError)
    return tuple(sorted(found, key=lambda crosswalk: crosswalk.id))


def load_crosswalk(path: Path, known: Mapping[str, Framework]) -> Crosswalk:
    """Read one crosswalk file (YAML with the keys of ``Crosswalk``).

    Args:
        known: framework id -> framework.
    Raises:
        FrameworkError: every mistake in the file, each as ``file:line: what. What to do.``
    """
    page, problems = read_page(path, kind=FrameworkError)
    crosswalk = parse_page(page, Crosswalk, problems=problems, known=_known_keys)
    if crosswalk is not None:
        problems.extend(_check(crosswalk, known, page.place))
    if problems or crosswalk is None:
        raise FrameworkError(in_order(problems))
    return crosswalk


def _known_keys(location: Location) -> tuple[str, ...]:
    names = [step for step in location if isinstance(step, str)]
    shape = _SHAPES.get(names[-1], Crosswalk) if names else Crosswalk
    return tuple(field.name for field in fields(shape))


def _check(
    crosswalk: Crosswalk, known: Mapping[str, Framework], place: Callable[[Location], str]
) -> Iterator[Problem]:
    for side in ("left", "right"):
        if getattr(crosswalk, side) not in known:
            what = f"no framework is called '{getattr(crosswalk, side)}'"
            yield Problem(place((side,)), what, nearest(getattr(crosswalk, side), known))
    sources = [source.id for source in crosswalk.sources]
    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(crosswalk.rows):
        here: Location = ("rows", index)
        yield from _check_row(crosswalk, row, known=known, where=place(here))
        if row.source not in sources:
            what = f"source '{row.source}' is not listed under 'sources'"
            yield Problem(place((*here, "source")), what, nearest(row.source, sources))
        first = seen.setdefault((row.left, row.right), index)
        if first != index:
            what = f"the row stands twice (first at {place(('rows', first))})"
            yield Problem(place(here), what, "Keep one of them.")
    yield from _check_nones(crosswalk, place)


def _check_row(
    crosswalk: Crosswalk, row: CrosswalkRow, *, known: Mapping[str, Framework], where: str
) -> Iterator[Problem]:
    for framework_id, path in ((crosswalk.left, row.left), (crosswalk.right, row.right)):
        framework = known.get(framework_id)
        if path and framework and framework.at(place_at(framework_id, path)) is None:
            places = [each.path for each in framework.places()]
            what = f"{framework_id} has no place '{path}'"
            yield Problem(where, what, nearest(path, places))
    sides = sum(bool(path) for path in (row.left, row.right))
    if sides == 0:
        yield Problem(where, "the row names no place", "Name one, or delete the row.")
    elif row.kind == "none" and sides == 2:
        what = "the row says none, but names a counterpart"
        yield Problem(where, what, 'Leave one side empty (""), or choose another kind.')
    elif row.kind != "none" and sides == 1:
        what = f"the row says {row.kind}, but names one place only"
        yield Problem(where, what, "Name the other place, or choose the kind none.")


def _check_nones(crosswalk: Crosswalk, place: Callable[[Location], str]) -> Iterator[Problem]:
    """A place that has no counterpart has no other row."""
    for side in ("left", "right"):
        named = [getattr(row, side) for row in crosswalk.rows]
        for index, row in enumerate(crosswalk.rows):
            if row.kind == "none" and named[index] and named.count(named[index]) > 1:
                what = f"'{named[index]}' has no counterpart here, and one in another row"
                yield Problem(place(("rows", index)), what, "Keep one of them.")
