"""The one place where requirements become solver constraints (CP-SAT).

The audit uses it for the cases that sums and flows cannot settle, the planner to require or to
minimise what is missing. ``audit.allocate`` says
what the goals mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.facts import COUNTABLE, granted, is_same_course
from pathloom.engine.rules.nodes import Requirement, RuleSet, Split
from pathloom.engine.rules.slots import Layout, bits, layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Linear = cp_model.LinearExpr | int
    Literal = cp_model.IntVar | bool

TOTAL = "total"
EVERYTHING = frozenset(COUNTABLE)


Place = tuple[int, int]  # slot, and the slot of a second count or -1


@dataclass(frozen=True, slots=True)
class Item:
    """A record that may count; ``present`` is a literal, or True for what has happened."""

    record: CourseRecord
    present: Literal = True

    @property
    def key(self) -> str:
        return self.record.id


@dataclass(slots=True)
class Group:
    """Records of one state that behave alike in a place: what each offers, what of it counts."""

    offers: list[tuple[str, Credits, cp_model.IntVar]] = field(default_factory=list)
    counts: cp_model.IntVar | None = None

    def offered(self) -> Linear:
        return sum(amount * use for _, amount, use in self.offers)


@dataclass(frozen=True, slots=True)
class Choices:
    """The solver's decisions, for reading a certificate; amounts are in steps.

    ``groups[place, state, overflow slots]``; ``overflows[overflow slots, state, slot]`` is what of
    their rests counts in a slot; ``seconds[place, state]`` counts a second time; ``ways[index]``
    is whether a substitute is used and ``joins[record id, index]`` whether a record belongs to it;
    ``fills[slot]`` is all that counts in a slot, or that a substitute makes up for.
    """

    groups: Mapping[tuple[Place, State, int], Group]
    overflows: Mapping[tuple[int, State, int], cp_model.IntVar]
    seconds: Mapping[tuple[Place, State], cp_model.IntVar]
    ways: Mapping[int, cp_model.IntVar]
    joins: Mapping[tuple[str, int], cp_model.IntVar]
    fills: Mapping[int, Linear]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What is missing, in steps of ``step`` hundredths (a common divisor of all amounts).

    ``shortfalls[level][id]`` is, per set of states asked for, 0 where a requirement (or ``total``)
    is fulfilled; a requirement includes its parts. ``missing[level]`` is what first
    counts leave open, second counts aside.
    """

    step: Credits
    shortfalls: tuple[Mapping[str, cp_model.IntVar], ...]
    missing: tuple[cp_model.IntVar, ...]
    choices: Choices
    items: tuple[Item, ...]
    ways: Mapping[int, Credits]  # substitute -> the hundredths it takes

    @property
    def shortfall(self) -> Mapping[str, cp_model.IntVar]:
        return self.shortfalls[0]


def encode(
    model: cp_model.CpModel,
    ruleset: RuleSet,
    items: Iterable[Item],
    *,
    levels: Sequence[frozenset[State]] = (EVERYTHING,),
    add_awards: bool = True,
) -> Encoded:
    """Add the allocation of records to requirements to a model.

    Args:
        model: constraints and variables are added to it; nothing is minimised here.
        ruleset: one version.
        items: candidates with completed facts (``rules.facts.complete``) and unique record ids;
            records that cannot count are left out.
        levels: sets of states to measure what is missing for; ``shortfall`` is of the first.
        add_awards: add what the rules award: once, and not beside the course itself.
    """
    countable = tuple(item for item in items if item.record.state in EVERYTHING)
    if add_awards:
        countable = _with_awards(model, countable, ruleset)
    return _Encoder(model, ruleset, countable, levels).run()


