"""Whoever fulfils an overlay fulfils the rules underneath: it only adds and tightens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.rules.cases import Case
from pathloom.engine.rules.layers import period_of
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from tests.rulebook.sides import audited, below, cases_of

OVERLAYS = [
    version for file in load_rulebook().files for version in file.versions if version.extends
]
LEVELS = ("met", "excused", "in_progress", "planned", "short")  # from the best to the worst


def loosened(overlay: RuleSet, cases: tuple[Case, ...]) -> list[str]:
    """The cases in which somebody stands better under an overlay than underneath it."""
    under = below(overlay)
    assert under is not None
    return [
        case.name
        for case in cases
        if rank(audited(case)) < rank(audited(replace(case, ruleset=under)))
    ]


def rank(result: AuditResult) -> int:
    """How far somebody is; excused counts as met."""
    return max(LEVELS.index(result.status), 1)


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.id)
def test_nobody_stands_better_under_an_overlay(overlay: RuleSet) -> None:
    assert cases_of(overlay.id)
    assert loosened(overlay, cases_of(overlay.id)) == []


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.id)
def test_an_overlay_holds_only_where_the_rules_underneath_hold(overlay: RuleSet) -> None:
    under = below(overlay)
    assert under is not None

    assert period_of(overlay).shared(period_of(under)) == period_of(overlay)


def test_an_overlay_that_loosens_is_noticed() -> None:
    overlay = next(each for each in OVERLAYS if each.id.startswith("us-demo-district"))
    kept = tuple(each for each in overlay.requirements if each.id in ("electives", "service"))
    loose = replace(overlay, total=300, requirements=kept[:1], caps=(), awards=())
    cases = tuple(replace(case, ruleset=loose) for case in cases_of(overlay.extends))

    assert "Half a unit less of arts is half a unit short" in loosened(loose, cases)
