"""Reads a certificate out of a flow, or says that the flow is none."""

from __future__ import annotations

from pathloom.engine.audit.flow import LEVELS, Board, Flowing
from pathloom.engine.audit.result import Counted
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits

_Second = tuple[int, int, Credits]  # record, slot of the second count, amount


def certificate_of(flowing: Flowing, places: Layout) -> tuple[Counted, ...] | None:
    """Return who counts where; None where the flow divides a record or cannot be counted again."""
    seconds = _use_what_is_left(flowing, places, _seconds(flowing, places))
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
    return tuple(found) if _fulfils_what_it_can(flowing, places, found) else None


def _fulfils_what_it_can(flowing: Flowing, places: Layout, found: list[Counted]) -> bool:
    """Whether nothing is short wherever the flow says that nothing needs to be taken."""
    whole = sum(slot.capacity for slot in places.slots)
    for missing, states in zip(flowing.missing, (LEVELS, LEVELS[:2], LEVELS[:1]), strict=True):
        counted = sum(each.amount for each in found if each.state in states)
        if not missing and counted < whole:
            return False
    return True


def _seconds(flowing: Flowing, places: Layout) -> list[_Second]:
    """Let records take the place of echoes."""
    board = flowing.board
    found: list[_Second] = []
    free = places.ruleset.split is Split.FREE
    for number, slot in enumerate(flowing.echoes):
        wanted = dict(board.at[board.count + number])
        for item in sorted(board.holds[slot]):
            amount = counts = board.holds[slot][item]
            for target in [target for target in wanted if target in board.eligible[item]]:
                again = min(amount, wanted[target])
                if again and (free or amount == counts):
                    found.append((item, target, again))
                    wanted[target] -= again
                    amount -= again
    return found


def _use_what_is_left(flowing: Flowing, places: Layout, seconds: list[_Second]) -> list[_Second]:
    """Give room to records that count nowhere yet: before second counts of a later state.

    An echo may have kept the room for what is still to come, or for what is only planned.
    """
    board = flowing.board
    targets = {target for slot in flowing.echoes for target in places.slots[slot].also}
    room = {target: places.slots[target].capacity for target in targets}
    for target in targets:
        held = board.holds[target].items()
        room[target] -= sum(amount for item, amount in held if item < board.count)
    for item in range(board.count):
        for target in board.eligible[item]:
            if (
                not board.left[item]
                or target not in room
                or not _may_add(board, places, item, target)
            ):
                continue
            rank = LEVELS.index(flowing.records[item].state)
            ahead = sum(
                amount
                for other, slot, amount in seconds
                if slot == target and LEVELS.index(flowing.records[other].state) <= rank
            )
            amount = min(board.left[item], room[target] - ahead)
            if amount > 0:
                board.move((item, -1, target), amount)
                room[target] -= amount
    kept = []
    for item, target, amount in sorted(seconds):
        again = min(amount, room[target])
        room[target] -= again
        if again:
            kept.append((item, target, again))
    return kept + _further_seconds(flowing, places, room=room, kept=kept)


def _further_seconds(
    flowing: Flowing, places: Layout, *, room: dict[int, Credits], kept: list[_Second]
) -> list[_Second]:
    """Let records count again where an echo of another, still empty slot kept the room."""
    board = flowing.board
    free = places.ruleset.split is Split.FREE
    used: dict[int, Credits] = {}
    for item, _, amount in kept:
        used[item] = used.get(item, 0) + amount
    found: list[_Second] = []
    for slot in flowing.echoes:
        for item in sorted(board.holds[slot]):
            left = board.holds[slot][item] - used.get(item, 0)
            for target in places.slots[slot].also:
                again = min(left, room[target])
                fits = item < board.count and target in board.eligible[item]
                if fits and again > 0 and (free or item not in used):
                    found.append((item, target, again))
                    used[item] = used.get(item, 0) + again
                    room[target] -= again
                    left -= again
    return found


def _may_add(board: Board, places: Layout, item: int, target: int) -> bool:
    """Whether more of a record may count in a slot without dividing it."""
    if places.ruleset.split is Split.FREE or not board.at[item] or target in board.at[item]:
        return True
    return places.ruleset.split is Split.OVERFLOW and bool(places.overflow >> target & 1)


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
