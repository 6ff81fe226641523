"""Reads a certificate out of a flow, or says that the flow is none."""

from __future__ import annotations

from pathloom.engine.audit.flow import Flowing
from pathloom.engine.audit.result import Counted
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits

_Second = tuple[int, int, Credits]  # record, slot of the second count, amount


def certificate_of(flowing: Flowing, places: Layout) -> tuple[Counted, ...] | None:
    """Return who counts where, or None where the flow divides a record that has to stay whole."""
    seconds = _seconds(flowing, places)
    if seconds is None:
        return None
    _use_what_is_left(flowing, places, seconds)
    found: list[Counted] = []
    again: dict[int, list[_Second]] = {}
    for second in seconds:
        again.setdefault(second[0], []).append(second)
    for item, record in enumerate(flowing.records):
        uses = _uses(flowing, places, item)
        if uses is None:
            return None
        for slot, amount, overflow in uses:
            name = places.slots[slot].requirement
            found.append(Counted(record.id, name, amount, record.state, overflow=overflow))
        for _, slot, amount in again.get(item, ()):
            name = places.slots[slot].requirement
            found.append(Counted(record.id, name, amount, record.state, second=True))
    return tuple(found)


def _seconds(flowing: Flowing, places: Layout) -> list[_Second] | None:
    """Let records take the place of echoes; None where too little of a slot can count again."""
    board = flowing.board
    found: list[_Second] = []
    free = places.ruleset.split is Split.FREE
    for number, slot in enumerate(flowing.echoes):
        wanted = dict(board.at[board.count + number])
        room = places.slots[slot].capacity + sum(-amount for amount in wanted.values())
        for item in sorted(board.holds[slot]):
            amount = counts = board.holds[slot][item]
            for target in [target for target in wanted if target in board.eligible[item]]:
                again = min(amount, wanted[target])
                if again and (free or amount == counts):
                    found.append((item, target, again))
                    wanted[target] -= again
                    amount -= again
            room -= amount
        if room < 0:
            return None
    return found


def _use_what_is_left(flowing: Flowing, places: Layout, seconds: list[_Second]) -> None:
    """Give room that only a record still to come would take to records that count nowhere yet."""
    board = flowing.board
    room = {
        target: places.slots[target].capacity
        for slot in flowing.echoes
        for target in places.slots[slot].also
    }
    for target in room:
        held = board.holds[target].items()
        room[target] -= sum(amount for item, amount in held if item < board.count)
        room[target] -= sum(amount for _, slot, amount in seconds if slot == target)
    for item in range(board.count):
        for target in board.eligible[item]:
            amount = min(board.left[item], room.get(target, 0))
            if amount > 0 and _may_add(flowing, places, item, target):
                board.move((item, -1, target), amount)
                room[target] -= amount


def _may_add(flowing: Flowing, places: Layout, item: int, target: int) -> bool:
    match places.ruleset.split:
        case Split.FREE:
            return True
        case Split.NEVER:
            return not flowing.board.at[item]
        case Split.OVERFLOW:
            return not flowing.board.at[item] or bool(places.overflow >> target & 1)


def _uses(flowing: Flowing, places: Layout, item: int) -> list[tuple[int, Credits, bool]] | None:
    """Return (slot, amount, whether it is overflow) of one record, first use first."""
    board = flowing.board
    held = sorted(board.at[item].items())
    if len(held) < 2 or places.ruleset.split is Split.FREE:
        return [(slot, amount, False) for slot, amount in held]
    if places.ruleset.split is Split.NEVER:
        return None
    (first, amount), *rest = held
    if any(not places.overflow >> slot & 1 for slot, _ in rest):
        return None
    if board.free[first] > 0 and not places.overflow >> first & 1:
        return None
    return [(first, amount, False), *((slot, more, True) for slot, more in rest)]
