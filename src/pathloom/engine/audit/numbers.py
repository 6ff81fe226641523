"""A rule set and a student in numbers, as the kernel takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from pathloom.engine.audit.tables import FREE, NEVER, OVERFLOW, Rules, Student, make_student
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import course_key
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Split
from pathloom.engine.rules.slots import Layout, Way

LEVEL = {State.EARNED: 0, State.IN_PROGRESS: 1, State.PLANNED: 2}

_SPLITS = {Split.NEVER: NEVER, Split.OVERFLOW: OVERFLOW, Split.FREE: FREE}
_KEPT = 1024

_rules: dict[int, tuple[Layout, Rules]] = {}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A student for the kernel; ``values`` are the names of the values of each region."""

    records: tuple[CourseRecord, ...]
    student: Student
    values: tuple[tuple[str, ...], ...]


def rules_of(places: Layout) -> Rules:
    """Put a rule set into numbers; kept per layout."""
    found = _rules.get(id(places))
    if found is None or found[0] is not places:
        if len(_rules) >= _KEPT:
            _rules.clear()
        found = _rules[id(places)] = (places, _rules_of(places))
    return found[1]


def _rules_of(places: Layout) -> Rules:
    columns = {
        "also": [sum(1 << target for target in slot.also) for slot in places.slots],
        "way_earn": [way.substitute.earn for way in places.ways],
        "way_closes": [way.closes for way in places.ways],
        "way_fills": [way.fills for way in places.ways],
        "way_amongs": [_fulfilled(way, places) for way in places.ways],
        "closed": [each.closes for each in places.combinations],
        "same": [each.slots for each in places.sames],
        "among": [each.slots for each in places.amongs],
        "among_credits": [each.among.credits for each in places.amongs],
        "among_courses": [each.among.courses for each in places.amongs],
        "cap": [each.slots for each in places.caps],
        "cap_most": [each.cap.at_most for each in places.caps],
        "cap_again": [1 if each.cap.within else 0 for each in places.caps],
        "cap_ways": [each.ways for each in places.caps],
    }
    starts = accumulate((len(column) for column in columns.values()), initial=0)
    return Rules(
        cells=[cell for column in columns.values() for cell in column],
        split=_SPLITS[places.ruleset.split],
        overflow=places.overflow,
        seconds=1 if any(columns["also"]) else 0,
        slots=len(places.slots),
        ways=len(places.ways),
        combinations=len(places.combinations),
        sames=len(places.sames),
        amongs=len(places.amongs),
        caps=len(places.caps),
        **dict(zip(columns, starts, strict=False)),
    )


def _fulfilled(way: Way, places: Layout) -> int:
    """The ``among`` of the requirement that a substitute replaces, and of its parts."""
    inside = {each.id for each in way.requirement.walk()}
    return sum(1 << index for index, each in enumerate(places.amongs) if each.requirement in inside)


def numbered(prepared: Prepared, places: Layout) -> Numbered:
    """Put a student into numbers, the records in canonical order.

    That order depends on what records can count for, then on their content, never on the input.
    """
    admitted = _admitted(prepared.admitted, places) if prepared.admitted else {}
    rows = []
    for record in prepared.records:
        mask, ways, amongs, capped = places.all_masks(record)
        mask |= admitted.get(record.id, 0)
        rank = LEVEL[record.state]
        order = record.term.order if record.term else (0, 0)
        what = (record.number, record.course, record.title, record.id)
        size = -record.credits
        rows.append((rank, mask.bit_count(), size, mask, ways, order, what, amongs, capped, record))
    rows.sort()
    records = tuple(row[9] for row in rows)
    values, names = _values(records, places)
    student = make_student(
        room=_room(prepared, places),
        credits=[-row[2] for row in rows],
        level=[row[0] for row in rows],
        mask=[row[3] for row in rows],
        ways=[row[4] for row in rows],
        amongs=[row[7] for row in rows],
        caps=[row[8] for row in rows],
        course=_courses(records) if places.amongs else [0] * len(rows),
        admitted=[admitted.get(each.id, 0) for each in records] if admitted else [0] * len(rows),
        values=values,
        value_count=[len(each) for each in names],
    )
    return Numbered(records, student, names)


def _admitted(admitted: Mapping[str, frozenset[str]], places: Layout) -> dict[str, int]:
    found: dict[str, int] = {}
    for slot in places.slots:
        for record in admitted.get(slot.requirement, ()):
            found[record] = found.get(record, 0) | 1 << slot.index
    return found


def _room(prepared: Prepared, places: Layout) -> list[int]:
    """The capacity of each slot, less what is excused; nothing of what is exempt."""
    excused, exempt = prepared.excused, prepared.exempt
    if not excused and not exempt:
        return [slot.capacity for slot in places.slots]
    return [
        0
        if slot.requirement in exempt
        else max(0, slot.capacity - excused.get(slot.requirement, 0))
        for slot in places.slots
    ]


def _courses(records: tuple[CourseRecord, ...]) -> list[int]:
    known: dict[str, int] = {}
    return [known.setdefault(course_key(each), len(known)) for each in records]


def _values(
    records: tuple[CourseRecord, ...], places: Layout
) -> tuple[list[int], tuple[tuple[str, ...], ...]]:
    """Return which values each record carries, region by region, and their names in order."""
    found: list[int] = []
    names: list[tuple[str, ...]] = []
    for region in places.sames:
        carried = [
            {tag for tag in record.tags if tag.startswith(region.prefix)}
            if places.all_masks(record)[0] & region.slots
            else set()
            for record in records
        ]
        every = sorted(set().union(*carried)) if carried else []
        place = {tag: 1 << bit for bit, tag in enumerate(every)}
        found += [sum(place[tag] for tag in tags) for tags in carried]
        names.append(tuple(tag.removeprefix(region.prefix) for tag in every))
    return found, tuple(names)
