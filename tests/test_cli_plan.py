"""``pathloom plan`` with repairs, other plans and changes of program, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app, schema

EXAMPLE = Path(__file__).parents[1] / "docs/reference/examples/request.json"
PROGRAMS = [
    {"id": "arts", "title": "Fine Arts", "steps": [{"courses": ["ART", "BAND"]}]},
    {
        "id": "code",
        "title": "Technology",
        "steps": [{"courses": ["FIT"]}, {"courses": ["CODE"], "grade": "11"}],
    },
]
PREVIOUS = [
    {"course": "CODE", "term": "2025-26 spring"},
    {"course": "LIT10", "term": "2024-25 spring"},
    {"course": "CHEM", "term": "2024-25 spring"},
]


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    document: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    document["catalog"]["programs"] = PROGRAMS
    document |= {"program": "arts", "previous": PREVIOUS}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, arguments)], env={"COLUMNS": "200"})


def test_a_repair_lists_changes_and_reasons_before_the_plan(request_file: Path) -> None:
    shown = run(request_file, "--repair").stdout

    moved = "→ Coding moves from spring of grade 11 to fall of grade 11."
    first = f"{moved} Coding is not offered in spring."
    order = [first, "+ Fitness is added", "- Coding is not offered in spring.", "Plan, optimal"]
    assert sorted(order, key=shown.index) == order
    document = json.loads(run(request_file, "--repair", "--json").stdout)
    assert document["status"] == "repaired"
    jsonschema.validate(document, schema("repair"))
    assert document["changes"][0]["sentence"] in shown
    assert document["changes"][0]["after"] == "2025-26 fall"


def test_other_plans_stand_side_by_side(request_file: Path) -> None:
    shown = run(request_file, "--alternatives").stdout

    assert "Your plan" in shown
    document = json.loads(run(request_file, "--alternatives", "--json").stdout)
    assert document["status"] == "alternatives"
    jsonschema.validate(document, schema("alternatives"))
    assert document["others"]
    for other in document["others"]:
        assert other["title"] in shown
        assert len(other["figures"]) == len(document["figures"])
    assert all(line in shown for line in document["missing"])


def test_every_program_says_what_changing_to_it_costs(request_file: Path) -> None:
    shown = run(request_file, "--switch").stdout

    assert "Fine Arts (your program now)" in shown
    document = json.loads(run(request_file, "--switch", "--json").stdout)
    jsonschema.validate(document, schema("switch"))
    assert [one["program"] for one in document["programs"]] == ["arts", "code"]
    assert all(one["sentence"] in shown for one in document["programs"])
    assert document["programs"][0]["credit"]["lost"] == 0


@pytest.mark.parametrize("way", ["--repair", "--alternatives"])
def test_a_request_without_a_plan_says_why_whatever_is_asked(way: str, tmp_path: Path) -> None:
    example = EXAMPLE.with_name("request-infeasible.json")
    document: dict[str, Any] = json.loads(example.read_text(encoding="utf-8"))
    document |= {"previous": PREVIOUS}
    document |= {name: str(example.parent / document[name]) for name in ("record", "catalog")}
    infeasible = tmp_path / "request.json"
    infeasible.write_text(json.dumps(document), encoding="utf-8")

    assert "Infeasible" in run(infeasible, way).stdout
    assert json.loads(run(infeasible, way, "--json").stdout)["status"] == "infeasible"


def test_only_one_thing_is_asked_at_a_time(request_file: Path) -> None:
    result = run(request_file, "--repair", "--switch")

    assert result.exit_code == 2
    assert "Use one at a time." in result.stderr


def test_without_a_plan_before_there_is_nothing_to_repair() -> None:
    answer = CliRunner().invoke(app, ["plan", str(EXAMPLE), "--repair"])

    assert answer.exit_code != 0
    assert "there is no plan to repair" in answer.stderr


def test_the_work_can_be_limited_on_the_command_line() -> None:
    answer = CliRunner().invoke(app, ["plan", str(EXAMPLE), "--effort", "0.000001", "--json"])

    assert json.loads(answer.stdout)["status"] == "undecided"
