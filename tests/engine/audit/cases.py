"""Small random rule sets and records, in quarters of what real ones are: every keyword occurs."""

from __future__ import annotations

from random import Random

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import (
    AnyCourse,
    HasTag,
    Matcher,
    OneOf,
    Requirement,
    RuleSet,
    Split,
    Substitute,
)

TAGS = ("a", "b", "c", "d")
STATES = (State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED, State.FAILED)


def matcher(chance: Random) -> Matcher:
    if chance.random() < 0.15:
        return AnyCourse()
    tags = chance.sample(TAGS, chance.choice((1, 1, 2)))
    return HasTag(tags[0]) if len(tags) == 1 else OneOf(tuple(HasTag(tag) for tag in tags))


def requirement(chance: Random, name: str, *, parts: bool) -> Requirement:
    include: tuple[Requirement, ...] = ()
    earn = chance.choice((50, 50, 100, 150))
    if parts and chance.random() < 0.4:
        include = tuple(
            requirement(chance, f"{name}{index}", parts=False)
            for index in range(chance.choice((1, 2)))
        )
        earn = sum(part.earn for part in include) + chance.choice((0, 50))
    instead: tuple[Substitute, ...] = ()
    if chance.random() < 0.15:
        way = Substitute(
            f"{name}-way", f"Way {name}", chance.choice((50, 100)), matcher(chance), "s"
        )
        instead = (way,)
    return Requirement(
        name, name.upper(), earn, matcher(chance), "s", include=include, instead=instead
    )


def ruleset(chance: Random) -> RuleSet:
    names = "pqrs"[: chance.choice((1, 2, 2, 3))]
    found = [requirement(chance, name, parts=True) for name in names]
    split = chance.choice((Split.OVERFLOW, Split.OVERFLOW, Split.NEVER, Split.FREE))
    into = ""
    if split is Split.OVERFLOW or chance.random() < 0.5:
        into = "z" if split is Split.OVERFLOW else ""
        anything: Matcher = AnyCourse() if chance.random() < 0.7 else matcher(chance)
        found.append(Requirement("z", "Z", chance.choice((50, 100)), anything, "s"))
    if len(found) > 1 and chance.random() < 0.4:
        found[0] = _counting_again(found[0], target=found[-1].id, chance=chance)
    total = sum(each.earn for each in found) - chance.choice((0, 0, 50))
    return RuleSet(
        id="x/diploma/1",
        jurisdiction="x",
        diploma="diploma",
        title="X",
        status="draft",
        credit_name="unit",
        total=total,
        requirements=tuple(found),
        sources=(),
        split=split,
        overflow_into=into,
    )


def _counting_again(node: Requirement, *, target: str, chance: Random) -> Requirement:
    """Let one place of a requirement count a second time in another requirement."""
    from dataclasses import replace

    if node.include and chance.random() < 0.6:
        part = replace(node.include[0], also_counts=(target,))
        return replace(node, include=(part, *node.include[1:]))
    return replace(node, also_counts=(target,))


def records(chance: Random, *, most: int = 5) -> tuple[CourseRecord, ...]:
    return tuple(
        CourseRecord(
            id=f"r{index}",
            credits=chance.choice((50, 50, 100, 100, 150)),
            state=chance.choice(STATES),
            title=f"Course {index}",
            subject="x",
            tags=frozenset(chance.sample(TAGS, chance.choice((0, 1, 1, 2, 3)))),
        )
        for index in range(chance.randint(1, most))
    )
