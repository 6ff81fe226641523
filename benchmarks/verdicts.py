"""The audit's verdict against a plain solver model, on generated students with whole courses.

Most are the students of ``audit.py`` under the Georgia diploma. One in five is thrown together for
one of all packaged rule sets that ask for credit, in turn: courses of half a unit, one, and one
and a half, most of which fit several places.

For every student an independent evaluation has to accept the certificate, which shows that the
verdict can be reached, and the plain model has to find that no better one can. For one student in
fifty all goals are compared: with all records, without the planned ones and with the earned ones
alone, whether anything is short, and how much first counts leave open. Differences are printed.

Run: ``python benchmarks/verdicts.py [COUNT] [SEED]``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import count as count_from
from itertools import pairwise
from pathlib import Path
from random import Random

import audit as usual
import plain
import report

from pathloom.engine.audit.allocate import Allocation, allocate
from pathloom.engine.audit.evaluate import CertificateError, evaluate
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.facts import Prepared, prepare
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import (
    CourseIs,
    EachOf,
    HasTag,
    MarkAtLeast,
    Matcher,
    NumberLike,
    OneOf,
    Requirement,
    RuleSet,
    ScedLike,
    Split,
    SubjectIs,
)
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import Mark, SchoolYear

DAY = date(2026, 11, 22)
PART = 250
WHOLE = 50
DENSE = 5
SIZES = (100, 100, 100, 100, 50, 50, 50, 150)
STATES = (State.EARNED, State.EARNED, State.EARNED, State.IN_PROGRESS, State.PLANNED)


@dataclass(slots=True)
class Facts:
    """What a course has to be so that it matches."""

    subject: str = ""
    number: str = ""
    sced: str = ""
    course: str = ""
    mark: str = ""
    tags: frozenset[str] = frozenset()


def rule_sets() -> tuple[RuleSet, ...]:
    """Packaged rule sets that allocate courses, where courses may not be divided freely."""
    return tuple(
        version
        for file in load_rulebook().files
        for version in file.versions
        if version.split is not Split.FREE and any(node.open_part > 0 for node in version.walk())
    )


class Generator:
    """Makes students for one rule set: mostly what its places ask for, often fitting several."""

    def __init__(self, rules: RuleSet, chance: Random) -> None:
        self.rules = rules
        self.chance = chance
        self.places = [node for node in rules.walk() if node.open_part > 0]
        self.subjects = [name for name, _ in rules.subjects] or ["other"]
        self.others: list[Matcher] = [way.match for node in rules.walk() for way in node.instead]
        self.others += [among.match for node in rules.walk() for among in node.among]
        self.others += [cap.match for cap in rules.caps]
        self.families = sorted({node.same for node in rules.walk() if node.same})

    def student(self, number: int) -> StudentRecord:
        records: list[CourseRecord] = []
        for node in self.places:
            needed = node.open_part
            while needed > 0 and self.chance.random() < 0.93:
                records.append(self.record(len(records), node))
                needed -= records[-1].credits
        for _ in range(self.chance.randint(0, 5)):
            records.append(self.record(len(records), self.chance.choice(self.places)))
        self.chance.shuffle(records)
        return StudentRecord(f"S{number}", SchoolYear(2024), tuple(records))

    def record(self, index: int, node: Requirement) -> CourseRecord:
        facts = Facts()
        self.fit(facts, node.match)
        if self.chance.random() < 0.4:
            self.fit(facts, self.chance.choice(self.places).match)
        if self.others and self.chance.random() < 0.2:
            self.fit(facts, self.chance.choice(self.others))
        tags = set(facts.tags)
        for family in self.families:
            if self.chance.random() < 0.7:
                tags.add(f"{family}:{self.chance.choice(('one', 'two', 'three'))}")
        return CourseRecord(
            id=f"r{index}",
            credits=self.chance.choice(SIZES),
            state=self.chance.choice(STATES),
            course=facts.course,
            title=f"Course {index}",
            number=facts.number,
            sced=facts.sced,
            subject=facts.subject or self.chance.choice(self.subjects),
            tags=frozenset(tags),
            mark=Mark.parse(facts.mark) if facts.mark else None,
        )

    def fit(self, facts: Facts, matcher: Matcher) -> None:
        """Give a course what a matcher asks for; what it has of it already stays."""
        match matcher:
            case SubjectIs(subject):
                facts.subject = facts.subject or subject
            case HasTag(tag):
                facts.tags = facts.tags | {tag}
            case NumberLike(pattern):
                facts.number = facts.number or pattern.replace("X", "0")
            case ScedLike(pattern):
                facts.sced = facts.sced or pattern.replace("X", "0")
            case CourseIs(course):
                facts.course = facts.course or course
            case MarkAtLeast(mark):
                facts.mark = facts.mark or mark.text
            case OneOf(some):
                self.fit(facts, self.chance.choice(some))
            case EachOf(every):
                for each in every:
                    self.fit(facts, each)
            case _:
                pass


def verdict(prepared: Prepared, allocation: Allocation) -> plain.Verdict:
    """What the certificate reaches, added up from the nodes; the evaluation has to accept it."""
    evaluation = evaluate(
        prepared, allocation.certificate, chosen=allocation.chosen, values=allocation.values
    )
    tops = [evaluation.requirements[node.id] for node in plain.with_credit(prepared.ruleset)]
    grade = max((each.grade for each in tops), default=0)
    flags = tuple(grade > limit for limit in (2, 1, 0))
    nodes = plain.Nodes(prepared.ruleset)
    missing = tuple(_open(prepared, allocation, nodes, states) for states in plain.LEVELS)
    return plain.Verdict(flags, missing)


def _open(
    prepared: Prepared, allocation: Allocation, nodes: plain.Nodes, states: tuple[State, ...]
) -> int:
    """What first counts leave open with the records of some states, ``among`` included."""
    records = {each.id: each for each in prepared.records}
    replaced: dict[str, int] = {}
    for one in allocation.certificate:
        if one.substitute:
            there = one.amount if one.state in states else 0
            replaced[one.requirement] = replaced.get(one.requirement, 0) + there
    ways = {one.requirement: one.substitute for one in allocation.certificate if one.substitute}
    left = 0
    for node in nodes.all.values():
        path = nodes.paths[node.id]
        if not all(
            below in allocation.chosen[above]
            for above, below in pairwise(path)
            if nodes.all[above].of
        ):
            continue
        over = [name for name in path if name in ways]
        if over:
            full = nodes.way(over[0], ways[over[0]]).earn <= replaced[over[0]]
            left += 0 if full else max(0, node.open_part)
            continue
        left += max(0, node.open_part)
        inside = [
            one
            for one in allocation.certificate
            if not one.substitute
            and node.id in nodes.paths[one.requirement]
            and one.state in states
        ]
        left -= sum(one.amount for one in inside if one.requirement == node.id and not one.second)
        for among in node.among:
            fits = [one for one in inside if matches(among.match, records[one.record])]
            left += max(0, min(among.credits, node.earn) - sum(one.amount for one in fits))
            left += 100 * max(0, among.courses - len({one.record for one in fits}))
    return left


def students(count: int, seed: int, dense: int) -> Iterator[Prepared]:
    """Yield students ready to be audited; one in ``dense`` is thrown together."""
    chance = Random(seed)
    generators = [Generator(rules, chance) for rules in rule_sets()]
    for number, (record, rules, catalog, day) in enumerate(usual.georgia(count, seed)):
        if number % dense:
            yield prepare(record, rules, catalog=catalog, as_of=day)
        else:
            made = generators[number // dense % len(generators)]
            yield prepare(made.student(number), made.rules, catalog=None, as_of=DAY)


def compare(
    count: int, seed: int, whole: int = WHOLE, dense: int = DENSE
) -> tuple[Counter[str], list[str]]:
    """Return how many students were settled in which way, and a line for each wrong verdict.

    All goals are compared for one student in ``whole``; one in ``dense`` is thrown together.
    """
    tiers: Counter[str] = Counter()
    wrong: list[str] = []
    for number, prepared in enumerate(students(count, seed, dense)):
        allocation = allocate(prepared, layout(prepared.ruleset))
        tiers[str(allocation.tier)] += 1
        where = f"{prepared.record.student} {prepared.ruleset.id}, by {allocation.tier}"
        try:
            found = verdict(prepared, allocation)
        except CertificateError as error:
            wrong.append(f"{where}: {error}")
            continue
        wrong += (
            f"{where}: {what}" for what in differences(prepared, found, whole=number % whole == 0)
        )
    return tiers, wrong


def differences(prepared: Prepared, found: plain.Verdict, *, whole: bool) -> Iterator[str]:
    """Say what the plain model finds otherwise: the verdict, and with ``whole`` every goal.

    Levels are with all records, without the planned ones, with the earned ones alone. The best
    level that is complete, or all levels, are shown by the certificate; one better has to be
    impossible, and where there is none, the best possible.
    """
    complete = sum(not short for short in found.short)
    better = min(complete, len(plain.LEVELS) - 1)
    if plain.can_be_complete(prepared, plain.LEVELS[better]) != (complete == len(plain.LEVELS)):
        yield f"complete on {complete} levels, which is not what can be reached"
    if whole:
        best = plain.best(prepared)
        if found != best:
            yield f"{found} is not {best}"


def main(count: int = 100_000, seed: int = 20261122) -> None:
    """Compare in parts, each with its own seed, on all processors."""
    sizes = [min(PART, count - start) for start in range(0, count, PART)]
    tiers: Counter[str] = Counter()
    wrong: list[str] = []
    with ProcessPoolExecutor() as pool:
        for found, differences in pool.map(compare, sizes, count_from(seed)):
            tiers += found
            wrong += differences
            print(
                f"{tiers.total()} students, {len(wrong)} wrong", *differences, sep="\n", flush=True
            )
    row = {"students": f"{count}"} | {f"by {name}": f"{n}" for name, n in sorted(tiers.items())}
    report.write("Verdicts", [row | {"wrong": f"{len(wrong)}"}], seed=seed)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument) for argument in sys.argv[1:]))
