"""What is counted together in some places: the records of ``among`` and of caps."""

from __future__ import annotations

from dataclasses import dataclass

from pathloom.engine.encoding.openings import Openings
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.matchers import Predicate, predicate
from pathloom.engine.rules.nodes import Among, Cap
from pathloom.engine.units import Credits

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Limit:
    """Records that match are counted together in slots (a bit mask), or in substitutes too.

    ``among`` of the requirement ``within`` is a lower limit, ``cap`` an upper one.
    """

    test: Predicate
    slots: int
    within: str = ""
    among: Among | None = None
    cap: Cap | None = None

    @property
    def by_course(self) -> bool:
        return self.among is not None and self.among.courses > 0


def limits(openings: Openings) -> tuple[Limit, ...]:
    """All limits on where courses count; those of the total alone are none of them."""
    found = [
        Limit(predicate(among.match), openings.slots_of(node.id), node.id, among)
        for node in openings.nodes.values()
        for among in node.among
        if openings.need[node.id]
    ]
    for cap in openings.prepared.ruleset.caps:
        test = predicate(cap.match)
        if not cap.within:
            found.append(Limit(test, (1 << len(openings.layout.slots)) - 1, cap=cap))
        elif cap.within != TOTAL:
            found.append(Limit(test, openings.slots_of(cap.within), cap.within, cap=cap))
    return tuple(found)


def marks(found: tuple[Limit, ...], record: CourseRecord, mask: int) -> int:
    """The limits that a record comes under where it may count in these slots, as a bit mask."""
    return sum(
        1 << index
        for index, limit in enumerate(found)
        if (mask & limit.slots or (limit.cap and not limit.within)) and limit.test(record)
    )


def need_of(among: Among, need: Credits) -> tuple[Credits, int]:
    """What is asked of credit and of courses, where a requirement still needs so much."""
    return (min(among.credits, need), among.courses if need else 0)
