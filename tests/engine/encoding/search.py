"""All allocations of a small case, by force; shares no code with the encoding but the matchers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import course_key
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Requirement, Split

HALF = 50
STATES = (State.EARNED, State.IN_PROGRESS, State.PLANNED)
LEVELS = (STATES, STATES[:2], STATES[:1])

Goals = tuple[int, ...]


@dataclass(frozen=True)
class Sides:
    """One way to decide everything that is decided once: alternatives, values, substitutes."""

    chosen: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    used: tuple[int, ...]


@dataclass(frozen=True)
class Count:
    """``halves`` of a record in a slot: first, overflow or second; or taken by a substitute."""

    record: CourseRecord
    kind: str
    at: int
    halves: int


class Search:
    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.rules = prepared.ruleset
        self.nodes: dict[str, Requirement] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        for node in self.rules.requirements:
            self.collect(node, ())
        places = [node for node in self.in_order() if node.open_part > 0]
        into = self.rules.overflow_into
        self.slots = sorted(places, key=lambda node: bool(into) and into in self.paths[node.id])
        self.room = [self.capacity(node) for node in self.slots]
        self.ways = [(node, way) for node in self.rules.walk() for way in node.instead]

    def in_order(self) -> Iterator[Requirement]:
        """Parts come before what a requirement leaves open."""

        def visit(node: Requirement) -> Iterator[Requirement]:
            for part in (*node.include, *node.of):
                yield from visit(part)
            yield node

        for node in self.rules.requirements:
            yield from visit(node)

    def collect(self, node: Requirement, above: tuple[str, ...]) -> None:
        self.nodes[node.id] = node
        self.paths[node.id] = (*above, node.id)
        for part in (*node.include, *node.of):
            self.collect(part, self.paths[node.id])

    def capacity(self, node: Requirement) -> int:
        if node.id in self.prepared.exempt:
            return 0
        return max(0, node.open_part - self.prepared.excused.get(node.id, 0)) // HALF

    def need(self, node: Requirement) -> int:
        if node.of:
            return sum(sorted(self.need(part) for part in node.of)[: node.choose])
        return self.capacity(node) + sum(self.need(part) for part in node.include)

    # -- what is decided once

    def sides(self) -> Iterator[Sides]:
        choices = [node for node in self.nodes.values() if node.of]
        options = [list(combinations([each.id for each in n.of], n.choose)) for n in choices]
        families = [node for node in self.nodes.values() if node.same]
        tags = {tag for each in self.prepared.records for tag in each.tags if ":" in tag}
        values = ["", *sorted(tag.partition(":")[2] for tag in tags)]
        for picked in product(*options):
            chosen = {node.id: names for node, names in zip(choices, picked, strict=True)}
            for taken in product(values, repeat=len(families)):
                value = {node.id: each for node, each in zip(families, taken, strict=True)}
                for flags in product((False, True), repeat=len(self.ways)):
                    used = tuple(at for at, flag in enumerate(flags) if flag)
                    found = Sides(chosen, value, used)
                    if self.sensible(found):
                        yield found

    def is_open(self, name: str, sides: Sides, *, but: int = -1) -> bool:
        """Whether every choice above takes its side and no substitute stands in for it."""
        path = self.paths[name]
        for above, below in pairwise(path):
            node = self.nodes[above]
            if node.of and (above in self.prepared.exempt or below not in sides.chosen[above]):
                return False
        return not any(self.ways[at][0].id in path for at in sides.used if at != but)

    def sensible(self, sides: Sides) -> bool:
        return all(
            self.is_open(self.ways[at][0].id, sides, but=at) and self.need(self.ways[at][0])
            for at in sides.used
        )

    # -- what one record can do

    def fits(self, record: CourseRecord, slot: int, sides: Sides) -> bool:
        node = self.slots[slot]
        if not self.room[slot] or not self.is_open(node.id, sides):
            return False
        if record.id in self.prepared.admitted.get(node.id, ()):
            return True
        for name in self.paths[node.id]:
            family = self.nodes[name].same
            if family and name not in self.prepared.exempt:
                value = sides.values[name]
                if not value or f"{family}:{value}" not in record.tags:
                    return False
        return matches(node.match, record)

    def seconds(self, slot: int) -> list[int]:
        names = {
            t for name in self.paths[self.slots[slot].id] for t in self.nodes[name].also_counts
        }
        return [
            other
            for other, node in enumerate(self.slots)
            if other != slot and names & set(self.paths[node.id])
        ]

    def uses(self, record: CourseRecord, sides: Sides) -> Iterator[tuple[Count, ...]]:
        size = record.credits // HALF
        yield ()
        for at in sides.used:
            if matches(self.ways[at][1].match, record):
                for taken in range(1, size + 1):
                    yield (Count(record, "way", at, taken),)
        fits = [slot for slot in range(len(self.slots)) if self.fits(record, slot, sides)]
        if self.rules.split is Split.FREE:
            yield from self.divided(record, fits, size)
            return
        for slot in fits:
            targets = [each for each in self.seconds(slot) if each in fits]
            for first in range(1, min(size, self.room[slot]) + 1):
                for over in self.overflows(record, slot, fits, size - first):
                    whole = (Count(record, "first", slot, first), *over)
                    yield whole
                    for target in targets:
                        for amount in range(1, min(first, self.room[target]) + 1):
                            yield (*whole, Count(record, "again", target, amount))

    def overflows(
        self, record: CourseRecord, slot: int, fits: list[int], rest: int
    ) -> Iterator[tuple[Count, ...]]:
        into = self.rules.overflow_into
        targets = [
            other
            for other in fits
            if other != slot and into and into in self.paths[self.slots[other].id]
        ]
        if self.rules.split is not Split.OVERFLOW:
            targets = []
        for amounts in product(range(rest + 1), repeat=len(targets)):
            if sum(amounts) <= rest:
                yield tuple(
                    Count(record, "over", target, amount)
                    for target, amount in zip(targets, amounts, strict=True)
                    if amount
                )

    def divided(
        self, record: CourseRecord, fits: list[int], size: int
    ) -> Iterator[tuple[Count, ...]]:
        """Each half goes its own way: into a slot, perhaps also into a second one."""
        ways = [(slot, other) for slot in fits for other in (-1, *self.seconds(slot))]
        ways = [(slot, other) for slot, other in ways if other < 0 or other in fits]
        for chosen in product([None, *ways], repeat=size):
            sums: dict[tuple[str, int], int] = {}
            for each in chosen:
                if each is not None:
                    sums["first", each[0]] = sums.get(("first", each[0]), 0) + 1
                    if each[1] >= 0:
                        sums["again", each[1]] = sums.get(("again", each[1]), 0) + 1
            if sums:
                yield tuple(Count(record, kind, at, n) for (kind, at), n in sorted(sums.items()))

    # -- all records

    def best(self) -> Goals:
        """The goals, in order, of the best of all allocations."""
        return min(goals for sides in self.sides() for goals in self.reached(sides))

    def reached(self, sides: Sides) -> set[Goals]:
        worlds: dict[tuple[object, ...], tuple[Count, ...]] = {(): ()}
        for record in self.prepared.records:
            uses = set(self.uses(record, sides))
            grown: dict[tuple[object, ...], tuple[Count, ...]] = {}
            for counts in worlds.values():
                for use in uses:
                    world = (*counts, *use)
                    if self.has_room(world):
                        grown.setdefault(self.key(world), world)
            worlds = grown
        return {
            self.goals(world, sides) for world in worlds.values() if self.is_allowed(world, sides)
        }

    def has_room(self, world: tuple[Count, ...]) -> bool:
        fill = [0] * len(self.slots)
        for one in world:
            if one.kind != "way":
                fill[one.at] += one.halves
        return all(there <= room for there, room in zip(fill, self.room, strict=True))

    def key(self, world: tuple[Count, ...]) -> tuple[object, ...]:
        """Worlds with the same key can be told apart by nothing that matters later."""
        sums: dict[tuple[object, ...], int] = {}
        spilled: set[int] = set()
        keyed = any(each.courses for node in self.nodes.values() for each in node.among)
        tagged = any(node.among for node in self.nodes.values()) or self.rules.caps
        for one in world:
            kind = "first" if one.kind == "over" else one.kind
            tags = one.record.tags if tagged else frozenset[str]()
            course = course_key(one.record) if keyed else ""
            key = (kind, one.at, one.record.state, tags, course)
            sums[key] = sums.get(key, 0) + one.halves
            if one.kind == "over":
                spilled.add(
                    next(x.at for x in world if x.record is one.record and x.kind == "first")
                )
        return (frozenset(sums.items()), frozenset(spilled))

    def is_allowed(self, world: tuple[Count, ...], sides: Sides) -> bool:
        for at in sides.used:
            taken = sum(one.halves for one in world if one.kind == "way" and one.at == at)
            if taken * HALF != self.ways[at][1].earn:
                return False
        for one in world:
            if one.kind == "over":
                first = next(x.at for x in world if x.record is one.record and x.kind == "first")
                inside = self.rules.overflow_into in self.paths[self.slots[first].id]
                if not inside and self.fill(world, first, STATES) < self.room[first]:
                    return False
        return all(self.holds(world, cap.id) for cap in self.rules.caps)

    def holds(self, world: tuple[Count, ...], cap_id: str) -> bool:
        cap = next(each for each in self.rules.caps if each.id == cap_id)
        if cap.within == "total":
            return True
        counted = 0
        for one in world:
            inside = not cap.within and one.kind != "again"
            if cap.within and one.kind != "way":
                inside = cap.within in self.paths[self.slots[one.at].id]
            if cap.within and one.kind == "way":
                # A substitute for the capped requirement itself counts there, for one above not.
                inside = cap.within in self.paths[self.ways[one.at][0].id]
            if inside and matches(cap.match, one.record):
                counted += one.halves
        return counted * HALF <= cap.at_most

    def fill(self, world: tuple[Count, ...], slot: int, states: tuple[State, ...]) -> int:
        return sum(
            one.halves
            for one in world
            if one.kind != "way" and one.at == slot and one.record.state in states
        )

    # -- what is missing

    def goals(self, world: tuple[Count, ...], sides: Sides) -> Goals:
        shorts, missing = [], []
        for states in LEVELS:
            short = left = self.undone(world, sides, states) + self.fewer(world, sides, states)
            for slot, node in enumerate(self.slots):
                if self.is_open(node.id, sides):
                    short += self.room[slot] - self.fill(world, slot, states)
                    firsts = tuple(one for one in world if one.kind != "again")
                    left += self.room[slot] - self.fill(firsts, slot, states)
            shorts.append(short)
            missing.append(left)
        flags = tuple(int(short > 0) for short in shorts)
        return (
            *flags,
            *missing,
            *self.fills(world, sides),
            shorts[0],
            len(sides.used),
            *shorts[1:],
        )

    def fills(self, world: tuple[Count, ...], sides: Sides) -> Iterator[int]:
        firsts = tuple(one for one in world if one.kind != "again")
        for slot, node in enumerate(self.slots):
            replaced = any(self.fulfils(at, node.id) for at in sides.used)
            yield -(self.room[slot] if replaced else self.fill(firsts, slot, STATES))

    def fulfils(self, way: int, name: str) -> bool:
        """Whether a substitute fills a slot: not where alternatives are left to choose from."""
        path, replaced = self.paths[name], self.ways[way][0].id
        if replaced not in path:
            return False
        return not any(self.nodes[below].of for below in path[path.index(replaced) :])

    def undone(self, world: tuple[Count, ...], sides: Sides, states: tuple[State, ...]) -> int:
        """What requirements miss whose substitute is not there in full on this level."""
        missing = 0
        for at in sides.used:
            taken = sum(
                one.halves
                for one in world
                if one.kind == "way" and one.at == at and one.record.state in states
            )
            if taken * HALF < self.ways[at][1].earn:
                missing += self.need(self.ways[at][0])
        return missing

    def fewer(self, world: tuple[Count, ...], sides: Sides, states: tuple[State, ...]) -> int:
        """What is missing of ``among``: a course is a whole unit."""
        missing = 0
        for node in self.nodes.values():
            if not node.among or not self.is_open(node.id, sides):
                continue
            need = self.need(node)
            inside = [
                one
                for one in world
                if one.kind != "way"
                and node.id in self.paths[self.slots[one.at].id]
                and one.record.state in states
            ]
            for among in node.among:
                fitting = [one for one in inside if matches(among.match, one.record)]
                there = sum(one.halves for one in fitting)
                missing += max(0, min(among.credits // HALF, need) - there)
                if need:
                    courses = len({course_key(one.record) for one in fitting})
                    missing += 2 * max(0, among.courses - courses)
        return missing
