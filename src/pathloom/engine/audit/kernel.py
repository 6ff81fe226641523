"""The allocation of one student in numbers: exact, by one flow or by a search over flows.

Plain Python on ints and flat lists, without dictionaries, objects or recursion, so that the batch
can compile the very same functions (``INNER``, and ``settle``) that the interactive audit calls.
What is not settled here, for the sake of a bounded effort, is left to the solver in both.
"""

from __future__ import annotations

from types import FunctionType
from typing import NamedTuple

from pathloom.engine.audit import certificate, exchange, flow
from pathloom.engine.audit import search as searching
from pathloom.engine.audit.certificate import (
    FREE,
    Case,
    Rules,
    Student,
    share,
)
from pathloom.engine.audit.flow import BIT, LEVELS, MOST_BITS, Ints
from pathloom.engine.audit.search import MOST_FLOWS, Best, search

BY_SUMS, BY_FLOW, BY_SEARCH, UNSETTLED = 0, 1, 2, 3
FIRST, REST, SECOND, WAY = 0, 1, 2, 3  # kinds of entries


class Settled(NamedTuple):
    """Who counts where: entries, in order of records; a substitute is named in place of a slot."""

    tier: int
    combination: int
    values: Ints
    record: Ints
    slot: Ints
    amount: Ints
    kind: Ints


def settle(rules: Rules, student: Student) -> Settled:
    """Allocate the records of one student; the goals are those of ``allocate``.

    Where ``tier`` is ``UNSETTLED`` the rest of the answer says nothing.
    """
    count, slots = len(student.credits), len(student.room)
    best = Best(
        [0] * 0,
        [0] * (count * slots),
        [0] * count,
        [0] * (count * slots),
        [-1] * count,
        [0] * len(rules.same),
        [0, 0, 0],
    )
    if _is_too_wide(rules, student):
        best.marks[1] = 1
    all_asked = True  # else an alternative that asks for nothing hides a later one
    for slot in range(slots):
        all_asked = all_asked and student.room[slot] > 0
    values = [0] * len(rules.same)
    for combination in range(len(rules.closed)):
        for value in range(len(values)):
            values[value] = 0
        more = True
        while more and best.marks[1] == 0 and not (_is_perfect(best.goals) and all_asked):
            _try_values(rules, student, values, combination, best)
            more = _next_values(student, values)
    tier = BY_SEARCH
    if best.marks[1]:
        tier = UNSETTLED
    elif best.marks[0] == 1:
        tier = BY_SUMS if _is_plain(rules, student) else BY_FLOW
    return _read(rules, student, best, tier)


def _is_too_wide(rules: Rules, student: Student) -> bool:
    """Whether a set of slots, substitutes, caps or values has more members than an integer bits."""
    most = max(len(student.room), len(rules.way_earn), len(rules.among), len(rules.caps))
    for each in range(len(student.value_count)):
        most = max(most, student.value_count[each])
    return most > MOST_BITS


def _is_perfect(found: Ints) -> bool:
    """Whether everything is full by first counts of earned records, without a substitute."""
    if len(found) == 0:
        return False
    for place in range(LEVELS + LEVELS):
        if found[place] > 0:
            return False
    return found[len(found) - 1] == 0


def _is_plain(rules: Rules, student: Student) -> bool:
    """Whether no record could serve two slots, besides overflow: then sums are exact."""
    for item in range(len(student.mask)):
        named = student.mask[item] & ~rules.overflow
        if named & (named - 1):
            return False
        if named and rules.also[BIT[named % 67]]:
            return False
    return len(rules.among) == 0 and len(rules.caps) == 0


def _next_values(student: Student, values: Ints) -> bool:
    """Step to the next combination of values, the last region first; False after the last one."""
    place = len(values) - 1
    while place >= 0:
        values[place] += 1
        if values[place] < student.value_count[place]:
            return True
        values[place] = 0
        place -= 1
    return False


# -- alternatives, values and substitutes, one case after the other


def _try_values(rules: Rules, student: Student, values: Ints, combination: int, best: Best) -> None:
    """Try a combination of alternatives and values without substitutes, then with them."""
    count = len(student.credits)
    case = _make_case(rules, student, values, combination)
    search(rules, student, case, values, combination, best)
    if len(rules.way_earn) == 0 or best.marks[1] or _is_perfect(best.goals):
        return
    usable = 0
    for way in range(len(rules.way_earn)):
        there, room = 0, 0
        for item in range(count):
            if student.ways[item] >> way & 1:
                there += student.credits[item]
        for slot in range(len(student.room)):
            if rules.way_closes[way] >> slot & 1:
                room += case.room[slot]
        if there >= rules.way_earn[way] and room > 0:
            usable |= 1 << way
    if usable:
        _try_ways(rules, student, case, usable, values, combination, best)


def _make_case(rules: Rules, student: Student, values: Ints, combination: int) -> Case:
    count, slots = len(student.credits), len(student.room)
    room = [0] * slots
    opened = 0
    for slot in range(slots):
        if rules.closed[combination] >> slot & 1 == 0 and student.room[slot] > 0:
            room[slot] = student.room[slot]
            opened |= 1 << slot
    may = [0] * count
    for item in range(count):
        may[item] = student.mask[item] & opened
        for region in range(len(values)):
            if student.values[region * count + item] >> values[region] & 1 == 0:
                may[item] &= ~rules.same[region] | student.admitted[item]
    return Case(room, room, may, [-1] * count, 0, 0, 0, [0] * LEVELS)


