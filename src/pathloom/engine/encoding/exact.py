"""The allocation as a solver problem of its own, solved to proof: the audit's last tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathloom.engine.encoding import EVERYTHING, Encoded, Item, encode
from pathloom.engine.encoding.reading import Entry, entries, value_of
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear

_HEAVIEST = 2**50  # objectives come back as floats: whole numbers up to 2**53
_EFFORTS = (1.0, 10.0, 100.0, 1000.0)  # deterministic time; nearly all cases need less than 0.1
_LEVELS = (EVERYTHING, frozenset({State.EARNED, State.IN_PROGRESS}), frozenset({State.EARNED}))


@dataclass(frozen=True, slots=True)
class Solved:
    """An allocation: who counts where; the alternatives taken by choice; values by requirement."""

    entries: tuple[Entry, ...]
    chosen: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]


def solve_exactly(
    prepared: Prepared, records: Sequence[CourseRecord], *, bounds: Sequence[Credits] = (0, 0, 0)
) -> Solved:
    """Choose where records count, proved best for the goals of ``audit.allocate``.

    Args:
        prepared: the rules in the student's reading, and what exceptions change.
        records: countable records in canonical order, awarded ones included.
        bounds: lower bounds of what goal 2 leaves open: with all records, without the planned,
            with the earned ones alone.
    Raises:
        RuntimeError: nothing was proved within a limit far beyond any real case.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    encoded = encode(model, prepared, [Item(record) for record in records], levels=_LEVELS)
    values: tuple[int, ...] = ()
    for goal in _packed(_goals(model, encoded, bounds)):
        model.minimize(goal)
        best, values = _proved(model, values)
        model.add(goal <= best)
    return Solved(entries(encoded, values), _chosen(encoded, values), _taken(encoded, values))


# -- goals


@dataclass(frozen=True, slots=True)
class Goal:
    """A cost to make small, before all later ones; it is never above ``most``."""

    cost: Linear
    most: int


def _goals(model: cp_model.CpModel, encoded: Encoded, bounds: Sequence[Credits]) -> Iterator[Goal]:
    tops = [
        node.id
        for node in encoded.openings.prepared.ruleset.requirements
        if node.id in encoded.openings.open
    ]
    short = [sum(level.short[name] for name in tops) for level in encoded.missing]
    most = _most(encoded)
    incomplete = [model.new_bool_var(f"incomplete {level}") for level in range(len(short))]
    for amount, flag in zip(short, incomplete, strict=True):
        model.add(amount <= most * flag)
        yield Goal(flag, 1)
    for level, bound in zip(encoded.missing, bounds, strict=True):
        opened = model.new_int_var(bound // encoded.step, most, f"open {level.name}")
        model.add(opened == level.open)
        yield Goal(opened, most)
    yield from _fill_goals(encoded)
    ways = encoded.openings.ways
    shorts = [model.new_int_var(0, most, f"short {level.name}") for level in encoded.missing]
    for variable, amount in zip(shorts, short, strict=True):
        model.add(variable == amount)
    yield Goal(shorts[0], most)
    yield Goal(sum(ways.values()), len(ways))
    yield from (Goal(each, most) for each in shorts[1:])
    for sides in (encoded.openings.chosen, encoded.openings.values):
        for each in sides.values():
            last = sum(at * taken for at, taken in enumerate(each.values()))
            yield Goal(last, sum(range(len(each))))


def _most(encoded: Encoded) -> int:
    """A bound of what can be missing at all, in steps."""
    openings, step = encoded.openings, encoded.step
    credit = sum(openings.capacity.values())
    among = sum(
        each.credits + 100 * each.courses for node in openings.nodes.values() for each in node.among
    )
    return (credit + among) // step


def _fill_goals(encoded: Encoded) -> Iterator[Goal]:
    """Slots in file order, each as full as it can be; closed by a substitute counts as full."""
    places, openings = encoded.places, encoded.openings
    for slot in places.layout.slots:
        capacity = places.capacity[slot.index]
        closing = sum(
            used
            for at, used in openings.ways.items()
            if places.layout.ways[at].fills >> slot.index & 1
        )
        full = places.first(slot.index, EVERYTHING) + capacity * closing
        if not isinstance(full, int):
            yield Goal(capacity - full, capacity)


def _packed(goals: Iterator[Goal]) -> Iterator[Linear]:
    """Goals in few sums, each goal weighing more than all later ones of its sum together."""
    cost: Linear = 0
    room = 1
    for goal in goals:
        if goal.most == 0:
            continue
        size = goal.most + 1
        if room > 1 and room * size > _HEAVIEST:
            yield cost
            cost, room = 0, 1
        cost = cost * size + goal.cost
        room *= size
    if room > 1:
        yield cost


def _proved(model: cp_model.CpModel, hint: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """Solve to proof, deterministically; a value is read only after OPTIMAL."""
    from ortools.sat.python import cp_model

    proto = model.proto
    proto.solution_hint.vars.clear()
    proto.solution_hint.values.clear()
    proto.solution_hint.vars.extend(range(len(hint)))
    proto.solution_hint.values.extend(hint)
    for effort in _EFFORTS:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = effort
        solver.parameters.linearization_level = 2
        # Small models are solved faster than they are simplified.
        solver.parameters.cp_model_presolve = effort > _EFFORTS[0]
        match solver.solve(model):
            case cp_model.OPTIMAL:
                response = solver.response_proto
                return round(response.objective_value), tuple(response.solution)
            case cp_model.UNKNOWN | cp_model.FEASIBLE:
                continue
            case other:
                raise RuntimeError(f"allocation model refused: {solver.status_name(other)}")
    raise RuntimeError(f"allocation not proved with efforts {_EFFORTS} of deterministic time")


# -- decisions


def _chosen(encoded: Encoded, values: Sequence[int]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, sides in encoded.openings.chosen.items():
        taken = tuple(each for each, side in sides.items() if value_of(side, values))
        if taken:
            found[name] = taken
    return found


def _taken(encoded: Encoded, values: Sequence[int]) -> dict[str, str]:
    return {
        name: value
        for name, sides in encoded.openings.values.items()
        for value, side in sides.items()
        if values[side.index]
    }
