"""Sums and lists that the sources of a state give as a whole."""

from __future__ import annotations

import re

import pytest

from pathloom.engine.rules.load import PACKAGED, load_rulebook
from pathloom.engine.rules.nodes import Exam, Kind, RuleFile, RuleSet
from pathloom.engine.rules.pathways import load_numbers

SOUTH_CAROLINA = {  # hundredths of a unit; the columns before 2023-24 and since
    "english": (400, 400),
    "mathematics": (400, 400),
    "science": (300, 300),
    "us-history": (100, 100),
    "economics": (50, 50),
    "government": (50, 50),
    "other-social-studies": (100, 100),
    "physical-education": (100, 100),
    "computer-science": (100, 100),
    "language-or-career": (100, 100),
    "personal-finance": (0, 50),
    "electives": (700, 650),
}


def file(name: str) -> RuleFile:
    found = load_rulebook().file(name)
    assert found is not None
    return found


def washington() -> RuleSet:
    return file("us-wa/diploma").versions[0]


def areas(ruleset: RuleSet) -> dict[str, int]:
    return {each.id: each.earn for each in ruleset.requirements if each.earn}


def test_both_columns_of_south_carolina_are_those_of_its_districts() -> None:
    since, before = file("us-sc/diploma").versions

    assert areas(before) == {name: old for name, (old, _) in SOUTH_CAROLINA.items() if old}
    assert areas(since) == {name: new for name, (_, new) in SOUTH_CAROLINA.items()}
    assert sum(areas(before).values()) == sum(areas(since).values()) == 2400


def test_washington_has_seventeen_core_and_seven_flexible_credits() -> None:
    waivers = washington().waivers
    assert waivers is not None
    flexible = sum(areas(washington())[name] for name in waivers.of)

    assert flexible == 700
    assert sum(areas(washington()).values()) - flexible == 1700


def test_a_personalized_pathway_of_washington_replaces_three_credits() -> None:
    on_track = {each.id: each.earn for each in washington().walk() if each.on_track}

    assert on_track == {"arts-or-pathway": 100, "language-or-pathway": 200}


def test_the_graduation_pathways_of_washington_have_the_scores_of_their_source() -> None:
    scores = {
        each.id: each.condition.at_least // 100
        for each in washington().walk()
        if isinstance(each.condition, Exam)
    }

    assert scores == {
        "sba-ela": 2548,
        "sba-math": 2595,
        "wa-aim-ela": 104,
        "wa-aim-math": 104,
        "sat-ela": 410,
        "sat-math": 430,
        "act-ela": 14,
        "act-math": 16,
        "ap-english": 3,
        "ap-math": 3,
        "ib-english": 4,
        "ib-math": 4,
        "asvab": 31,
    }


@pytest.mark.parametrize("name", ["hope", "zell"])
def test_a_course_number_of_a_scholarship_of_georgia_names_its_course(name: str) -> None:
    known = load_numbers(PACKAGED / "us-ga" / "numbers.yaml").titles()
    text = (PACKAGED / "us-ga" / f"{name}.yaml").read_text(encoding="utf-8")

    named = re.findall(r"\{number: (\S+)\}\s+# (.+)", text)

    assert len(named) > 5
    assert len(named) == text.count("number:")
    assert [(pattern, title) for pattern, title in named if known[pattern] != title] == []


def test_only_a_diploma_of_georgia_decides_a_diploma() -> None:
    kinds = {each.id: each.kind for each in load_rulebook().files if "us-ga" in each.id}

    assert kinds == {
        "us-ga/diploma": Kind.DIPLOMA,
        "us-ga-barrow/diploma": Kind.DIPLOMA,
        "us-ga/hope": Kind.SCHOLARSHIP,
        "us-ga/zell": Kind.SCHOLARSHIP,
        "us-ga/pathway-completion": Kind.DEFINITION,
        "us-ga/university-admission": Kind.ADMISSION,
    }


def test_a_completed_pathway_of_georgia_adds_nothing_to_the_total() -> None:
    since, before = file("us-ga/diploma").versions

    completions = [award for award in since.awards if award.have is not None]
    assert len(completions) == 10
    assert not any(award.in_total for award in completions)
    assert [award for award in before.awards if award.have is not None] == []
