"""The allocation of one student in numbers: exact, by one flow or by a search over flows.

Plain Python on ints and flat lists, without dictionaries, objects or recursion, so that the batch
can compile the very same functions (``INNER``, and ``settle``) that the interactive audit calls.
What is not settled here, for the sake of a bounded effort, is left to the solver in both.
"""

from __future__ import annotations

from types import FunctionType
from typing import NamedTuple

from pathloom.engine.audit import certificate, exchange, flow, tables
from pathloom.engine.audit import search as searching
from pathloom.engine.audit.search import MOST_FLOWS, search
from pathloom.engine.audit.tables import (
    BIT,
    LEVELS,
    MOST_BITS,
    Best,
    Case,
    Ints,
    Rules,
    Student,
    level_of,
    make_best,
    make_case,
)

BY_SUMS, BY_FLOW, BY_SEARCH, UNSETTLED = 0, 1, 2, 3


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
    slots = student.slots
    best = make_best(slots, rules.sames)
    if _is_too_wide(rules, student):
        best.cells[best.failed] = 1
    values = [0] * rules.sames
    for combination in range(rules.combinations):
        for value in range(len(values)):
            values[value] = 0
        more = True
        while more and best.cells[best.failed] == 0 and not _is_perfect(student, best):
            _try_values(rules, student, values, combination, best)
            more = _next_values(student, values)
    tier = BY_SEARCH
    if best.cells[best.failed]:
        tier = UNSETTLED
    elif best.cells[best.tried] == 1:
        tier = BY_SUMS if _is_plain(rules, student) else BY_FLOW
    values = best.cells[best.values : best.values + rules.sames]
    combination = best.cells[best.combination]
    return Settled(tier, combination, values, best.record, best.slot, best.amount, best.kind)


def _is_too_wide(rules: Rules, student: Student) -> bool:
    """Whether a set of slots, substitutes, caps or values has more members than an integer bits."""
    most = max(max(student.slots, rules.ways), max(rules.amongs, rules.caps))
    for region in range(rules.sames):
        most = max(most, student.cells[student.value_count + region])
    return most > MOST_BITS


def _is_perfect(student: Student, best: Best) -> bool:
    """Whether everything is full by first counts of earned records, without a substitute.

    Then nothing that comes later can be better; but for an alternative that asks for nothing, which
    holds nothing either.
    """
    if best.cells[best.found] == 0:
        return False
    for slot in range(student.slots):
        if student.cells[student.room + slot] == 0:
            return False
    for place in range(LEVELS + LEVELS):
        if best.cells[best.goals + place] > 0:
            return False
    return best.cells[best.values - 1] == 0  # the last of the goals: substitutes


def _is_plain(rules: Rules, student: Student) -> bool:
    """Whether no record could serve two slots, besides overflow: then sums are exact."""
    for item in range(student.records):
        named = student.cells[student.mask + item] & ~rules.overflow
        if named & (named - 1):
            return False
        if named and rules.cells[rules.also + BIT[named % 67]]:
            return False
    return rules.amongs == 0 and rules.caps == 0


def _next_values(student: Student, values: Ints) -> bool:
    """Step to the next combination of values, the last region first; False after the last one."""
    place = len(values) - 1
    while place >= 0:
        values[place] += 1
        if values[place] < student.cells[student.value_count + place]:
            return True
        values[place] = 0
        place -= 1
    return False


# -- alternatives, values and substitutes, one case after the other


def _try_values(rules: Rules, student: Student, values: Ints, combination: int, best: Best) -> None:
    """Try a combination of alternatives and values without substitutes, then with them."""
    count = student.records
    case = _make_case(rules, student, values, combination)
    search(rules, student, case, values, best)
    if rules.ways == 0 or best.cells[best.failed] or _is_perfect(student, best):
        return
    usable = 0
    for way in range(rules.ways):
        there, room = 0, 0
        for item in range(count):
            if student.cells[student.ways + item] >> way & 1:
                there += student.cells[student.credits + item]
        for slot in range(student.slots):
            if rules.cells[rules.way_closes + way] >> slot & 1:
                room += case.cells[case.room + slot]
        if there >= rules.cells[rules.way_earn + way] and room > 0:
            usable |= 1 << way
    if usable:
        _try_ways(rules, student, case, usable, values, best)


def _make_case(rules: Rules, student: Student, values: Ints, combination: int) -> Case:
    count, slots = student.records, student.slots
    case = make_case(slots, count, combination)
    cells, opened = case.cells, 0
    for slot in range(slots):
        room = student.cells[student.room + slot]
        if rules.cells[rules.closed + combination] >> slot & 1 == 0 and room > 0:
            cells[case.asked + slot] = cells[case.room + slot] = room
            opened |= 1 << slot
    for item in range(count):
        may = student.cells[student.mask + item] & opened
        for region in range(rules.sames):
            carried = student.cells[student.values + region * count + item]
            if carried >> values[region] & 1 == 0:
                may &= ~rules.cells[rules.same + region] | student.cells[student.admitted + item]
        cells[case.may + item] = may
        cells[case.joined + item] = -1
    return case


