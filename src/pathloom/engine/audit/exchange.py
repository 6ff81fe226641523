"""Exchanges of records of one size, for ``among`` and caps: no slot gains or loses by them.

This is a part of the kernel (``kernel.py``): plain Python on lists here, compiled in the batch.
"""

from __future__ import annotations

from pathloom.engine.audit.certificate import among_short, capped_amount
from pathloom.engine.audit.flow import Board
from pathloom.engine.audit.tables import BIT, LEVELS, Case, Rules, Student, level_of


def exchange(board: Board, rules: Rules, student: Student, case: Case) -> None:
    """Exchange records of one size until each ``among`` has what it can get, and each cap holds."""
    again = [0] * 0  # second counts come later
    for among in range(rules.amongs):
        for level in range(LEVELS):
            while among_short(board, rules, student, case, again, among, level, False) > 0:
                if not _swap(
                    board, student, rules.cells[rules.among + among], student.amongs, among, level
                ):
                    break
    for cap in range(rules.caps):
        while (
            capped_amount(board, rules, student, case, again, cap)
            > rules.cells[rules.cap_most + cap]
        ):
            if not _swap(
                board, student, rules.cells[rules.cap + cap], student.caps, -1 - cap, LEVELS - 1
            ):
                break


def _swap(
    board: Board, student: Student, region: int, matches: int, which: int, level: int
) -> bool:
    """Bring a record that is wanted in a region there, and one that is not out of it.

    ``which`` is an ``among`` (its records are wanted), or ``-1 - cap`` (its records are not).
    """
    wanted, bit = 1 if which >= 0 else 0, which if which >= 0 else -1 - which
    for inner in range(board.records):
        if student.cells[matches + inner] >> bit & 1 == wanted or not _is_whole_in(
            board, inner, region
        ):
            continue
        for outer in range(board.records):
            if (
                student.cells[matches + outer] >> bit & 1 != wanted
                or board.cells[board.where + outer] & region
            ):
                continue
            if wanted and level_of(student, outer) > level:
                continue
            if _can_exchange(board, student, inner, outer):
                _exchange_two(board, inner, outer)
                return True
    return False


def _is_whole_in(board: Board, item: int, region: int) -> bool:
    held = board.cells[board.where + item]
    return held & region != 0 and held & (held - 1) == 0 and board.cells[board.left + item] == 0


def _can_exchange(board: Board, student: Student, inner: int, outer: int) -> bool:
    """Whether the outer record, whole or unplaced, can take the place of the inner one."""
    held = board.cells[board.where + outer]
    if (
        board.cells[board.sizes + outer] != board.cells[board.sizes + inner]
        or board.cells[board.allowed + outer] & board.cells[board.where + inner] == 0
    ):
        return False
    if held == 0:
        return level_of(student, outer) == level_of(student, inner)
    whole = held & (held - 1) == 0 and board.cells[board.left + outer] == 0
    return whole and board.cells[board.allowed + inner] & held != 0


def _exchange_two(board: Board, inner: int, outer: int) -> None:
    size, slots = board.cells[board.sizes + inner], board.slots
    here, there = board.cells[board.where + inner], board.cells[board.where + outer]
    board.cells[board.at + inner * slots + BIT[here % 67]] = 0
    board.cells[board.at + outer * slots + BIT[here % 67]] = size
    board.cells[board.where + outer], board.cells[board.where + inner] = here, there
    board.cells[board.left + inner], board.cells[board.left + outer] = (
        board.cells[board.left + outer],
        0,
    )
    if there:
        board.cells[board.at + outer * slots + BIT[there % 67]] = 0
        board.cells[board.at + inner * slots + BIT[there % 67]] = size
