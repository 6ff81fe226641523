"""The JSON Schema of rule files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from pathloom.engine.rules.load import PACKAGED, rule_files
from pathloom.engine.rules.schema import rule_file_schema

VALIDATOR = Draft202012Validator(rule_file_schema())


def written(path: Path) -> dict[str, Any]:
    """A rule file as an editor sees it: days are text."""
    reader = YAML(typ="safe", pure=True)
    reader.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda constructor, node: node.value
    )
    data: dict[str, Any] = reader.load(path.read_text(encoding="utf-8"))
    return data


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(rule_file_schema())


@pytest.mark.parametrize(
    "path", rule_files(PACKAGED), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_schema_accepts_every_packaged_rule_file(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(written(path))] == []


@pytest.mark.parametrize(
    "fault",
    [
        {"earns": 1},
        {"from": "all"},
        {"from": {"tag": "a", "subject": "b"}},
        {"from": {}},
        {"from": {"any": []}},
        {"earn": "one"},
        {"earn": -1},
        {"source": None},
        {"have": {"from": "any", "credits": 1}},
        {"hours": {"of": "service", "at_least": 5}},
        {"of": [], "choose": 1},
    ],
    ids=str,
)
def test_the_schema_refuses_a_faulty_requirement(fault: dict[str, Any]) -> None:
    data = written(PACKAGED / "us-demo" / "diploma.yaml")
    data["versions"][0]["requirements"][0] |= fault

    assert not VALIDATOR.is_valid(data)
