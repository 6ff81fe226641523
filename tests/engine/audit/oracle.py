"""All allocations of a small case, by force; shares no code with the audit but the matchers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Requirement, RuleSet, Split

HALF = 50
LEVELS = (
    (State.EARNED, State.IN_PROGRESS, State.PLANNED),
    (State.EARNED, State.IN_PROGRESS),
    (State.EARNED,),
)

Fill = tuple[int, ...]  # half units per slot
World = tuple[Fill, Fill, Fill, tuple[int, ...]]  # per level; then substitutes, by state


class Oracle:
    """Every reachable state after placing the records one after the other."""

    def __init__(self, ruleset: RuleSet, records: tuple[CourseRecord, ...]) -> None:
        self.ruleset = ruleset
        self.records = [each for each in records if each.state in LEVELS[0]]
        self.slots: list[tuple[Requirement, list[Requirement]]] = []
        self.nodes: dict[str, Requirement] = {}
        for requirement in ruleset.requirements:
            self.collect(requirement, [])
        self.ways = [(node, way) for node in self.nodes.values() for way in node.instead]

    def collect(self, node: Requirement, above: list[Requirement]) -> None:
        self.nodes[node.id] = node
        path = [*above, node]
        if node.earn > sum(part.earn for part in node.include):
            self.slots.append((node, path))
        for part in node.include:
            self.collect(part, path)

    def room(self, slot: int) -> int:
        node = self.slots[slot][0]
        return (node.earn - sum(part.earn for part in node.include)) // HALF

    def inside(self, slot: int, name: str) -> bool:
        return name in {node.id for node in self.slots[slot][1]}

    def seconds(self, slot: int) -> list[int]:
        names = [name for node in self.slots[slot][1] for name in node.also_counts]
        return [
            other
            for other in range(len(self.slots))
            if other != slot and any(self.inside(other, name) for name in names)
        ]

    # -- what one record can do

    def uses(self, record: CourseRecord) -> Iterator[tuple[Fill, int]]:
        """Yield (half units added per slot, substitute joined or -1)."""
        nothing = (0,) * len(self.slots)
        yield nothing, -1
        for index, (_, way) in enumerate(self.ways):
            if matches(way.match, record):
                yield nothing, index
        fits = [s for s in range(len(self.slots)) if matches(self.slots[s][0].match, record)]
        size = record.credits // HALF
        if self.ruleset.split is Split.FREE:
            for fill in self.divided(fits, size):
                yield fill, -1
            return
        for slot in fits:
            for used in range(1, min(size, self.room(slot)) + 1):
                for overflow in self.overflows(slot, fits, size - used):
                    for second in self.counted_again(slot, fits, used):
                        fill = [x + y for x, y in zip(overflow, second, strict=True)]
                        fill[slot] += used
                        yield tuple(fill), -1

    def overflows(self, slot: int, fits: list[int], rest: int) -> Iterator[Fill]:
        into = self.ruleset.overflow_into
        targets = [s for s in fits if s != slot and into and self.inside(s, into)]
        if self.ruleset.split is not Split.OVERFLOW:
            targets = []
        for amounts in product(range(rest + 1), repeat=len(targets)):
            if sum(amounts) <= rest:
                fill = [0] * len(self.slots)
                for target, amount in zip(targets, amounts, strict=True):
                    fill[target] = amount
                yield tuple(fill)

    def counted_again(self, slot: int, fits: list[int], used: int) -> Iterator[Fill]:
        yield (0,) * len(self.slots)
        for target in self.seconds(slot):
            if target in fits:
                for amount in range(1, used + 1):
                    yield tuple(amount if s == target else 0 for s in range(len(self.slots)))

    def divided(self, fits: list[int], size: int) -> Iterator[Fill]:
        """Each half unit goes its own way: nowhere, into a slot, perhaps a second time elsewhere."""
        ways: list[Fill] = [(0,) * len(self.slots)]
        for slot in fits:
            for again in (-1, *(t for t in self.seconds(slot) if t in fits)):
                ways.append(tuple(int(s in (slot, again)) for s in range(len(self.slots))))
        reached = {(0,) * len(self.slots)}
        for _ in range(size):
            reached = {
                tuple(x + y for x, y in zip(fill, way, strict=True))
                for fill in reached
                for way in ways
            }
        yield from reached

    # -- all records

    def worlds(self) -> set[World]:
        empty = (0,) * len(self.slots)
        worlds: set[World] = {(empty, empty, empty, (0,) * (3 * len(self.ways)))}
        for record in self.records:
            uses = set(self.uses(record))
            worlds = {
                world
                for before in worlds
                for fill, way in uses
                if (world := self.added(before, record, fill, way)) is not None
            }
        return worlds

    def added(self, world: World, record: CourseRecord, fill: Fill, way: int) -> World | None:
        levels = []
        for level, states in enumerate(LEVELS):
            before = world[level]
            if record.state in states:
                before = tuple(x + y for x, y in zip(before, fill, strict=True))
            levels.append(before)
        if any(amount > self.room(slot) for slot, amount in enumerate(levels[0])):
            return None
        joined = list(world[3])
        if way >= 0:
            for level, states in enumerate(LEVELS):
                if record.state in states:
                    joined[3 * way + level] += record.credits // HALF
        return levels[0], levels[1], levels[2], tuple(joined)

    # -- what is missing

    def answers(self) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
        """Yield (still to be taken, short) in hundredths, each per level, for every allocation."""
        for world in self.worlds():
            for chosen in self.choices(world):
                pairs = [self.missing(world, chosen, level) for level in range(3)]
                taken = (pairs[0][0], pairs[1][0], pairs[2][0])
                yield taken, (pairs[0][1], pairs[1][1], pairs[2][1])

    def choices(self, world: World) -> Iterator[tuple[int, ...]]:
        """Sets of substitutes that are there in full, close nothing that is used, and not twice."""
        for wanted in product((False, True), repeat=len(self.ways)):
            chosen = tuple(index for index, use in enumerate(wanted) if use)
            closed: list[int] = []
            for index in chosen:
                closed += [s for s in range(len(self.slots)) if self.closes(index, s)]
            there = all(world[3][3 * index] * HALF >= self.ways[index][1].earn for index in chosen)
            unused = all(world[0][slot] == 0 for slot in closed)
            if there and unused and len(set(closed)) == len(closed):
                yield chosen

    def closes(self, way: int, slot: int) -> bool:
        return self.inside(slot, self.ways[way][0].id)

    def missing(self, world: World, chosen: tuple[int, ...], level: int) -> tuple[int, int]:
        short = []
        closed = set()
        for slot in range(len(self.slots)):
            amount = self.room(slot) - world[level][slot]
            for index in chosen:
                if self.closes(index, slot):
                    closed.add(slot)
                    if world[3][3 * index + level] * HALF >= self.ways[index][1].earn:
                        amount = 0
            short.append(amount)
        again = self.again([0 if s in closed else x for s, x in enumerate(short)])
        return (sum(short) - again) * HALF, sum(short) * HALF

    def again(self, short: list[int]) -> int:
        """What missing records will count a second time, at most."""
        targets = {t for s in range(len(self.slots)) for t in self.seconds(s)}
        sources = [s for s in range(len(self.slots)) if self.seconds(s) and s not in targets]

        def best(index: int, room: list[int]) -> int:
            if index == len(sources):
                return 0
            found = 0
            source = sources[index]
            seconds = self.seconds(source)
            for amounts in product(*(range(room[t] + 1) for t in seconds)):
                if sum(amounts) <= short[source]:
                    left = list(room)
                    for target, amount in zip(seconds, amounts, strict=True):
                        left[target] -= amount
                    found = max(found, sum(amounts) + best(index + 1, left))
            return found

        return best(0, short)
