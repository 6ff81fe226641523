"""The best allocation of one case: branch on a divided record, bound by the flow.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

from pathloom.engine.audit.certificate import (
    FREE,
    OVERFLOW,
    Case,
    Rules,
    Student,
    breaks_cap,
    count_again,
    divided,
    goals,
    most_again,
)
from pathloom.engine.audit.exchange import exchange
from pathloom.engine.audit.flow import BIT, LEVELS, Board, Ints, earlier_first, fill, make_board

MOST_FLOWS = 400  # beyond that, the solver is as fast

_SOLVED, _STUCK = -1, -2


class Best(NamedTuple):
    """The best allocation found so far; lists are overwritten.

    ``marks`` are: how many flows were tried, 1 if something could not be proved, the combination of
    alternatives.
    """

    goals: Ints
    at: Ints
    where: Ints
    again: Ints
    joined: Ints
    values: Ints
    marks: Ints


def search(
    rules: Rules, student: Student, case: Case, values: Ints, combination: int, best: Best
) -> None:
    """Find the best allocation of one case if it is better than the best so far."""
    allowed = case.may[:]
    items, kept, options = [0] * 0, [0] * 0, [0] * 0  # the branches above, their slots, those left
    while True:
        best.marks[0] += 1
        if best.marks[0] > MOST_FLOWS:
            best.marks[1] = 1
            return
        item = _try(rules, student, case, allowed, values, combination, best)
        if item == _STUCK:
            best.marks[1] = 1
            return
        if item >= 0:
            items.append(item)
            kept.append(allowed[item])
            options.append(_options(rules, allowed[item]))
        while len(items) > 0 and options[len(items) - 1] == 0:
            allowed[items.pop()] = kept.pop()
            options.pop()
        if len(items) == 0:
            return
        last = len(items) - 1
        low = options[last] & -options[last]
        options[last] ^= low
        allowed[items[last]] = low | _rests(rules, kept[last])


def _options(rules: Rules, allowed: int) -> int:
    """The slots in which a record may count first, where its rest may go elsewhere."""
    return allowed & ~rules.overflow if rules.split == OVERFLOW else allowed


def _rests(rules: Rules, allowed: int) -> int:
    return allowed & rules.overflow if rules.split == OVERFLOW else 0


def _try(
    rules: Rules,
    student: Student,
    case: Case,
    allowed: Ints,
    values: Ints,
    combination: int,
    best: Best,
) -> int:
    """Try the flow of a restricted case; return the record to branch on, ``_SOLVED`` or stuck."""
    count, slots = len(student.credits), len(student.room)
    sizes = [0] * count
    for item in range(count):
        sizes[item] = student.credits[item] if case.joined[item] < 0 else 0
    board = make_board(count, sizes, allowed[:], case.room)
    missing = fill(board, student.level, rules.split != FREE, rules.overflow)
    if missing[2] > 0:
        earlier_first(board)
    again = [0] * (count * slots)
    twice = [0] * LEVELS
    twice[0] = most_again(board, rules, case.room)
    least = goals(board, rules, student, case, again, missing, twice, True)
    has_again = twice[0] > 0
    if has_second_counts(rules):
        for place in range(LEVELS):
            least[place] = 0
    if len(best.goals) > 0 and not _comes_before(least, best.goals):
        return _SOLVED
    if divided(board, rules) < 0:
        if len(rules.among) > 0 or len(rules.caps) > 0:
            exchange(board, rules, student, case)
        if has_again:
            twice = count_again(board, rules, student, case.may, again)
        found = goals(board, rules, student, case, again, missing, twice, False)
        valid = breaks_cap(board, rules, student, case.joined, again) < 0
        if valid and (len(best.goals) == 0 or _comes_before(found, best.goals)):
            _keep(best, board, again, case, values, combination, found)
    if len(best.goals) > 0 and _comes_before(least, best.goals) and has_second_counts(rules):
        _bound_flags(rules, student, case, allowed, missing, least)
    if len(best.goals) > 0 and not _comes_before(least, best.goals):
        return _SOLVED
    return _branch(board, rules, student, case)


def has_second_counts(rules: Rules) -> bool:
    for slot in range(len(rules.also)):  # noqa: SIM110
        if rules.also[slot]:  # any() with a generator is nothing to compile
            return True
    return False


def _bound_flags(
    rules: Rules,
    student: Student,
    case: Case,
    allowed: Ints,
    missing: tuple[int, int, int],
    least: Ints,
) -> None:
    """Say on which levels something is short for certain.

    Each slot whose records count a second time also sends its own room to the slots of the second
    count. Whatever this flow leaves open, no allocation can fulfil. It is not needed where all
    that room together would not do.
    """
    count, slots = len(student.credits), len(student.room)
    most, doubtful = 0, False
    for slot in range(slots):
        if rules.also[slot]:
            most += case.room[slot]
    for place in range(LEVELS):
        least[place] = 1 if least[LEVELS + place] > most else 0
        doubtful = doubtful or 0 < least[LEVELS + place] <= most
    if not doubtful:
        return
    sizes, wide = [0] * (count + slots), [0] * (count + slots)
    for item in range(count):
        sizes[item] = student.credits[item] if case.joined[item] < 0 else 0
        wide[item] = allowed[item]
    opened = 0
    for slot in range(slots):
        if case.room[slot] > 0:
            opened |= 1 << slot
    for slot in range(slots):
        if rules.also[slot] & opened:
            sizes[count + slot] = case.room[slot]
            wide[count + slot] = rules.also[slot] & opened
    board = make_board(count, sizes, wide, case.room)
    echoed = fill(board, student.level, False, rules.overflow)
    for place in range(LEVELS):
        level = LEVELS - 1 - place
        more = least[LEVELS + place] - missing[level]  # of substitutes and among
        least[place] = 1 if echoed[level] + more > 0 else 0


def _comes_before(one: Ints, other: Ints) -> bool:
    for place in range(len(one)):
        if one[place] != other[place]:
            return one[place] < other[place]
    return False


def _keep(
    best: Best, board: Board, again: Ints, case: Case, values: Ints, combination: int, found: Ints
) -> None:
    best.goals[:] = found
    best.at[:] = board.cells[board.at : board.at + board.records * board.slots]
    best.where[:] = board.cells[board.where : board.where + board.records]
    best.again[:] = again
    best.joined[:] = case.joined
    best.values[:] = values
    best.marks[2] = combination


def _branch(board: Board, rules: Rules, student: Student, case: Case) -> int:
    """Choose a record to pin to one slot: a divided one, or else one that could matter."""
    item = divided(board, rules)
    if item >= 0:
        options = _options(rules, board.cells[board.allowed + item])
        return item if options & (options - 1) else _STUCK
    if rules.split == FREE:
        return _STUCK
    for item in range(board.records):
        options = _options(rules, board.cells[board.allowed + item])
        if options & (options - 1) and _matters(rules, student, board, item):
            return item
    return _STUCK


def _matters(rules: Rules, student: Student, board: Board, item: int) -> bool:
    """Whether it could change second counts, an ``among`` or a cap where a record counts."""
    if student.amongs[item] or student.capped[item]:
        return True
    rest = board.cells[board.allowed + item]
    while rest:
        low = rest & -rest
        if rules.also[BIT[low % 67]]:
            return True
        rest ^= low
    return False
