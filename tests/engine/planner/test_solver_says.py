"""What the solver says, by name: no plan comes of what it does not know."""

from __future__ import annotations

from typing import Any

import pytest
from ortools.sat.python import cp_model

from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import (
    Level,
    Plan,
    Proof,
    Undecided,
)
from tests.engine.planner.small import (
    AS_OF,
    school,
)


def lying(monkeypatch: pytest.MonkeyPatch, *statuses: Any) -> None:
    """Let the solver work, and then say something else; in the end, the truth."""
    solve, said = cp_model.CpSolver.solve, list(statuses)

    def solved(solver: cp_model.CpSolver, *given: Any, **more: Any) -> Any:
        truth = solve(solver, *given, **more)
        return said.pop(0) if said else truth

    monkeypatch.setattr(cp_model.CpSolver, "solve", solved)


def test_unknown_is_never_a_plan_even_where_values_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lying(monkeypatch, *[cp_model.UNKNOWN] * 99)

    assert isinstance(plan(school(), as_of=AS_OF), Undecided)


def test_what_is_found_and_then_not_made_better_is_still_a_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # any plan; none under the goals; the first one with its goals; nothing better
    said = [cp_model.FEASIBLE, cp_model.UNKNOWN, cp_model.FEASIBLE]
    lying(monkeypatch, *said, *[cp_model.UNKNOWN] * 99)

    found = plan(school(), as_of=AS_OF)

    assert isinstance(found, Plan)
    assert found.proof is Proof.BEST_FOUND
    assert all(one.level is Level.NOTE for one in check_plan(school(), found.placements))


@pytest.mark.parametrize("status", [cp_model.MODEL_INVALID, 99])
def test_a_status_that_must_not_be_is_a_defect_and_no_answer(
    monkeypatch: pytest.MonkeyPatch, status: Any
) -> None:
    lying(monkeypatch, status)

    with pytest.raises(AssertionError):
        plan(school(), as_of=AS_OF)
