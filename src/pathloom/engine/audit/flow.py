"""Allocation as a flow: whole records first, then augmenting paths that prove what is possible.

In the relaxation every record may be divided. Its maximum bounds what first counts leave open on
all three levels at once, because augmenting paths never take back what an earlier level placed.
Where the flow found keeps every record whole, it is the answer.

With echoes, each slot whose records count a second time also sends its own capacity to the slots
of the second count. Whatever this flow leaves open, no allocation can fulfil.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import Layout, bits
from pathloom.engine.units import Credits

LEVELS = (State.EARNED, State.IN_PROGRESS, State.PLANNED)

Step = tuple[
    int, int, int
]  # a record, the slot it leaves (-1: unplaced credit), the slot it enters


@dataclass(slots=True)
class Board:
    """Who holds what: ``at[i][s]`` of record or echo ``i`` lies in slot ``s``; left is unplaced.

    Records come first (``count`` of them), then one echo per slot.
    """

    sizes: list[Credits]
    eligible: list[tuple[int, ...]]
    count: int
    free: list[Credits]
    left: list[Credits]
    at: list[dict[int, Credits]]
    holds: list[dict[int, Credits]]

    def move(self, step: Step, amount: Credits) -> None:
        item, source, target = step
        if source < 0:
            self.left[item] -= amount
        else:
            self._change(item, source, -amount)
        self._change(item, target, amount)

    def _change(self, item: int, slot: int, amount: Credits) -> None:
        now = self.at[item].get(slot, 0) + amount
        if now:
            self.at[item][slot] = self.holds[slot][item] = now
        else:
            del self.at[item][slot], self.holds[slot][item]
        self.free[slot] -= amount

    def is_whole(self, item: int, slot: int) -> bool:
        return item < self.count and self.at[item].get(slot) == self.sizes[item]


@dataclass(frozen=True, slots=True)
class Flowing:
    """A largest flow, and what it leaves open: with all, without planned, with earned records."""

    board: Board
    records: tuple[CourseRecord, ...]
    missing: tuple[Credits, Credits, Credits]


def flow(
    records: tuple[CourseRecord, ...],
    places: Layout,
    *,
    echoes: bool = False,
    closed: int = 0,
    way: int = -1,
) -> Flowing:
    """Find a largest flow on all three levels, with records whole where the search keeps them so.

    Args:
        records: countable records in canonical order, so earned before in progress before planned.
        places: the slots of the rule set.
        echoes: let slots with a second count send their capacity on; for bounds only.
        closed: slots that take nothing, as a bit mask; for bounds only.
        way: index of a substitute that takes records as one more slot; for bounds only.
    """
    board = _board(records, places, echoes=echoes, closed=closed)
    if way >= 0:
        _open_way(board, records, places, way)
    bounds_only = echoes or bool(closed)
    whole_only = places.ruleset.split is not Split.FREE and not bounds_only
    _augment(board, range(board.count, len(board.sizes)))
    start, missing = 0, []
    for level in LEVELS:
        stop = start
        while stop < len(records) and records[stop].state is level:
            if whole_only:
                _put_whole(board, stop, places.overflow)
            stop += 1
        _augment(board, range(stop))
        missing.append(sum(board.free))
        start = stop
    if missing[2] and not bounds_only:
        _earlier_first(board)
    return Flowing(board, records, (missing[2], missing[1], missing[0]))


def _open_way(board: Board, records: tuple[CourseRecord, ...], places: Layout, way: int) -> None:
    slot = len(board.free)
    board.free.append(places.ways[way].substitute.earn)
    board.holds.append({})
    for item, record in enumerate(records):
        if places.masks(record)[1] >> way & 1:
            board.eligible[item] = (slot, *board.eligible[item])


def _board(
    records: tuple[CourseRecord, ...], places: Layout, *, echoes: bool, closed: int
) -> Board:
    sizes = [record.credits for record in records]
    eligible = [bits(places.masks(record)[0] & ~closed) for record in records]
    if echoes:
        for slot in places.slots:
            sizes.append(slot.capacity if slot.also else 0)
            eligible.append(slot.also)
    return Board(
        sizes=sizes,
        eligible=eligible,
        count=len(records),
        free=[0 if closed >> slot.index & 1 else slot.capacity for slot in places.slots],
        left=list(sizes),
        at=[{} for _ in sizes],
        holds=[{} for _ in places.slots],
    )


# -- whole records


def _put_whole(board: Board, item: int, overflow: int) -> None:
    """Place a record whole: directly, by moving others, or with its rest in an overflow slot."""
    size = board.sizes[item]
    for slot in board.eligible[item]:
        if board.free[slot] >= size:
            board.move((item, -1, slot), size)
            return
    chain = _whole_chain(board, item)
    if chain:
        for step in chain:
            board.move(step, board.sizes[step[0]])
        return
    rests = [slot for slot in board.eligible[item] if overflow >> slot & 1]
    for slot in board.eligible[item]:
        room = board.free[slot]
        if room <= 0 or overflow >> slot & 1:
            continue
        rest = next((other for other in rests if board.free[other] >= size - room), -1)
        if rest >= 0:
            board.move((item, -1, slot), room)
            board.move((item, -1, rest), size - room)
            return


def _whole_chain(board: Board, item: int) -> list[Step]:
    """Find records that can each make room for the one before, all of them whole."""
    came: dict[int, tuple[int, int]] = {}  # displaced record -> (record that displaced it, slot)
    seen: set[int] = set()
    queue = deque([item])
    while queue:
        mover = queue.popleft()
        size = board.sizes[mover]
        for slot in board.eligible[mover]:
            if slot in seen:
                continue
            if board.free[slot] >= size:
                return _unwind(came, mover, slot)
            entered = False
            for other in board.holds[slot]:
                fits = board.free[slot] + board.sizes[other] >= size
                if fits and other not in came and board.is_whole(other, slot):
                    came[other] = (mover, slot)
                    queue.append(other)
                    entered = True
            if entered:
                seen.add(slot)
    return []


def _unwind(came: dict[int, tuple[int, int]], mover: int, slot: int) -> list[Step]:
    steps = []
    while mover in came:
        before, leaves = came[mover]
        steps.append((mover, leaves, slot))
        mover, slot = before, leaves
    steps.append((mover, -1, slot))
    return steps


# -- divisible paths


def _augment(board: Board, items: Iterable[int]) -> None:
    """Place what can be placed at all, dividing records if need be; then the flow is largest."""
    for item in items:
        while board.left[item] and any(board.free):
            path = _path(board, item)
            if not path:
                break
            amount = min(board.left[item], board.free[path[-1][2]])
            for mover, source, _ in path[1:]:
                amount = min(amount, board.at[mover][source])
            for step in reversed(path):
                board.move(step, amount)


def _path(board: Board, item: int) -> list[Step]:
    came: dict[int, Step] = {slot: (item, -1, slot) for slot in board.eligible[item]}
    queue = deque(board.eligible[item])
    while queue:
        slot = queue.popleft()
        if board.free[slot]:
            return _path_to(came, slot)
        for other in board.holds[slot]:
            for target in board.eligible[other]:
                if target not in came:
                    came[target] = (other, slot, target)
                    queue.append(target)
    return []


def _path_to(came: dict[int, Step], slot: int) -> list[Step]:
    path = []
    while slot >= 0:
        step = came[slot]
        path.append(step)
        slot = step[1]
    return path[::-1]


# -- slots earlier in the file first


def _earlier_first(board: Board) -> None:
    """Fill slots in file order by moving records out of later ones; what is placed stays placed."""
    users: list[list[int]] = [[] for _ in board.free]
    for item in range(board.count):
        if board.at[item]:
            for slot in board.eligible[item]:
                users[slot].append(item)
    for slot in range(len(board.free)):
        while board.free[slot]:
            path = _pull(board, slot, users, whole=True) or _pull(board, slot, users, whole=False)
            if not path:
                break
            amount = board.free[slot]
            for mover, source, _ in path:
                amount = min(amount, board.at[mover][source])
            for step in path:
                board.move(step, amount)


def _pull(board: Board, first: int, users: list[list[int]], *, whole: bool) -> list[Step]:
    """Find moves that take from a later slot; the first of them fills ``first``."""
    came: dict[int, Step] = {}
    queue = deque([first])
    while queue:
        slot = queue.popleft()
        for item in users[slot]:
            for source in board.at[item]:
                if source in (slot, first) or source in came:
                    continue
                if whole and not _moves_whole(board, item, source, room=board.free[first]):
                    continue
                came[source] = (item, source, slot)
                if source > first:
                    return _pulled(came, source, first)
                queue.append(source)
    return []


def _moves_whole(board: Board, item: int, source: int, *, room: Credits) -> bool:
    return board.is_whole(item, source) and board.sizes[item] <= room


def _pulled(came: dict[int, Step], source: int, first: int) -> list[Step]:
    path = []
    while source != first:
        step = came[source]
        path.append(step)
        source = step[2]
    return path[::-1]
