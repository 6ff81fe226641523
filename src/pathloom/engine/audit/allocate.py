"""Which record counts toward which requirement: exact, by flow where that settles it, else solved.

Goals, in this order:

1. everything is fulfilled, if it can be: by the earned records alone, or else with those in
   progress, or else with the planned ones too;
2. first counts leave as little open as possible: with all countable records, then without the
   planned ones, then with the earned ones alone. Second counts do not matter here, so that
   nobody's Biology moves to a slot where it would count twice, leaving Biology open; what is
   missing of an ``among`` does, a course as a hundred hundredths;
3. slots earlier in the file hold as much as they can, overflow slots last; second counts aside;
4. as little as possible is short, second counts included;
5. no substitute where none is needed, then alternatives and values in their order, and then a
   fixed choice by record content that prefers what is earned, so that the order of input never
   matters.

The verdict on the whole depends on goal 1 alone. Caps are never exceeded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pathloom.engine.audit.kernel import (
    BY_FLOW,
    BY_SEARCH,
    BY_SUMS,
    UNSETTLED,
    Settled,
    settle,
)
from pathloom.engine.audit.numbers import Numbered, numbered, rules_of
from pathloom.engine.audit.result import Counted, Tier
from pathloom.engine.audit.tables import REST, SECOND, WAY
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.slots import Layout

TIERS = {BY_SUMS: Tier.SUMS, BY_FLOW: Tier.FLOW, BY_SEARCH: Tier.SEARCH}


@dataclass(frozen=True, slots=True)
class Allocation:
    """A certificate, in slot order and then canonical record order, and how it was proved.

    ``chosen`` are the alternatives taken of each choice with credit, ``values`` the value of its
    family of each requirement with ``same``; both by requirement id.
    """

    certificate: tuple[Counted, ...]
    tier: Tier
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def allocate(prepared: Prepared, places: Layout) -> Allocation:
    """Decide which record counts toward which requirement.

    Args:
        prepared: a student with n countable records, awarded ones included, in any order.
        places: the slots of its rule set.
    Returns:
        Per record at most a first count, its overflow and one second count (any number of them
        where courses may be divided), or its share of a substitute.
    """
    ready = numbered(prepared, places)
    settled = settle(rules_of(places), ready.student)
    if settled.tier == UNSETTLED:
        return solve(prepared, ready.records, places)
    return read(settled, ready, prepared, places)


def read(settled: Settled, ready: Numbered, prepared: Prepared, places: Layout) -> Allocation:
    """Turn what the kernel says into words."""
    found = []
    for index, slot, amount, kind in zip(
        settled.record, settled.slot, settled.amount, settled.kind, strict=True
    ):
        record = ready.records[index]
        if kind == WAY:
            way = places.ways[slot]
            name, substitute = way.requirement.id, way.substitute.id
        else:
            name, substitute = places.slots[slot].requirement, ""
        found.append(
            Counted(
                record.id,
                name,
                amount,
                record.state,
                second=kind == SECOND,
                overflow=kind == REST,
                substitute=substitute,
            )
        )
    certificate = _sorted(found, places)
    used = {each.requirement for each in found}
    values = {
        region.requirement: names[value]
        for region, names, value in zip(places.sames, ready.values, settled.values, strict=True)
        if names and used.intersection(_names(region.slots, places))
    }
    chosen = places.combinations[settled.combination].chosen
    if prepared.exempt:
        chosen = {name: taken for name, taken in chosen.items() if name not in prepared.exempt}
    return Allocation(certificate, TIERS[settled.tier], chosen, values)


def _names(mask: int, places: Layout) -> Iterable[str]:
    return (slot.requirement for slot in places.slots if mask >> slot.index & 1)


def solve(prepared: Prepared, ordered: tuple[CourseRecord, ...], places: Layout) -> Allocation:
    """Allocate records in canonical order with the solver."""
    from pathloom.engine.encoding.exact import solve_exactly

    states = {record.id: record.state for record in ordered}
    solved = solve_exactly(prepared, ordered, bounds=(0, 0, 0))
    found = []
    for entry in solved.entries:
        way = places.ways[entry.way] if entry.way >= 0 else None
        found.append(
            Counted(
                record=entry.record,
                requirement=way.requirement.id if way else places.slots[entry.slot].requirement,
                amount=entry.amount,
                state=states[entry.record],
                second=entry.second,
                overflow=entry.overflow,
                substitute=way.substitute.id if way else "",
            )
        )
    return Allocation(_sorted(found, places), Tier.SOLVER, solved.chosen, solved.values)


def _sorted(certificate: Iterable[Counted], places: Layout) -> tuple[Counted, ...]:
    order = {slot.requirement: slot.index for slot in places.slots}
    return tuple(sorted(certificate, key=lambda each: order.get(each.requirement, -1)))
