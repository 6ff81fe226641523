"""Carrying a place from one framework to another along the crosswalks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pathloom.engine.taxonomy.crosswalk import (
    CONFIDENCES,
    KINDS,
    Confidence,
    Crosswalk,
    CrosswalkRow,
    Kind,
    place_at,
)
from pathloom.engine.taxonomy.framework import FrameworkSource, Place

Value = TypeVar("Value", bound=str)


@dataclass(frozen=True, slots=True)
class Reason:
    """One row on the way, with its source."""

    why: str
    kind: Kind
    confidence: Confidence
    source: FrameworkSource


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a place goes: no better than the worst row on the way, no surer than the least sure."""

    place: Place
    kind: Kind
    confidence: Confidence
    reasons: tuple[Reason, ...]


def carry(crosswalks: Sequence[Crosswalk], place: Place, *, to: str) -> tuple[Carried, ...]:
    """Find the places of another framework that a place goes to, best first.

    A pathway without a row of its own goes where its cluster goes, at best in part. Every way over
    other frameworks is tried, each framework once; of several ways to one place the best is kept.

    Args:
        place: a place of any framework.
        to: id of a framework; that of the place itself gives the place, exactly.
    Returns:
        By kind, confidence, length of the way, place; empty when nothing is known to correspond.
    """
    best: dict[Place, Carried] = {}
    for found in _ways(crosswalks, Carried(place, "exact", "high", ()), to=to, behind=()):
        kept = best.get(found.place)
        if kept is None or _order(found) < _order(kept):
            best[found.place] = found
    return tuple(sorted(best.values(), key=_order))


def why_not(crosswalks: Sequence[Crosswalk], place: Place, *, to: str) -> tuple[Reason, ...]:
    """The rows that say outright that a place, or its cluster, has no counterpart there."""
    return tuple(
        _reason(crosswalk, row)
        for crosswalk, _other in _beside(crosswalks, place.framework, behind=())
        if to in (crosswalk.left, crosswalk.right)
        for row in _rows(crosswalk, place)[0]
        if row.kind == "none"
    )


def _ways(
    crosswalks: Sequence[Crosswalk], here: Carried, *, to: str, behind: tuple[str, ...]
) -> Iterator[Carried]:
    if here.place.framework == to:
        yield here
        return
    behind = (*behind, here.place.framework)
    for crosswalk, other in _beside(crosswalks, here.place.framework, behind=behind):
        rows, own = _rows(crosswalk, here.place)
        for row in rows:
            if row.kind != "none":
                path = row.right if crosswalk.left == here.place.framework else row.left
                there = Carried(
                    place_at(other, path),
                    _worst(KINDS, here.kind, row.kind, "exact" if own else "part"),
                    _worst(CONFIDENCES, here.confidence, row.confidence),
                    (*here.reasons, _reason(crosswalk, row)),
                )
                yield from _ways(crosswalks, there, to=to, behind=behind)


def _beside(
    crosswalks: Sequence[Crosswalk], framework: str, *, behind: tuple[str, ...]
) -> Iterator[tuple[Crosswalk, str]]:
    """The crosswalks of a framework, each with the framework on its other side."""
    for crosswalk in crosswalks:
        if framework in (crosswalk.left, crosswalk.right):
            other = crosswalk.right if crosswalk.left == framework else crosswalk.left
            if other not in behind:
                yield crosswalk, other


def _rows(crosswalk: Crosswalk, place: Place) -> tuple[tuple[CrosswalkRow, ...], bool]:
    """The rows of a place, and whether they are its own or its cluster's."""
    for where in (place, place.whole_cluster):
        left = crosswalk.left == place.framework
        rows = tuple(
            row for row in crosswalk.rows if (row.left if left else row.right) == where.path
        )
        if rows:
            return rows, where == place
    return (), True


def _reason(crosswalk: Crosswalk, row: CrosswalkRow) -> Reason:
    return Reason(row.why, row.kind, row.confidence, crosswalk.source(row.source))


def _order(found: Carried) -> tuple[int, int, int, Place]:
    kind, confidence = KINDS.index(found.kind), CONFIDENCES.index(found.confidence)
    return kind, confidence, len(found.reasons), found.place


def _worst(scale: tuple[Value, ...], *values: Value) -> Value:
    return max(values, key=scale.index)
