"""The best allocation of one case: branch on a divided record, bound by the flow.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from pathloom.engine.audit.certificate import (
    breaks_cap,
    count_again,
    divided,
    goals,
    most_again,
    share,
)
from pathloom.engine.audit.exchange import exchange
from pathloom.engine.audit.flow import Board, earlier_first, fill, make_board
from pathloom.engine.audit.tables import (
    BIT,
    FIRST,
    FREE,
    LEVELS,
    OVERFLOW,
    REST,
    SECOND,
    WAY,
    Best,
    Case,
    Ints,
    Rules,
    Student,
)

MOST_FLOWS = 400  # beyond that, the solver is as fast

_SOLVED, _STUCK = -1, -2


def search(rules: Rules, student: Student, case: Case, values: Ints, best: Best) -> None:
    """Find the best allocation of one case if it is better than the best so far."""
    allowed = case.cells[case.may : case.may + student.records]
    items, kept, options = [0] * 0, [0] * 0, [0] * 0  # the branches above, their slots, those left
    while True:
        best.cells[best.tried] += 1
        if best.cells[best.tried] > MOST_FLOWS:
            best.cells[best.failed] = 1
            return
        item = _try(rules, student, case, allowed, values, best)
        if item == _STUCK:
            best.cells[best.failed] = 1
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
    best: Best,
) -> int:
    """Try the flow of a restricted case; return the record to branch on, ``_SOLVED`` or stuck."""
    count, slots = student.records, student.slots
    sizes = [0] * count
    for item in range(count):
        sizes[item] = (
            student.cells[student.credits + item] if case.cells[case.joined + item] < 0 else 0
        )
    board = make_board(count, sizes, allowed, case.cells[case.room : case.room + slots])
    missing = fill(board, student.earned, student.under_way, rules.split != FREE, rules.overflow)
    if missing[2] > 0:
        earlier_first(board)
    twice = [0] * LEVELS
    if rules.seconds:
        twice[0] = most_again(board, rules, case)
    again = [0] * (count * slots if twice[0] > 0 else 0)
    least = goals(board, rules, student, case, again, missing, twice, True)
    has_again = twice[0] > 0
    if rules.seconds:
        for place in range(LEVELS):
            least[place] = 0
    if not _improves(least, best):
        return _SOLVED
    if divided(board, rules) < 0:
        if rules.amongs > 0 or rules.caps > 0:
            exchange(board, rules, student, case)
        if has_again:
            twice = count_again(board, rules, student, case, again)
        found = goals(board, rules, student, case, again, missing, twice, False)
        valid = breaks_cap(board, rules, student, case, again) < 0
        if valid and _improves(found, best):
            _keep(best, board, rules, student, case, again, values, found)
    if rules.seconds and best.cells[best.found] and _improves(least, best):
        _bound_flags(rules, student, case, allowed, missing, least)
    if not _improves(least, best):
        return _SOLVED
    return _branch(board, rules, student, case)


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
    count, slots = student.records, student.slots
    most, doubtful = 0, False
    for slot in range(slots):
        if rules.cells[rules.also + slot]:
            most += case.cells[case.room + slot]
    for place in range(LEVELS):
        least[place] = 1 if least[LEVELS + place] > most else 0
        doubtful = doubtful or 0 < least[LEVELS + place] <= most
    if not doubtful:
        return
    sizes, wide = [0] * (count + slots), [0] * (count + slots)
    for item in range(count):
        sizes[item] = (
            student.cells[student.credits + item] if case.cells[case.joined + item] < 0 else 0
        )
        wide[item] = allowed[item]
    opened = 0
    for slot in range(slots):
        if case.cells[case.room + slot] > 0:
            opened |= 1 << slot
    for slot in range(slots):
        if rules.cells[rules.also + slot] & opened:
            sizes[count + slot] = case.cells[case.room + slot]
            wide[count + slot] = rules.cells[rules.also + slot] & opened
    board = make_board(count, sizes, wide, case.cells[case.room : case.room + slots])
    echoed = fill(board, student.earned, student.under_way, False, rules.overflow)
    for place in range(LEVELS):
        level = LEVELS - 1 - place
        more = least[LEVELS + place] - missing[level]  # of substitutes and among
        least[place] = 1 if echoed[level] + more > 0 else 0


def _improves(found: Ints, best: Best) -> bool:
    """Whether goals come before those of the best so far, if there is any."""
    if best.cells[best.found] == 0:
        return True
    for place in range(len(found)):
        if found[place] != best.cells[best.goals + place]:
            return found[place] < best.cells[best.goals + place]
    return False


def _keep(
    best: Best,
    board: Board,
    rules: Rules,
    student: Student,
    case: Case,
    again: Ints,
    values: Ints,
    found: Ints,
) -> None:
    """Write down who counts where: first counts and overflow by record, then second counts."""
    for place in range(len(found)):
        best.cells[best.goals + place] = found[place]
    for region in range(len(values)):
        best.cells[best.values + region] = values[region]
    best.cells[best.combination] = case.combination
    best.cells[best.found] = 1
    best.record.clear()
    best.slot.clear()
    best.amount.clear()
    best.kind.clear()
    for item in range(board.records):
        way = case.cells[case.joined + item]
        if way >= 0:
            _write(best, item, way, share(rules, student, case.cells, case.joined, item), WAY)
        held, kind = board.cells[board.where + item], FIRST
        while held:
            slot = BIT[(held & -held) % 67]
            held ^= 1 << slot
            _write(best, item, slot, board.cells[board.at + item * board.slots + slot], kind)
            kind = FIRST if rules.split == FREE else REST
    for place in range(len(again)):
        if again[place] > 0:
            _write(best, place // board.slots, place % board.slots, again[place], SECOND)


def _write(best: Best, item: int, slot: int, amount: int, kind: int) -> None:
    best.record.append(item)
    best.slot.append(slot)
    best.amount.append(amount)
    best.kind.append(kind)


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
    if student.cells[student.amongs + item] or student.cells[student.caps + item]:
        return True
    rest = board.cells[board.allowed + item]
    while rest:
        low = rest & -rest
        if rules.cells[rules.also + BIT[low % 67]]:
            return True
        rest ^= low
    return False
