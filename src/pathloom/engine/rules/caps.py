"""How much credit is left where caps limit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import gcd

from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Cap, RuleSet
from pathloom.engine.units import Credits


def total_caps(ruleset: RuleSet) -> tuple[Cap, ...]:
    """The caps that hold in the total: those within it, and those in all."""
    return tuple(cap for cap in ruleset.caps if cap.within in ("", "total"))


def capped_credit(records: Iterable[CourseRecord], caps: Sequence[Cap]) -> Credits:
    """The most credit of all these records that no cap holds back."""
    amounts: dict[int, Credits] = {}
    for each in records:
        mask = sum(1 << index for index, cap in enumerate(caps) if matches(cap.match, each))
        amounts[mask] = amounts.get(mask, 0) + each.credits
    return most_credit(amounts, [cap.at_most for cap in caps])


def most_credit(amounts: dict[int, Credits], limits: Sequence[Credits]) -> Credits:
    """The most credit under limits that may overlap.

    Args:
        amounts: credit by the set of limits it falls under, a bit mask; 0 is free.
        limits: hundredths; limit i holds for all masks with bit i.
    """
    free = amounts.get(0, 0)
    groups = sorted(
        ((mask, there) for mask, there in amounts.items() if mask and there),
        key=lambda group: (group[0].bit_count(), group[0]),
    )
    step = gcd(*limits, *(there for _, there in groups)) or 1
    return free + _most(groups, list(limits), step)


def _most(groups: Sequence[tuple[int, Credits]], left: list[Credits], step: Credits) -> Credits:
    """Take the group under the fewest limits first; branch only where limits cross."""
    if not groups:
        return 0
    (mask, there), *rest = groups
    most = min(there, *(room for index, room in enumerate(left) if mask >> index & 1))
    crossing = any(mask & other and mask & other != mask for other, _ in rest)
    best = 0
    for amount in range(0, most + 1, step) if crossing else (most,):
        after = [room - amount * (mask >> index & 1) for index, room in enumerate(left)]
        best = max(best, amount + _most(rest, after, step))
    return best
