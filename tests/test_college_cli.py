"""``pathloom college`` on the examples of the reference, and on what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner, Result

from pathloom.cli import app, schema

EXAMPLES = Path(__file__).parents[1] / "docs" / "reference" / "examples"
RECORD, PLAN = str(EXAMPLES / "record.json"), str(EXAMPLES / "college-plan.json")
AGREED = (
    *("--agreements", str(EXAMPLES / "agreements.yaml")),
    *("--catalog", str(EXAMPLES / "catalog.json")),
    *("--as-of", "2024-11-22"),
)
BESIDE = ("--record", RECORD)


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "300"}).invoke(app, ("college", *arguments))


def document(*arguments: str) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    jsonschema.validate(found, schema("college"))
    return found


def test_a_record_shows_what_counts_what_it_saves_and_what_is_left() -> None:
    result = run(RECORD, *AGREED)
    assert result.exit_code == 0
    for text in (
        "College credit, as of 2024-11-22, with graduation on 2027-06-30",
        "6 hours of college credit: 3 open, 3 planned. Tuition avoided: $337.50, $0.00 by what is "
        "earned.",
        "! open Biology is passed. It counts as BIO 110 Life Science: 3 hours",
        "3 × $112.50 an hour, as stated on 2024-08-01, is $337.50.",
        "Fern Valley Technical College: 3 hours; no figure stated for tuition.",
        "none of its 2 terms falls away.",
    ):
        assert text in result.stdout
    assert "\x1b" not in result.stdout


def test_a_plan_counts_with_the_record_that_it_belongs_to() -> None:
    result = run(PLAN, *AGREED, *BESIDE, "--program", "music")
    assert "Year 1, fall (falls away)" in result.stdout
    assert "Claim it by 2028-12-30. It still needs: enroll in the Recording Arts Certificate." in (
        result.stdout
    )
    found = document(PLAN, *AGREED, *BESIDE)
    assert found["avoided"] == 1012.5
    assert found["hours"]["banked"] == 12.0  # type: ignore[index]


def test_the_days_and_grants_that_are_given_are_used() -> None:
    late = ("--graduation", "2026-05-22")
    found = run(PLAN, *AGREED, *BESIDE, *late)
    assert "Claim it by 2027-11-22." in found.stdout
    granted = run(RECORD, *AGREED, "--claimed", "biology")
    assert "The college has granted it." in granted.stdout


def test_another_plan_shows_what_changes() -> None:
    result = run(RECORD, *AGREED, *BESIDE, "--compare", PLAN)
    assert "6 hours more of college credit, and $675.00 more tuition avoided." in result.stdout
    assert "MUS 1100 Ensemble at Cedar Hollow College: not there, then planned" in result.stdout
    assert "no terms saved, then 5 hours and 1 term (4 months)." in result.stdout
    found = document(RECORD, *AGREED, *BESIDE, "--compare", PLAN)
    assert (found["avoided_before"], found["avoided_after"]) == (337.5, 1012.5)


def test_what_pathloom_plan_writes_is_read_as_it_stands(tmp_path: Path) -> None:
    request = EXAMPLES / "request.json"
    asked = json.loads(request.read_text(encoding="utf-8"))
    for name in ("record", "catalog"):
        (tmp_path / f"{name}.json").write_text(json.dumps(asked[name]), encoding="utf-8")
    answer = CliRunner().invoke(app, ("plan", str(request), "--json"))
    (tmp_path / "plan.json").write_text(answer.stdout, encoding="utf-8")
    agreed = YAML(typ="safe").load((EXAMPLES / "agreements.yaml").read_text(encoding="utf-8"))
    lit = agreed["agreements"][1] | {"course": "LIT10"}
    agreed |= {"agreements": [lit], "programs": []}
    (tmp_path / "agreed.json").write_text(json.dumps(agreed, default=str), encoding="utf-8")
    beside = [
        word
        for option, name in (("--agreements", "agreed"), ("--record", "record"))
        for word in (option, str(tmp_path / f"{name}.json"))
    ]
    catalog = ("--catalog", str(tmp_path / "catalog.json"))
    result = run(str(tmp_path / "plan.json"), *beside, *catalog, "--as-of", "2024-11-22")
    assert "3 hours of college credit: 3 planned." in result.stdout


def test_a_plan_without_its_record_says_what_to_add() -> None:
    result = run(PLAN, *AGREED)
    assert result.exit_code == 2
    assert result.stderr == f"{PLAN}: this is a plan. Add --record to it.\n"


def test_an_answer_without_a_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"status": "infeasible"}', encoding="utf-8")
    result = run(str(path), *AGREED, *BESIDE)
    assert result.exit_code == 2
    assert "this holds no plan, but the answer 'infeasible'" in result.stderr


def test_mistakes_in_the_placements_of_a_plan_are_shown_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    wrong = [{"course": "BAND", "term": "soon"}, {"curse": "BAND", "term": "2026-27 fall"}]
    path.write_text(json.dumps({"status": "plan", "placements": wrong}), encoding="utf-8")
    result = run(str(path), *AGREED, *BESIDE)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{path}: placements: [0].term: 'term': 'soon' is not a term. Write it like 2026-27 fall.",
        f"{path}: placements: [1].course: 'course' is missing. Add 'course'.",
        f"{path}: placements: [1].curse: unknown key 'curse'. Did you mean 'course'?",
    ]


def test_mistakes_of_all_inputs_are_shown_at_once(tmp_path: Path) -> None:
    agreed = tmp_path / "agreements.yaml"
    agreed.write_text("institutions: []\nagreement: []\n", encoding="utf-8")
    result = run(
        *(RECORD, "--agreements", str(agreed), "--catalog", str(tmp_path / "none.json")),
        *("--as-of", "soon", "--graduation", "later"),
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "--as-of: 'soon' is not a date. Write it like 2026-11-22.",
        "--graduation: 'later' is not a date. Write it like 2026-11-22.",
        f"{tmp_path / 'none.json'}: no such file. Check the path.",
        f"{agreed}:2: unknown key 'agreement'. Did you mean 'agreements'?",
    ]


def test_an_unknown_program_names_the_nearest() -> None:
    result = run(RECORD, *AGREED, "--program", "musik")
    assert result.exit_code == 2
    assert "Did you mean 'music'?" in result.stderr


def test_the_example_fits_the_schema_of_agreements_and_names_invented_colleges_only() -> None:
    text = (EXAMPLES / "agreements.yaml").read_text(encoding="utf-8")
    found = json.loads(json.dumps(YAML(typ="safe").load(text), default=str))
    jsonschema.validate(found, schema("agreements"))
    for each in (*found["agreements"], *found["programs"]):
        assert each["source"]["url"].split("/")[2].endswith(".example")
    for college in found["institutions"]:
        if "tuition" in college:
            assert college["tuition"]["source"]["url"].split("/")[2].endswith(".example")


@pytest.mark.parametrize("key", ["claims", "courses"])
def test_the_schema_of_an_answer_refuses_one_without_its_rows(key: str) -> None:
    arguments = (RECORD, *AGREED, *BESIDE)
    found = document(*arguments, *(("--compare", PLAN) if key == "courses" else ()))
    del found[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, schema("college"))
