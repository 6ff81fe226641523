"""Every threshold of every packaged rule set has a case just below it and a case at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pathloom.engine.rules.cases import Case
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from tests.rulebook.sides import cases_of, lacking

RULESETS = [version for file in load_rulebook().files for version in file.versions]
DEMO, CAREER = "us-demo/diploma", "us-demo/career-diploma/2020"
DESIGNATION = "us-demo/designation/july-2025"
DISTRICT = "us-demo-district/career-diploma/2024"


def ruleset_of(name: str) -> RuleSet:
    return next(each for each in RULESETS if each.id == name)


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_every_threshold_has_a_case_on_each_side(ruleset: RuleSet) -> None:
    assert list(lacking(ruleset, cases_of(ruleset.id))) == []


def expects(*names: str) -> Callable[[Case], bool]:
    return lambda case: any(name in case.expect for name in names)


def says(*words: str) -> Callable[[Case], bool]:
    return lambda case: any(word in case.name for word in words)


@pytest.mark.parametrize(
    ("ruleset", "left_out", "missing"),
    [
        (f"{DEMO}/2020", expects("laboratory"), ["laboratory: no case just below"]),
        (
            f"{DEMO}/2020",
            says("Three quarters of a unit of drill"),
            ["drill-for-fitness: no case just below"],
        ),
        (
            f"{DEMO}/2020",
            says("A unit of drill", "Drill that"),
            ["drill-for-fitness: no case at it"],
        ),
        (f"{DEMO}/2020", says("Three quarters of a unit award"), ["measuring: no case just below"]),
        (f"{DEMO}/2020", says("A unit of Instruments"), ["measuring: no case at it"]),
        (DESIGNATION, says("Half an hour less than"), ["service: no case just below"]),
        (DESIGNATION, expects("challenge"), ["challenge: no case just below"]),
        (DESIGNATION, expects("entrance"), ["entrance: no case just below"]),
        (DESIGNATION, expects("average"), ["average: no case just below"]),
        (DESIGNATION, expects("aid"), ["aid: no case just below"]),
        (DESIGNATION, expects("advanced-course"), ["advanced-course: no case just below"]),
        (DESIGNATION, expects("proof"), ["proof: no case just below"]),
        (CAREER, expects("language-or-arts"), ["language-or-arts: no case just below"]),
        (CAREER, says("Half a unit of laboratory"), ["laboratory: no case just below"]),
        (
            CAREER,
            says("technology is as good"),
            ["science: no case that track technical decides"],
        ),
        (
            CAREER,
            expects("fitness"),
            [
                "fitness: no case that only track own-plan excuses",
                "waivers: no case that is allowed",
            ],
        ),
        (
            CAREER,
            says("earn nothing more", "as an aide half"),
            ["applied-science: no case just below"],
        ),
        (
            CAREER,
            says("Two units of technology", "is none of", "Arts are", "of two languages"),
            ["applied-science: no case at it"],
        ),
        (CAREER, says("A unit as an aide"), ["aides: no case at it"]),
        (CAREER, says("as an aide half"), ["aides: no case just above"]),
        (CAREER, says("half remote units"), ["remote: no case just above"]),
        (CAREER, says("One summer unit"), ["summer: no case at it"]),
        (CAREER, says("Staff may excuse fitness"), []),
        (CAREER, says("Staff may not", "no more than"), ["waivers: no case that is refused"]),
        (DISTRICT, expects("astronomy"), ["astronomy: no case just below"]),
        (
            DISTRICT,
            says("less in all", "less of science", "of astronomy"),
            ["science: no case just below", "total: no case just below"],
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else "",
)
def test_a_side_without_a_case_is_noticed(
    ruleset: str, left_out: Callable[[Case], bool], missing: list[str]
) -> None:
    cases = cases_of(ruleset)
    rest = tuple(case for case in cases if not left_out(case))

    assert len(rest) < len(cases)
    assert set(missing) <= set(lacking(ruleset_of(ruleset), rest))


def test_without_a_case_that_is_just_enough_every_threshold_is_noticed() -> None:
    ruleset = ruleset_of(f"{DEMO}/before-2020")
    short = tuple(case for case in cases_of(ruleset.id) if "keyboarding" in case.expect)

    assert "keyboarding: no case at it" in list(lacking(ruleset, short))


def test_a_case_that_is_more_than_enough_is_not_at_it() -> None:
    ruleset = ruleset_of(DESIGNATION)
    more = tuple(
        replace(
            case,
            record=replace(
                case.record,
                scores=tuple(replace(each, score=150_000) for each in case.record.scores),
            ),
        )
        for case in cases_of(ruleset.id)
    )

    assert "entrance: no case at it" in list(lacking(ruleset, more))
