"""A rule set laid out as slots: the places where a record can count, in file order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.matchers import Predicate, predicate
from pathloom.engine.rules.nodes import Requirement, RuleSet, Substitute
from pathloom.engine.units import Credits

_KEPT_LAYOUTS = 64
_KEPT_MASKS = 50_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A leaf part of a requirement, or what a requirement leaves open after its parts.

    ``path`` are the ids from the outermost requirement to this one. ``also`` are the indexes of
    the slots in which a record counted here may count a second time.
    """

    index: int
    requirement: str
    capacity: Credits
    path: tuple[str, ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A substitute, and the slots that close when it is used."""

    requirement: Requirement
    substitute: Substitute
    closes: int


@dataclass(slots=True)
class Layout:
    """The slots of one rule set; sets of slots are bit masks over their indexes.

    Slots are in file order, parts before what a requirement leaves open, and slots that take
    overflow last: electives take what is left.
    """

    ruleset: RuleSet
    slots: tuple[Slot, ...]
    ways: tuple[Way, ...]
    overflow: int
    _tests: tuple[Predicate, ...]
    _way_tests: tuple[Predicate, ...]
    _masks: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)

    def masks(self, record: CourseRecord) -> tuple[int, int]:
        """Return the slots, and the substitutes, for which a record is eligible, as bit masks."""
        key = (record.course, record.number, record.sced, record.subject, record.tags)
        found = self._masks.get(key)
        if found is None:
            if len(self._masks) >= _KEPT_MASKS:
                self._masks.clear()
            found = (_mask(self._tests, record), _mask(self._way_tests, record))
            self._masks[key] = found
        return found


def _mask(tests: tuple[Predicate, ...], record: CourseRecord) -> int:
    return sum(1 << index for index, test in enumerate(tests) if test(record))


_layouts: dict[int, Layout] = {}


def layout(ruleset: RuleSet) -> Layout:
    """Lay out a rule set; kept per object, because hashing a rule set costs more than an audit."""
    found = _layouts.get(id(ruleset))
    if found is None or found.ruleset is not ruleset:
        if len(_layouts) >= _KEPT_LAYOUTS:
            _layouts.clear()
        found = _layouts[id(ruleset)] = _lay_out(ruleset)
    return found


def _lay_out(ruleset: RuleSet) -> Layout:
    places = _places(ruleset)
    masks: dict[str, int] = {}
    for index, (_, path) in enumerate(places):
        for name in path:
            masks[name] = masks.get(name, 0) | 1 << index
    also = {node.id: node.also_counts for node in ruleset.walk()}
    slots = []
    for index, (node, path) in enumerate(places):
        targets = 0
        for name in path:
            for target in also[name]:
                targets |= masks.get(target, 0)
        capacity = node.open_part
        slots.append(Slot(index, node.id, capacity, path, bits(targets & ~(1 << index))))
    ways = tuple(
        Way(node, substitute, masks.get(node.id, 0))
        for node in ruleset.walk()
        for substitute in node.instead
    )
    return Layout(
        ruleset=ruleset,
        slots=tuple(slots),
        ways=ways,
        overflow=masks.get(ruleset.overflow_into, 0),
        _tests=tuple(predicate(node.match) for node, _ in places),
        _way_tests=tuple(predicate(way.substitute.match) for way in ways),
    )


def _places(ruleset: RuleSet) -> list[tuple[Requirement, tuple[str, ...]]]:
    found: list[tuple[Requirement, tuple[str, ...]]] = []

    def visit(node: Requirement, above: tuple[str, ...]) -> None:
        path = (*above, node.id)
        for part in node.include:
            visit(part, path)
        if node.open_part > 0:
            found.append((node, path))

    for requirement in ruleset.requirements:
        visit(requirement, ())
    return sorted(found, key=lambda place: ruleset.overflow_into in place[1])


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """Return the indexes of a bit mask in ascending order."""
    return tuple(index for index in range(mask.bit_length()) if mask >> index & 1)
