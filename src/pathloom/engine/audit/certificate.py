"""What a board is worth: second counts, goals as one list of numbers, and what breaks a rule.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from pathloom.engine.audit.flow import Board
from pathloom.engine.audit.tables import (
    BIT,
    FREE,
    LEVELS,
    NEVER,
    Case,
    Ints,
    Rules,
    Student,
    level_of,
)


def count_again(board: Board, rules: Rules, student: Student, case: Case, again: Ints) -> Ints:
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
            targets = rules.cells[rules.also + source] & case.cells[case.may + item]
            while targets and left > 0:
                bit = targets & -targets
                target = BIT[bit % 67]
                targets ^= bit
                amount = min(left, room[target])
                if amount > 0:
                    again[item * slots + target] += amount
                    room[target] -= amount
                    for place in range(LEVELS - level_of(student, item)):
                        twice[place] += amount
                    left = left - amount if rules.split == FREE else 0
    return twice


def most_again(board: Board, rules: Rules, case: Case) -> int:
    """A bound of what can count a second time while every slot holds what it holds."""
    most = 0
    for target in range(board.slots):
        if board.cells[board.free + target] > 0:
            there = 0
            for source in range(board.slots):
                if rules.cells[rules.also + source] >> target & 1:
                    there += case.cells[case.room + source] - board.cells[board.free + source]
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


def breaks_cap(board: Board, rules: Rules, student: Student, case: Case, again: Ints) -> int:
    """Return the first cap that the board breaks, or -1."""
    for cap in range(rules.caps):
        if (
            capped_amount(board, rules, student, case, again, cap)
            > rules.cells[rules.cap_most + cap]
        ):
            return cap
    return -1


def capped_amount(
    board: Board, rules: Rules, student: Student, case: Case, again: Ints, cap: int
) -> int:
    """What counts of the courses under one cap."""
    there = 0
    for item in range(board.records):
        if student.cells[student.caps + item] >> cap & 1 == 0:
            continue
        way = case.cells[case.joined + item]
        if way >= 0:
            if rules.cells[rules.cap_ways + cap] >> way & 1:
                there += share(rules, student, case.cells, case.joined, item)
            continue
        region = rules.cells[rules.cap + cap]
        if not rules.cells[rules.cap_again + cap]:
            region &= board.cells[board.where + item]
        while region:
            low = region & -region
            place = item * board.slots + BIT[low % 67]
            there += board.cells[board.at + place]
            if rules.cells[rules.cap_again + cap] and len(again) > 0:
                there += again[place]
            region ^= low
    return there


def share(rules: Rules, student: Student, cells: Ints, joined: int, item: int) -> int:
    """What of a record counts in its substitute; of the last one, only what is still needed.

    ``cells[joined + i]`` is the substitute of record ``i``.
    """
    way = cells[joined + item]
    left = rules.cells[rules.way_earn + way]
    for before in range(item):
        if cells[joined + before] == way:
            left -= student.cells[student.credits + before]
    return min(left, student.cells[student.credits + item])


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
        short = missing[level] + case.cells[case.lost + level]
        for among in range(rules.amongs):
            short += among_short(board, rules, student, case, again, among, level, bound)
        found[LEVELS + place] = short
        found[place] = 1 if short > twice[place] else 0
        if place == 0:
            found[LEVELS + LEVELS + slots] = short - twice[place]
    for slot in range(slots):
        found[LEVELS + LEVELS + slot] = (
            board.cells[board.free + slot] - case.cells[case.room + slot]
        )
        if case.replaced >> slot & 1:
            found[LEVELS + LEVELS + slot] = -student.cells[student.room + slot]
    found[LEVELS + LEVELS + slots + 1] = case.used
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
        if rules.cells[rules.among + among] >> slot & 1 and case.cells[case.asked + slot] > 0:
            region |= 1 << slot
            need += case.cells[case.asked + slot]
    if need == 0 or case.spared >> among & 1:
        return 0
    credits, courses = (
        min(need, rules.cells[rules.among_credits + among]),
        rules.cells[rules.among_courses + among],
    )
    seen = [0] * (board.records + 1)
    for item in range(board.records):
        if (
            student.cells[student.amongs + item] >> among & 1 == 0
            or level_of(student, item) > level
        ):
            continue
        amount = 0
        if bound:
            # a second count goes where the record may, however it is restricted here
            fits = (
                case.cells[case.may + item] if rules.seconds else board.cells[board.allowed + item]
            )
            if fits & region:
                amount = student.cells[student.credits + item]
        else:
            row = item * slots
            for slot in range(slots):
                if region >> slot & 1:
                    amount += board.cells[board.at + row + slot]
                    if len(again) > 0:
                        amount += again[row + slot]
        if amount > 0:
            credits -= amount
            if seen[student.cells[student.course + item]] == 0:
                seen[student.cells[student.course + item]] = 1
                courses -= 1
    return max(credits, 0) + 100 * max(courses, 0)
