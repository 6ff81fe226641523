"""``pathloom plan`` where no plan exists: what would help is numbered, and can be done at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app, schema

EXAMPLE = Path(__file__).parents[1] / "docs/reference/examples/request.json"


@pytest.fixture
def ruled_out(tmp_path: Path) -> Path:
    """A student who ruled out the only arts course there is."""
    document: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    document["bans"] = ["FIT", "CODE", "LIT10"]
    path = tmp_path / "request.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, arguments)], env={"COLUMNS": "200"})


def test_what_would_help_is_numbered_and_its_data_is_in_the_json(ruled_out: Path) -> None:
    shown = run(ruled_out).stdout
    document = json.loads(run(ruled_out, "--json").stdout)

    assert document["status"] == "infeasible"
    jsonschema.validate(document, schema("plan"))
    assert document["fixes"][0]["changes"]
    for number, fix in enumerate(document["fixes"], 1):
        assert f"{number}. {fix['sentence']}  (--fix {number})" in shown


def test_a_fix_is_made_and_the_plan_follows(ruled_out: Path) -> None:
    document = json.loads(run(ruled_out, "--json").stdout)

    for number in range(1, len(document["fixes"]) + 1):
        assert json.loads(run(ruled_out, "--fix", str(number), "--json").stdout)["status"] == "plan"


@pytest.mark.parametrize("number", ["0", "9"])
def test_a_fix_that_is_not_there_is_refused(ruled_out: Path, number: str) -> None:
    answer = run(ruled_out, "--fix", number)

    assert answer.exit_code != 0
    assert f"there is no fix {number}" in answer.stderr
    assert "Write 1" in answer.stderr


def test_where_there_is_a_plan_there_is_nothing_to_fix() -> None:
    answer = run(EXAMPLE, "--fix", "1")

    assert answer.exit_code != 0
    assert "there is no fix 1. Leave --fix out." in answer.stderr
