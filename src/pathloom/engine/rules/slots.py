"""A rule set laid out as slots: the places where a record can count, in file order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product

from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.matchers import Predicate, predicate
from pathloom.engine.rules.nodes import Among, Cap, Requirement, RuleSet, Substitute
from pathloom.engine.units import Credits

TOTAL = "total"

_KEPT_LAYOUTS = 1024
_KEPT_MASKS = 50_000
_MOST_COMBINATIONS = 256


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
    """A substitute, and the slots that close when it is used.

    ``fills`` are those of them that it fulfils whatever alternatives a choice has.
    """

    requirement: Requirement
    substitute: Substitute
    closes: int
    fills: int


@dataclass(frozen=True, slots=True)
class Combination:
    """The alternatives taken, by id of their choice, and the slots that the others close."""

    closes: int
    chosen: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Region:
    """The slots of a requirement and its parts, for what holds in all of them together."""

    requirement: str
    slots: int


@dataclass(frozen=True, slots=True)
class SameRegion(Region):
    """All records that count there carry one tag of a family; ``prefix`` is ``family:``."""

    prefix: str


@dataclass(frozen=True, slots=True)
class AmongRegion(Region):
    """So much of what counts there has to match."""

    among: Among


@dataclass(frozen=True, slots=True)
class CapRegion(Region):
    """No more than so much of what matches counts there, substitutes in ``ways`` included."""

    cap: Cap
    ways: int


@dataclass(slots=True)
class Layout:
    """The slots of one rule set; sets of slots are bit masks over their indexes.

    Slots are in file order, parts before what a requirement leaves open, and slots that take
    overflow last: electives take what is left. ``combinations`` of alternatives are in an order
    that prefers earlier ones; empty where there are too many to try. Caps on the total alone are no
    ``caps`` here: they do not change where a record counts.
    """

    ruleset: RuleSet
    slots: tuple[Slot, ...]
    ways: tuple[Way, ...]
    overflow: int
    combinations: tuple[Combination, ...]
    sames: tuple[SameRegion, ...]
    amongs: tuple[AmongRegion, ...]
    caps: tuple[CapRegion, ...]
    _tests: tuple[Predicate, ...]
    _way_tests: tuple[Predicate, ...]
    _among_tests: tuple[Predicate, ...]
    _cap_tests: tuple[Predicate, ...]
    _masks: dict[tuple[object, ...], tuple[int, int, int, int]] = field(default_factory=dict)

    def masks(self, record: CourseRecord) -> tuple[int, int]:
        """Return the slots, and the substitutes, for which a record is eligible, as bit masks."""
        return self.all_masks(record)[:2]

    def all_masks(self, record: CourseRecord) -> tuple[int, int, int, int]:
        """Return where a record matches: slots, substitutes, ``amongs`` and ``caps``."""
        key = (
            record.course,
            record.number,
            record.sced,
            record.subject,
            record.tags,
            record.mark and record.mark.text,
        )
        found = self._masks.get(key)
        if found is None:
            if len(self._masks) >= _KEPT_MASKS:
                self._masks.clear()
            found = self._masks[key] = (
                _mask(self._tests, record),
                _mask(self._way_tests, record),
                _mask(self._among_tests, record),
                _mask(self._cap_tests, record),
            )
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
    ways = tuple(
        Way(node, substitute, masks.get(node.id, 0), _without_choices(node, masks))
        for node in ruleset.walk()
        for substitute in node.instead
    )
    amongs = tuple(
        AmongRegion(node.id, masks.get(node.id, 0), among)
        for node in ruleset.walk()
        for among in node.among
    )
    caps = _caps(ruleset, masks, ways, whole=(1 << len(places)) - 1)
    return Layout(
        ruleset=ruleset,
        slots=_slots(ruleset, places, masks),
        ways=ways,
        overflow=masks.get(ruleset.overflow_into, 0),
        combinations=_combinations(ruleset, masks),
        sames=tuple(
            SameRegion(node.id, masks.get(node.id, 0), f"{node.same}:")
            for node in ruleset.walk()
            if node.same
        ),
        amongs=amongs,
        caps=caps,
        _tests=tuple(predicate(node.match) for node, _ in places),
        _way_tests=tuple(predicate(way.substitute.match) for way in ways),
        _among_tests=tuple(predicate(each.among.match) for each in amongs),
        _cap_tests=tuple(predicate(each.cap.match) for each in caps),
    )


def _places(ruleset: RuleSet) -> list[tuple[Requirement, tuple[str, ...]]]:
    found: list[tuple[Requirement, tuple[str, ...]]] = []

    def visit(node: Requirement, above: tuple[str, ...]) -> None:
        path = (*above, node.id)
        for part in node.parts:
            visit(part, path)
        if node.open_part > 0:
            found.append((node, path))

    for requirement in ruleset.requirements:
        visit(requirement, ())
    return sorted(found, key=lambda place: ruleset.overflow_into in place[1])


def _slots(
    ruleset: RuleSet,
    places: list[tuple[Requirement, tuple[str, ...]]],
    masks: Mapping[str, int],
) -> tuple[Slot, ...]:
    also = {node.id: node.also_counts for node in ruleset.walk()}
    slots = []
    for index, (node, path) in enumerate(places):
        targets = 0
        for name in path:
            for target in also[name]:
                targets |= masks.get(target, 0)
        slots.append(Slot(index, node.id, node.open_part, path, bits(targets & ~(1 << index))))
    return tuple(slots)


def _without_choices(node: Requirement, masks: Mapping[str, int]) -> int:
    found = masks.get(node.id, 0)
    for each in node.walk():
        if each.of:
            found &= ~masks.get(each.id, 0)
    return found


def _caps(
    ruleset: RuleSet, masks: Mapping[str, int], ways: tuple[Way, ...], *, whole: int
) -> tuple[CapRegion, ...]:
    nodes = {node.id: node for node in ruleset.walk()}
    found = []
    for cap in ruleset.caps:
        if cap.within == TOTAL:
            continue
        inside = {each.id for each in nodes[cap.within].walk()} if cap.within else set(nodes)
        counted = sum(1 << index for index, way in enumerate(ways) if way.requirement.id in inside)
        region = masks.get(cap.within, 0) if cap.within else whole
        found.append(CapRegion(cap.within, region, cap, counted))
    return tuple(found)


# -- choices with credit


def _combinations(ruleset: RuleSet, masks: Mapping[str, int]) -> tuple[Combination, ...]:
    """Every way to take alternatives, those earlier in the file first; none if too many."""
    found = _joined(ruleset.requirements, masks)
    return tuple(sorted(found, key=lambda each: f"{each.closes:b}"[::-1]))


def _joined(nodes: Iterable[Requirement], masks: Mapping[str, int]) -> Sequence[Combination]:
    """Combine what may be taken in several requirements at once."""
    found = [Combination(0, {})]
    for node in nodes:
        options = _taken(node, masks)
        if len(found) * len(options) > _MOST_COMBINATIONS or not options:
            return ()
        found = [
            Combination(one.closes | other.closes, {**one.chosen, **other.chosen})
            for one, other in product(found, options)
        ]
    return found


def _taken(node: Requirement, masks: Mapping[str, int]) -> Sequence[Combination]:
    if not node.of or not node.earn:
        return _joined(node.include, masks)
    found: list[Combination] = []
    for taken in combinations(node.of, node.choose):
        ids = tuple(each.id for each in taken)
        closes = 0
        for other in node.of:
            if other.id not in ids:
                closes |= masks.get(other.id, 0)
        inner = _joined(taken, masks)
        if not inner or len(found) + len(inner) > _MOST_COMBINATIONS:
            return ()
        found += (
            Combination(closes | each.closes, {node.id: ids, **each.chosen}) for each in inner
        )
    return found


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """Return the indexes of a bit mask in ascending order."""
    return tuple(index for index in range(mask.bit_length()) if mask >> index & 1)
