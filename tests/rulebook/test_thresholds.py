"""Every threshold of every packaged rule set has a case just below it and a case at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult, RequirementResult
from pathloom.engine.record import State
from pathloom.engine.rules.cases import Case, cases_file, read_cases
from pathloom.engine.rules.load import PACKAGED, load_rulebook, rule_files
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import Matcher, Requirement, RuleSet

JUST_BELOW = 50  # hundredths: at most half a unit, the smallest course of these rules
COUNTABLE = {State.EARNED, State.IN_PROGRESS, State.PLANNED}
RULESETS = [version for file in load_rulebook().files for version in file.versions]


@cache
def every_case() -> tuple[Case, ...]:
    return tuple(case for path in rule_files(PACKAGED) for case in read_cases(cases_file(path)))


def cases_of(ruleset: RuleSet) -> tuple[Case, ...]:
    return tuple(case for case in every_case() if case.ruleset.id == ruleset.id)


def audited(case: Case) -> AuditResult:
    return audit(case.record, case.ruleset, catalog=None, as_of=case.as_of)


def result_of(result: AuditResult, requirement_id: str) -> RequirementResult:
    return next(each for each in (*result.walk(), result.total) if each.id == requirement_id)


def lacks_a_side(ruleset: RuleSet, cases: tuple[Case, ...]) -> Iterator[str]:
    """Name every threshold that lacks a case just below or at it."""
    results = [(case, audited(case)) for case in cases]
    for requirement_id in (*(each.id for each in ruleset.walk()), "total"):
        if not any(is_below(result_of(result, requirement_id)) for _, result in results):
            yield f"{requirement_id}: no case just below"
        if not any(is_at(case, result, requirement_id) for case, result in results):
            yield f"{requirement_id}: no case at it"
    for requirement in ruleset.walk():
        yield from substitutes_lack(requirement, results)
    yield from awards_lack(ruleset, results)


def is_below(found: RequirementResult) -> bool:
    return 0 < found.short <= JUST_BELOW


def is_at(case: Case, result: AuditResult, requirement_id: str) -> bool:
    """Whether the requirement is met, and no longer once one of its courses is gone."""
    found = result_of(result, requirement_id)
    if found.status != "met":
        return False
    used = {counted.record for each in found.walk() for counted in each.counted}
    courses = case.record.courses
    for gone in courses:
        if gone.id not in used and requirement_id != "total":
            continue
        rest = tuple(course for course in courses if course is not gone)
        without = replace(case, record=replace(case.record, courses=rest))
        if result_of(audited(without), requirement_id).status == "short":
            return True
    return False


def amount(case: Case, matcher: Matcher) -> int:
    return sum(
        course.credits
        for course in case.record.courses
        if course.state in COUNTABLE and matches(matcher, course)
    )


def substitutes_lack(
    requirement: Requirement, results: list[tuple[Case, AuditResult]]
) -> Iterator[str]:
    for other in requirement.instead:
        met = {
            (amount(case, other.match) - other.earn, result_of(result, requirement.id).status)
            for case, result in results
        }
        if not any(-JUST_BELOW <= beyond < 0 and status == "short" for beyond, status in met):
            yield f"{other.id}: no case just below"
        if (0, "met") not in met:
            yield f"{other.id}: no case at it"


def awards_lack(ruleset: RuleSet, results: list[tuple[Case, AuditResult]]) -> Iterator[str]:
    for award in ruleset.awards:
        seen = {
            (course.credits - award.at_least, bool(result.awarded))
            for case, result in results
            for course in case.record.courses
            if matches(award.when, course)
        }
        if not any(-JUST_BELOW <= beyond < 0 and not awarded for beyond, awarded in seen):
            yield f"{award.id}: no case just below"
        if (0, True) not in seen:
            yield f"{award.id}: no case at it"


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_every_threshold_has_a_case_on_each_side(ruleset: RuleSet) -> None:
    assert list(lacks_a_side(ruleset, cases_of(ruleset))) == []


def test_a_threshold_without_a_case_below_is_noticed() -> None:
    ruleset = next(each for each in RULESETS if each.id == "us-ga/diploma/2008")
    without = tuple(case for case in cases_of(ruleset) if "biology" not in case.expect)

    assert list(lacks_a_side(ruleset, without)) == ["biology: no case just below"]


def test_a_substitute_and_an_award_without_cases_are_noticed() -> None:
    ruleset = next(each for each in RULESETS if each.id == "us-ga/diploma/2008")
    names = ("JROTC", "Healthcare", "awards")
    without = tuple(
        case for case in cases_of(ruleset) if not any(name in case.name for name in names)
    )

    assert list(lacks_a_side(ruleset, without)) == [
        "jrotc-for-health: no case just below",
        "jrotc-for-health: no case at it",
        "anatomy: no case just below",
        "anatomy: no case at it",
    ]


def test_a_threshold_without_a_case_at_it_is_noticed() -> None:
    ruleset = next(each for each in RULESETS if each.id == "us-demo/diploma/before-2020")
    short = tuple(case for case in cases_of(ruleset) if "keyboarding" in case.expect)

    assert "keyboarding: no case at it" in list(lacks_a_side(ruleset, short))
