"""Versions that are written out in full differ only where the rule does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Requirement, RuleSet


def version(version_id: str) -> RuleSet:
    every = (each for file in load_rulebook().files for each in file.versions)
    return next(each for each in every if each.id == version_id)


def asks(ruleset: RuleSet) -> dict[str, Requirement]:
    """What a version asks for, by id, wherever in the file it stands."""
    return {each.id: unplaced(each) for each in ruleset.requirements}


def unplaced(each: Requirement) -> Requirement:
    return replace(
        each,
        line=0,
        include=tuple(unplaced(part) for part in each.include),
        of=tuple(unplaced(other) for other in each.of),
    )


def differences(one: RuleSet, other: RuleSet) -> set[str]:
    before, after = asks(one), asks(other)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("us-ga/diploma/2008-before-2025-07", "us-ga/diploma/2008", set()),  # awards only
        ("us-ga/diploma/2008", "us-ga-barrow/diploma/2013+2008", {"completed-pathway"}),
        ("us-ga/hope/2013", "us-ga/zell/2013", {"hope-average", "test-score"}),
        ("us-il/diploma/2008-before-2020-07", "us-il/diploma/2008", {"financial-aid"}),
        ("us-il/diploma/2016-before-2020-07", "us-il/diploma/2016", {"financial-aid"}),
        ("us-il/diploma/2008", "us-il/diploma/2016", {"civics"}),
        ("us-il/diploma/2016", "us-il/diploma/2022", {"computer-literacy"}),
        ("us-il/diploma/2022", "us-il/diploma/2024", {"science"}),
        ("us-il/diploma/2024", "us-il/diploma/2028", {"foreign-language"}),
        ("us-il-chsd-230/diploma/2021+2024", "us-il-chsd-230/diploma/2025", {"service"}),
        (
            "us-tx/endorsement-public-services/2014",
            "us-tx/endorsement-arts-humanities/2014",
            {"chosen", "curriculum"},
        ),
        (
            "us-tx/endorsement-public-services/2014",
            "us-tx/endorsement-multidisciplinary/2014",
            {"chosen", "curriculum"},
        ),
        (
            "us-tx/endorsement-public-services/2014",
            "us-tx/endorsement-stem/2014",
            {"chosen", "curriculum", "algebra-2", "chemistry", "physics"},
        ),
        (
            "us-tx/endorsement-public-services/2014",
            "us-tx/endorsement-business-industry/2014",
            {"chosen", "curriculum"},
        ),
    ],
)
def test_only_what_the_rule_changes_differs(before: str, after: str, differs: set[str]) -> None:
    assert differences(version(before), version(after)) == differs


@pytest.mark.parametrize(
    ("overlay", "below"),
    [
        ("us-il-chsd-230/diploma/2021+2016", "us-il/diploma/2016"),
        ("us-il-chsd-230/diploma/2025", "us-il/diploma/2024"),
        ("us-tx/endorsement-stem/2014", "us-tx/foundation/2014"),
        ("us-tx/distinguished/2014", "us-tx/foundation/2014"),
    ],
)
def test_an_overlay_asks_for_everything_underneath(overlay: str, below: str) -> None:
    state = {each.id: each.earn for each in version(below).walk()}
    laid = {each.id: each.earn for each in version(overlay).walk()}

    assert {name for name, earn in state.items() if laid.get(name, -1) < earn} == set()
    assert version(overlay).total > version(below).total


def test_the_district_of_illinois_asks_for_its_areas() -> None:
    areas = {each.id: each.earn for each in version("us-il-chsd-230/diploma/2025").walk()}

    named = {
        "language-arts": 400,
        "mathematics": 300,
        "science": 200,
        "american-government": 50,
        "us-history": 100,
        "social-studies": 200,  # government, history and half a credit of any other
        "health": 50,
        "consumer-education-credit": 50,
        "arts-language-vocational": 100,
        "physical-education-credit": 350,
    }
    assert {name: areas[name] for name in named} == named
    assert version("us-il-chsd-230/diploma/2025").total == 2150
