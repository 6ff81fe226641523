"""Reads who counts where out of the values of a solution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pathloom.engine.encoding.places import Group
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding import Encoded
    from pathloom.engine.encoding.items import Linear


@dataclass(frozen=True, slots=True)
class Entry:
    """``amount`` hundredths of a record count in a slot, or in a substitute (``way``, else -1)."""

    record: str
    slot: int
    amount: Credits
    second: bool = False
    overflow: bool = False
    way: int = -1


def value_of(cost: Linear, values: Sequence[int]) -> int:
    """Work out a linear expression for the values of all variables, in whole numbers."""
    from ortools.sat.python import cp_model

    if isinstance(cost, int):
        return cost
    flat = cp_model.FlatIntExpr(cost)
    factors = zip(flat.coeffs, flat.vars, strict=True)
    return int(flat.offset) + sum(int(factor) * int(values[one.index]) for factor, one in factors)


def entries(encoded: Encoded, values: Sequence[int]) -> tuple[Entry, ...]:
    """Deal amounts out to records in canonical order; what one record counts in a slot is one."""
    amounts: dict[Entry, Credits] = {}
    for entry in _Reader(encoded, values).entries():
        kind = replace(entry, amount=0)
        amounts[kind] = amounts.get(kind, 0) + entry.amount
    return tuple(replace(kind, amount=amount) for kind, amount in amounts.items())


class _Reader:
    def __init__(self, encoded: Encoded, values: Sequence[int]) -> None:
        self.places = encoded.places
        self.values = values
        self.step = encoded.step
        self.ways = encoded.openings.ways

    def value(self, variable: cp_model.IntVar | None) -> Credits:
        return 0 if variable is None else self.values[variable.index] * self.step

    def entries(self) -> Iterator[Entry]:
        yield from self.joined()
        flows_left = {key: self.value(flow) for key, flow in self.places.overflows.items()}
        seconds_left = {key: self.value(second) for key, second in self.places.seconds.items()}
        for (place, alike), group in self.places.groups.items():
            slot, also = place
            targets = alike.rest & ~(1 << slot)
            for record, counts, left in self.dealt(group):
                if counts:
                    yield Entry(record, slot, counts)
                again = min(counts, seconds_left.get((place, alike), 0))
                if again:
                    seconds_left[place, alike] -= again
                    yield Entry(record, also, again, second=True)
                rest, first = left, counts == 0
                for key in [key for key in flows_left if key[:2] == (targets, alike)]:
                    flows = min(rest, flows_left[key])
                    if flows:
                        flows_left[key] -= flows
                        rest -= flows
                        yield Entry(record, key[2], flows, overflow=not first)
                        first = False

    def dealt(self, group: Group) -> Iterator[tuple[str, Credits, Credits]]:
        """Yield (record, what counts, the rest) for the records that use the group's place."""
        left = self.value(group.counts)
        rest = self.value(group.rest)
        for record, amount, use in group.offers:
            offered = amount * self.value(use)
            if offered:
                counts = min(left, offered)
                left -= counts
                over = offered - counts
                if group.rest is not None:
                    over = min(over, rest)
                    rest -= over
                yield record, counts, over

    def joined(self) -> Iterator[Entry]:
        amounts = {item.key: item.record.credits for item in self.places.items}
        layout, takes = self.places.layout, self.places.takes
        left = {index: layout.ways[index].substitute.earn for index in self.ways}
        for (record, index), join in self.places.joins.items():
            amount = min(left[index], amounts[record]) if self.value(join) else 0
            if takes:
                amount = self.value(takes[record, index])
            if amount:
                left[index] -= amount
                yield Entry(record, -1, amount, way=index)
