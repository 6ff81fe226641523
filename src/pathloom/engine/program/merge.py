"""Two changed copies of a program of study put together, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathloom.engine.program.lines import PARTS, Fields, Line, Sheet, lines_of, sheet_of

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides changed the same thing in different ways; None: the line is not there.

    ``fields`` are those that clash; empty where one side took the line out.
    """

    part: str
    key: str
    base: Line | None
    ours: Line | None
    theirs: Line | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge; where something clashes, ``sheet`` says what ours says."""

    sheet: Sheet
    clashes: tuple[Clash, ...]


def merge(*, base: Sheet, ours: Sheet, theirs: Sheet) -> Merged:
    """Put the changes of two sides together, seen from what both started from.

    A line, or a field of a line, that only one side changed is as that side has it. What both
    changed in different ways is as ours has it and is reported. With ``ours`` unchanged the
    result is ``theirs`` in its order, and the other way round. Nothing that either side added or
    changed is lost without being reported.
    """
    sides = [_by_part(sheet) for sheet in (base, ours, theirs)]
    lines: list[Line] = []
    clashes: list[Clash] = []
    for part in PARTS:
        old, own, new = (side.get(part, {}) for side in sides)
        kept: dict[str, Line] = {}
        for key in dict.fromkeys((*old, *own, *new)):
            line, clash = _merged((part, key), old.get(key), own.get(key), new.get(key))
            if line is not None:
                kept[key] = line
            if clash is not None:
                clashes.append(clash)
        order = _order(list(old), list(own), list(new), kept)
        lines += [kept[key] for key in order]
    return Merged(sheet_of(lines), tuple(clashes))


def _by_part(sheet: Sheet) -> Mapping[str, Mapping[str, Line]]:
    found: dict[str, dict[str, Line]] = {}
    for line in lines_of(sheet):
        found.setdefault(line.part, {})[line.key] = line
    return found


def _merged(
    name: Name, old: Line | None, own: Line | None, new: Line | None
) -> tuple[Line | None, Clash | None]:
    if own == new or new == old:
        return own, None
    if own == old:
        return new, None
    if own is None or new is None:  # one side took out what the other changed
        return own, Clash(*name, base=old, ours=own, theirs=new)
    return _fields(name, old, own, new)


def _fields(name: Name, old: Line | None, own: Line, new: Line) -> tuple[Line, Clash | None]:
    before: Fields = old.fields if old else {}
    said: dict[str, Any] = {}
    wrong: list[str] = []
    for field in dict.fromkeys((*own.fields, *new.fields)):
        was, ours, theirs = (each.get(field) for each in (before, own.fields, new.fields))
        taken = theirs if ours == was else ours
        if ours not in (was, theirs) and theirs != was:
            wrong.append(field)
        if taken is not None:
            said[field] = taken
    clash = Clash(*name, base=old, ours=own, theirs=new, fields=tuple(wrong)) if wrong else None
    return Line(*name, said), clash


def _order(
    old: Sequence[str], own: Sequence[str], new: Sequence[str], kept: Iterable[str]
) -> list[str]:
    """The order of whoever changed it, ours where both did; others' lines behind their neighbor."""
    wanted = set(kept)
    moved_by_new = _common(new, old) != _common(old, new)
    moved_by_own = _common(own, old) != _common(old, own)
    leading, other = (new, own) if moved_by_new and not moved_by_own else (own, new)
    order = [key for key in leading if key in wanted]
    for source in (other, old):
        for position, key in enumerate(source):
            if key in wanted and key not in order:
                before = next((one for one in reversed(source[:position]) if one in order), None)
                order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order


def _common(these: Iterable[str], those: Iterable[str]) -> list[str]:
    others = set(those)
    return [key for key in these if key in others]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Our sheet after taking lines over from a template, and what it stands on from now on."""

    sheet: Sheet
    base: Sheet


def take_over(
    *, base: Sheet, ours: Sheet, newest: Sheet, names: Iterable[Name] | None = None
) -> TakenOver:
    """Take over what a template changed since ``base``.

    Args:
        base: what the template said when ours was started, less what was taken over since.
        ours: what we say.
        newest: what the template says now.
        names: the lines to take over as the template has them, clash or not; None takes over
            everything that does not clash.
    """
    if names is None:
        merged = merge(base=base, ours=ours, theirs=newest)
        clashing = {(clash.part, clash.key) for clash in merged.clashes}
        apart = _with(newest, base, clashing)
        return TakenOver(merged.sheet, apart)
    wanted = set(names)
    return TakenOver(_with(ours, newest, wanted), _with(base, newest, wanted))


def _with(sheet: Sheet, other: Sheet, names: set[Name]) -> Sheet:
    """A sheet in which the named lines are as another one has them, in that one's places."""
    side = _by_part(sheet)
    source = _by_part(other)
    lines: list[Line] = []
    for part in PARTS:
        mine, yours = side.get(part, {}), source.get(part, {})
        kept = {key: line for key, line in mine.items() if (part, key) not in names}
        still = list(kept)
        kept |= {key: line for key, line in yours.items() if (part, key) in names}
        order = _order([], still, list(yours), kept)
        lines += [kept[key] for key in order]
    return sheet_of(lines)
