"""Audits the students of one rule set in numbers; plain Python on arrays, compiled in ``compiled``.

For each student: which rows count and what the rules award, their canonical order, the kernel, and
what its certificate adds up to. A student whom this cannot settle gets the tier ``ALONE``.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numpy as np

from pathloom.engine.audit.batch.arrays import (
    ALONE,
    AWARD,
    CREDITS,
    FACT,
    HOME,
    KEY,
    LEVEL,
    LEVELS,
    MOST,
    MOST_CREDITS,
    NEXT,
    NOBODY,
    ORDER,
    ROW,
    TAKEN,
    TERM,
    THEN,
    TIE,
    TIED,
    Awards,
    Facts,
    Grid,
    Long,
    Settlements,
    Table,
    Tree,
)
from pathloom.engine.audit.kernel import settle
from pathloom.engine.audit.tables import WAY, Rules, Student, make_student


def settle_students(
    students: Long, table: Table, facts: Facts, awards: Awards, tree: Tree, rules: Rules
) -> Settlements:
    """Audit students of one rule set, all numbers in arrays; see ``Settlements``."""
    count, nodes = len(students), len(tree.up)
    tier = np.zeros(count, np.int64)
    status = np.zeros(count, np.int64)
    amounts = np.zeros((count, nodes + 1, LEVELS), np.int64)
    grades = np.zeros((count, nodes + 1), np.int64)
    entries = np.zeros((count * 32 + 1024, 8), np.int64)
    filled = 0
    work = np.zeros((13, 4 * MOST), np.int64)
    for index in range(count):
        found = _collect(students[index], table, facts, awards, tree, work)
        if found < 0:
            tier[index] = ALONE
            continue
        settled = settle(rules, _student(found, facts, tree, work))
        tier[index] = settled.tier
        if settled.tier == ALONE or len(settled.record) > 4 * MOST:
            tier[index] = ALONE
            continue
        while filled + len(settled.record) > len(entries):
            wider = np.zeros((2 * len(entries), 8), np.int64)
            wider[:filled] = entries[:filled]
            entries = wider
        placed = _sorted_entries(settled, tree, work, entries, filled)
        for place in range(filled, placed):
            entries[place, 0] = index
        _add_up(tree, entries[filled:placed], amounts[index], grades[index])
        filled = placed
        status[index] = _total(found, tree, awards, work, amounts[index], grades[index])
    return Settlements(tier, status, amounts, grades, entries[:filled])


def _collect(
    student: int, table: Table, facts: Facts, awards: Awards, tree: Tree, work: Grid
) -> int:
    """Put the records that count, awarded ones included, into ``work`` in canonical order.

    Returns how many there are, or -1 where only the interactive audit can tell.
    """
    found = 0
    for row in range(table.starts[student], table.starts[student + 1]):
        if table.level[row] < 0:
            continue
        if found + len(awards.credits) >= MOST:
            return -1
        work[CREDITS, found] = table.credits[row]
        work[LEVEL, found] = table.level[row]
        work[TERM, found] = table.term[row]
        work[FACT, found] = table.fact[row]
        work[ROW, found] = row
        work[AWARD, found] = -1
        found += 1
    if len(awards.credits) > 0:
        found = _award(found, table, facts, awards, work)
    if found < 0 or _is_capped(found, facts, awards, tree, work):
        return -1
    return found if _order(found, table, facts, work) else -1


def _award(found: int, table: Table, facts: Facts, awards: Awards, work: Grid) -> int:
    """Add what the rules award, as ``rules.awards`` does; -1 where the order of ids decides."""
    given, earned = 0, 0
    for item in range(found):
        earned |= facts.earns[work[FACT, item]]
    for level in range(LEVELS):
        for award in range(len(awards.credits)):
            if (earned & ~given) >> award & 1 == 0:
                continue
            first = _earner(award, level, found, facts, awards, work)
            if first == TIED and table.own_ids:
                return -1
            if first == NOBODY or _is_there(found, award, facts, work):
                continue
            given |= 1 << award
            because = work[TIE, 0] if first == TIED else first
            work[CREDITS, found] = awards.credits[award]
            work[LEVEL, found] = level
            work[TERM, found] = work[TERM, because]
            work[FACT, found] = facts.courses + award
            work[ROW, found] = -1 if awards.completes[award] else work[ROW, because]
            work[AWARD, found] = award
            earned |= facts.earns[facts.courses + award]
            found += 1
    return found


def _earner(award: int, level: int, found: int, facts: Facts, awards: Awards, work: Grid) -> int:
    """The record that earns an award on a level, or that completes what earns it.

    ``TIED`` where several are alike but for their ids: the first in order of rows is kept aside.
    """
    if awards.completes[award]:
        return _completing(award, level, found, facts, awards, work)
    first, tied = NOBODY, False
    for item in range(found):
        if work[LEVEL, item] != level or work[CREDITS, item] < awards.at_least[award]:
            continue
        if facts.earns[work[FACT, item]] >> award & 1 == 0:
            continue
        before = -1 if first == NOBODY else _compare(item, first, facts, work)
        if before < 0:
            first, tied = item, False
        elif before == 0:
            tied = True
    work[TIE, 0] = first
    return TIED if tied else first


def _completing(
    award: int, level: int, found: int, facts: Facts, awards: Awards, work: Grid
) -> int:
    """The first record, furthest first, with which a completion is there on a level."""
    for item in range(found):
        work[TAKEN, item] = 0
    last, credits, courses = NOBODY, 0, 0
    while credits < awards.have_credits[award] or courses < awards.have_courses[award]:
        following = NOBODY
        for item in range(found):
            if work[TAKEN, item] or work[LEVEL, item] > level:
                continue
            if facts.earns[work[FACT, item]] >> award & 1 == 0:
                continue
            if following == NOBODY or _is_before(item, following, facts, work):
                following = item
        if following == NOBODY:
            return NOBODY
        credits += work[CREDITS, following]
        courses += 100 * _is_another(following, found, facts, work)
        work[TAKEN, following] = 1
        last = following
    return last


def _is_before(one: int, other: int, facts: Facts, work: Grid) -> bool:
    if work[LEVEL, one] != work[LEVEL, other]:
        return bool(work[LEVEL, one] < work[LEVEL, other])
    return _compare(one, other, facts, work) < 0


def _is_another(one: int, found: int, facts: Facts, work: Grid) -> int:
    """1 if no record taken so far is of the same course, else 0."""
    course = facts.course[work[FACT, one]]
    for item in range(found):
        if work[TAKEN, item] and course >= 0 and facts.course[work[FACT, item]] == course:
            return 0
    return 1


def _is_there(found: int, award: int, facts: Facts, work: Grid) -> bool:
    for item in range(found):  # noqa: SIM110 - numba knows no any()
        if facts.same[work[FACT, item]] >> award & 1:
            return True
    return False


def _compare(one: int, other: int, facts: Facts, work: Grid) -> int:
    """Compare two records of one level by their content, without their ids."""
    if work[TERM, one] != work[TERM, other]:
        return -1 if work[TERM, one] < work[TERM, other] else 1
    first, second = work[FACT, one], work[FACT, other]
    if facts.rank[first] != facts.rank[second]:
        return -1 if facts.rank[first] < facts.rank[second] else 1
    if work[CREDITS, one] != work[CREDITS, other]:
        return -1 if work[CREDITS, one] < work[CREDITS, other] else 1
    if facts.content[first] != facts.content[second]:
        return -1 if facts.content[first] < facts.content[second] else 1
    return 0


def _is_capped(found: int, facts: Facts, awards: Awards, tree: Tree, work: Grid) -> bool:
    """Whether some cap on the total holds credit back."""
    for cap in range(len(tree.cap_most)):
        there = 0
        for item in range(found):
            if facts.capped[work[FACT, item]] >> cap & 1 and _adds(item, awards, work):
                there += work[CREDITS, item]
        if there > tree.cap_most[cap]:
            return True
    return False


def _adds(item: int, awards: Awards, work: Grid) -> bool:
    return bool(work[AWARD, item] < 0 or awards.counts[work[AWARD, item]] == 1)


def _order(found: int, table: Table, facts: Facts, work: Grid) -> bool:
    """Sort records as ``numbers.numbered`` does; False where the order of ids decides.

    The keys are packed: level, number of slots, credits from high to low, slots and substitutes;
    then term, and number, course and title.
    """
    for item in range(found):
        fact = work[FACT, item]
        less = MOST_CREDITS - work[CREDITS, item]
        key = ((work[LEVEL, item] << 6 | facts.wide[fact]) << 24 | less) << 30 | facts.reach[fact]
        then = work[TERM, item] << 40 | facts.rank[fact]
        place = item
        while place > 0 and work[KEY, place - 1] >= key:
            if work[KEY, place - 1] == key:
                if work[THEN, place - 1] == then and table.own_ids:
                    return False
                if work[THEN, place - 1] <= then:
                    break
            work[KEY, place] = work[KEY, place - 1]
            work[THEN, place] = work[THEN, place - 1]
            work[ORDER, place] = work[ORDER, place - 1]
            place -= 1
        work[KEY, place] = key
        work[THEN, place] = then
        work[ORDER, place] = item
    return True


def _list(values: Long) -> list[int]:
    found = [0] * len(values)
    for index in range(len(values)):
        found[index] = values[index]
    return found


def _student(found: int, facts: Facts, tree: Tree, work: Grid) -> Student:
    credits, level, mask, ways = [0] * found, [0] * found, [0] * found, [0] * found
    amongs, capped = [0] * found, [0] * found
    for place in range(found):
        item = work[ORDER, place]
        fact = work[FACT, item]
        credits[place] = work[CREDITS, item]
        level[place] = work[LEVEL, item]
        mask[place] = facts.mask[fact]
        ways[place] = facts.ways[fact]
        amongs[place] = facts.amongs[fact]
        capped[place] = facts.caps[fact]
    room = _list(tree.room)
    none = [0] * found
    return make_student(
        room, credits, level, mask, ways, amongs, capped, none, none, [0] * 0, [0] * 0
    )


def _sorted_entries(settled: Any, tree: Tree, work: Grid, entries: Grid, filled: int) -> int:
    """Write a certificate in order of requirements, then as the kernel gives it."""
    count, nodes = len(settled.record), len(tree.up)
    for node in range(nodes + 1):
        work[NEXT, node] = 0
    for entry in range(count):
        slot = settled.slot[entry]
        home = tree.of_way[slot] if settled.kind[entry] == WAY else tree.of_slot[slot]
        work[HOME, entry] = home
        work[NEXT, home + 1] += 1
    for node in range(nodes):
        work[NEXT, node + 1] += work[NEXT, node]
    for entry in range(count):
        home = work[HOME, entry]
        place = filled + work[NEXT, home]
        work[NEXT, home] += 1
        kind, item = settled.kind[entry], work[ORDER, settled.record[entry]]
        entries[place, 1] = home
        entries[place, 2] = work[ROW, item]
        entries[place, 3] = work[AWARD, item]
        entries[place, 4] = settled.amount[entry]
        entries[place, 5] = work[LEVEL, item]
        entries[place, 6] = kind
        entries[place, 7] = settled.slot[entry] if kind == WAY else -1
    return filled + count


def _add_up(tree: Tree, entries: Grid, amounts: Grid, grades: Grid) -> None:
    """Add up what counts toward each requirement, from the innermost parts outward."""
    nodes, replaced = len(tree.up), False
    for entry in range(len(entries)):
        amounts[entries[entry, 1], entries[entry, 5]] += entries[entry, 4]
        if entries[entry, 6] == WAY:
            replaced = True
    for place in range(nodes):
        node = nodes - 1 - place
        grades[node] = max(grades[node], _grade(tree.earn[node], amounts[node]))
        level = _replaced_at(node, entries) if replaced else -1
        if level >= 0:
            for inner in range(node, tree.last[node] + 1):
                for other in range(LEVELS):
                    amounts[inner, other] = tree.earn[inner] if other == level else 0
                grades[inner] = level if tree.earn[inner] else 0
        above = tree.up[node]
        if above >= 0:
            for other in range(LEVELS):
                amounts[above, other] += amounts[node, other]
            grades[above] = max(grades[above], grades[node])


def _replaced_at(node: int, entries: Grid) -> int:
    """The level of the last record of a substitute for this requirement, -1 without one."""
    level = -1
    for entry in range(len(entries)):
        if entries[entry, 1] == node and entries[entry, 6] == WAY:
            level = max(level, entries[entry, 5])
    return level


def _grade(need: int, there: Long) -> int:
    reached = 0
    for level in range(LEVELS):
        reached += there[level]
        if reached == need:
            return level
    return LEVELS


def _total(found: int, tree: Tree, awards: Awards, work: Grid, amounts: Grid, grades: Grid) -> int:
    """Add up the total, cut off planned first; return the status of the whole."""
    last = len(tree.up)
    for item in range(found):
        if _adds(item, awards, work):
            amounts[last, work[LEVEL, item]] += work[CREDITS, item]
    left = tree.total
    for level in range(LEVELS):
        amounts[last, level] = min(left, amounts[last, level])
        left -= amounts[last, level]
    grades[last] = _grade(tree.total, amounts[last])
    worst = grades[last]
    for node in range(last):
        if tree.up[node] < 0:
            worst = max(worst, grades[node])
    return int(worst)


INNER = tuple(
    each
    for each in tuple(globals().values())
    if isinstance(each, FunctionType)
    and each.__module__ == __name__
    and each is not settle_students
)
