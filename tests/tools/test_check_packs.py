"""The comparison of the rules' figures with raw facts sees a figure that differs or is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathloom.engine.rules.nodes import (
    AnyCourse,
    Cap,
    Have,
    Hours,
    Requirement,
    Rulebook,
    RuleFile,
    RuleSet,
    Waivers,
)
from tools.check_packs import FIGURES, Figure, differences

RULES = RuleSet(
    id="x/diploma/1",
    jurisdiction="x",
    diploma="diploma",
    title="X",
    status="draft",
    credit_name="unit",
    total=450,
    requirements=(
        Requirement("rafts", "Rafts", 250, AnyCourse(), "s"),
        Requirement("service", "Service", 0, AnyCourse(), "s", condition=Hours(("service",), 2500)),
        Requirement("knots", "Knots", 0, AnyCourse(), "s", condition=Have(AnyCourse(), courses=3)),
    ),
    sources=(),
    caps=(Cap("kites", "Kites", AnyCourse(), 50, "s"),),
    waivers=Waivers(200, ("rafts",), "s"),
)
BOOK = Rulebook((RuleFile("x.yaml", "x", "diploma", "X", "draft", (), (), (RULES,)),))
FACTS: dict[str, Any] = {
    "total": 4.5,
    "areas": [{"name": "Kites", "most": "0.5"}, {"name": "Rafts (all)", "credits": "2.5 of 4.5"}],
    "more": ["25 hours", "3 knots, waive up to 2"],
}
FOUND = (
    Figure("x/diploma/1", "total", ("total",)),
    Figure("x/diploma/1", "rafts", ("areas", "name=Rafts", "credits")),
    Figure("x/diploma/1", "cap:kites", ("areas", 0, "most")),
    Figure("x/diploma/1", "service", ("more", 0)),
    Figure("x/diploma/1", "knots", ("more", 1)),
    Figure("x/diploma/1", "waivers", ("more", 1), at=1),
)


def test_figures_that_agree_give_no_difference() -> None:
    assert differences(FOUND, BOOK, FACTS) == ()


def test_a_figure_that_differs_is_said_with_both_sides() -> None:
    facts = FACTS | {"total": 5}

    assert differences(FOUND, BOOK, facts) == ("x/diploma/1, total: 4.5, the facts say 5",)


def test_every_kind_of_figure_is_compared() -> None:
    for figure in FOUND:
        wrong = replace(figure, path=("wrong",))
        assert len(differences((wrong,), BOOK, {"wrong": "99 98"})) == 1


def test_what_one_side_does_not_have_is_said() -> None:
    missing = (
        Figure("x/diploma/1", "boats", ("total",)),
        Figure("x/diploma/2", "total", ("total",)),
        Figure("x/diploma/1", "total", ("areas", "name=Boats", "credits")),
    )

    assert differences(missing, BOOK, FACTS) == (
        "x/diploma/1, boats: the rules have no such figure",
        "x/diploma/2, total: the rules have no such figure",
        "x/diploma/1, total: the facts have no number at areas > name=Boats > credits",
    )


def test_a_hundred_figures_of_the_packs_are_listed() -> None:
    assert sum(map(len, FIGURES.values())) >= 100
