"""A right rule file, and what is said about it when one thing in it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import load_rule_file
from pathloom.engine.rules.nodes import RuleFile

RIGHT = """\
jurisdiction: us-sc
diploma: diploma
title: A Diploma
credit: {name: unit, carnegie_units: 1}
status: draft
subjects: {english: English, science: science}
tags: {personal-finance: Personal Finance}
sources:
  reg:
    title: The regulation
    url: https://example.org/reg
    read_on: 2026-11-21
    kind: secondary
versions:
  - id: us-sc/diploma/2023
    entered_grade_9: {from: 2023-24}
    total: 3
    overflow_into: electives
    requirements:
      - id: english
        earn: 1.5
        from: {subject: english}
        source: reg
        include:
          - {id: literature, earn: 1, from: {all: [{subject: english}, {not: {tag: personal-finance}}]}, source: reg}
      - {id: finance, earn: 0.5, from: {any: [{tag: personal-finance}, {number: 52.X801XXX}]}, source: reg}
      - {id: electives, earn: 1, from: any, source: reg}
    awards:
      - id: extra
        when: {tag: personal-finance}
        at_least: 1
        grant: {title: Extra, subject: science, credits: 0.5, tags: [personal-finance]}
        source: reg
"""  # noqa: E501


def loaded(tmp_path: Path, text: str) -> RuleFile:
    path = tmp_path / "diploma.yaml"
    path.write_text(text, encoding="utf-8")
    return load_rule_file(path, where="us-sc/diploma.yaml")


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(RuleError) as raised:
        loaded(tmp_path, text)
    return [str(problem) for problem in raised.value.problems]


def changed(old: str, new: str) -> str:
    assert RIGHT.count(old) >= 1, old
    return RIGHT.replace(old, new, 1)
