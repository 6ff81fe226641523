"""``pathloom batch``: a folder of tables, a summary, and every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app, schema
from pathloom.engine.planner.batch.tables import TABLES
from tests.engine.audit.batch.files import course_rows, read, write_courses, write_facts
from tests.engine.audit.batch.students import some_students
from tests.engine.planner.batch import school


@pytest.fixture
def students(tmp_path: Path) -> Path:
    return write_courses(tmp_path / "students.parquet", course_rows(some_students(12)))


def run(students: Path, *options: str) -> Result:
    out = str(students.with_name("out"))
    return CliRunner().invoke(app, ["batch", "audit", str(students), "--out", out, *options])


def test_a_batch_says_what_it_did_and_where_it_is(students: Path) -> None:
    rows = list(course_rows(some_students(12)))
    rows[0]["state"] = "passed"
    write_courses(students, rows)
    result = run(students, "--rules", "us-demo/diploma", "--as-of", "2026-11-22", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "1 mistake is listed in" in result.output
    summary = json.loads((students.with_name("out") / "summary.json").read_text(encoding="utf-8"))
    assert (summary["students"], summary["audited"], summary["rejected"]) == (12, 11, 1)
    assert sum(summary["statuses"].values()) == 11
    assert len(read(students.with_name("out"), "students")) == 11


def test_facts_are_read_from_a_table_of_their_own(students: Path) -> None:
    rows = [{"student": "S0001", "fact": "milestone", "name": "fafsa", "state": "earned"}]
    facts = write_facts(students.with_name("facts.parquet"), rows)
    options = ("--rules", "us-demo/diploma", "--as-of", "2026-11-22", "--facts", str(facts))
    assert run(students, *options, "--workers", "1").exit_code == 0


def test_bad_input_leaves_with_2_and_nothing_behind(students: Path) -> None:
    result = run(students, "--rules", "us-demo/diplom", "--as-of", "2026-11-22")
    assert result.exit_code == 2
    assert "Did you mean 'us-demo/diploma'?" in result.output
    absent = students.with_name("absent.parquet")
    result = run(absent, "--rules", "us-demo/diplom", "--as-of", "2026-11-22")
    assert "no such file" in result.output
    assert "Did you mean 'us-demo/diploma'?" in result.output
    assert not students.with_name("out").exists()
    assert run(students, "--rules", "us-demo/diploma", "--as-of", "soon").exit_code == 2


def run_plans(folder: Path, *options: str) -> Result:
    out = str(folder.with_name("out"))
    return CliRunner().invoke(
        app, ["batch", "plan", str(folder), "--out", out, "--workers", "1", *options]
    )


def test_a_school_is_told_what_broke_and_what_next_year_asks_for(tmp_path: Path) -> None:
    folder = school.write(tmp_path / "school", [*school.STUDENTS, "nonsense"])

    result = run_plans(folder, "--drift", "--requests")

    assert result.exit_code == 0, result.output
    assert "1 mistake is listed in" in result.output
    shown = {tuple(line.split()) for line in result.stdout.splitlines()}
    assert {("students", "6"), ("holds", "1"), ("repaired", "2"), ("left", "out", "1")} <= shown
    lines = (tmp_path / "out" / "drift.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 3
    for line in lines:
        jsonschema.validate(json.loads(line), schema("drift"))


def test_a_batch_of_plans_asks_what_is_wanted(tmp_path: Path) -> None:
    result = run_plans(school.write(tmp_path / "school"))

    assert result.exit_code == 2
    assert "neither --drift nor --requests is given" in result.output


def test_the_reference_names_every_column_of_a_batch_of_plans() -> None:
    page = Path(__file__).parents[1] / "docs/reference/batch.md"
    part = page.read_text("utf-8").split("## Plans of a school")[1]
    rows = {line.split("|")[1].strip(): line for line in part.splitlines() if "|" in line}

    for name, columns in TABLES.items():
        assert all(f"`{column}`" in rows[f"`{name}`"] for column in columns)
