"""Which record counts toward which requirement: exact, by flow where that settles it, else solved.

Goals, in this order:

1. everything is fulfilled, if it can be: by the earned records alone, or else with those in
   progress, or else with the planned ones too;
2. first counts leave as little open as possible: with all countable records, then without the
   planned ones, then with the earned ones alone. Second counts do not matter here, so that
   nobody's Biology moves to a slot where it would count twice, leaving Biology open;
3. slots earlier in the file are filled first, overflow slots last;
4. as little as possible is short, second counts included;
5. no substitute where none is needed, and then a fixed choice by record content that prefers what
   is earned, so that the order of input never matters.

The verdict on the whole depends on goal 1 alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pathloom.engine.audit.certificate import certificate_of, short_of
from pathloom.engine.audit.flow import LEVELS, flow
from pathloom.engine.audit.result import Counted, Tier
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits

_RANK = {State.EARNED: 0, State.IN_PROGRESS: 1, State.PLANNED: 2}
_NO_BOUNDS = (0, 0, 0)


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
    ordered = canonical(prepared.records, places)
    flowing = flow(ordered, places)
    ways = _ways(ordered, places) if any(flowing.missing) else ()
    certificate = certificate_of(flowing, places)
    if certificate is not None and _is_all_there_is(certificate, ordered, places):
        goals = (*map(bool, short_of(certificate, places)), *flowing.missing)
        if not ways or (len(ways) == 1 and goals < _replaced_at_best(ordered, places, ways[0])):
            tier = Tier.SUMS if _is_plain(ordered, places) and not ways else Tier.FLOW
            return Allocation(_sorted(certificate, places), tier)
    return solve(ordered, places, bounds=_NO_BOUNDS if ways else flowing.missing)


def solve(
    ordered: tuple[CourseRecord, ...],
    places: Layout,
    *,
    bounds: tuple[Credits, Credits, Credits] = _NO_BOUNDS,
) -> Allocation:
    """Allocate records in canonical order with the solver; ``bounds`` as in ``solve_exactly``."""
    from pathloom.engine.encoding.exact import solve_exactly

    states = {record.id: record.state for record in ordered}
    found = []
    for entry in solve_exactly(places.ruleset, ordered, bounds=bounds):
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
    return Allocation(_sorted(found, places), Tier.SOLVER)


def canonical(records: Iterable[CourseRecord], places: Layout) -> tuple[CourseRecord, ...]:
    """Put records in an order that depends on what they can count for, then on their content."""

    def key(record: CourseRecord) -> tuple[object, ...]:
        mask, ways = places.masks(record)
        return (
            _RANK[record.state],
            mask.bit_count(),
            -record.credits,
            mask,
            ways,
            record.term.order if record.term else (0, 0),
            record.number,
            record.course,
            record.title,
            record.id,
        )

    return tuple(sorted(records, key=key))


def _sorted(certificate: Iterable[Counted], places: Layout) -> tuple[Counted, ...]:
    order = {slot.requirement: slot.index for slot in places.slots}
    return tuple(sorted(certificate, key=lambda each: order.get(each.requirement, -1)))


def _is_all_there_is(
    certificate: tuple[Counted, ...], ordered: tuple[CourseRecord, ...], places: Layout
) -> bool:
    """Whether nothing could fulfil everything on a level where the certificate does not.

    Proved by a flow in which the credit of slots with a second count always counts again.
    """
    short = short_of(certificate, places)
    if not any(short) or not any(slot.also for slot in places.slots):
        return True
    bounds = flow(ordered, places, echoes=True).missing
    return all(bound or not amount for bound, amount in zip(bounds, short, strict=True))


def _ways(records: tuple[CourseRecord, ...], places: Layout) -> tuple[int, ...]:
    """The substitutes for which there are enough records."""
    return tuple(
        index
        for index, way in enumerate(places.ways)
        if _there(records, places, index) >= way.substitute.earn
    )


def _there(records: Iterable[CourseRecord], places: Layout, way: int) -> Credits:
    return sum(record.credits for record in records if places.masks(record)[1] >> way & 1)


def _replaced_at_best(
    ordered: tuple[CourseRecord, ...], places: Layout, way: int
) -> tuple[Credits, ...]:
    """Bounds of goals 1 and 2 for every allocation that uses one substitute.

    On each level the substitute is there in full, and takes its credit; or it is not, and its
    whole requirement is open.
    """
    chosen = places.ways[way]
    taking = flow(ordered, places, closed=chosen.closes, way=way).missing
    aside = flow(ordered, places, closed=chosen.closes).missing
    left = []
    for index, states in enumerate((LEVELS, LEVELS[:2], LEVELS[:1])):
        there = _there((each for each in ordered if each.state in states), places, way)
        without = aside[index] + chosen.requirement.earn
        left.append(min(taking[index], without) if there >= chosen.substitute.earn else without)
    again = sum(slot.capacity for slot in places.slots if slot.also)
    return (*(amount > again for amount in left), *left)


def _is_plain(records: tuple[CourseRecord, ...], places: Layout) -> bool:
    """Whether no record could serve two slots, besides overflow: then sums are exact."""
    for record in records:
        named = places.masks(record)[0] & ~places.overflow
        if named & (named - 1):
            return False
        if named and places.slots[named.bit_length() - 1].also:
            return False
    return True
