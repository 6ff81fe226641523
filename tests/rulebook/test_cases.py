"""Every case beside a packaged rule file says what its audit says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import AuditResult
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.cases import Case, cases_file, read_cases, run_case
from pathloom.engine.rules.load import PACKAGED, rule_files

RULE_FILES = rule_files(PACKAGED)


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


CASES = [
    pytest.param(case, id=f"{shown(path)}: {case.name}")
    for path in RULE_FILES
    for case in read_cases(cases_file(path), where=f"{path.parent.name}/{cases_file(path).name}")
]


@pytest.mark.parametrize("case", CASES)
def test_case_comes_out_as_it_says(case: Case) -> None:
    outcome = run_case(case, audit=audit)
    assert outcome.differences == (), outcome.where


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_courses_changes_nothing(case: Case) -> None:
    record = case.record
    turned = replace(case, record=replace(record, courses=record.courses[::-1]))

    assert run_case(turned, audit=audit).differences == ()


@pytest.mark.parametrize("case", CASES)
def test_one_more_course_makes_nothing_worse(case: Case) -> None:
    more = CourseRecord(id="One more", title="One more", credits=100, state=State.EARNED)
    more = replace(more, subject=next(iter(dict(reversed(case.ruleset.subjects))), "other"))
    longer = replace(case.record, courses=(*case.record.courses, more))

    before = audit(case.record, case.ruleset, catalog=None, as_of=case.as_of)
    after = audit(longer, case.ruleset, catalog=None, as_of=case.as_of)

    assert missing(after) <= missing(before)


def missing(result: AuditResult) -> int:
    return result.total.short + sum(each.short for each in result.requirements)
