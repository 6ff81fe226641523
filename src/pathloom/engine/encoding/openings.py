"""Which requirements are open to courses: choices, substitutes in use, values of ``same``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathloom.engine.encoding.items import Item, values_of
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Requirement
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear

Values = tuple[tuple[str, frozenset[str]], ...]  # id of a requirement with ``same``, its values


class Openings:
    """What a requirement asks for, in hundredths, and whether it does (0 or 1).

    ``open[id]`` is 1 where courses count in a requirement's own place: it is not replaced by a
    substitute, and each choice above it takes its side. ``chosen[choice][alternative]`` says which
    side is taken, ``ways[index]`` whether a substitute is used, ``values[id][value]`` which value
    of its family a requirement with ``same`` takes.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        prepared: Prepared,
        layout: Layout,
        items: Sequence[Item],
    ) -> None:
        self.model = model
        self.prepared = prepared
        self.layout = layout
        self.items = items
        self.nodes = {node.id: node for node in prepared.ruleset.walk() if is_credit(node)}
        self.capacity = {node.id: self._capacity(node) for node in self.nodes.values()}
        self.need: dict[str, Credits] = {}
        self.open: dict[str, Linear] = {}
        self.ways: dict[int, cp_model.IntVar] = {}
        self.chosen: dict[str, dict[str, Linear]] = {}
        self.values: dict[str, dict[str, cp_model.IntVar]] = {}
        self.admitted = _admitted(prepared, layout)
        self._asking = sum(
            1 << slot.index for slot in layout.slots if self.capacity[slot.requirement]
        )
        self._families = {
            node.id: (node.same, self.slots_of(node.id))
            for node in self.nodes.values()
            if node.same and node.id not in prepared.exempt
        }
        for node in prepared.ruleset.requirements:
            if is_credit(node):
                self._work_out_need(node)
        self._make_ways()
        for node in prepared.ruleset.requirements:
            if is_credit(node):
                self._open(node, 1)
        self._make_values()

    # -- what is asked for

    def _capacity(self, node: Requirement) -> Credits:
        if node.id in self.prepared.exempt:
            return 0
        return max(0, node.open_part - self.prepared.excused.get(node.id, 0))

    def _work_out_need(self, node: Requirement) -> Credits:
        parts = [self._work_out_need(part) for part in node.parts]
        if node.of:
            parts = sorted(parts)[: node.choose]
        self.need[node.id] = self.capacity[node.id] + sum(parts)
        return self.need[node.id]

    def slots_of(self, name: str) -> int:
        """The places of a requirement and its parts, as a bit mask."""
        return sum(1 << slot.index for slot in self.layout.slots if name in slot.path)

    # -- decisions

    def _make_ways(self) -> None:
        for index, way in enumerate(self.layout.ways):
            there = sum(
                item.record.credits
                for item in self.items
                if self.layout.masks(item.record)[1] >> index & 1
            )
            if there >= way.substitute.earn and self.need[way.requirement.id]:
                self.ways[index] = self.model.new_bool_var(f"way {way.substitute.id}")

    def _open(self, node: Requirement, base: Linear) -> None:
        ways = [
            used for at, used in self.ways.items() if self.layout.ways[at].requirement.id == node.id
        ]
        if ways:
            self.model.add(sum(ways) <= base)
        inside = base - sum(ways) if ways else base
        self.open[node.id] = inside
        if node.of:
            self._choose(node, inside)
            return
        for part in node.include:
            self._open(part, inside)

    def _choose(self, node: Requirement, inside: Linear) -> None:
        """So many alternatives as are asked for, none where the choice itself is closed."""
        sides: dict[str, Linear] = {each.id: inside for each in node.of}
        if node.id in self.prepared.exempt:
            sides = dict.fromkeys(sides, 0)
        elif node.choose < len(node.of):
            made = {each.id: self.model.new_bool_var(f"chosen {each.id}") for each in node.of}
            self.model.add(sum(made.values()) == node.choose * inside)
            sides = dict(made)
        self.chosen[node.id] = sides
        for each in node.of:
            self._open(each, sides[each.id])

    def _make_values(self) -> None:
        found: dict[str, set[str]] = {}
        for item in self.items:
            for name, values in self.values_in(item.record, self.mask(item.record)):
                found.setdefault(name, set()).update(values)
        for name, those in found.items():
            made = {value: self.model.new_bool_var(f"{name} {value}") for value in sorted(those)}
            self.model.add_at_most_one(made.values())
            self.values[name] = made

    # -- records

    def mask(self, record: CourseRecord) -> int:
        """The slots in which a record may count, as a bit mask; those asked for anything only."""
        mask = self.layout.masks(record)[0]
        for family, slots in self._families.values():
            if mask & slots and not values_of(record, family):
                mask &= ~slots
        return (mask | self.admitted.get(record.id, 0)) & self._asking

    def values_in(self, record: CourseRecord, mask: int) -> Values:
        """The values that a record has for each ``same`` over slots of a mask."""
        return tuple(
            (name, values_of(record, family))
            for name, (family, slots) in self._families.items()
            if mask & slots
        )

    def gates(self, values: Values, slot: int) -> list[Linear]:
        """What has to be 1 for records with these values to count in a slot, beside ``open``."""
        path = self.layout.slots[slot].path
        return [
            sum(self.values[name][value] for value in sorted(those))
            for name, those in values
            if name in path
        ]


def _admitted(prepared: Prepared, layout: Layout) -> dict[str, int]:
    """The slots in which staff let a record count, by its id."""
    found: dict[str, int] = {}
    for slot in layout.slots:
        for record_id in prepared.admitted.get(slot.requirement, ()):
            found[record_id] = found.get(record_id, 0) | 1 << slot.index
    return found


def is_credit(node: Requirement) -> bool:
    """Whether a requirement takes courses; conditions and choices of them do not."""
    return node.condition is None and (not node.of or is_credit(node.of[0]))
