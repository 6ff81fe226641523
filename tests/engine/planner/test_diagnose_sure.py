"""Two conflicts are told together, short ones first, and nothing is told that is not sure."""

from __future__ import annotations

from typing import Any

import pytest
from ortools.sat.python import cp_model

from pathloom.engine.planner import decide
from pathloom.engine.planner.conflict import Cause, Kind
from pathloom.engine.planner.diagnose import explain, has_plan
from pathloom.engine.planner.minimal import LONG, minimal_conflict
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import PlanRequest, Undecided
from tests.engine.planner.conflicts import SEAL, answer, high_school, school
from tests.engine.planner.small import F10, S10, at, rules

# -- where one change is not enough, a second reason is told


TWO = [
    (
        school(locks=at(algebra=S10), bans=("drawing", "painting")),
        (
            "The diploma asks for 5.0 credits in all.",
            "Ruled out: Drawing and Painting.",
            "Geometry needs Algebra; with Algebra locked in spring of grade 10 there is no term"
            " left before graduation.",
        ),
    ),
    (
        high_school(ruleset=rules(singing=100), staff_bans=("band",), also=(SEAL,)),
        (
            "The diploma asks for Singing (1.0); Dance Seal asks for Dance (1.0).",
            "Ruled out by your counselor: Band.",
            "Your school offers no course that counts for Dance; Choir has to run together with"
            " Band.",
        ),
    ),
]


@pytest.mark.parametrize(("asked", "reasons"), TWO, ids=["a lock and bans", "a seal and a ban"])
def test_two_conflicts_are_told_together_in_three_sentences(
    asked: PlanRequest, reasons: tuple[str, ...]
) -> None:
    found = answer(asked)

    assert found.reasons == reasons
    assert all(len(each.changes) == 2 for each in found.fixes)


def test_of_two_conflicts_the_short_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver may name ever so many demands; then it is asked without what they ask for."""
    probe, now = Probe.of(high_school(locks=at(geometry=F10), also=(SEAL,))), Probe.core_now
    dance = Cause(Kind.REQUIREMENT, f"{SEAL.id}/dance")
    long = [tuple(one for one in probe.demands if one != dance)]
    assert len(long[0]) > LONG
    monkeypatch.setattr(
        Probe, "core_now", lambda self, causes: long.pop() if long else now(self, causes)
    )

    assert minimal_conflict(probe) == (dance,)


# -- how sure an answer is


def test_what_is_not_seen_quickly_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = school(locks=at(algebra=S10))
    before = explain(asked)
    monkeypatch.setattr(decide, "QUICKLY", 0.0)

    assert explain(asked) == before


def says(monkeypatch: pytest.MonkeyPatch, status: Any) -> None:
    """Let the solver work, and then say something else."""
    solve = cp_model.CpSolver.solve

    def said(solver: cp_model.CpSolver, *given: Any) -> Any:
        solve(solver, *given)
        return status

    monkeypatch.setattr(cp_model.CpSolver, "solve", said)


def test_what_the_solver_does_not_know_is_no_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, cp_model.UNKNOWN)

    assert isinstance(explain(school(locks=at(algebra=S10))), Undecided)
    assert has_plan(school()) is None


def test_a_status_that_must_not_be_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, cp_model.MODEL_INVALID)

    with pytest.raises(AssertionError, match="invalid"):
        has_plan(school())
