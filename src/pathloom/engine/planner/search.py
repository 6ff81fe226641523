"""Solves a posed plan goal by goal: a first valid plan, then the best one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathloom.engine.planner.model import Answer, Draft, Outcome, solve, value_of
from pathloom.engine.planner.objective import Goal, Goals
from pathloom.engine.planner.types import GoalValue, Placement, Proof

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


@dataclass(frozen=True, slots=True)
class Found:
    """A solution read out of the model, with how far each goal was reached."""

    placements: tuple[Placement, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof


def search(draft: Draft, goals: Goals, *, seed: int, effort: float) -> Found | Answer:
    """Find the best plan: what is asked for first, then how it is spread over the terms.

    Each stage packs its goals into one number, an earlier goal weighing more than all later ones
    together, and keeps what the stage before reached.

    Args:
        draft: everything posed but goals.
        goals: in their order, in two stages.
        seed, effort: of the solver; ``effort`` is deterministic time for both stages together.
    Returns:
        A plan; or, without one, ``none`` (there is no plan) or ``unknown`` (not found in time).
    """
    outcome = _stage(draft, goals.asked, hint=(), seed=seed, effort=effort)
    if not outcome.values:
        return outcome.answer
    values, proved = outcome.values, outcome.answer is Answer.OPTIMAL
    left = max(effort - outcome.spent, 0.0)
    outcome = _stage(draft, goals.spread, hint=values, seed=seed, effort=left)
    values = outcome.values or values
    proved = proved and outcome.answer is Answer.OPTIMAL
    reached = tuple(
        GoalValue(goal.name, value, goal.words(value))
        for goal in (*goals.asked, *goals.spread)
        for value in (value_of(goal.cost, values),)
    )
    proof = Proof.OPTIMAL if proved else Proof.BEST_FOUND
    return Found(draft.placements(values), reached, proof)


def _stage(
    draft: Draft, goals: Sequence[Goal], *, hint: Sequence[int], seed: int, effort: float
) -> Outcome:
    """Minimise goals in their order, starting from a solution; then hold on to what is reached."""
    model = draft.model
    cost: Linear = 0
    for goal in goals:
        cost = cost * (goal.most + 1) + goal.cost
    if goals:
        model.minimize(cost)
    model.proto.solution_hint.vars.extend(range(len(hint)))
    model.proto.solution_hint.values.extend(hint)
    outcome = solve(model, seed=seed, effort=effort)
    for goal in goals if outcome.values else ():
        model.add(goal.cost <= value_of(goal.cost, outcome.values))
    return outcome
