"""The allocation against all allocations of thousands of small cases with every construct."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from pathloom.engine.audit import kernel, search
from pathloom.engine.audit.allocate import Allocation, allocate, solve
from pathloom.engine.audit.evaluate import evaluate
from pathloom.engine.audit.numbers import numbered, rules_of
from pathloom.engine.audit.result import Status, Tier
from pathloom.engine.audit.tables import MOST_BITS
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import HasTag, Requirement
from pathloom.engine.rules.slots import layout
from tests.engine.encoding.cases import case
from tests.engine.encoding.search import Count, Goals, Search, Sides

CASES = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "full" else 50


def reached(prepared: Prepared, allocation: Allocation, search: Search) -> Goals:
    """The goals of a certificate, added up by the search; the last two are not proved."""
    world, decided = tuple(counts(prepared, allocation)), sides(prepared, allocation)
    assert search.is_allowed(world, decided), (prepared, allocation)
    evaluate(prepared, allocation.certificate, chosen=allocation.chosen, values=allocation.values)
    return search.goals(world, decided)[:-2]


def counts(prepared: Prepared, allocation: Allocation) -> Iterator[Count]:
    places = layout(prepared.ruleset)
    records = {each.id: each for each in prepared.records}
    slots = {slot.requirement: slot.index for slot in places.slots}
    ways = {way.substitute.id: index for index, way in enumerate(places.ways)}
    for one in allocation.certificate:
        kind = "again" if one.second else "over" if one.overflow else "first"
        at = ways[one.substitute] if one.substitute else slots[one.requirement]
        yield Count(records[one.record], "way" if one.substitute else kind, at, one.amount // 50)


def sides(prepared: Prepared, allocation: Allocation) -> Sides:
    ways = {way.substitute.id: at for at, way in enumerate(layout(prepared.ruleset).ways)}
    used = {ways[each.substitute] for each in allocation.certificate if each.substitute}
    nodes = tuple(prepared.ruleset.walk())
    chosen = {
        node.id: allocation.chosen.get(node.id, tuple(each.id for each in node.of)[: node.choose])
        for node in nodes
        if node.of
    }
    values = {node.id: allocation.values.get(node.id, "") for node in nodes if node.same}
    return Sides(chosen, values, tuple(sorted(used)))


@pytest.mark.parametrize("batch", range(10))
def test_the_allocation_is_the_best_of_all(batch: int) -> None:
    chance = Random(batch)
    for _ in range(CASES):
        prepared = case(chance, most=3)
        search = Search(prepared)
        allocation = allocate(prepared, layout(prepared.ruleset))
        assert reached(prepared, allocation, search) == search.best()[:-2], (prepared, allocation)


def test_kernel_and_solver_reach_the_same_goals_on_longer_records() -> None:
    chance = Random(5)
    tiers = set()
    for _ in range(150):
        prepared = case(chance, most=9)
        places = layout(prepared.ruleset)
        search = Search(prepared)
        allocation = allocate(prepared, places)
        tiers.add(allocation.tier)
        if allocation.tier is not Tier.SOLVER:
            solved = solve(prepared, numbered(prepared, places).records, places)
            one, other = (reached(prepared, each, search) for each in (allocation, solved))
            assert one == other, (prepared, allocation, solved)
    assert tiers == set(Tier)


def test_order_of_records_changes_nothing() -> None:
    chance = Random(6)
    for _ in range(200):
        prepared = case(chance, most=8)
        turned = list(prepared.records)
        chance.shuffle(turned)
        places = layout(prepared.ruleset)
        assert allocate(replace(prepared, records=tuple(turned)), places) == allocate(
            prepared, places
        )


def renamed(prepared: Prepared) -> Prepared:
    names = {each.id: f"{9 - at}{each.id}" for at, each in enumerate(prepared.records)}
    return replace(
        prepared,
        records=tuple(replace(each, id=names[each.id]) for each in prepared.records),
        admitted={
            place: frozenset(names[each] for each in some)
            for place, some in prepared.admitted.items()
        },
    )


def test_names_of_records_decide_nothing() -> None:
    chance = Random(8)
    for _ in range(200):
        one = case(chance, most=8)
        other = renamed(one)
        places = layout(one.ruleset)
        first, again = allocate(one, places), allocate(other, places)
        assert reached(one, first, Search(one)) == reached(other, again, Search(other))


def test_a_further_passed_course_makes_nothing_worse() -> None:
    """Unless a rule has a maximum; the goals are compared as far as they are what is missing."""
    chance = Random(9)
    for _ in range(200):
        before = case(chance, most=6)
        more = CourseRecord("more", 100, State.EARNED, title="More", subject="x", tags=_TAGS)
        after = replace(before, records=(*before.records, more))
        places = layout(before.ruleset)
        one = reached(before, allocate(before, places), Search(before))
        other = reached(after, allocate(after, places), Search(after))
        assert other[:6] <= one[:6], (before, one, other)


_TAGS = frozenset(("a", "b", "f:one"))


def wide(slots: int) -> Prepared:
    """One course for each of many requirements."""
    base = case(Random(1), most=1)
    requirements = tuple(
        Requirement(f"q{at}", f"Q{at}", 50, HasTag(f"t{at}"), "s") for at in range(slots)
    )
    rules = replace(
        base.ruleset, requirements=requirements, total=50 * slots, caps=(), overflow_into=""
    )
    records = tuple(
        CourseRecord(f"r{at}", 50, State.EARNED, subject="x", tags=frozenset({f"t{at}"}))
        for at in range(slots)
    )
    record = replace(base.record, courses=records)
    return Prepared(record=record, ruleset=rules, records=records)


@pytest.mark.parametrize("slots", [MOST_BITS, MOST_BITS + 1, MOST_BITS + 8])
def test_more_slots_than_bits_are_left_to_the_solver(slots: int) -> None:
    prepared = wide(slots)
    places = layout(prepared.ruleset)
    allocation = allocate(prepared, places)
    assert (allocation.tier is Tier.SOLVER) == (slots > MOST_BITS)
    assert len(allocation.certificate) == slots
    evaluation = evaluate(prepared, allocation.certificate, chosen={}, values={})
    assert evaluation.status is Status.MET


def test_a_search_that_takes_too_long_is_left_to_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is the number of flows, so that Python and compiled code give up alike."""
    monkeypatch.setattr(search, "MOST_FLOWS", 1)
    chance = Random(12)
    for _ in range(40):
        prepared = case(chance, most=6)
        places = layout(prepared.ruleset)
        settled = kernel.settle(rules_of(places), numbered(prepared, places).student)
        assert settled.tier in (kernel.BY_SUMS, kernel.BY_FLOW, kernel.UNSETTLED, kernel.BY_SEARCH)
        allocation = allocate(prepared, places)
        if settled.tier == kernel.UNSETTLED:
            assert allocation.tier is Tier.SOLVER