def _try_ways(
    rules: Rules,
    student: Student,
    case: Case,
    usable: int,
    values: Ints,
    combination: int,
    best: Best,
) -> None:
    """Let records join substitutes in every way that matters: no more of them than it takes.

    Of records that are alike the earlier ones join, and the earlier substitute.
    """
    count, ways = len(student.credits), len(rules.way_earn)
    items = [0] * 0
    for item in range(count):
        if student.ways[item] & usable and student.credits[item] > 0:
            items.append(item)
    took = [ways] * len(items)  # the substitute of each; ``ways`` is none
    got = [0] * ways
    place, fresh = 0, True
    while place >= 0:
        item = items[place]
        if fresh:
            twin = place > 0 and _are_alike(student, items[place - 1], item)
            now = took[place - 1] if twin else 0
        else:
            if took[place] < ways:
                got[took[place]] -= student.credits[item]
            now = took[place] + 1
        while now < ways and not _can_join(rules, student, got, usable, item, now):
            now += 1
        if now > ways:
            place, fresh = place - 1, False
            continue
        took[place] = now
        if now < ways:
            got[now] += student.credits[item]
        if place + 1 < len(items):
            place, fresh = place + 1, True
            continue
        fresh = False
        best.marks[0] += 1
        if best.marks[0] > MOST_FLOWS:
            best.marks[1] = 1
        if best.marks[1]:
            return
        if _is_least(rules, student, items, took, got):
            joining = _with_ways(rules, student, case, items, took, got)
            search(rules, student, joining, values, combination, best)


def _are_alike(student: Student, one: int, other: int) -> bool:
    """Whether two records can be exchanged anywhere."""
    count = len(student.credits)
    for region in range(len(student.value_count)):
        if student.values[region * count + one] != student.values[region * count + other]:
            return False
    return (
        student.credits[one] == student.credits[other]
        and student.level[one] == student.level[other]
        and student.mask[one] == student.mask[other]
        and student.ways[one] == student.ways[other]
        and student.amongs[one] == student.amongs[other]
        and student.capped[one] == student.capped[other]
        and student.admitted[one] == student.admitted[other]
    )


def _can_join(rules: Rules, student: Student, got: Ints, usable: int, item: int, way: int) -> bool:
    if (student.ways[item] & usable) >> way & 1 == 0 or got[way] >= rules.way_earn[way]:
        return False
    for other in range(len(got)):
        if other != way and got[other] > 0 and rules.way_closes[other] & rules.way_closes[way]:
            return False
    return True


def _is_least(rules: Rules, student: Student, items: Ints, took: Ints, got: Ints) -> bool:
    """Whether some substitute is used, all that are used are full, and nobody is superfluous."""
    used = False
    for way in range(len(got)):
        if got[way] > 0:
            used = True
            if got[way] < rules.way_earn[way]:
                return False
    for place in range(len(items)):
        way = took[place]
        if way < len(got) and got[way] - student.credits[items[place]] >= rules.way_earn[way]:
            return False
    return used


def _with_ways(
    rules: Rules, student: Student, case: Case, items: Ints, took: Ints, got: Ints
) -> Case:
    ways, room, may, joined = len(got), case.room[:], case.may[:], case.joined[:]
    lost = [0] * LEVELS
    closed, replaced, spared, used = 0, 0, 0, 0
    for way in range(ways):
        if got[way] == 0:
            continue
        used += 1
        replaced |= rules.way_fills[way]
        spared |= rules.way_amongs[way]
        open_room = 0
        for slot in range(len(room)):
            if rules.way_closes[way] >> slot & 1 and case.room[slot] > 0:
                open_room += case.room[slot]
                room[slot] = 0
                closed |= 1 << slot
        for level in range(LEVELS):
            there = 0
            for place in range(len(items)):
                if took[place] == way and student.level[items[place]] <= level:
                    there += student.credits[items[place]]
            if there < rules.way_earn[way]:
                lost[level] += open_room
    for place in range(len(items)):
        if took[place] < ways:
            joined[items[place]] = took[place]
            may[items[place]] = 0
    for item in range(len(may)):
        may[item] &= ~closed
    return Case(case.asked, room, may, joined, replaced, spared, used, lost)


# -- reading the certificate


def _read(rules: Rules, student: Student, best: Best, tier: int) -> Settled:
    slots = len(student.room)
    record, where, amount, kind = [0] * 0, [0] * 0, [0] * 0, [0] * 0
    for item in range(len(student.credits)):
        if best.joined[item] >= 0:
            record.append(item)
            where.append(best.joined[item])
            amount.append(share(rules, student, best.joined, item))
            kind.append(WAY)
        held, first = best.where[item], True
        while held:
            slot = BIT[(held & -held) % 67]
            held ^= 1 << slot
            record.append(item)
            where.append(slot)
            amount.append(best.at[item * slots + slot])
            kind.append(FIRST if first or rules.split == FREE else REST)
            first = False
    if tier != UNSETTLED and best.goals[LEVELS + LEVELS + slots] < best.goals[LEVELS]:
        for place in range(len(best.again)):
            if best.again[place] > 0:
                record.append(place // slots)
                where.append(place % slots)
                amount.append(best.again[place])
                kind.append(SECOND)
    return Settled(tier, best.marks[2], best.values, record, where, amount, kind)


_MODULES = (flow, certificate, exchange, searching)
INNER = tuple(
    each
    for names in (*map(vars, _MODULES), globals())
    for each in tuple(names.values())
    if isinstance(each, FunctionType)
    and each.__module__ == names["__name__"]
    and each is not settle
)
