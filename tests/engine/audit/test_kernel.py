"""The allocation against all allocations of thousands of small cases with every construct."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from pathloom.engine.audit.allocate import Allocation, allocate, solve
from pathloom.engine.audit.evaluate import evaluate
from pathloom.engine.audit.numbers import numbered
from pathloom.engine.audit.result import Tier
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.slots import layout
from tests.engine.encoding.cases import case
from tests.engine.encoding.search import Count, Goals, Search, Sides


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


@pytest.mark.parametrize("batch", range(20))
def test_the_allocation_is_the_best_of_all(batch: int) -> None:
    chance = Random(1000 + batch)
    for _ in range(100):
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
