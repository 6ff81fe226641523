"""Records in places: what counts first, overflows and counts a second time in each slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pathloom.engine.encoding.items import Item
from pathloom.engine.encoding.limits import Limit, limits, marks
from pathloom.engine.encoding.openings import Openings, Values
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import COUNTABLE, course_key
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import bits
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear

EVERYTHING = frozenset(COUNTABLE)

Place = tuple[int, int]  # slot, and the slot of a second count or -1


class Alike(NamedTuple):
    """What records have in common that behave alike wherever they count.

    ``rest`` are the slots into which their rest overflows, ``marks`` the limits they come under and
    ``admitted`` the slots in which staff let them count, as bit masks; ``course`` is there where
    each course is counted by itself.
    """

    state: State
    rest: int
    marks: int
    values: Values
    admitted: int
    course: str


@dataclass(slots=True)
class Group:
    """Records of one kind in a place: what each offers, and what of it counts.

    ``rest`` is what may overflow, where that is less than all that does not count.
    """

    offers: list[tuple[str, Credits, cp_model.IntVar]] = field(default_factory=list)
    counts: cp_model.IntVar | None = None
    rest: cp_model.IntVar | None = None

    def offered(self) -> Linear:
        return sum(amount * use for _, amount, use in self.offers)


class Amount(NamedTuple):
    """Credit of alike records that counts in a slot; ``again`` marks second counts."""

    alike: Alike
    variable: cp_model.IntVar
    again: bool


class Places:
    """The decisions where records count; all amounts are in steps.

    ``groups[place, alike]``; ``overflows[rest, alike, slot]`` is what of their rests counts in a
    slot; ``seconds[place, alike]`` counts a second time; ``joins[record id, way]`` says whether a
    record belongs to a substitute, ``takes`` how much of it where caps limit that;
    ``amounts[slot]`` is all that counts in a slot.
    """

    def __init__(
        self, model: cp_model.CpModel, openings: Openings, items: tuple[Item, ...], *, step: Credits
    ) -> None:
        self.model = model
        self.openings = openings
        self.layout = openings.layout
        self.items = items
        self.step = step
        self.split = openings.prepared.ruleset.split
        self.limits: tuple[Limit, ...] = limits(openings)
        self.capacity = [openings.capacity[slot.requirement] // step for slot in self.layout.slots]
        self.joins: dict[tuple[str, int], cp_model.IntVar] = {}
        self.takes: dict[tuple[str, int], cp_model.IntVar] = {}
        self.groups: dict[tuple[Place, Alike], Group] = {}
        self.overflows: dict[tuple[int, Alike, int], cp_model.IntVar] = {}
        self.seconds: dict[tuple[Place, Alike], cp_model.IntVar] = {}
        self.amounts: list[list[Amount]] = [[] for _ in self.layout.slots]
        self._fulls: dict[int, cp_model.IntVar] = {}
        self._capped = sum(1 << at for at, limit in enumerate(self.limits) if limit.cap)
        for item in items:
            self._place(item)
        self._close_ways()
        self._count_groups()
        self._count_second()
        for slot in self.layout.slots:
            if self.amounts[slot.index]:
                self._fill(slot.index)
        for at, limit in enumerate(self.limits):
            self._cap(at, limit)

    # -- one record

    def _place(self, item: Item) -> None:
        record = item.record
        amount = record.credits // self.step
        if amount == 0:
            return
        mask = self.openings.mask(record)
        joins = self._join(record)
        free = self.split is Split.FREE
        alike = self._alike(record, mask)
        placed: list[cp_model.IntVar] = []
        for place in self._places(mask):
            name = f"{record.id} at {place}"
            use = self.model.new_int_var(0, amount, name) if free else self.model.new_bool_var(name)
            for gate in self._gates(alike, place[0]):
                self.model.add(use <= amount * gate if free else use <= gate)
            placed.append(use)
            offer = (record.id, 1 if free else amount, use)
            self.groups.setdefault((place, alike), Group()).offers.append(offer)
        if free:
            self.model.add(sum(placed) <= amount * (item.present - sum(joins)))
            self.model.add(sum(joins) <= item.present)
        elif item.present is True:
            self.model.add_at_most_one([*placed, *joins])
        else:
            self.model.add(sum(placed) + sum(joins) <= item.present)

    def _alike(self, record: CourseRecord, mask: int) -> Alike:
        under = marks(self.limits, record, mask)
        alone = any(limit.by_course for at, limit in enumerate(self.limits) if under >> at & 1)
        return Alike(
            state=record.state,
            rest=mask & self.layout.overflow if self.split is Split.OVERFLOW else 0,
            marks=under,
            values=self.openings.values_in(record, mask),
            admitted=self.openings.admitted.get(record.id, 0),
            course=course_key(record) if alone else "",
        )

    def _gates(self, alike: Alike, slot: int) -> list[Linear]:
        if alike.admitted >> slot & 1:
            return []
        return self.openings.gates(alike.values, slot)

    def _join(self, record: CourseRecord) -> list[cp_model.IntVar]:
        made = []
        for index in bits(self.layout.masks(record)[1]):
            if index in self.openings.ways:
                join = self.model.new_bool_var(f"{record.id} in way {index}")
                self.model.add_implication(join, self.openings.ways[index])
                self.joins[record.id, index] = join
                made.append(join)
        return made

    def _places(self, mask: int) -> list[Place]:
        """A record uses one place: a slot, and where it may count a second time also that slot."""
        found: list[Place] = []
        for index in bits(mask):
            seconds = [also for also in self.layout.slots[index].also if mask >> also & 1]
            found.extend((index, also) for also in seconds)
            if not seconds:
                found.append((index, -1))
        return found

    # -- amounts

    def _close_ways(self) -> None:
        """A substitute is used in full, or not at all."""
        amounts = {item.key: item.record.credits // self.step for item in self.items}
        for index, used in self.openings.ways.items():
            need = self.layout.ways[index].substitute.earn // self.step
            joined = [(amounts[key], join) for (key, at), join in self.joins.items() if at == index]
            self.model.add(sum(a * join for a, join in joined) >= need * used)

    def _count_groups(self) -> None:
        """What counts of a group is at most what it offers; the rest overflows where it matches."""
        rests: dict[tuple[int, Alike], list[Linear]] = {}
        for (place, alike), group in self.groups.items():
            counts = self._amount(place[0], alike, f"counts {place}")
            self.model.add(counts <= group.offered())
            group.counts = counts
            targets = alike.rest & ~(1 << place[0])
            if targets:
                rest = self._rest(place[0], alike, group, group.offered() - counts)
                rests.setdefault((targets, alike), []).append(rest)
        for (targets, alike), parts in rests.items():
            flows = []
            for target in bits(targets):
                flow = self._amount(target, alike, f"overflow {targets} {target}")
                for gate in self._gates(alike, target):
                    self.model.add(flow <= self.capacity[target] * gate)
                self.overflows[targets, alike, target] = flow
                flows.append(flow)
            self.model.add(sum(flows) <= sum(parts))

    def _rest(self, slot: int, alike: Alike, group: Group, rest: Linear) -> Linear:
        """What a group leaves for other places: nothing unless its own slot is full.

        Inside the requirement that takes overflow, a record is divided as it fits.
        """
        if alike.marks & self._capped:  # a cap may hold it back although the slot has room
            most = sum(item.record.credits for item in self.items) // self.step
            group.rest = self.model.new_int_var(0, most, f"rest {slot}")
            self.model.add(group.rest <= rest)
            rest = group.rest
        if not self.layout.overflow >> slot & 1:
            self.model.add(rest == 0).only_enforce_if(~self._full(slot))
        return rest

    def _full(self, slot: int) -> cp_model.IntVar:
        if slot not in self._fulls:
            self._fulls[slot] = self.model.new_bool_var(f"slot {slot} is full")
        return self._fulls[slot]

    def _count_second(self) -> None:
        sums: dict[tuple[Place, Alike], list[cp_model.IntVar]] = {}
        for (place, alike), group in self.groups.items():
            if place[1] >= 0 and group.counts is not None:
                sums.setdefault((place, alike), []).append(group.counts)
        for (place, alike), counted in sums.items():
            second = self._amount(place[1], alike, f"second {place}", again=True)
            self.model.add(second <= sum(counted))
            for gate in self._gates(alike, place[1]):
                self.model.add(second <= self.capacity[place[1]] * gate)
            self.seconds[place, alike] = second

    def _amount(
        self, slot: int, alike: Alike, name: str, *, again: bool = False
    ) -> cp_model.IntVar:
        variable = self.model.new_int_var(0, self.capacity[slot], name)
        self.amounts[slot].append(Amount(alike, variable, again))
        return variable

    def _fill(self, slot: int) -> None:
        fill, capacity = self.fill(slot, EVERYTHING), self.capacity[slot]
        opening = self.openings.open[self.layout.slots[slot].requirement]
        self.model.add(fill <= capacity * opening)
        if slot in self._fulls:
            self.model.add(fill >= capacity * self._fulls[slot])

    def _cap(self, at: int, limit: Limit) -> None:
        """At most so much counts under a cap, substitutes too; in all, no second counts."""
        if limit.cap is None:
            return
        counted = [
            amount.variable
            for slot in bits(limit.slots)
            for amount in self.amounts[slot]
            if amount.alike.marks >> at & 1 and (limit.within or not amount.again)
        ]
        counted += self._taken(limit)
        if counted:
            self.model.add(sum(counted) <= limit.cap.at_most // self.step)

    def _taken(self, limit: Limit) -> list[cp_model.IntVar]:
        """What substitutes take of the records under a limit."""
        nodes = self.openings.nodes
        inside = {each.id for each in nodes[limit.within].walk()} if limit.within else set(nodes)
        ways = {at for at in self.openings.ways if self.layout.ways[at].requirement.id in inside}
        if not ways:
            return []
        self._share_ways()
        under = {item.key for item in self.items if limit.test(item.record)}
        return [take for (key, at), take in self.takes.items() if key in under and at in ways]

    def _share_ways(self) -> None:
        """Which part of each record a substitute takes; it does not matter without caps."""
        if self.takes:
            return
        amounts = {item.key: item.record.credits // self.step for item in self.items}
        for (key, index), join in self.joins.items():
            take = self.model.new_int_var(0, amounts[key], f"{key} taken by way {index}")
            self.model.add(take <= amounts[key] * join)
            self.takes[key, index] = take
        for index, used in self.openings.ways.items():
            need = self.layout.ways[index].substitute.earn // self.step
            taken = sum(take for (_, at), take in self.takes.items() if at == index)
            self.model.add(taken == need * used)

    # -- sums

    def fill(self, slot: int, states: frozenset[State]) -> Linear:
        """All that counts in a slot."""
        return sum(one.variable for one in self.amounts[slot] if one.alike.state in states)

    def first(self, slot: int, states: frozenset[State]) -> Linear:
        """What counts in a slot without second counts."""
        return sum(
            one.variable
            for one in self.amounts[slot]
            if one.alike.state in states and not one.again
        )

    def under(self, at: int, states: frozenset[State]) -> list[Amount]:
        """All amounts that come under a limit, second counts too."""
        return [
            one
            for slot in bits(self.limits[at].slots)
            for one in self.amounts[slot]
            if one.alike.marks >> at & 1 and one.alike.state in states
        ]
