"""A rule set and the courses of a partition in numbers, for the compiled audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pathloom.engine.audit.batch.arrays import Awards, Facts, Long, Table, Tree
from pathloom.engine.audit.batch.rows import Rows
from pathloom.engine.audit.numbers import LEVEL, rules_of
from pathloom.engine.audit.tables import Rules
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.awards import is_same_course
from pathloom.engine.rules.caps import total_caps
from pathloom.engine.rules.conditions import ONE, course_key
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import (
    AnyCourse,
    Award,
    Have,
    Matcher,
    NoneOf,
    Requirement,
    RuleSet,
)
from pathloom.engine.rules.slots import Layout, layout

_MOST_BITS = 62


def is_compiled(ruleset: RuleSet) -> bool:
    """Whether the compiled audit knows all that this rule set asks for.

    Conditions, choices, ``same`` and ``among`` are left to the interactive audit.
    """
    places = layout(ruleset)
    plain = all(
        node.condition is None and not node.of and not node.same and not node.among
        for node in ruleset.walk()
    )
    wide = max(len(places.slots), len(places.ways), len(places.caps), len(ruleset.awards))
    return (
        plain
        and wide <= _MOST_BITS
        and len(total_caps(ruleset)) <= _MOST_BITS
        and all(_is_plain(award.have) for award in ruleset.awards)
    )


def _is_plain(have: Have | None) -> bool:
    return have is None or not (have.same or have.among)


@dataclass(frozen=True, slots=True)
class Group:
    """A rule set in numbers, with the courses of one partition."""

    ruleset: RuleSet
    nodes: tuple[Requirement, ...]
    facts: Facts
    awards: Awards
    tree: Tree
    rules: Rules


def group(ruleset: RuleSet, courses: Sequence[CourseRecord | None]) -> Group:
    """Put a rule set into numbers; ``courses`` are the distinct ones, None for none."""
    places = layout(ruleset)
    nodes = tuple(ruleset.walk())
    return Group(
        ruleset,
        nodes,
        facts=_facts(ruleset, places, courses),
        awards=_awards(ruleset.awards),
        tree=_tree(ruleset, places, nodes),
        rules=_in_arrays(rules_of(places)),
    )


def _long(values: Iterable[int]) -> Long:
    return np.array(list(values), dtype=np.int64)


def _awards(awards: Sequence[Award]) -> Awards:
    return Awards(
        at_least=_long(award.at_least for award in awards),
        credits=_long(award.credits for award in awards),
        counts=_long(int(award.in_total) for award in awards),
        completes=_long(int(award.have is not None) for award in awards),
        have_credits=_long(award.have.credits if award.have else 0 for award in awards),
        have_courses=_long(ONE * award.have.courses if award.have else 0 for award in awards),
    )


def _in_arrays(rules: Rules) -> Rules:
    """The same rule set with arrays in place of lists."""
    fields = rules._asdict().items()
    arrays: Any = {name: _long(value) for name, value in fields if isinstance(value, list)}
    return rules._replace(**arrays)


def _tree(ruleset: RuleSet, places: Layout, nodes: Sequence[Requirement]) -> Tree:
    at = {node.id: index for index, node in enumerate(nodes)}
    up = {part.id: at[node.id] for node in nodes for part in node.parts}
    return Tree(
        up=_long(up.get(node.id, -1) for node in nodes),
        last=_long(at[node.id] + sum(1 for _ in node.walk()) - 1 for node in nodes),
        earn=_long(node.earn for node in nodes),
        room=_long(slot.capacity for slot in places.slots),
        of_slot=_long(at[slot.requirement] for slot in places.slots),
        of_way=_long(at[way.requirement.id] for way in places.ways),
        total=ruleset.total,
        cap_most=_long(cap.at_most for cap in total_caps(ruleset)),
    )


_NOTHING = CourseRecord(id="", credits=0, state=State.FAILED)


def _facts(ruleset: RuleSet, places: Layout, courses: Sequence[CourseRecord | None]) -> Facts:
    granted = tuple(_granted(award) for award in ruleset.awards)
    every = (*(each or _NOTHING for each in courses), *granted)
    masks = np.array([places.all_masks(each) for each in every], dtype=np.int64).reshape(-1, 4)
    what = [(each.number, each.course, each.title) for each in every]
    keys: dict[str, int] = {"": -1}
    earns = [predicate(_earned_by(award)) for award in ruleset.awards]
    caps = [predicate(cap.match) for cap in total_caps(ruleset)]
    return Facts(
        courses=len(courses),
        mask=masks[:, 0].copy(),
        ways=masks[:, 1].copy(),
        amongs=masks[:, 2].copy(),
        caps=masks[:, 3].copy(),
        course=_long(keys.setdefault(course_key(each), len(keys)) for each in every),
        wide=_long(int(mask).bit_count() for mask in masks[:, 0]),
        reach=_ranks([tuple(row) for row in masks[:, :2].tolist()]),
        rank=_ranks(what),
        content=_ranks([each.subject for each in every]),
        earns=_bits(every, earns),
        same=_bits(every, [_same_as(other) for other in granted]),
        capped=_bits(every, caps),
    )


def _earned_by(award: Award) -> Matcher:
    if award.have is not None:
        return award.have.match
    return award.when or NoneOf(AnyCourse())


def _granted(award: Award) -> CourseRecord:
    return CourseRecord(
        id="",
        credits=award.credits,
        state=State.EARNED,
        title=award.title,
        number=award.number,
        subject=award.subject,
        tags=award.tags,
    )


def _same_as(other: CourseRecord) -> Any:
    return lambda each: is_same_course(other, each)


def _bits(every: Sequence[CourseRecord], tests: Sequence[Any]) -> Long:
    return _long(
        sum(1 << index for index, test in enumerate(tests) if test(each)) for each in every
    )


def _ranks(values: Sequence[Any]) -> Long:
    place = {value: index for index, value in enumerate(sorted(set(values)))}
    return _long(place[value] for value in values)


def table_of(rows: Rows) -> Table:
    """Put the rows of a partition into numbers, in the file's own credit."""
    return Table(
        starts=rows.starts,
        level=_coded(rows, "state", _level, -1),
        credits=_coded(rows, "credits", int, 0),
        term=_coded(rows, "term", _term, 0),
        fact=rows.fact.astype(np.int64),
        own_ids=int(len(rows.columns["id"].values) > 0),
    )


def _level(state: State) -> int:
    return LEVEL.get(state, -1)


def _term(term: Any) -> int:
    year, part = term.order
    return int(year) * 8 + int(part) + 1


def _coded(rows: Rows, name: str, number: Any, empty: int) -> NDArray[np.int64]:
    values = [empty if value is None else number(value) for value in rows.parsed[name]]
    return np.array([*values, empty], dtype=np.int64)[rows.columns[name].codes]
