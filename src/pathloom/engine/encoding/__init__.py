"""The one place where requirements become solver constraints (CP-SAT).

The audit uses it for the cases that sums and flows cannot settle, the planner to require or to
minimise what is missing. ``audit.allocate`` says what the goals mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.encoding.conditions import Conditions
from pathloom.engine.encoding.items import Item, with_awards
from pathloom.engine.encoding.limits import TOTAL
from pathloom.engine.encoding.missing import Missing, total_short
from pathloom.engine.encoding.openings import Openings
from pathloom.engine.encoding.places import EVERYTHING, Places
from pathloom.engine.record import State
from pathloom.engine.rules.conditions import ONE
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear

__all__ = ["EVERYTHING", "TOTAL", "Encoded", "Item", "Whole", "encode", "encode_whole"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Where records count, and what is missing, in steps of ``step`` hundredths.

    ``missing`` is per set of states asked for; a step is a common divisor of all amounts.
    """

    step: Credits
    openings: Openings
    places: Places
    missing: tuple[Missing, ...]


def encode(
    model: cp_model.CpModel,
    prepared: Prepared,
    items: Iterable[Item],
    *,
    levels: Sequence[frozenset[State]] = (EVERYTHING,),
) -> Encoded:
    """Add the allocation of records to requirements to a model; nothing is minimised here.

    Args:
        model: constraints and variables are added to it.
        prepared: the rules in the student's reading, and what exceptions change.
        items: candidates in units of the rules, with completed facts, unique ids and the records
            that are awarded; those that cannot count are left out.
        levels: sets of states to measure what is missing for.
    """
    countable = tuple(item for item in items if item.record.state in EVERYTHING)
    places_of = layout(prepared.ruleset)
    openings = Openings(model, prepared, places_of, countable)
    step = _step(openings, countable)
    places = Places(model, openings, countable, step=step)
    missing = tuple(Missing(places, each, name=str(at)) for at, each in enumerate(levels))
    return Encoded(step, openings, places, missing)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole rule set in a model; ``short`` is what is missing by id, in hundredths.

    It is 0 where all is fulfilled: of requirements (parts included), of their ``among``, of
    ``total``, and of ``conditions`` that courses can change.
    """

    short: Mapping[str, Linear]
    conditions: Conditions


def encode_whole(model: cp_model.CpModel, prepared: Prepared, items: Iterable[Item]) -> Whole:
    """Add a whole rule set, with awards, conditions and the total, for courses still to choose."""
    countable = tuple(item for item in items if item.record.state in EVERYTHING)
    countable = with_awards(model, countable, prepared.ruleset)
    encoded = encode(model, prepared, countable)
    short = {name: encoded.step * each for name, each in encoded.missing[0].short.items()}
    conditions = Conditions(model, prepared, countable)
    short |= conditions.short
    short[TOTAL] = encoded.step * total_short(encoded.places, prepared, EVERYTHING)
    return Whole(short, conditions)


def _step(openings: Openings, items: Iterable[Item]) -> Credits:
    ruleset = openings.prepared.ruleset
    amounts = [ruleset.total, openings.prepared.lowered]
    amounts += [item.record.credits for item in items]
    amounts += openings.capacity.values()
    amounts += [cap.at_most for cap in ruleset.caps]
    amounts += [each.earn for node in ruleset.walk() for each in node.instead]
    for among in (each for node in ruleset.walk() for each in node.among):
        amounts += [among.credits, ONE if among.courses else 0]
    return gcd(*amounts) or 1