class _Encoder:
    def __init__(
        self,
        model: cp_model.CpModel,
        ruleset: RuleSet,
        items: tuple[Item, ...],
        levels: Sequence[frozenset[State]],
    ) -> None:
        self.model = model
        self.ruleset = ruleset
        self.layout: Layout = layout(ruleset)
        self.levels = tuple(levels)
        self.items = items
        self.step = _step(ruleset, self.items)
        self.ways: dict[int, cp_model.IntVar] = {}
        self.joins: dict[tuple[str, int], cp_model.IntVar] = {}
        self.groups: dict[tuple[Place, State, int], Group] = {}
        self.overflows: dict[tuple[int, State, int], cp_model.IntVar] = {}
        self.seconds: dict[tuple[Place, State], cp_model.IntVar] = {}
        # (slot, state) -> first counts and overflow there; second counts there
        self.firsts: dict[tuple[int, State], list[Linear]] = {}
        self.agains: dict[tuple[int, State], list[Linear]] = {}
        self.done: dict[tuple[int, int], cp_model.IntVar] = {}

    def run(self) -> Encoded:
        self.make_ways()
        for item in self.items:
            self.make_item(item)
        self.close_ways()
        self.count_groups()
        self.count_second()
        self.cap_slots()
        shortfalls = tuple(self.shortfalls(level) for level in range(len(self.levels)))
        missing = tuple(self.missing(level) for level in range(len(self.levels)))
        fills = {
            slot.index: self.fill(slot.index, EVERYTHING)
            + slot.capacity // self.step * (1 - self.is_open(slot.index))
            for slot in self.layout.slots
        }
        choices = Choices(
            groups=self.groups,
            overflows=self.overflows,
            seconds=self.seconds,
            ways=self.ways,
            joins=self.joins,
            fills=fills,
        )
        ways = {index: self.layout.ways[index].substitute.earn for index in self.ways}
        return Encoded(self.step, shortfalls, missing, choices, self.items, ways)

    # -- variables

    def make_ways(self) -> None:
        for index, way in enumerate(self.layout.ways):
            there = sum(
                item.record.credits
                for item in self.items
                if self.layout.masks(item.record)[1] >> index & 1
            )
            if there >= way.substitute.earn:
                self.ways[index] = self.model.new_bool_var(f"way {way.substitute.id}")

    def make_item(self, item: Item) -> None:
        record = item.record
        amount = record.credits // self.step
        if amount == 0:
            return
        mask, way_mask = self.layout.masks(record)
        exclusive = self.make_joins(record, way_mask)
        free = self.ruleset.split is Split.FREE
        placed: list[cp_model.IntVar] = []
        for place in self.places(mask):
            name = f"{record.id} at {place}"
            use = self.model.new_int_var(0, amount, name) if free else self.model.new_bool_var(name)
            placed.append(use)
            key = (place, record.state, 0 if free else mask & self.layout.overflow)
            offer = (record.id, 1 if free else amount, use)
            self.groups.setdefault(key, Group()).offers.append(offer)
        if free:
            self.model.add(sum(placed) <= amount * (item.present - sum(exclusive)))
            self.model.add(sum(exclusive) <= item.present)
        else:
            self.model.add(sum(placed) + sum(exclusive) <= item.present)

    def make_joins(self, record: CourseRecord, way_mask: int) -> list[cp_model.IntVar]:
        made = []
        for index in bits(way_mask):
            if index in self.ways:
                join = self.model.new_bool_var(f"{record.id} in way {index}")
                self.model.add_implication(join, self.ways[index])
                self.joins[record.id, index] = join
                made.append(join)
        return made

    def places(self, mask: int) -> list[Place]:
        """A record uses one place: a slot, and where it may count a second time also that slot."""
        found: list[Place] = []
        for index in bits(mask):
            seconds = [also for also in self.layout.slots[index].also if mask >> also & 1]
            found.extend((index, also) for also in seconds)
            if not seconds:
                found.append((index, -1))
        return found

    def close_ways(self) -> None:
        """A substitute is used in full, and closes the slots of its requirement and other ways."""
        ways = self.layout.ways
        amounts = {item.key: item.record.credits // self.step for item in self.items}
        for index, used in self.ways.items():
            need = ways[index].substitute.earn // self.step
            joined = [(amounts[key], join) for (key, at), join in self.joins.items() if at == index]
            self.model.add(sum(a * join for a, join in joined) >= need * used)
            for level, states in enumerate(self.levels):
                self.done[index, level] = self.way_done(index, used, states=states, need=need)
            for other, also_used in self.ways.items():
                if other < index and ways[other].closes & ways[index].closes:
                    self.model.add_at_most_one(used, also_used)

    def way_done(
        self, index: int, used: cp_model.IntVar, *, states: frozenset[State], need: int
    ) -> cp_model.IntVar:
        done = self.model.new_bool_var(f"way {index} done by {sorted(states)}")
        self.model.add_implication(done, used)
        there = sum(
            item.record.credits // self.step * self.joins[item.key, index]
            for item in self.items
            if item.record.state in states and (item.key, index) in self.joins
        )
        self.model.add(there >= need * done)
        return done

    # -- amounts

    def count_groups(self) -> None:
        """What counts of a group is at most what it offers; the rest overflows where it matches."""
        rests: dict[tuple[int, State], list[Linear]] = {}
        for (place, state, mask), group in self.groups.items():
            counts = self.amount(place[0], f"counts {place} {state} {mask}")
            self.model.add(counts <= group.offered())
            self.firsts.setdefault((place[0], state), []).append(counts)
            group.counts = counts
            targets = mask & ~(1 << place[0])
            if targets and self.ruleset.split is Split.OVERFLOW:
                rests.setdefault((targets, state), []).append(group.offered() - counts)
        for (targets, state), parts in rests.items():
            flows = []
            for target in bits(targets):
                flow = self.amount(target, f"overflow {targets} {state} {target}")
                self.overflows[targets, state, target] = flow
                self.firsts.setdefault((target, state), []).append(flow)
                flows.append(flow)
            self.model.add(sum(flows) <= sum(parts))

    def count_second(self) -> None:
        sums: dict[tuple[Place, State], list[cp_model.IntVar]] = {}
        for (place, state, _), group in self.groups.items():
            if place[1] >= 0 and group.counts is not None:
                sums.setdefault((place, state), []).append(group.counts)
        for (place, state), counted in sums.items():
            second = self.amount(place[1], f"second {place} {state}")
            self.model.add(second <= sum(counted))
            self.seconds[place, state] = second
            self.agains.setdefault((place[1], state), []).append(second)

    def amount(self, slot: int, name: str) -> cp_model.IntVar:
        return self.model.new_int_var(0, self.layout.slots[slot].capacity // self.step, name)

    def cap_slots(self) -> None:
        for slot in self.layout.slots:
            capacity = slot.capacity // self.step
            self.model.add(self.fill(slot.index, EVERYTHING) <= capacity * self.is_open(slot.index))
            self.overflow_when_full(slot.index, capacity)

    def overflow_when_full(self, index: int, capacity: int) -> None:
        """A record fills its own slot before its rest goes elsewhere."""
        rests = [
            group.offered() - group.counts
            for (place, _, mask), group in self.groups.items()
            if place[0] == index and mask & ~(1 << index) and group.counts is not None
        ]
        if not rests or self.ruleset.split is not Split.OVERFLOW:
            return
        full = self.model.new_bool_var(f"slot {index} is full")
        self.model.add(self.fill(index, EVERYTHING) >= capacity * full)
        for rest in rests:
            self.model.add(rest == 0).only_enforce_if(~full)

    def first(self, index: int, states: frozenset[State]) -> Linear:
        parts = (self.firsts.get((index, state), []) for state in COUNTABLE if state in states)
        return sum(amount for part in parts for amount in part)

    def fill(self, index: int, states: frozenset[State]) -> Linear:
        parts = (self.agains.get((index, state), []) for state in COUNTABLE if state in states)
        return self.first(index, states) + sum(amount for part in parts for amount in part)

    def is_open(self, index: int) -> Linear:
        closing = [
            used for at, used in self.ways.items() if self.layout.ways[at].closes >> index & 1
        ]
        return 1 - sum(closing)

    # -- what is missing

    def shortfalls(self, level: int) -> dict[str, cp_model.IntVar]:
        states = self.levels[level]
        own = {
            slot.requirement: slot.capacity // self.step * (1 - self.replaced(slot.path, level))
            - self.fill(slot.index, states)
            for slot in self.layout.slots
        }
        found: dict[str, cp_model.IntVar] = {}
        for requirement in self.ruleset.requirements:
            self.shortfall(requirement, level, own=own, found=found)
        total = self.model.new_int_var(0, self.ruleset.total // self.step, f"short total {level}")
        there = sum(
            item.record.credits // self.step * item.present
            for item in self.items
            if item.record.state in states
        )
        self.model.add(total >= self.ruleset.total // self.step - there)
        found[TOTAL] = total
        return found

    def replaced(self, path: tuple[str, ...], level: int) -> Linear:
        """Whether a substitute fulfils a requirement on this path: 0 or 1."""
        ways = self.layout.ways
        return sum(
            self.done[index, level] for index in self.ways if ways[index].requirement.id in path
        )

    def shortfall(
        self,
        node: Requirement,
        level: int,
        *,
        own: Mapping[str, Linear],
        found: dict[str, cp_model.IntVar],
    ) -> cp_model.IntVar:
        parts = [self.shortfall(part, level, own=own, found=found) for part in node.include]
        short = self.model.new_int_var(0, node.earn // self.step, f"short {node.id} {level}")
        self.model.add(short == sum(parts) + own.get(node.id, 0))
        found[node.id] = short
        return short

    def missing(self, level: int) -> cp_model.IntVar:
        whole = sum(slot.capacity // self.step for slot in self.layout.slots)
        open_now = sum(
            slot.capacity // self.step * (1 - self.replaced(slot.path, level))
            - self.first(slot.index, self.levels[level])
            for slot in self.layout.slots
        )
        found = self.model.new_int_var(0, whole, f"missing {level}")
        self.model.add(found == open_now)
        return found


def _with_awards(
    model: cp_model.CpModel, items: tuple[Item, ...], ruleset: RuleSet
) -> tuple[Item, ...]:
    """Add what the rules award: each award once, and not beside the course itself."""
    found = list(items)
    given: dict[str, list[cp_model.IntVar]] = {}
    for item in items:
        for extra in granted(item.record, ruleset):
            present = model.new_bool_var(f"{extra.id} is awarded")
            model.add(present <= item.present)
            for other in items:
                if is_same_course(extra, other.record):
                    model.add(present + other.present <= 1)
            given.setdefault(extra.id.removeprefix(f"{item.key}+"), []).append(present)
            found.append(Item(extra, present))
    for once in given.values():
        model.add_at_most_one(once)
    return tuple(found)


def _step(ruleset: RuleSet, items: Iterable[Item]) -> Credits:
    amounts = [ruleset.total, *(item.record.credits for item in items)]
    for node in ruleset.walk():
        amounts += [node.earn, *(substitute.earn for substitute in node.instead)]
    return gcd(*amounts) or 1
