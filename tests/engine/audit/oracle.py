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
Use = tuple[Fill, Fill, int]  # first counts per slot, second counts per slot, substitute or -1
World = tuple[tuple[Fill, ...], tuple[Fill, ...], tuple[int, ...]]  # firsts, seconds: per level


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

    def uses(self, record: CourseRecord) -> Iterator[Use]:
        nothing = (0,) * len(self.slots)
        yield nothing, nothing, -1
        for index, (_, way) in enumerate(self.ways):
            if matches(way.match, record):
                yield nothing, nothing, index
        fits = [s for s in range(len(self.slots)) if matches(self.slots[s][0].match, record)]
        size = record.credits // HALF
        if self.ruleset.split is Split.FREE:
            yield from self.divided(fits, size)
            return
        for slot in fits:
            for used in range(1, min(size, self.room(slot)) + 1):
                for overflow in self.overflows(slot, fits, size - used):
                    first = self.one(slot, used, onto=overflow)
                    yield first, nothing, -1
                    for target in self.seconds(slot):
                        if target in fits:
                            for amount in range(1, used + 1):
                                yield first, self.one(target, amount, onto=nothing), -1

    def one(self, slot: int, amount: int, *, onto: Fill) -> Fill:
        return tuple(had + amount * (s == slot) for s, had in enumerate(onto))

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

    def divided(self, fits: list[int], size: int) -> Iterator[Use]:
        """Each half unit goes its own way: nowhere, into a slot, perhaps also into a second."""
        nothing = (0,) * len(self.slots)
        reached = {(nothing, nothing)}
        for _ in range(size):
            for first, second in tuple(reached):
                for slot in fits:
                    more = self.one(slot, 1, onto=first)
                    reached.add((more, second))
                    for target in self.seconds(slot):
                        if target in fits:
                            reached.add((more, self.one(target, 1, onto=second)))
        for first, second in reached:
            if sum(first) <= size:
                yield first, second, -1

    # -- all records

    def worlds(self) -> set[World]:
        empty = ((0,) * len(self.slots),) * 3
        worlds: set[World] = {(empty, empty, (0,) * (3 * len(self.ways)))}
        for record in self.records:
            uses = set(self.uses(record))
            worlds = {
                world
                for before in worlds
                for use in uses
                if (world := self.added(before, record, use)) is not None
            }
        return worlds

    def added(self, world: World, record: CourseRecord, use: Use) -> World | None:
        firsts, seconds = list(world[0]), list(world[1])
        for level, states in enumerate(LEVELS):
            if record.state in states:
                firsts[level] = tuple(x + y for x, y in zip(firsts[level], use[0], strict=True))
                seconds[level] = tuple(x + y for x, y in zip(seconds[level], use[1], strict=True))
        if any(firsts[0][s] + seconds[0][s] > self.room(s) for s in range(len(self.slots))):
            return None
        joined = list(world[2])
        if use[2] >= 0:
            for level, states in enumerate(LEVELS):
                if record.state in states:
                    joined[3 * use[2] + level] += record.credits // HALF
        return tuple(firsts), tuple(seconds), tuple(joined)

    # -- what is missing

    def answers(self) -> Iterator[tuple[tuple[bool, ...], tuple[int, ...], tuple[int, ...]]]:
        """Yield for every allocation, per level: whether anything is short; what first counts
        leave open; what is short. Amounts are in hundredths."""
        for world in self.worlds():
            for chosen in self.choices(world):
                pairs = [self.missing(world, chosen, level) for level in range(3)]
                short = tuple(short for _, short in pairs)
                yield tuple(x > 0 for x in short), tuple(left for left, _ in pairs), short

    def choices(self, world: World) -> Iterator[tuple[int, ...]]:
        """Sets of substitutes that are there in full, close nothing that is used, and not twice."""
        for wanted in product((False, True), repeat=len(self.ways)):
            chosen = tuple(index for index, use in enumerate(wanted) if use)
            closed: list[int] = []
            for index in chosen:
                closed += [s for s in range(len(self.slots)) if self.closes(index, s)]
            there = all(world[2][3 * index] * HALF >= self.ways[index][1].earn for index in chosen)
            unused = all(world[0][0][slot] + world[1][0][slot] == 0 for slot in closed)
            if there and unused and len(set(closed)) == len(closed):
                yield chosen

    def closes(self, way: int, slot: int) -> bool:
        return self.inside(slot, self.ways[way][0].id)

    def missing(self, world: World, chosen: tuple[int, ...], level: int) -> tuple[int, int]:
        left = short = 0
        for slot in range(len(self.slots)):
            replaced = any(
                self.closes(index, slot)
                and world[2][3 * index + level] * HALF >= self.ways[index][1].earn
                for index in chosen
            )
            if not replaced:
                left += self.room(slot) - world[0][level][slot]
                short += self.room(slot) - world[0][level][slot] - world[1][level][slot]
        return left * HALF, short * HALF
