"""Small random rule sets in which every construct of courses occurs, with records and exceptions.

All amounts are multiples of half a unit, so that an exhaustive search can count in halves.
"""

from __future__ import annotations

from random import Random

from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.conditions import COUNTABLE
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Cap,
    HasTag,
    Matcher,
    OneOf,
    Requirement,
    RuleSet,
    Split,
    Substitute,
)
from pathloom.engine.units import SchoolYear

TAGS = ("a", "b", "c")
VALUES = ("f:one", "f:two", "f:three")
STATES = (State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED, State.FAILED)


class Maker:
    """Makes one case; names of requirements are letters and numbers in file order."""

    def __init__(self, chance: Random, *, divided: float) -> None:
        self.chance = chance
        self.divided = divided  # how often electives have parts of their own

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def matcher(self) -> Matcher:
        if self.often(0.2):
            return AnyCourse()
        tags = self.chance.sample(TAGS, self.chance.choice((1, 1, 2)))
        return HasTag(tags[0]) if len(tags) == 1 else OneOf(tuple(map(HasTag, tags)))

    def amount(self) -> int:
        return self.chance.choice((50, 50, 100, 150))

    def among(self, name: str) -> tuple[Among, ...]:
        if not self.often(0.2):
            return ()
        credits, courses = self.chance.choice(((50, 0), (100, 0), (0, 1), (0, 2), (50, 1)))
        return (Among(f"{name}-among", name, HasTag(self.chance.choice(TAGS)), credits, courses),)

    def instead(self, name: str) -> tuple[Substitute, ...]:
        if not self.often(0.15):
            return ()
        earn = self.chance.choice((50, 100))
        return (Substitute(f"{name}-way", name, earn, self.matcher(), "s"),)

    def plain(self, name: str, *, earn: int = 0) -> Requirement:
        return Requirement(
            name,
            name,
            earn or self.amount(),
            self.matcher(),
            "s",
            same="f" if self.often(0.2) else "",
            among=self.among(name),
            instead=self.instead(name),
        )

    def with_parts(self, name: str) -> Requirement:
        parts = [self.plain(f"{name}1")]
        if self.often(0.3):
            parts.append(self.choice(f"{name}2") if self.often(0.4) else self.plain(f"{name}2"))
        return Requirement(
            name,
            name,
            sum(part.earn for part in parts) + self.chance.choice((0, 50)),
            self.matcher(),
            "s",
            include=tuple(parts),
            same="f" if self.often(0.2) else "",
            among=self.among(name),
            instead=self.instead(name),
        )

    def choice(self, name: str, *, depth: int = 1) -> Requirement:
        earn, choose = self.chance.choice((50, 100)), self.chance.choice((1, 1, 1, 2))
        sides = [self.plain(f"{name}{at}", earn=earn) for at in range(choose + 1)]
        if depth and earn == 50 and self.often(0.3):
            inner = [self.plain(f"{name}9{at}", earn=earn) for at in range(2)]
            sides[-1] = Requirement(
                f"{name}9", name, earn, AnyCourse(), "s", choose=1, of=tuple(inner)
            )
        return Requirement(
            name,
            name,
            earn * choose,
            AnyCourse(),
            "s",
            choose=choose,
            of=tuple(sides),
            instead=self.instead(name),
        )

    def ruleset(self) -> RuleSet:
        makers = (self.plain, self.with_parts, self.choice)
        found = [self.chance.choice(makers)(name) for name in "pq"[: self.chance.choice((1, 2))]]
        split = self.chance.choice((Split.OVERFLOW, Split.OVERFLOW, Split.NEVER, Split.FREE))
        if split is Split.OVERFLOW or self.often(0.4):
            found.append(self.with_parts("z") if self.often(self.divided) else self.plain("z"))
        if len(found) > 1 and self.often(0.4):
            found[0] = again(found[0], found[-1].id)
        return RuleSet(
            id="x/diploma/1",
            jurisdiction="x",
            diploma="diploma",
            title="X",
            status="draft",
            credit_name="unit",
            total=sum(each.earn for each in found),
            requirements=tuple(found),
            sources=(),
            split=split,
            overflow_into="z" if split is Split.OVERFLOW else "",
            caps=self.caps(found),
        )

    def caps(self, found: list[Requirement]) -> tuple[Cap, ...]:
        if not self.often(0.35):
            return ()
        nodes = [node.id for each in found for node in each.walk()]
        within = self.chance.choice(("", "total", *nodes))
        return tuple(
            Cap(f"cap{at}", "Cap", self.matcher(), self.amount(), "s", where)
            for at, where in enumerate((within, "")[: self.chance.choice((1, 1, 2))])
        )

    def records(self, most: int) -> tuple[CourseRecord, ...]:
        return tuple(self.record(at) for at in range(self.chance.randint(1, most)))

    def record(self, at: int) -> CourseRecord:
        tags = self.chance.sample(TAGS, self.chance.choice((0, 1, 1, 2)))
        tags += self.chance.sample(VALUES, self.chance.choice((0, 1, 1, 2)))
        return CourseRecord(
            id=f"r{at}",
            credits=self.chance.choice((50, 50, 100, 100, 150)),
            state=self.chance.choice(STATES),
            title=self.chance.choice((f"Course {at}", f"Course {at}", "The same")),
            subject="x",
            tags=frozenset(tags),
        )


def again(node: Requirement, target: str) -> Requirement:
    """Let a requirement count a second time in another one."""
    from dataclasses import replace

    return replace(node, also_counts=(target,))


def case(chance: Random, *, most: int = 4, divided: float = 0.15) -> Prepared:
    """A student under rules, with what exceptions of staff and tracks could have changed."""
    maker = Maker(chance, divided=divided)
    ruleset, courses = maker.ruleset(), maker.records(most)
    places = [node.id for node in ruleset.walk() if node.open_part]
    exempt: frozenset[str] = frozenset()
    if maker.often(0.1):
        node = chance.choice(tuple(ruleset.walk()))
        exempt = frozenset(part.id for part in node.walk())
    countable = tuple(each for state in COUNTABLE for each in courses if each.state is state)
    admitted = {}
    if countable and maker.often(0.2):
        admitted = {chance.choice(places): frozenset({chance.choice(countable).id})}
    return Prepared(
        record=StudentRecord("s", SchoolYear(2023), courses),
        ruleset=ruleset,
        records=countable,
        admitted=admitted,
        excused={chance.choice(places): 50} if maker.often(0.2) else {},
        exempt=exempt,
    )
