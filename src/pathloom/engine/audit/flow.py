"""Allocation as a flow: whole records first, then augmenting paths that prove what is possible.

In the relaxation every record may be divided. Its maximum bounds what first counts leave open on
all three levels at once, because augmenting paths never take back what an earlier level placed.
Where the flow found keeps every record whole, it is the answer.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from typing import NamedTuple

Ints = list[int]

LEVELS = 3  # earned, in progress, planned
MOST_BITS = 62  # of a set of slots in a compiled integer

# The index of the only bit of a number: its power of two modulo 67 is different for each.
_bit = [0] * 67
for _index in range(66):
    _bit[(1 << _index) % 67] = _index
BIT = tuple(_bit)


class Board(NamedTuple):
    """Who holds what: ``at[i * slots + s]`` of item ``i`` lies in slot ``s``; left is unplaced.

    Items are the records (``records`` of them), then one per slot where second counts are bounded.
    ``allowed[i]`` are the slots of an item and ``where[i]`` those that hold some of it, as bit
    masks. ``marks`` are the slots with room, and those that can never give or take any more.
    ``via[s]`` is the item that enters slot ``s`` on a path, ``came[s]`` the slot it leaves there or
    -1: scratch of the searches.
    """

    records: int
    slots: int
    sizes: Ints
    allowed: Ints
    at: Ints
    where: Ints
    left: Ints
    free: Ints
    marks: Ints
    via: Ints
    came: Ints


def make_board(count: int, sizes: Ints, allowed: Ints, room: Ints) -> Board:
    """Lay out an empty board; ``sizes`` and ``allowed`` are kept, ``room`` is copied."""
    slots, items = len(room), len(sizes)
    free = [0] * slots
    left = [0] * items
    opened = 0
    for slot in range(slots):
        free[slot] = room[slot]
        if room[slot] > 0:
            opened |= 1 << slot
    for item in range(items):
        left[item] = sizes[item]
    at, where = [0] * (items * slots), [0] * items
    via, came = [0] * slots, [0] * slots
    return Board(count, slots, sizes, allowed, at, where, left, free, [opened, 0], via, came)


def fill(board: Board, level: Ints, whole: bool, overflow: int) -> tuple[int, int, int]:
    """Find a largest flow on all three levels; records stay whole where the search keeps them so.

    Args:
        board: empty.
        level: of each record, 0 earned, 1 in progress, 2 planned, ascending.
        whole: keep records whole if that is possible.
        overflow: the slots that take overflow, as a bit mask.
    Returns:
        What stays open with earned records alone, without the planned, and with all.
    """
    for echo in range(board.records, len(board.sizes)):
        _augment(board, echo)
    earned = _fill_level(board, level, 0, whole, overflow)
    under_way = _fill_level(board, level, 1, whole, overflow)
    return earned, under_way, _fill_level(board, level, 2, whole, overflow)


def _fill_level(board: Board, level: Ints, wanted: int, whole: bool, overflow: int) -> int:
    if whole:
        for item in range(board.records):
            if level[item] == wanted and board.sizes[item] > 0:
                _put_whole(board, item, overflow)
    for item in range(board.records):
        if level[item] == wanted and board.left[item] > 0:
            _augment(board, item)
    there = 0
    for slot in range(board.slots):
        there += board.free[slot]
    return there


def _place(board: Board, item: int, slot: int, amount: int) -> None:
    """Put unplaced credit into a slot."""
    board.left[item] -= amount
    board.at[item * board.slots + slot] += amount
    board.where[item] |= 1 << slot
    board.free[slot] -= amount
    if board.free[slot] == 0:
        board.marks[0] &= ~(1 << slot)


def _move(board: Board, item: int, source: int, target: int, amount: int) -> None:
    """Move credit of an item from one slot to another."""
    row = item * board.slots
    board.at[row + source] -= amount
    if board.at[row + source] == 0:
        board.where[item] &= ~(1 << source)
    board.free[source] += amount
    board.marks[0] |= 1 << source
    board.at[row + target] += amount
    board.where[item] |= 1 << target
    board.free[target] -= amount
    if board.free[target] == 0:
        board.marks[0] &= ~(1 << target)


# -- whole records


def _put_whole(board: Board, item: int, overflow: int) -> None:
    """Place a record whole: directly, by moving others, or with its rest in an overflow slot."""
    size, free = board.sizes[item], board.free
    rest = board.allowed[item] & board.marks[0]
    while rest:
        low = rest & -rest
        slot = BIT[low % 67]
        if free[slot] >= size:
            _place(board, item, slot, size)
            return
        rest ^= low
    if board.allowed[item] & ~board.marks[1] == 0 or _reach(board, item) < 0:
        return
    if _displace(board, item):
        return
    mains = board.allowed[item] & board.marks[0] & ~overflow
    while mains:
        low = mains & -mains
        slot = BIT[low % 67]
        rests = board.allowed[item] & board.marks[0] & overflow
        while rests:
            last = rests & -rests
            other = BIT[last % 67]
            if free[other] >= size - free[slot]:
                _place(board, item, other, size - free[slot])
                _place(board, item, slot, free[slot])
                return
            rests ^= last
        mains ^= low


def _displace(board: Board, item: int) -> bool:
    """Let records each make room for the one before, all of them whole; or change nothing."""
    count, slots, free = board.records, board.slots, board.free
    after, leaves = [-1] * count, [-1] * count  # who displaced a record, and from where
    queue = [0] * count
    queue[0] = item
    taken, waiting, seen = 0, 1, 0
    while taken < waiting:
        mover = queue[taken]
        taken += 1
        size = board.sizes[mover]
        rest = board.allowed[mover] & ~seen
        while rest:
            low = rest & -rest
            slot = BIT[low % 67]
            rest ^= low
            if free[slot] >= size:
                _shift(board, item, mover, slot, after, leaves)
                return True
            for other in range(count):
                held = board.at[other * slots + slot]
                if held == 0 or held != board.sizes[other] or free[slot] + held < size:
                    continue
                if other != item and after[other] < 0:
                    after[other], leaves[other] = mover, slot
                    queue[waiting] = other
                    waiting += 1
                    seen |= low
    return False


def _shift(board: Board, item: int, last: int, slot: int, after: Ints, leaves: Ints) -> None:
    """Move each record of a chain into the place that the next one leaves, the last one first."""
    mover = last
    while mover != item:
        source = leaves[mover]
        _move(board, mover, source, slot, board.sizes[mover])
        mover, slot = after[mover], source
    _place(board, item, slot, board.sizes[item])


# -- divisible paths


def _augment(board: Board, item: int) -> None:
    """Place what can be placed at all, dividing records if need be; then the flow is largest."""
    via, came, at, slots = board.via, board.came, board.at, board.slots
    while board.left[item] > 0 and board.marks[0] and board.allowed[item] & ~board.marks[1]:
        last = _reach(board, item)
        if last < 0:
            return
        amount = min(board.left[item], board.free[last])
        slot = last
        while came[slot] >= 0:
            amount = min(amount, at[via[slot] * slots + came[slot]])
            slot = came[slot]
        slot = last
        while came[slot] >= 0:
            _move(board, via[slot], came[slot], slot, amount)
            slot = came[slot]
        _place(board, item, slot, amount)


def _reach(board: Board, item: int) -> int:
    """Find the last slot of a shortest path to room for an item, or -1.

    Where there is none, the slots seen are full of items that fit nowhere else, for good.
    """
    via, came, where, allowed = board.via, board.came, board.where, board.allowed
    items = len(where)
    seen = fresh = allowed[item]
    rest = fresh
    while rest:
        low = rest & -rest
        slot = BIT[low % 67]
        via[slot], came[slot] = item, -1
        rest ^= low
    while fresh & board.marks[0] == 0:
        new = 0
        for other in range(items):
            hit = where[other] & fresh
            if hit == 0:
                continue
            more = allowed[other] & ~seen
            if more == 0:
                continue
            seen |= more
            new |= more
            source = BIT[(hit & -hit) % 67]
            while more:
                low = more & -more
                slot = BIT[low % 67]
                via[slot], came[slot] = other, source
                more ^= low
        if new == 0:
            board.marks[1] |= seen
            return -1
        fresh = new
    found = fresh & board.marks[0]
    return BIT[(found & -found) % 67]


# -- slots earlier in the file first


def earlier_first(board: Board) -> None:
    """Fill slots in file order by moving records out of later ones; what is placed stays placed."""
    via, came, at, slots = board.via, board.came, board.at, board.slots
    held = 0
    for item in range(board.records):
        held |= board.where[item]
    for first in range(slots):
        while board.free[first] > 0 and held >> (first + 1):
            start = _pull(board, first, True)
            if start < 0:
                start = _pull(board, first, False)
            if start < 0:
                break
            amount = board.free[first]
            slot = start
            while slot != first:
                amount = min(amount, at[via[slot] * slots + slot])
                slot = came[slot]
            slot = start
            while slot != first:
                _move(board, via[slot], slot, came[slot], amount)
                slot = came[slot]


def _pull(board: Board, first: int, whole: bool) -> int:
    """Find a later slot from which moves lead into ``first``, or -1; here ``came`` is the target.

    With ``whole``, only records that lie in one slot move, and all of one path are of one size.
    """
    via, came, where = board.via, board.came, board.where
    seen = fresh = 1 << first
    while fresh:
        new = 0
        for item in range(board.records):
            hit = board.allowed[item] & fresh
            more = where[item] & ~seen
            if hit == 0 or more == 0:
                continue
            target = BIT[(hit & -hit) % 67]
            if whole and not _moves_whole(board, item, target, first):
                continue
            while more:
                low = more & -more
                source = BIT[low % 67]
                more ^= low
                via[source], came[source] = item, target
                seen |= low
                new |= low
                if source > first:
                    return source
        fresh = new
    return -1


def _moves_whole(board: Board, item: int, target: int, first: int) -> bool:
    """Whether an item lies whole in one slot and fits where the path goes on."""
    size, where = board.sizes[item], board.where[item]
    if where & (where - 1) or board.left[item] > 0:
        return False
    if target == first:
        return size <= board.free[first]
    return size == board.sizes[board.via[target]]
