"""The costs of ordered goals in whole steps, packed into one number as far as it stays small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd, prod
from typing import TYPE_CHECKING

from pathloom.engine.planner.goals import Goal

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.planner.model import Linear

PACKED = 10**15  # as much as the goals of one run may weigh together; the solver states floats


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a goal: ``least + step * steps``, where ``steps`` is from 0 to ``most``."""

    goal: Goal
    least: int
    step: int
    steps: Linear
    most: int

    @classmethod
    def of(cls, goal: Goal, model: cp_model.CpModel) -> Cost:
        """Read a cost: what it is at least, and in which steps it grows."""
        from ortools.sat.python import cp_model

        if isinstance(goal.cost, int):
            return cls(goal, goal.cost, 1, 0, 0)
        flat = cp_model.FlatIntExpr(goal.cost)
        factors = [int(factor) for factor in flat.coeffs]
        step = gcd(*factors) or 1
        low, high = int(flat.offset), int(flat.offset)
        for variable, factor in zip(flat.vars, factors, strict=True):
            domain = model.proto.variables[variable.index].domain
            ends = (factor * domain[0], factor * domain[len(domain) - 1])
            low, high = low + min(ends), high + max(ends)
        scaled = [factor // step for factor in factors]
        steps = cp_model.LinearExpr.weighted_sum(flat.vars, scaled)
        steps += (int(flat.offset) - low) // step
        return cls(goal, low, step, steps, max(0, min(high, goal.most) - low) // step)

    def value(self, steps: int) -> int:
        return self.least + self.step * steps


@dataclass(frozen=True, slots=True)
class Pack:
    """Costs in their order, for one run: an earlier one weighs more than all later ones."""

    costs: tuple[Cost, ...]

    @property
    def weights(self) -> tuple[int, ...]:
        sizes = [cost.most + 1 for cost in self.costs]
        return tuple(prod(sizes[at + 1 :]) for at in range(len(sizes)))

    @property
    def sum(self) -> Linear:
        pairs = zip(self.weights, self.costs, strict=True)
        return sum(weight * cost.steps for weight, cost in pairs)

    def bounds(self, bound: int, reached: Sequence[int]) -> tuple[int, ...]:
        """What no plan is below, for each cost in steps, by a bound of the sum.

        As long as costs have reached their bounds, the rest of the bound holds for the next.
        """
        found: list[int] = []
        for weight, steps in zip(self.weights, reached, strict=True):
            at_least = max(0, bound) // weight
            found.append(min(at_least, steps))
            bound = bound - at_least * weight if at_least >= steps else 0
        return tuple(found)


def packed(costs: Iterable[Cost], *, most: int = PACKED) -> tuple[Pack, ...]:
    """Put neighbors together as long as they weigh at most so much, up to one that is apart."""
    packs: list[list[Cost]] = []
    room = 0
    for cost in costs:
        size = cost.most + 1
        if not packs or size > room or cost.goal.apart:
            packs.append([])
            room = most
        packs[-1].append(cost)
        room //= size
    return tuple(Pack(tuple(pack)) for pack in packs)
