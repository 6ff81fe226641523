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

    A crosswalk between the two frameworks comes first, and where it says none that is the answer;
    where it is silent about the place, ways over one more framework are tried, then over two. A
    pathway without a row of its own goes where its cluster goes, at best in part. Two parts of one
    thing need not meet: a way over them is never surer than low.

    Args:
        place: a place of any framework.
        to: id of a framework; that of the place itself gives the place, exactly.
    Returns:
        By kind, confidence, place; empty when nothing is known to correspond.
    """
    start = Carried(place, "exact", "high", ())
    reached: list[tuple[Carried, tuple[str, ...]]] = [(start, (place.framework,))]
    if place.framework != to and why_not(crosswalks, place, to=to):
        return ()
    while reached and not any(here.place.framework == to for here, _behind in reached):
        reached = [step for here, behind in reached for step in _steps(crosswalks, here, behind)]
    best: dict[Place, Carried] = {}
    for found, _behind in reached:
        kept = best.get(found.place)
        if found.place.framework == to and (kept is None or _order(found) < _order(kept)):
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


def _steps(
    crosswalks: Sequence[Crosswalk], here: Carried, behind: tuple[str, ...]
) -> Iterator[tuple[Carried, tuple[str, ...]]]:
    """Every place one crosswalk further, in a framework that is not behind yet."""
    for crosswalk, other in _beside(crosswalks, here.place.framework, behind=behind):
        rows, own = _rows(crosswalk, here.place)
        for row in rows:
            if row.kind == "none":
                continue
            kind: Kind = row.kind if own else "part"
            limit: Confidence = "low" if here.kind == kind == "part" else "high"
            path = row.right if crosswalk.left == here.place.framework else row.left
            there = Carried(
                place_at(other, path),
                _worst(KINDS, here.kind, kind),
                _worst(CONFIDENCES, here.confidence, row.confidence, limit),
                (*here.reasons, _reason(crosswalk, row)),
            )
            yield there, (*behind, other)


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


def _order(found: Carried) -> tuple[int, int, Place]:
    return KINDS.index(found.kind), CONFIDENCES.index(found.confidence), found.place


def _worst(scale: tuple[Value, ...], *values: Value) -> Value:
    return max(values, key=scale.index)
