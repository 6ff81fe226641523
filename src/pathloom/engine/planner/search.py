"""Solves a posed plan goal by goal: a first valid plan, then the best one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathloom.engine.encoding.reading import value_of
from pathloom.engine.planner.goals import Goal, Goals
from pathloom.engine.planner.model import Answer, Draft, Outcome, solve
from pathloom.engine.planner.types import GoalValue, Placement, Proof
from pathloom.engine.planner.view import View
from pathloom.engine.planner.watch import Progress, Watch, nobody

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

AT_ONCE = 0.6  # deterministic time; most proofs of all goals at once need less than 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """A solution read out of the model, with how far each goal was reached."""

    placements: tuple[Placement, ...]
    goals: tuple[GoalValue, ...]
    proof: Proof


def search(
    draft: Draft, goals: Goals, *, seed: int, effort: float, watch: Watch = nobody
) -> Found | Answer:
    """Find the best plan: what is asked for first, then how it is spread over the terms.

    Each stage packs its goals into one number, an earlier goal weighing more than all later ones
    together, and keeps what the stage before reached.

    Args:
        draft: everything posed but goals.
        goals: in their order, in two stages.
        seed, effort: of the solver; ``effort`` is deterministic time for both stages together.
        watch: is told before each stage, and may raise ``Cancelled``.
    Returns:
        A plan; or, without one, ``none`` (there is no plan) or ``unknown`` (not found in time).
    """
    watch(Progress(1, 4, "Finding a plan"))
    outcome = _stage(draft, goals.asked, hint=(), seed=seed, effort=effort)
    if not outcome.values:
        return outcome.answer
    _hold(draft, goals.asked, outcome.values)
    watch(Progress(2, 4, "Making it better"))
    left = max(effort - outcome.spent, 0.0)
    spread = _spread(draft, goals.spread, start=outcome.values, seed=seed, effort=left)
    proved = outcome.answer is spread.answer is Answer.OPTIMAL
    placements = draft.placements(spread.values)
    view = View.of(draft.outlook.request, placements)
    reached = tuple(
        GoalValue(goal.name, value, goal.words(value, view))
        for goal in (*goals.asked, *goals.spread)
        for value in (value_of(goal.cost, spread.values),)
    )
    proof = Proof.OPTIMAL if proved else Proof.BEST_FOUND
    return Found(placements, reached, proof)


def _spread(
    draft: Draft, goals: Sequence[Goal], *, start: Sequence[int], seed: int, effort: float
) -> Outcome:
    """Reach the goals at once, which is mostly fastest; where that drags on, one after another."""
    best = Outcome(Answer.FOUND, tuple(start))
    at_once = _stage(draft, goals, hint=start, seed=seed, effort=min(effort, AT_ONCE))
    best = at_once if at_once.values else best
    left = effort - at_once.spent
    if at_once.answer is Answer.OPTIMAL or left <= 0:
        return best
    values, proved = tuple(start), True
    for goal in goals:
        outcome = _stage(draft, (goal,), hint=values, seed=seed, effort=max(left, 0.0))
        left -= outcome.spent
        values = outcome.values or values
        proved = proved and outcome.answer is Answer.OPTIMAL
        _hold(draft, (goal,), values)
    in_turn = Outcome(Answer.OPTIMAL if proved else Answer.FOUND, values)
    return min(in_turn, best, key=lambda one: [value_of(goal.cost, one.values) for goal in goals])


def _stage(
    draft: Draft, goals: Sequence[Goal], *, hint: Sequence[int], seed: int, effort: float
) -> Outcome:
    """Minimise goals in their order, starting from a solution."""
    model = draft.model
    cost: Linear = 0
    for goal in goals:
        cost = cost * (goal.most + 1) + goal.cost
    if goals:
        model.minimize(cost)
    model.proto.solution_hint.vars.clear()
    model.proto.solution_hint.values.clear()
    model.proto.solution_hint.vars.extend(range(len(hint)))
    model.proto.solution_hint.values.extend(hint)
    return solve(model, seed=seed, effort=effort)


def _hold(draft: Draft, goals: Sequence[Goal], values: Sequence[int]) -> None:
    """Hold on to what is reached."""
    for goal in goals:
        draft.model.add(goal.cost <= value_of(goal.cost, values))
