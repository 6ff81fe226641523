"""Allocation as a flow: whole records first, then augmenting paths that prove what is possible.

In the relaxation every record may be divided. Its maximum bounds what first counts leave open on
all three levels at once, because augmenting paths never take back what an earlier level placed.
Where the flow found keeps every record whole, it is the answer.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

from pathloom.engine.audit.tables import BIT, Ints


class Board(NamedTuple):
    """Who holds what, in one list of ``cells``; the other fields say where a column begins.

    One list instead of several, because handing on each costs a compiled call time. Items are the
    records, then one per slot where second counts are bounded. Of item ``i``: ``sizes + i`` is its
    credit, ``allowed + i`` its slots, ``where + i`` those that hold some of it, as bit masks,
    ``at + i * slots + s`` what lies in slot ``s``, ``left + i`` what is unplaced. Of slot ``s``:
    ``free + s`` is its room, ``via + s`` the item that enters it on a path and ``came + s`` the
    slot that this item leaves or -1. ``open`` is the cell of the slots with room, ``dead`` that of
    the slots that can never give or take any more.
    """

    cells: Ints
    records: int
    items: int
    slots: int
    sizes: int
    allowed: int
    where: int
    left: int
    free: int
    via: int
    came: int
    open: int
    dead: int
    at: int


def make_board(records: int, sizes: Ints, allowed: Ints, room: Ints) -> Board:
    """Lay out an empty board for items of these sizes, of which the first are ``records``."""
    slots, items = len(room), len(sizes)
    columns = 4 * items
    opened = columns + 3 * slots
    board = Board(
        [0] * (opened + 2 + items * slots),
        records,
        items,
        slots,
        sizes=0,
        allowed=items,
        where=2 * items,
        left=3 * items,
        free=columns,
        via=columns + slots,
        came=columns + 2 * slots,
        open=opened,
        dead=opened + 1,
        at=opened + 2,
    )
    cells = board.cells
    for item in range(items):
        cells[item] = cells[board.left + item] = sizes[item]
        cells[items + item] = allowed[item]
    for slot in range(slots):
        cells[columns + slot] = room[slot]
        if room[slot] > 0:
            cells[opened] |= 1 << slot
    return board


def fill(
    board: Board, earned: int, under_way: int, whole: bool, overflow: int
) -> tuple[int, int, int]:
    """Find a largest flow on all three levels; records stay whole where the search keeps them so.

    Args:
        board: empty.
        earned: the first so many records are earned.
        under_way: so many are earned or in progress.
        whole: keep records whole if that is possible.
        overflow: the slots that take overflow, as a bit mask.
    Returns:
        What stays open with earned records alone, without the planned, and with all.
    """
    for echo in range(board.records, board.items):
        _augment(board, echo)
    first = _fill_level(board, 0, earned, whole, overflow)
    second = _fill_level(board, earned, under_way, whole, overflow)
    return first, second, _fill_level(board, under_way, board.records, whole, overflow)


def _fill_level(board: Board, start: int, stop: int, whole: bool, overflow: int) -> int:
    cells = board.cells
    if whole:
        for item in range(start, stop):
            if cells[board.sizes + item] > 0:
                _put_whole(board, item, overflow)
    for item in range(start, stop):
        if cells[board.left + item] > 0:
            _augment(board, item)
    there = 0
    for slot in range(board.slots):
        there += cells[board.free + slot]
    return there


def _place(board: Board, item: int, slot: int, amount: int) -> None:
    """Put unplaced credit into a slot."""
    cells = board.cells
    cells[board.left + item] -= amount
    cells[board.at + item * board.slots + slot] += amount
    cells[board.where + item] |= 1 << slot
    cells[board.free + slot] -= amount
    if cells[board.free + slot] == 0:
        cells[board.open] &= ~(1 << slot)


def _move(board: Board, item: int, source: int, target: int, amount: int) -> None:
    """Move credit of an item from one slot to another."""
    cells = board.cells
    row = item * board.slots
    cells[board.at + row + source] -= amount
    if cells[board.at + row + source] == 0:
        cells[board.where + item] &= ~(1 << source)
    cells[board.free + source] += amount
    if cells[board.free + source] > 0:
        cells[board.open] |= 1 << source
    cells[board.at + row + target] += amount
    cells[board.where + item] |= 1 << target
    cells[board.free + target] -= amount
    if cells[board.free + target] == 0:
        cells[board.open] &= ~(1 << target)


# -- whole records


def _put_whole(board: Board, item: int, overflow: int) -> None:
    """Place a record whole: directly, by moving others, or with its rest in an overflow slot."""
    cells, free = board.cells, board.free
    size = cells[board.sizes + item]
    rest = cells[board.allowed + item] & cells[board.open]
    while rest:
        low = rest & -rest
        slot = BIT[low % 67]
        if cells[free + slot] >= size:
            _place(board, item, slot, size)
            return
        rest ^= low
    if cells[board.allowed + item] & ~cells[board.dead] == 0 or _reach(board, item) < 0:
        return
    if _displace(board, item):
        return
    mains = cells[board.allowed + item] & cells[board.open] & ~overflow
    while mains:
        low = mains & -mains
        slot = BIT[low % 67]
        rests = cells[board.allowed + item] & cells[board.open] & overflow
        while rests:
            last = rests & -rests
            other = BIT[last % 67]
            if cells[free + other] >= size - cells[free + slot]:
                _place(board, item, other, size - cells[free + slot])
                _place(board, item, slot, cells[free + slot])
                return
            rests ^= last
        mains ^= low


def _displace(board: Board, item: int) -> bool:
    """Let records each make room for the one before, all of them whole; or change nothing."""
    cells = board.cells
    count, slots, free = board.records, board.slots, board.free
    after, leaves = [-1] * count, [-1] * count  # who displaced a record, and from where
    queue = [0] * count
    queue[0] = item
    taken, waiting, seen = 0, 1, 0
    while taken < waiting:
        mover = queue[taken]
        taken += 1
        size = cells[board.sizes + mover]
        rest = cells[board.allowed + mover] & ~seen
        while rest:
            low = rest & -rest
            slot = BIT[low % 67]
            rest ^= low
            if cells[free + slot] >= size:
                _shift(board, item, mover, slot, after, leaves)
                return True
            for other in range(count):
                held = cells[board.at + other * slots + slot]
                if (
                    held == 0
                    or held != cells[board.sizes + other]
                    or cells[free + slot] + held < size
                ):
                    continue
                if other != item and after[other] < 0:
                    after[other], leaves[other] = mover, slot
                    queue[waiting] = other
                    waiting += 1
                    seen |= low
    return False


def _shift(board: Board, item: int, last: int, slot: int, after: Ints, leaves: Ints) -> None:
    """Move each record of a chain into the place that the next one leaves, the last one first."""
    cells = board.cells
    mover = last
    while mover != item:
        source = leaves[mover]
        _move(board, mover, source, slot, cells[board.sizes + mover])
        mover, slot = after[mover], source
    _place(board, item, slot, cells[board.sizes + item])


# -- divisible paths


def _augment(board: Board, item: int) -> None:
    """Place what can be placed at all, dividing records if need be; then the flow is largest."""
    cells = board.cells
    via, came, at, slots = board.via, board.came, board.at, board.slots
    while (
        cells[board.left + item] > 0
        and cells[board.open]
        and cells[board.allowed + item] & ~cells[board.dead]
    ):
        last = _reach(board, item)
        if last < 0:
            return
        amount = min(cells[board.left + item], cells[board.free + last])
        slot = last
        while cells[came + slot] >= 0:
            amount = min(amount, cells[at + cells[via + slot] * slots + cells[came + slot]])
            slot = cells[came + slot]
        slot = last
        while cells[came + slot] >= 0:
            _move(board, cells[via + slot], cells[came + slot], slot, amount)
            slot = cells[came + slot]
        _place(board, item, slot, amount)


def _reach(board: Board, item: int) -> int:
    """Find the last slot of a shortest path to room for an item, or -1.

    Where there is none, the slots seen are full of items that fit nowhere else, for good.
    """
    cells = board.cells
    via, came, where, allowed = board.via, board.came, board.where, board.allowed
    items = board.items
    seen = fresh = cells[allowed + item]
    rest = fresh
    while rest:
        low = rest & -rest
        slot = BIT[low % 67]
        cells[via + slot], cells[came + slot] = item, -1
        rest ^= low
    while fresh & cells[board.open] == 0:
        new = 0
        for other in range(items):
            hit = cells[where + other] & fresh
            if hit == 0:
                continue
            more = cells[allowed + other] & ~seen
            if more == 0:
                continue
            seen |= more
            new |= more
            source = BIT[(hit & -hit) % 67]
            while more:
                low = more & -more
                slot = BIT[low % 67]
                cells[via + slot], cells[came + slot] = other, source
                more ^= low
        if new == 0:
            cells[board.dead] |= seen
            return -1
        fresh = new
    found = fresh & cells[board.open]
    return BIT[(found & -found) % 67]


# -- slots earlier in the file first


def earlier_first(board: Board) -> None:
    """Fill slots in file order by moving records out of later ones; what is placed stays placed."""
    cells = board.cells
    via, came, at, slots = board.via, board.came, board.at, board.slots
    held = 0
    for item in range(board.records):
        held |= cells[board.where + item]
    for first in range(slots):
        while cells[board.free + first] > 0 and held >> (first + 1):
            start = _pull(board, first, True)
            if start < 0:
                start = _pull(board, first, False)
            if start < 0:
                break
            amount = cells[board.free + first]
            slot = start
            while slot != first:
                amount = min(amount, cells[at + cells[via + slot] * slots + slot])
                slot = cells[came + slot]
            slot = start
            while slot != first:
                _move(board, cells[via + slot], slot, cells[came + slot], amount)
                slot = cells[came + slot]


def _pull(board: Board, first: int, whole: bool) -> int:
    """Find a later slot from which moves lead into ``first``, or -1; here ``came`` is the target.

    With ``whole``, only records that lie in one slot move, and all of one path are of one size.
    """
    cells = board.cells
    via, came, where = board.via, board.came, board.where
    seen = fresh = 1 << first
    while fresh:
        new = 0
        for item in range(board.records):
            hit = cells[board.allowed + item] & fresh
            more = cells[where + item] & ~seen
            if hit == 0 or more == 0:
                continue
            target = BIT[(hit & -hit) % 67]
            if whole and not _moves_whole(board, item, target, first):
                continue
            while more:
                low = more & -more
                source = BIT[low % 67]
                more ^= low
                cells[via + source], cells[came + source] = item, target
                seen |= low
                new |= low
                if source > first:
                    return source
        fresh = new
    return -1


def _moves_whole(board: Board, item: int, target: int, first: int) -> bool:
    """Whether an item lies whole in one slot and fits where the path goes on."""
    cells = board.cells
    size, where = cells[board.sizes + item], cells[board.where + item]
    if where & (where - 1) or cells[board.left + item] > 0:
        return False
    if target == first:
        return size <= cells[board.free + first]
    return size == cells[board.sizes + cells[board.via + target]]