def _try_ways(
    rules: Rules,
    student: Student,
    case: Case,
    usable: int,
    values: Ints,
    best: Best,
) -> None:
    """Let records join substitutes in every way that matters: no more of them than it takes.

    Of records that are alike the earlier ones join, and the earlier substitute.
    """
    count, ways = student.records, rules.ways
    items = [0] * 0
    for item in range(count):
        if (
            student.cells[student.ways + item] & usable
            and student.cells[student.credits + item] > 0
        ):
            items.append(item)
    took = [ways] * len(items)  # the substitute of each; ``ways`` is none
    got = [0] * ways
    place, fresh = 0, True
    while place >= 0:
        item = items[place]
        if fresh:
            twin = place > 0 and _are_alike(rules, student, items[place - 1], item)
            now = took[place - 1] if twin else 0
        else:
            if took[place] < ways:
                got[took[place]] -= student.cells[student.credits + item]
            now = took[place] + 1
        while now < ways and not _can_join(rules, student, got, usable, item, now):
            now += 1
        if now > ways:
            place, fresh = place - 1, False
            continue
        took[place] = now
        if now < ways:
            got[now] += student.cells[student.credits + item]
        if place + 1 < len(items):
            place, fresh = place + 1, True
            continue
        fresh = False
        best.cells[best.tried] += 1
        if best.cells[best.tried] > MOST_FLOWS:
            best.cells[best.failed] = 1
        if best.cells[best.failed]:
            return
        if _is_least(rules, student, items, took, got):
            joining = _with_ways(rules, student, case, items, took, got)
            search(rules, student, joining, values, best)


def _are_alike(rules: Rules, student: Student, one: int, other: int) -> bool:
    """Whether two records can be exchanged anywhere."""
    cells, count = student.cells, student.records
    for region in range(rules.sames):
        row = student.values + region * count
        if cells[row + one] != cells[row + other]:
            return False
    if cells[student.amongs + one] and cells[student.course + one] != cells[student.course + other]:
        return False
    return (
        level_of(student, one) == level_of(student, other)
        and cells[student.credits + one] == cells[student.credits + other]
        and cells[student.mask + one] == cells[student.mask + other]
        and cells[student.ways + one] == cells[student.ways + other]
        and cells[student.amongs + one] == cells[student.amongs + other]
        and cells[student.caps + one] == cells[student.caps + other]
        and cells[student.admitted + one] == cells[student.admitted + other]
    )


def _can_join(rules: Rules, student: Student, got: Ints, usable: int, item: int, way: int) -> bool:
    if (student.cells[student.ways + item] & usable) >> way & 1 == 0:
        return False
    if got[way] >= rules.cells[rules.way_earn + way]:
        return False
    closes = rules.cells[rules.way_closes + way]
    for other in range(len(got)):
        if other != way and got[other] > 0 and rules.cells[rules.way_closes + other] & closes:
            return False
    return True


def _is_least(rules: Rules, student: Student, items: Ints, took: Ints, got: Ints) -> bool:
    """Whether some substitute is used, all that are used are full, and nobody is superfluous."""
    used = False
    for way in range(len(got)):
        if got[way] > 0:
            used = True
            if got[way] < rules.cells[rules.way_earn + way]:
                return False
    for place in range(len(items)):
        way = took[place]
        if way < len(got):
            without = got[way] - student.cells[student.credits + items[place]]
            if without >= rules.cells[rules.way_earn + way]:
                return False
    return used


def _with_ways(
    rules: Rules, student: Student, case: Case, items: Ints, took: Ints, got: Ints
) -> Case:
    cells = case.cells[:]
    closed, replaced, spared, used = 0, 0, 0, 0
    for way in range(rules.ways):
        if got[way] == 0:
            continue
        used += 1
        replaced |= rules.cells[rules.way_fills + way]
        spared |= rules.cells[rules.way_amongs + way]
        room = 0
        for slot in range(student.slots):
            if rules.cells[rules.way_closes + way] >> slot & 1:
                room += cells[case.room + slot]
                cells[case.room + slot] = 0
                closed |= 1 << slot
        for level in range(LEVELS):
            there = 0
            for place in range(len(items)):
                if took[place] == way and level_of(student, items[place]) <= level:
                    there += student.cells[student.credits + items[place]]
            if there < rules.cells[rules.way_earn + way]:
                cells[case.lost + level] += room
    for item in range(student.records):
        cells[case.may + item] &= ~closed
    for place in range(len(items)):
        if took[place] < rules.ways:
            cells[case.joined + items[place]] = took[place]
            cells[case.may + items[place]] = 0
    return Case(
        cells,
        case.combination,
        replaced,
        spared,
        used,
        case.asked,
        case.room,
        case.may,
        case.joined,
        case.lost,
    )


_MODULES = (tables, flow, certificate, exchange, searching)
INNER = tuple(
    each
    for names in (*map(vars, _MODULES), globals())
    for each in tuple(names.values())
    if isinstance(each, FunctionType)
    and each.__module__ == names["__name__"]
    and each is not settle
)
