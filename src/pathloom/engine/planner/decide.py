"""Whether a posed problem has a solution: quickly where that is easy, else with all means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pathloom.engine.planner.model import Answer, Outcome, Way, solve

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

QUICKLY = 0.06  # deterministic time for the quick look; most questions need less than 0.04


def decide(model: cp_model.CpModel, *, seed: int, effort: float) -> Outcome:
    """Find out whether a model without an objective has a solution, the same way on every run.

    Most questions about a conflict are either answered by the first few choices or by none: there
    preparing the model, and its relaxation, cost far more than they save (decision 0037).

    Args:
        model: with or without assumptions.
        seed: of the solver's own choices.
        effort: deterministic time limit of both looks together.
    Returns:
        As ``model.solve``; a solution is ``FOUND`` or ``OPTIMAL``, which is the same here.
    """
    quick = solve(model, seed=seed, effort=min(QUICKLY, effort), way=Way.LOOK)
    if quick.answer is not Answer.UNKNOWN or effort <= quick.spent:
        return quick
    thorough = solve(model, seed=seed, effort=effort - quick.spent)
    return replace(thorough, spent=quick.spent + thorough.spent)
