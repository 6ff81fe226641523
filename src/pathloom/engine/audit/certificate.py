"""What a board is worth: second counts, goals as one list of numbers, and what breaks a rule.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

from pathloom.engine.audit.flow import BIT, LEVELS, Board, Ints

NEVER, OVERFLOW, FREE = 0, 1, 2  # what happens to the part of a course that is not needed


class Rules(NamedTuple):
    """The slots of a rule set in numbers; sets of slots are bit masks, amounts are hundredths.

    ``also[s]`` are the slots in which a record of slot ``s`` may count again. Substitute ``w``
    takes ``way_earn[w]``, closes ``way_closes[w]``, of which it fills ``way_fills[w]``, and
    fulfils ``way_amongs[w]``. ``closed`` are the slots closed by the
    alternatives not taken, once for each combination of alternatives. ``same`` are the regions in
    which all records share a value. ``among`` are regions in which ``among_credits`` (or
    ``among_courses``) have to match; in ``caps`` at most ``cap_most`` may, substitutes of
    ``cap_ways`` and, with ``cap_again``, second counts included.
    """

    split: int
    overflow: int
    also: Ints
    way_earn: Ints
    way_closes: Ints
    way_fills: Ints
    way_amongs: Ints
    closed: Ints
    same: Ints
    among: Ints
    among_credits: Ints
    among_courses: Ints
    caps: Ints
    cap_most: Ints
    cap_again: Ints
    cap_ways: Ints


class Student(NamedTuple):
    """The records of a student in numbers, in canonical order; and the room of each slot.

    Per record: ``credits``, ``level`` (0 earned, 1 in progress, 2 planned; ascending), the slots it
    fits as ``mask``, its substitutes as ``ways``, ``amongs`` and ``capped`` it matches,
    ``course`` (the same number for the same course, below n) and ``admitted`` (slots where staff
    let it count). ``values[q * n + i]`` are the values of region ``q`` that record ``i`` carries,
    of ``value_count[q]``.
    """

    room: Ints
    credits: Ints
    level: Ints
    mask: Ints
    ways: Ints
    amongs: Ints
    capped: Ints
    course: Ints
    admitted: Ints
    values: Ints
    value_count: Ints


class Case(NamedTuple):
    """One combination of alternatives, values and substitutes, before records are placed.

    ``asked`` is the room of the slots of the alternatives taken, ``room`` what substitutes leave of
    it, ``may[i]`` where a record can count, ``joined[i]`` the substitute it belongs to or -1.
    ``replaced`` are the slots filled by the ``ways`` substitutes used, ``spared`` the ``among``
    they fulfil, and ``lost[level]`` what is open because a substitute is not there in full.
    """

    asked: Ints
    room: Ints
    may: Ints
    joined: Ints
    replaced: int
    spared: int
    ways: int
    lost: Ints


def count_again(board: Board, rules: Rules, student: Student, may: Ints, again: Ints) -> Ints:
    """Count records a second time where there is room, in canonical order.

    ``again[i * slots + s]`` becomes what of record ``i`` counts again in slot ``s``. Returns how
    much that is of all records, without the planned, and of the earned alone.
    """
    slots, twice = board.slots, [0] * LEVELS
    room = board.cells[board.free : board.free + slots]
    for item in range(board.records):
        held = board.cells[board.where + item]
        while held:
            low = held & -held
            source = BIT[low % 67]
            held = held ^ low if rules.split == FREE else 0
            left = board.cells[board.at + item * slots + source]
            targets = rules.also[source] & may[item]
            while targets and left > 0:
                bit = targets & -targets
                target = BIT[bit % 67]
                targets ^= bit
                amount = min(left, room[target])
                if amount > 0:
                    again[item * slots + target] += amount
                    room[target] -= amount
                    for place in range(LEVELS - student.level[item]):
                        twice[place] += amount
                    left = left - amount if rules.split == FREE else 0
    return twice


def most_again(board: Board, rules: Rules, room: Ints) -> int:
    """A bound of what can count a second time while every slot holds what it holds."""
    most = 0
    for target in range(board.slots):
        if board.cells[board.free + target] > 0:
            there = 0
            for source in range(board.slots):
                if rules.also[source] >> target & 1:
                    there += room[source] - board.cells[board.free + source]
            most += min(board.cells[board.free + target], there)
    return most


def divided(board: Board, rules: Rules) -> int:
    """Return the first record that is divided although it may not be, or -1."""
    if rules.split == FREE:
        return -1
    for item in range(board.records):
        held = board.cells[board.where + item]
        if held & (held - 1) == 0:
            continue
        if rules.split == NEVER:
            return item
        main = held & ~rules.overflow
        if main == 0:
            continue
        if main & (main - 1) or board.cells[board.free + BIT[main % 67]] > 0:
            return item
    return -1


def breaks_cap(board: Board, rules: Rules, student: Student, joined: Ints, again: Ints) -> int:
    """Return the first cap that the board breaks, or -1."""
    for cap in range(len(rules.caps)):
        if capped_amount(board, rules, student, joined, again, cap) > rules.cap_most[cap]:
            return cap
    return -1


def capped_amount(
    board: Board, rules: Rules, student: Student, joined: Ints, again: Ints, cap: int
) -> int:
    """What counts of the courses under one cap."""
    there = 0
    for item in range(board.records):
        if student.capped[item] >> cap & 1 == 0:
            continue
        if joined[item] >= 0:
            if rules.cap_ways[cap] >> joined[item] & 1:
                there += share(rules, student, joined, item)
            continue
        region = rules.caps[cap]
        if not rules.cap_again[cap]:
            region &= board.cells[board.where + item]
        while region:
            low = region & -region
            place = item * board.slots + BIT[low % 67]
            there += board.cells[board.at + place]
            if rules.cap_again[cap]:
                there += again[place]
            region ^= low
    return there


def share(rules: Rules, student: Student, joined: Ints, item: int) -> int:
    """What of a record counts in its substitute; of the last one, only what is still needed."""
    left = rules.way_earn[joined[item]]
    for before in range(item):
        if joined[before] == joined[item]:
            left -= student.credits[before]
    return min(left, student.credits[item])


# -- goals


def goals(
    board: Board,
    rules: Rules,
    student: Student,
    case: Case,
    again: Ints,
    missing: tuple[int, int, int],
    twice: Ints,
    bound: bool,
) -> Ints:
    """Return the goals of ``allocate`` as numbers; the list that comes first in order is the best.

    In order: whether anything is short with all records, without the planned, with the earned
    alone; what first counts leave open on the same levels; less than nothing for what each slot
    holds; what is short with all records; the number of substitutes.

    Args:
        missing: what first counts leave open with earned records, those under way, and all.
        twice: what counts a second time, on the levels in the order of the goals.
        bound: let records count in each ``among`` whatever else they are used for.
    """
    slots = board.slots
    found = [0] * (LEVELS + LEVELS + slots + 2)
    for place in range(LEVELS):
        level = LEVELS - 1 - place
        short = missing[level] + case.lost[level]
        for among in range(len(rules.among)):
            short += among_short(board, rules, student, case, again, among, level, bound)
        found[LEVELS + place] = short
        found[place] = 1 if short > twice[place] else 0
        if place == 0:
            found[LEVELS + LEVELS + slots] = short - twice[place]
    for slot in range(slots):
        found[LEVELS + LEVELS + slot] = board.cells[board.free + slot] - case.room[slot]
        if case.replaced >> slot & 1:
            found[LEVELS + LEVELS + slot] = -student.room[slot]
    found[LEVELS + LEVELS + slots + 1] = case.ways
    return found


def among_short(
    board: Board,
    rules: Rules,
    student: Student,
    case: Case,
    again: Ints,
    among: int,
    level: int,
    bound: bool,
) -> int:
    """What is missing of one ``among``; with ``bound``, whatever else its records are used for."""
    slots, region, need = board.slots, 0, 0
    for slot in range(slots):
        if rules.among[among] >> slot & 1 and case.asked[slot] > 0:
            region |= 1 << slot
            need += case.asked[slot]
    if need == 0 or case.spared >> among & 1:
        return 0
    credits, courses = min(need, rules.among_credits[among]), rules.among_courses[among]
    seen = [0] * (board.records + 1)
    for item in range(board.records):
        if student.amongs[item] >> among & 1 == 0 or student.level[item] > level:
            continue
        amount = 0
        if bound:
            if case.may[item] & region:
                amount = student.credits[item]
        else:
            row = item * slots
            for slot in range(slots):
                if region >> slot & 1:
                    amount += board.cells[board.at + row + slot] + again[row + slot]
        if amount > 0:
            credits -= amount
            if seen[student.course[item]] == 0:
                seen[student.course[item]] = 1
                courses -= 1
    return max(credits, 0) + 100 * max(courses, 0)
