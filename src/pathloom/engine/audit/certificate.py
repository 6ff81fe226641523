"""Reads a certificate out of a flow, or says that the flow is none."""

from __future__ import annotations

from pathloom.engine.audit.flow import LEVELS, Board, Flowing
from pathloom.engine.audit.result import Counted
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits

_Second = tuple[int, int, Credits]  # record, slot of the second count, amount


def certificate_of(flowing: Flowing, places: Layout) -> tuple[Counted, ...] | None:
    """Return who counts where; None where the flow divides a record that has to stay whole.

    None as well where other records in the same places might let more count a second time.
    """
    seconds = _seconds(flowing.board, places)
    if sum(amount for _, _, amount in seconds) < _most_seconds(flowing.board, places):
        return None
    found: list[Counted] = []
    for item, record in enumerate(flowing.records):
        uses = _uses(flowing.board, places, item)
        if uses is None:
            return None
        for slot, amount, overflow in uses:
            name = places.slots[slot].requirement
            found.append(Counted(record.id, name, amount, record.state, overflow=overflow))
    for item, slot, amount in seconds:
        record = flowing.records[item]
        name = places.slots[slot].requirement
        found.append(Counted(record.id, name, amount, record.state, second=True))
    return tuple(found)


def short_of(certificate: tuple[Counted, ...], places: Layout) -> tuple[Credits, ...]:
    """What is short with all records, without the planned, and with the earned ones alone."""
    whole = sum(slot.capacity for slot in places.slots)
    return tuple(
        whole - sum(each.amount for each in certificate if each.state in states)
        for states in (LEVELS, LEVELS[:2], LEVELS[:1])
    )


def _seconds(board: Board, places: Layout) -> list[_Second]:
    """Count records a second time where there is room, in canonical order."""
    free = places.ruleset.split is Split.FREE
    found: list[_Second] = []
    room = list(board.free)
    counting = [slot for slot in places.slots if slot.also]
    holders = sorted((item, slot.index) for slot in counting for item in board.holds[slot.index])
    for item, slot in holders:
        left = board.holds[slot][item]
        for target in places.slots[slot].also:
            again = min(left, room[target])
            if again and target in board.eligible[item]:
                found.append((item, target, again))
                room[target] -= again
                left = left - again if free else 0
    return found


def _most_seconds(board: Board, places: Layout) -> Credits:
    """A bound of what can count a second time while every slot holds what it holds."""
    sources: dict[int, Credits] = {}
    for slot in places.slots:
        for target in slot.also:
            held = slot.capacity - board.free[slot.index]
            sources[target] = sources.get(target, 0) + held
    return sum(min(board.free[target], held) for target, held in sources.items())


def _uses(board: Board, places: Layout, item: int) -> list[tuple[int, Credits, bool]] | None:
    """Return (slot, amount, whether it is overflow) of one record, first use first."""
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
