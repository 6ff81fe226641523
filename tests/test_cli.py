"""The command line: answers leave with 0, bad input with 2 and every mistake at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

import pathloom
from pathloom.cli import app, schema
from pathloom.engine.audit import audit
from pathloom.engine.planner import plan
from pathloom.engine.rules.load import load_rulebook

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
EXAMPLES = REFERENCE / "examples"
FORMATS = (
    *("record", "catalog", "agreements", "request", "audit", "college", "rules"),
    *("plan", "repair", "alternatives", "switch", "drift"),
)
RECORD = str(EXAMPLES / "record.json")
AUDIT = ("audit", RECORD, "--rules", "us-ga/diploma", "--as-of", "2024-11-22")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_an_incomplete_record_is_an_answer_and_says_unofficial() -> None:
    result = run(*AUDIT, "--catalog", str(EXAMPLES / "catalog.csv"))
    assert result.exit_code == 0
    assert "unofficial" in result.stdout
    assert "4.5 of 23 units are earned. Missing:" in result.stdout
    assert "✓ Biology" in result.stdout
    assert "\x1b" not in result.stdout


def test_rules_are_kept_between_commands_and_a_broken_cache_is_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    command = [str(Path(sys.executable).with_name("pathloom")), *AUDIT]
    command += ["--catalog", str(EXAMPLES / "catalog.csv")]
    kept = tmp_path / "pathloom" / "rulebook"

    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert kept.stat().st_size > 100_000
    second = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    kept.write_bytes(kept.read_bytes()[:5000])
    third = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert first == second == third
    assert "of 23 units" in first


@pytest.mark.parametrize("catalog", ["catalog.csv", "catalog.json"])
def test_an_audit_as_json_fits_its_schema(catalog: str) -> None:
    result = run(*AUDIT, "--catalog", str(EXAMPLES / catalog), "--json")
    document = json.loads(result.stdout)
    jsonschema.validate(document, schema("audit"))
    assert (document["status"], document["official"]) == ("short", False)
    assert document["total"]["earned"] == 4.5


def test_the_example_request_has_a_plan() -> None:
    request = str(EXAMPLES / "request.json")
    result = run("plan", request)
    assert result.exit_code == 0
    assert "Plan, optimal (unofficial" in result.stdout
    document = json.loads(run("plan", request, "--json").stdout)
    assert document.pop("status") == "plan"
    assert len(document["placements"]) == 5
    jsonschema.validate(document, schema("plan"))


def test_an_infeasible_request_is_an_answer() -> None:
    request = str(EXAMPLES / "request-infeasible.json")
    result = run("plan", request)
    assert result.exit_code == 0
    assert "Infeasible" in result.stdout
    assert "At most 1.0 more can be taken in the terms that are left" in result.stdout
    document = json.loads(run("plan", request, "--json").stdout)
    assert document.pop("status") == "infeasible"
    jsonschema.validate(document, schema("plan"))


def test_every_mistake_of_every_input_is_shown_at_once(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text('{"student": "S", "courses": []}', encoding="utf-8")
    catalog = tmp_path / "catalog.csv"
    catalog.write_text("id,title,subject\n", encoding="utf-8")
    result = run(
        "audit",
        str(record),
        "--rules",
        "us-ga/diploma",
        "--catalog",
        str(catalog),
        "--as-of",
        "soon",
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "--as-of: 'soon' is not a date. Write it like 2026-11-22.",
        f"{catalog}:1: column 'credits' is missing. Add a column 'credits'.",
        f"{record}: entered_grade_9: 'entered_grade_9' is missing. Add 'entered_grade_9'.",
    ]


def test_a_record_that_names_an_unknown_course_is_bad_input() -> None:
    result = run(*AUDIT)
    assert result.exit_code == 2
    assert "no catalog is given to look it up in" in result.stderr


def test_an_audit_prints_decisions_what_to_do_and_sources(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    biology = {"id": "1", "credits": 1, "state": "earned", "title": "Biology [gifted]"}
    excuse = {"id": "e", "kind": "excuse", "by": "Ms. Lee", "why": "moved late"}
    document = {
        "student": "S",
        "entered_grade_9": "2023-24",
        "courses": [{**biology, "subject": "science", "tags": ["biology"]}],
        "exceptions": [
            {**excuse, "on": "2026-01-10", "requirement": "economics", "lowers_total": True},
            {**excuse, "id": "f", "on": "2027-01-10", "requirement": "us-history"},
        ],
    }
    record.write_text(json.dumps(document), encoding="utf-8")
    result = run("audit", str(record), "--rules", "us-ga/diploma", "--as-of", "2026-11-22")
    printed = " ".join(each.strip("│├└─ ") for each in result.stdout.splitlines())
    for text in (
        "1 of 22.5 units is earned.",
        "– Economics: excused. Excused by Ms. Lee on 2026-01-10. Reason: moved late.",
        "Counts here: Biology [gifted] (1)",
        "What would complete it, beside what is in progress and planned",
        "Economics need not be fulfilled, and the total falls by as much. Ms. Lee on 2026-01-10",
        "Not in effect: it starts on 2027-01-10. Ms. Lee on 2027-01-10: Moved late.",
        "Sources 1. ",
        "(read on ",
    ):
        assert text in printed, text


def test_a_cohort_without_rules_says_which_are_covered(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text('{"student": "S", "entered_grade_9": "1999-00"}', encoding="utf-8")
    result = run("audit", str(record), "--rules", "us-ga/diploma", "--as-of", "2026-11-22")
    assert result.exit_code == 2
    assert "no rules for students who entered grade 9 in 1999-00" in result.stderr
    assert "from 2008-09 on" in result.stderr


def test_an_unknown_diploma_names_the_nearest() -> None:
    result = run("audit", RECORD, "--rules", "us-ga/diplom", "--as-of", "2026-11-22")
    assert result.exit_code == 2
    assert "no rules for 'us-ga/diplom'. Did you mean 'us-ga/diploma'?" in result.stderr


def test_rule_files_anywhere_are_checked_tested_and_described(tmp_path: Path) -> None:
    packaged = Path(pathloom.__file__).parent / "rulebook" / "us-demo"
    for name in ("diploma.yaml", "diploma.cases.yaml"):
        (tmp_path / name).write_text((packaged / name).read_text(encoding="utf-8"), "utf-8")
    file = str(tmp_path / "diploma.yaml")
    assert f"{file}: 3 version(s)" in run("rules", "check", file).stdout
    assert "0 failed." in run("rules", "test", str(tmp_path)).stdout
    assert "Sources:" in run("rules", "describe", file).stdout
    result = run("audit", RECORD, "--rules", file, "--as-of", "2024-11-22", "--json")
    assert result.exit_code == 2
    catalog = ("--catalog", str(EXAMPLES / "catalog.json"))
    result = run("audit", RECORD, "--rules", file, *catalog, "--as-of", "2024-11-22", "--json")
    assert json.loads(result.stdout)["ruleset"] == "us-demo/diploma/2020"


def test_a_failed_case_leaves_with_1_and_says_the_difference(tmp_path: Path) -> None:
    packaged = Path(pathloom.__file__).parent / "rulebook" / "us-demo"
    rules = (packaged / "diploma.yaml").read_text(encoding="utf-8")
    (tmp_path / "diploma.yaml").write_text(rules, encoding="utf-8")
    cases = (packaged / "diploma.cases.yaml").read_text(encoding="utf-8")
    wrong = cases.replace("expect: {status: met}", "expect: {status: short}", 1)
    (tmp_path / "diploma.cases.yaml").write_text(wrong, encoding="utf-8")
    result = run("rules", "test", str(tmp_path))
    assert result.exit_code == 1
    assert "status: expected short, got met" in result.stdout
    assert "1 failed." in result.stdout


def test_mistakes_of_several_rule_files_are_shown_with_their_lines(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("jurisdiction: us-x\ndiplom: y\n", encoding="utf-8")
    result = run("rules", "check", str(tmp_path))
    assert result.exit_code == 2
    for name in ("a.yaml", "b.yaml"):
        assert (
            f"{tmp_path / name}:2: unknown key 'diplom'. Did you mean 'diploma'?" in result.stderr
        )


def test_packaged_rules_are_found_by_their_jurisdiction() -> None:
    assert "0 failed." in run("rules", "test", "us-demo").stdout
    unknown = run("rules", "check", "us-dem")
    assert unknown.exit_code == 2
    assert unknown.stderr == ("us-dem: no such rule file, folder or id. Did you mean 'us-demo'?\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_schema_in_the_reference_is_the_one_the_program_uses(name: str) -> None:
    committed = json.loads((REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert committed == json.loads(run("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(committed)


def test_rules_schema_is_the_schema_of_rule_files() -> None:
    assert run("rules", "schema").stdout == run("schema", "rules").stdout


def test_an_unknown_format_names_the_nearest() -> None:
    result = run("schema", "recod")
    assert result.exit_code == 2
    assert result.stderr == "schema: no format 'recod'. Did you mean 'record'?\n"


@pytest.mark.parametrize("name", ["record", "catalog", "request", "request-infeasible"])
def test_examples_in_the_reference_fit_their_schemas(name: str) -> None:
    document = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema(name.removesuffix("-infeasible")))


def test_a_schema_refuses_an_unknown_key() -> None:
    document = json.loads(Path(RECORD).read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"nickname": "Z"}, schema("record"))


def test_every_schema_of_the_reference_is_named_in_the_formats_page() -> None:
    page = (REFERENCE / "formats.md").read_text(encoding="utf-8")
    for path in sorted(REFERENCE.glob("*.schema.json")):
        assert path.name in page
        name = path.name.removesuffix(".schema.json")
        assert name in (*FORMATS, "program")  # that one is of the portal: test_sharing compares it


def test_the_package_offers_its_three_functions() -> None:
    assert pathloom.audit is audit
    assert pathloom.plan is plan
    assert pathloom.load_rulebook is load_rulebook
    with pytest.raises(AttributeError, match="has no attribute 'match'"):
        pathloom.match  # noqa: B018


def test_what_a_catalog_cannot_fulfil_is_named_with_its_line(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.csv"
    catalog.write_text("id,title,subject,credits\nART,Art,arts,1\n", encoding="utf-8")
    result = run("rules", "check", "us-demo/career-diploma", "--catalog", str(catalog))
    assert result.exit_code == 2
    assert "career-diploma.yaml:62: nobody can fulfil requirement 'fitness'" in result.stderr
    assert "in all, the courses of 'catalog' have 1.0" in result.stderr
    whole = run("rules", "check", "us-demo/career-diploma")
    assert whole.exit_code == 0


def test_the_mistakes_of_cases_and_of_a_catalog_are_named_at_once(tmp_path: Path) -> None:
    packaged = Path(pathloom.__file__).parent / "rulebook" / "us-demo"
    (tmp_path / "diploma.yaml").write_text((packaged / "diploma.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "diploma.cases.yaml").write_text("students: {}\ncases: []\n", "utf-8")
    catalog = tmp_path / "catalog.csv"
    catalog.write_text("id,title,subject\nART,Art,arts\n", encoding="utf-8")
    result = run("rules", "check", str(tmp_path), "--catalog", str(catalog))
    assert result.exit_code == 2
    assert "diploma.cases.yaml:2: 'cases': the list is empty" in result.stderr
    assert "catalog.csv" in result.stderr


def test_the_reference_of_the_rule_language_is_printed() -> None:
    assert run("rules", "reference").stdout == (REFERENCE / "rules.md").read_text("utf-8")


def test_an_empty_name_of_rules_is_bad_input() -> None:
    result = run("rules", "check", "")
    assert result.exit_code == 2
    assert result.stderr == "rules: an empty name. Name a rule file, folder or id.\n"


def test_an_audit_of_conditions_says_nothing_of_units_and_of_courses_left_over() -> None:
    options = ("--as-of", "2026-11-22", "--catalog", str(EXAMPLES / "catalog.csv"))
    record = str(EXAMPLES / "record.json")
    conditions = run("audit", record, "--rules", "us-ga/hope", *options)
    assert conditions.exit_code == 0
    assert "HOPE Average" in conditions.stdout
    assert "All units" not in conditions.stdout
    assert "Counts nowhere" not in conditions.stdout
    assert "All units" in run("audit", record, "--rules", "us-ga/diploma", *options).stdout
