"""``pathloom batch audit``: a folder of tables, a summary, and every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app
from tests.engine.audit.batch.files import course_rows, read, write_courses, write_facts
from tests.engine.audit.batch.students import some_students


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
