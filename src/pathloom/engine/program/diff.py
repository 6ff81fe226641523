"""What is different between two versions of a program of study."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pathloom.engine.program.lines import PARTS, Line, Sheet, lines_of


class Kind(StrEnum):
    """What became of a line."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One line that is not what, or not where, it was; ``fields`` are those that differ."""

    kind: Kind
    before: Line | None
    after: Line | None
    fields: tuple[str, ...] = ()

    @property
    def line(self) -> Line:
        """The line as it is now; as it was, where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


def diff(old: Sheet, new: Sheet) -> tuple[Change, ...]:
    """Say line by line what changed, part by part, gone lines first; nothing for equal sheets."""
    was, now = lines_of(old), lines_of(new)
    found: list[Change] = []
    for part in PARTS:
        before = {line.key: line for line in was if line.part == part}
        after = {line.key: line for line in now if line.part == part}
        gone = [line for key, line in before.items() if key not in after]
        found += [Change(Kind.REMOVED, line, None) for line in gone]
        moved = _moved([key for key in before if key in after], [k for k in after if k in before])
        for key, line in after.items():
            found += _changes(before.get(key), line, moved=key in moved)
    return tuple(found)


def _changes(before: Line | None, after: Line, *, moved: bool) -> list[Change]:
    if before is None:
        return [Change(Kind.ADDED, None, after)]
    names = dict.fromkeys((*before.fields, *after.fields))
    fields = tuple(name for name in names if before.fields.get(name) != after.fields.get(name))
    found = [Change(Kind.CHANGED, before, after, fields)] if fields else []
    return [*found, Change(Kind.MOVED, before, after)] if moved else found


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest lines that have to be moved to get from one order to the other."""
    places = [before.index(key) for key in after]
    ends: list[int] = []  # of the longest rows found so far that need not move, by length
    chains: list[list[int]] = []
    for place in places:
        length = bisect_left(ends, place)
        chain = [*(chains[length - 1] if length else ()), place]
        ends[length : length + 1] = [place]
        chains[length : length + 1] = [chain]
    still = set(chains[-1]) if chains else set()
    return {before[place] for place in places if place not in still}
