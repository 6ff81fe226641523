"""Every case beside a packaged rule file says what its audit says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.audit import audit
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
