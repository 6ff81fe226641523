"""The comparison of ``benchmarks/verdicts.py`` in small: every packaged rule set, 0 wrong."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
COUNT = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "full" else 80


@pytest.fixture
def verdicts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("verdicts")


def test_no_verdict_differs_from_that_of_a_plain_solver_model(verdicts: ModuleType) -> None:
    tiers, wrong = verdicts.compare(COUNT, seed=3, whole=2, dense=1)
    assert wrong == []
    assert sum(tiers.values()) == COUNT
    assert min(tiers["flow"], tiers["search"]) > 0


def test_a_verdict_that_could_be_better_is_seen_by_the_short_comparison(
    verdicts: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts.plain, "can_be_complete", lambda prepared, states: True)
    _, wrong = verdicts.compare(36, seed=3, whole=1000, dense=1)
    assert len(wrong) > 10


def test_usual_students_are_compared_as_well(verdicts: ModuleType) -> None:
    tiers, wrong = verdicts.compare(40, seed=4, whole=1000)
    assert (sum(tiers.values()), wrong) == (40, [])


def test_every_rule_set_is_compared(verdicts: ModuleType) -> None:
    names = {rules.id.split("/")[0] for rules in verdicts.rule_sets()}
    assert {"us-ga", "us-fl", "us-il", "us-in", "us-sc", "us-tx", "us-wa", "us-demo"} <= names


def test_a_wrong_verdict_would_be_seen(
    verdicts: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    allocate = verdicts.allocate

    def forgetful(*arguments: object) -> object:
        allocation = allocate(*arguments)
        return type(allocation)((), allocation.tier, allocation.chosen, {})

    monkeypatch.setattr(verdicts, "allocate", forgetful)
    _, wrong = verdicts.compare(3, seed=3, whole=1, dense=1)
    assert len({line.split()[0] for line in wrong}) == 3
