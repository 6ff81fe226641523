"""The allocation as a solver problem of its own: solved to proof, read back as entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pathloom.engine.encoding import EVERYTHING, Encoded, Group, Item, encode
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.slots import Layout, layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding import Linear

_HEAVIEST = 2**40
_EFFORTS = (10.0, 100.0, 1000.0)
_UNDER_WAY = frozenset({State.EARNED, State.IN_PROGRESS})
_EARNED = frozenset({State.EARNED})


@dataclass(frozen=True, slots=True)
class Entry:
    """``amount`` hundredths of a record count in a slot, or in a substitute (``way``, else -1)."""

    record: str
    slot: int
    amount: Credits
    second: bool = False
    overflow: bool = False
    way: int = -1


def solve_exactly(
    ruleset: RuleSet, records: Sequence[CourseRecord], *, bounds: Sequence[Credits]
) -> tuple[Entry, ...]:
    """Choose where records count, proved best for the goals of ``audit.allocate``.

    Args:
        ruleset: one version.
        records: countable records in canonical order, awarded ones included.
        bounds: lower bounds of what first counts leave open: with all records, without the
            planned, with the earned ones alone.
    Raises:
        RuntimeError: nothing was proved within a limit far beyond any real case.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    items = [Item(record) for record in records]
    levels = (EVERYTHING, _UNDER_WAY, _EARNED)
    encoded = encode(model, ruleset, items, levels=levels, add_awards=False)
    for missing, bound in zip(encoded.missing, bounds, strict=True):
        model.add(missing >= bound // encoded.step)
    scale = 1 + sum(node.earn // encoded.step for node in ruleset.requirements)
    short = [
        sum(encoded.shortfalls[level][node.id] for node in ruleset.requirements)
        for level in range(len(levels))
    ]
    incomplete = [model.new_bool_var(f"incomplete {level}") for level in range(len(levels))]
    for amount, flag in zip(short, incomplete, strict=True):
        model.add(amount <= scale * flag)
    ways = encoded.choices.ways
    goals = [
        _ranked([*incomplete, *encoded.missing], scale),
        *_fill_goals(encoded, layout(ruleset)),
        _ranked([short[0], sum(ways.values()), *short[1:]], scale + len(ways)),
    ]
    values: tuple[int, ...] = ()
    for goal in goals:
        model.minimize(goal)
        best, values = _proved(model, values)
        model.add(goal <= best)
    return _merged(_Reader(encoded, values).entries())


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Join what one record counts in one slot in the same way (courses that may be divided)."""
    amounts: dict[Entry, Credits] = {}
    for entry in entries:
        kind = replace(entry, amount=0)
        amounts[kind] = amounts.get(kind, 0) + entry.amount
    return tuple(replace(kind, amount=amount) for kind, amount in amounts.items())


def _ranked(goals: Sequence[Linear], scale: int) -> Linear:
    """One goal out of several, each below ``scale``, the first weighing more than all others."""
    found: Linear = 0
    for goal in goals:
        found = found * scale + goal
    return found


def _fill_goals(encoded: Encoded, places: Layout) -> list[Linear]:
    """File order as few sums: each slot weighs more than all later ones of its sum together."""
    goals: list[Linear] = []
    terms: list[Linear] = []
    weight = 1
    for slot in reversed(places.slots):
        size = slot.capacity // encoded.step + 1
        if terms and weight * size > _HEAVIEST:
            goals.append(sum(terms))
            terms, weight = [], 1
        terms.append(-weight * encoded.choices.fills[slot.index])
        weight *= size
    return [sum(terms), *reversed(goals)]


def _proved(model: cp_model.CpModel, hint: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """Solve to proof, deterministically; a value is read only after OPTIMAL."""
    from ortools.sat.python import cp_model

    model.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(hint):
        model.add_hint(model.get_int_var_from_proto_index(index), value)
    for effort in _EFFORTS:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = effort
        match solver.solve(model):
            case cp_model.OPTIMAL:
                response = solver.response_proto
                return round(response.objective_value), tuple(response.solution)
            case cp_model.UNKNOWN | cp_model.FEASIBLE:
                continue
            case other:
                raise RuntimeError(f"allocation model refused: {solver.status_name(other)}")
    raise RuntimeError(f"allocation not proved with efforts {_EFFORTS} of deterministic time")


class _Reader:
    """Turns values of variables into entries, dealing amounts out in canonical record order."""

    def __init__(self, encoded: Encoded, values: Sequence[int]) -> None:
        self.choices = encoded.choices
        self.values = values
        self.step = encoded.step
        self.amounts = {item.key: item.record.credits for item in encoded.items}
        self.ways = encoded.ways

    def value(self, variable: cp_model.IntVar | None) -> Credits:
        return 0 if variable is None else self.values[variable.index] * self.step

    def entries(self) -> Iterator[Entry]:
        yield from self.joined()
        overflow_left = {key: self.value(flow) for key, flow in self.choices.overflows.items()}
        second_left = {key: self.value(second) for key, second in self.choices.seconds.items()}
        for (place, state, mask), group in self.choices.groups.items():
            slot, also = place
            for record, counts, rest in self.dealt(group):
                if counts:
                    yield Entry(record, slot, counts)
                again = min(counts, second_left.get((place, state), 0))
                if again:
                    second_left[place, state] -= again
                    yield Entry(record, also, again, second=True)
                targets = mask & ~(1 << slot)
                for key in [key for key in overflow_left if key[:2] == (targets, state)]:
                    flows = min(rest, overflow_left[key])
                    if flows:
                        overflow_left[key] -= flows
                        rest -= flows
                        yield Entry(record, key[2], flows, overflow=counts > 0)

    def dealt(self, group: Group) -> Iterator[tuple[str, Credits, Credits]]:
        """Yield (record, what counts, the rest) for the records that use the group's place."""
        left = self.value(group.counts)
        for record, amount, use in group.offers:
            offered = amount * self.value(use)
            if offered:
                counts = min(left, offered)
                left -= counts
                yield record, counts, offered - counts

    def joined(self) -> Iterator[Entry]:
        left = dict(self.ways)
        for (record, index), join in self.choices.joins.items():
            amount = min(left[index], self.amounts[record]) if self.value(join) else 0
            if amount:
                left[index] -= amount
                yield Entry(record, -1, amount, way=index)
