"""The encoding's best allocation against all allocations of thousands of small cases."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from pathloom.engine.audit.evaluate import evaluate
from pathloom.engine.audit.result import Counted
from pathloom.engine.encoding.exact import Solved, solve_exactly
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Requirement
from pathloom.engine.rules.slots import layout
from tests.engine.encoding.cases import case
from tests.engine.encoding.search import Count, Search, Sides


def counts(prepared: Prepared, solved: Solved, search: Search) -> Iterator[Count]:
    """The solver's answer as the search writes it; slots are in the same order."""
    records = {each.id: each for each in prepared.records}
    for entry in solved.entries:
        kind = "again" if entry.second else "over" if entry.overflow else "first"
        at = entry.way if entry.way >= 0 else entry.slot
        kind = "way" if entry.way >= 0 else kind
        yield Count(records[entry.record], kind, at, entry.amount // 50)


def certificate(prepared: Prepared, solved: Solved) -> tuple[Counted, ...]:
    places = layout(prepared.ruleset)
    states = {each.id: each.state for each in prepared.records}
    found = []
    for entry in solved.entries:
        way = places.ways[entry.way] if entry.way >= 0 else None
        name = way.requirement.id if way else places.slots[entry.slot].requirement
        found.append(
            Counted(
                record=entry.record,
                requirement=name,
                amount=entry.amount,
                state=states[entry.record],
                second=entry.second,
                overflow=entry.overflow,
                substitute=way.substitute.id if way else "",
            )
        )
    return tuple(found)


def sides(prepared: Prepared, solved: Solved, search: Search) -> Sides:
    used = {entry.way for entry in solved.entries if entry.way >= 0}
    chosen = {
        node.id: solved.chosen.get(node.id, tuple(each.id for each in node.of)[: node.choose])
        for node in prepared.ruleset.walk()
        if node.of
    }
    values = {node.id: solved.values.get(node.id, "") for node in walk(prepared) if node.same}
    return Sides(chosen, values, tuple(sorted(used)))


def walk(prepared: Prepared) -> Iterator[Requirement]:
    return prepared.ruleset.walk()


@pytest.mark.parametrize("batch", range(15))
def test_the_answer_is_the_best_of_all_allocations(batch: int) -> None:
    chance = Random(batch)
    for _ in range(80):
        prepared = case(chance, most=3)
        search = Search(prepared)
        solved = solve_exactly(prepared, prepared.records)
        world = tuple(counts(prepared, solved, search))
        decided = sides(prepared, solved, search)
        assert search.is_allowed(world, decided), (prepared, solved)
        assert search.goals(world, decided) == search.best(), (prepared, solved)
        entries = certificate(prepared, solved)
        evaluate(prepared, entries, chosen=solved.chosen, values=solved.values)


@pytest.mark.parametrize("batch", range(6))
def test_the_answer_to_a_larger_case_keeps_every_rule(batch: int) -> None:
    chance = Random(batch)
    for _ in range(30):
        prepared = case(chance, most=9, divided=0.7)
        solved = solve_exactly(prepared, prepared.records)
        entries = certificate(prepared, solved)
        evaluate(prepared, entries, chosen=solved.chosen, values=solved.values)
