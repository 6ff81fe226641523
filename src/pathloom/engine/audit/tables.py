"""What the kernel knows of rules, a student and a case: each in one list of cells.

The other fields of a table say where its columns begin: ``rules.cells[rules.also + s]``. One list
instead of many, because compiled code pays for every list that is handed on. This is a part of the
kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

Ints = list[int]

LEVELS = 3  # earned, in progress, planned
MOST_BITS = 62  # of a set of slots in a compiled integer
NEVER, OVERFLOW, FREE = 0, 1, 2  # what happens to the part of a course that is not needed
FIRST, REST, SECOND, WAY = 0, 1, 2, 3  # kinds of entries: counts, overflows, again, a substitute's

# The index of the only bit of a number: its power of two modulo 67 is different for each.
_bit = [0] * 67
for _index in range(66):
    _bit[(1 << _index) % 67] = _index
BIT = tuple(_bit)


class Rules(NamedTuple):
    """The slots of a rule set in numbers; sets of slots are bit masks, amounts are hundredths.

    ``also + s``: the slots in which a record of slot ``s`` may count again; ``seconds`` is 1 if
    there are any. Substitute ``w`` of ``ways`` takes ``way_earn``, closes ``way_closes``, of which
    it fills ``way_fills``, and fulfils ``way_amongs``. ``closed`` are the slots closed by the
    alternatives not taken, for each of the ``combinations``. ``same`` are the ``sames`` regions in
    which all records share a value. ``among`` are the ``amongs`` regions in which
    ``among_credits`` (or ``among_courses``) have to match; in ``cap``, of ``caps`` regions, at most
    ``cap_most`` may, substitutes of ``cap_ways`` and, with ``cap_again``, second counts included.
    """

    cells: Ints
    split: int
    overflow: int
    seconds: int
    slots: int
    ways: int
    combinations: int
    sames: int
    amongs: int
    caps: int
    also: int
    way_earn: int
    way_closes: int
    way_fills: int
    way_amongs: int
    closed: int
    same: int
    among: int
    among_credits: int
    among_courses: int
    cap: int
    cap_most: int
    cap_again: int
    cap_ways: int


class Student(NamedTuple):
    """The records of a student in numbers, in canonical order; and the room of each slot.

    The first ``earned`` of the ``records`` are earned, up to ``under_way`` they are in progress,
    the others planned. Per record: ``credits``, the slots it fits as ``mask``, its substitutes as
    ``ways``, ``amongs`` and ``caps`` it matches, ``course`` (the same number for the same course,
    below n) and ``admitted`` (slots where staff let it count). ``values + q * records + i`` are
    the values of region ``q`` that record ``i`` carries, of ``value_count + q``.
    """

    cells: Ints
    records: int
    slots: int
    earned: int
    under_way: int
    room: int
    credits: int
    mask: int
    ways: int
    amongs: int
    caps: int
    course: int
    admitted: int
    values: int
    value_count: int


class Case(NamedTuple):
    """One combination of alternatives, values and substitutes, before records are placed.

    ``asked`` is the room of the slots of the alternatives taken, ``room`` what substitutes leave of
    it, ``may + i`` where a record can count, ``joined + i`` the substitute it belongs to or -1.
    ``replaced`` are the slots filled by the ``used`` substitutes, ``spared`` the ``among`` they
    fulfil, and ``lost + level`` what is open because a substitute is not there in full.
    """

    cells: Ints
    combination: int
    replaced: int
    spared: int
    used: int
    asked: int
    room: int
    may: int
    joined: int
    lost: int


class Best(NamedTuple):
    """The best allocation found so far, overwritten by a better one.

    ``goals`` as in ``certificate.goals``, ``values`` by region. Cells of their own: how many flows
    were ``tried``, 1 if something ``failed`` to be proved, the ``combination``, 1 if anything was
    ``found``. The lists are its entries: which ``record``, in which ``slot`` (or substitute), with
    what ``amount`` and of which ``kind``.
    """

    cells: Ints
    record: Ints
    slot: Ints
    amount: Ints
    kind: Ints
    goals: int
    values: int
    tried: int
    failed: int
    combination: int
    found: int


def make_student(
    room: Ints,
    credits: Ints,
    level: Ints,
    mask: Ints,
    ways: Ints,
    amongs: Ints,
    caps: Ints,
    course: Ints,
    admitted: Ints,
    values: Ints,
    value_count: Ints,
) -> Student:
    """Put a student into one list; ``level`` is 0 earned, 1 in progress, 2 planned, ascending."""
    records, slots = len(credits), len(room)
    cells = [0] * (slots + 7 * records + len(values) + len(value_count))
    earned, under_way = 0, 0
    for slot in range(slots):
        cells[slot] = room[slot]
    for item in range(records):
        place = slots + item
        cells[place] = credits[item]
        cells[place + records] = mask[item]
        cells[place + 2 * records] = ways[item]
        cells[place + 3 * records] = amongs[item]
        cells[place + 4 * records] = caps[item]
        cells[place + 5 * records] = course[item]
        cells[place + 6 * records] = admitted[item]
        if level[item] == 0:
            earned += 1
        if level[item] < 2:
            under_way += 1
    start = slots + 7 * records
    for place in range(len(values)):
        cells[start + place] = values[place]
    for place in range(len(value_count)):
        cells[start + len(values) + place] = value_count[place]
    return Student(
        cells,
        records,
        slots,
        earned,
        under_way,
        0,
        slots,
        slots + records,
        slots + 2 * records,
        slots + 3 * records,
        slots + 4 * records,
        slots + 5 * records,
        slots + 6 * records,
        start,
        start + len(values),
    )


def level_of(student: Student, item: int) -> int:
    """0 for an earned record, 1 for one in progress, 2 for a planned one."""
    if item < student.earned:
        return 0
    return 1 if item < student.under_way else 2


def make_case(slots: int, records: int, combination: int) -> Case:
    cells = [0] * (2 * slots + 2 * records + LEVELS)
    may = 2 * slots
    return Case(cells, combination, 0, 0, 0, 0, slots, may, may + records, may + 2 * records)


def make_best(slots: int, sames: int) -> Best:
    values = 2 * LEVELS + slots + 2
    tried = values + sames
    cells = [0] * (tried + 4)
    record, slot, amount, kind = [0] * 0, [0] * 0, [0] * 0, [0] * 0
    return Best(
        cells, record, slot, amount, kind, 0, values, tried, tried + 1, tried + 2, tried + 3
    )
