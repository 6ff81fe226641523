"""The worked example of the explanation: first fit fails, an exact audit does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

from pathloom.engine.audit import audit
from pathloom.engine.record import CourseRecord, parse_record
from pathloom.engine.rules.load import load_rule_file
from pathloom.engine.rules.matchers import matches
from pathloom.engine.rules.nodes import RuleSet
from tests.docs.test_tutorial import BLOCK, ROOT, write_file

PAGE = ROOT / "docs" / "explanation-audit.md"


def example(folder: Path) -> tuple[RuleSet, dict[str, object]]:
    for language, text in BLOCK.findall(PAGE.read_text()):
        if language != "console":
            assert write_file(folder, text)
    ruleset = load_rule_file(folder / "three-lines.yaml").versions[0]
    document: dict[str, object] = json.loads((folder / "noor.json").read_text())
    return ruleset, document


def first_fit(courses: tuple[CourseRecord, ...], ruleset: RuleSet) -> bool:
    """Whether an audit that puts each course into the first line with room finds all lines full."""
    room = {each.id: each.earn for each in ruleset.requirements}
    for course in courses:
        for line in ruleset.requirements:
            if matches(line.match, course) and room[line.id] >= course.credits:
                room[line.id] -= course.credits
                break
    return not any(room.values())


def test_first_fit_is_wrong_in_three_of_six_orders_and_the_audit_in_none(tmp_path: Path) -> None:
    ruleset, document = example(tmp_path)
    record = parse_record(document, where="noor")
    wrong = 0

    for order in permutations(record.courses):
        listed = replace(record, courses=order)
        result = audit(listed, ruleset, catalog=None, as_of=date(2026, 11, 22))
        assert result.status == "met"
        wrong += not first_fit(order, ruleset)

    assert wrong == 3
    assert "in three of them such an audit is\nwrong" in PAGE.read_text()
