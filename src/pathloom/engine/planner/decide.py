"""Whether a posed problem has a solution: quickly where that is easy, else with all means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pathloom.engine.planner.model import Answer, Outcome, solve

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
    quick = _quickly(model, seed=seed, effort=min(QUICKLY, effort))
    if quick.answer is not Answer.UNKNOWN or effort <= quick.spent:
        return quick
    thorough = solve(model, seed=seed, effort=effort - quick.spent)
    return replace(thorough, spent=quick.spent + thorough.spent)


def _quickly(model: cp_model.CpModel, *, seed: int, effort: float) -> Outcome:
    """Look at the model as it stands, beginning anew often: a bad first choice costs little then.

    Courses are taken rather than not, because plans are full of them.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_presolve = False
    solver.parameters.search_branching = cp_model.PORTFOLIO_WITH_QUICK_RESTART_SEARCH
    polarity = solver.parameters.initial_polarity
    solver.parameters.initial_polarity = type(polarity).POLARITY_TRUE
    status = solver.solve(model)
    response = solver.response_proto
    spent = float(response.deterministic_time)
    match status:
        case cp_model.OPTIMAL | cp_model.FEASIBLE:
            return Outcome(Answer.FOUND, tuple(response.solution), spent=spent)
        case cp_model.INFEASIBLE:
            core = tuple(response.sufficient_assumptions_for_infeasibility)
            return Outcome(Answer.NONE, spent=spent, core=core)
        case cp_model.UNKNOWN:
            return Outcome(Answer.UNKNOWN, spent=spent)
        case _:
            raise AssertionError(f"unexpected solver status {status}: {model.validate()}")
