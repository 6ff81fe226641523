"""Caps that hold credit back."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.audit.result import Capped
from pathloom.engine.audit.view import View
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Cap
from pathloom.engine.units import Credits


def held_back(view: View) -> tuple[Capped, ...]:
    """The caps under which more credit is on the record than counts, in file order."""
    found = []
    for cap in view.prepared.ruleset.caps:
        there, counts = _amounts(view, cap)
        if there > counts:
            found.append(Capped(cap.id, cap.title, cap.at_most, there, counts, cap.source))
    return tuple(found)


def _amounts(view: View, cap: Cap) -> tuple[Credits, Credits]:
    """Credit on the record that could count under a cap, and what of it counts."""
    under = predicate(cap.match)
    records = [each for each in view.prepared.records if under(each)]
    if cap.within in ("", "total"):
        there = sum(each.credits for each in records)
        return there, min(there, cap.at_most)
    inside = view.words.parts[cap.within]
    ids = {each.id for each in records}
    counts = sum(amount for record, amount in _counting(view, inside) if record in ids)
    if counts < cap.at_most:
        return counts, counts
    elsewhere = {record for record, place in view.home.items() if place not in inside}
    there = sum(
        each.credits
        for each in records
        if each.id not in elsewhere and any(view.is_eligible(each, name) for name in inside)
    )
    return there, counts


def _counting(view: View, inside: frozenset[str]) -> Iterator[tuple[str, Credits]]:
    for name in inside:
        for entry in view.counted.get(name, ()):
            yield entry.record, entry.amount
