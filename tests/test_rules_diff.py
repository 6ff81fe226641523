"""``pathloom rules diff`` names the students whose answer changes with the rules, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app
from pathloom.engine.rules.load import PACKAGED

STUDENTS = """
as_of: 2026-11-22
sheets:
  core: |
    English       1        english
    Keyboarding   0.5      technology, =KEY-1
    Choir         1        arts
    Painting      0.5      arts
students:
  - {id: ada, entered_grade_9: 2019-20, sheet: core, rules: [us-demo/diploma]}
  - {id: bo, entered_grade_9: 2019-20, sheet: core, rules: [us-demo/diploma], minus: [Painting]}
  - {id: cy, entered_grade_9: 2030-31, sheet: core, rules: [us-demo/diploma]}
"""


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of rules, at first the same."""
    for name in ("old", "new"):
        shutil.copytree(PACKAGED / "us-demo", tmp_path / name / "us-demo")
    (tmp_path / "students.yaml").write_text(STUDENTS)
    return tmp_path / "old", tmp_path / "new"


def change(book: Path, text: str, other: str) -> None:
    path = book / "us-demo" / "diploma.yaml"
    assert path.read_text().count(text) == 1
    path.write_text(path.read_text().replace(text, other))


def diff(books: tuple[Path, Path], *options: str) -> Result:
    students = str(books[0].parent / "students.yaml")
    names = [str(book) for book in books]
    return CliRunner().invoke(app, ["rules", "diff", *names, "--students", students, *options])


def test_the_same_rules_change_nobody(books: tuple[Path, Path]) -> None:
    result = diff(books)

    assert result.exit_code == 0
    assert "0 of 3 students change." in result.stdout


def test_a_rule_that_asks_for_less_names_who_is_met_now_and_why(books: tuple[Path, Path]) -> None:
    change(
        books[1],
        "{id: electives, earn: 1.5, from: any, source: demo}\n\n  # both",
        "{id: electives, earn: 1, from: any, source: demo}\n\n  # both",
    )
    change(
        books[1],
        "before-2020\n    entered_grade_9: {to: 2019-20}\n    total: 3\n",
        "before-2020\n    entered_grade_9: {to: 2019-20}\n    total: 2.5\n",
    )

    found = json.loads(diff(books, "--json").stdout)

    assert [each["student"] for each in found] == ["bo"]
    changes = {each["requirement"]: each for each in found[0]["changes"]}
    assert (changes["status"]["before"], changes["status"]["after"]) == ("short", "met")
    assert changes["electives"]["before"] == "short 0.5"
    assert changes["electives"]["why"].startswith("The rule now says: 1 unit of Electives")
    assert "1 of 3 students change." in diff(books).stdout


def test_a_renamed_requirement_is_the_same_requirement(books: tuple[Path, Path]) -> None:
    change(
        books[1],
        "{id: keyboarding, earn: 0.5, from: {course: KEY-1}, source: demo}",
        "{id: typing, was: [keyboarding], title: Keyboarding, earn: 0.5, "
        "from: {course: KEY-1}, source: demo}",
    )

    assert json.loads(diff(books, "--json").stdout) == []


def test_a_cohort_that_is_covered_now_is_said(books: tuple[Path, Path]) -> None:
    years = "entered_grade_9: {from: 2025-26}"
    change(books[0], years, years.replace("}", ", to: 2029-30}"))

    assert "covered now, by us-demo/diploma/2025" in diff(books).stdout


def test_a_cohort_that_is_no_longer_covered_is_said(books: tuple[Path, Path]) -> None:
    years = "entered_grade_9: {from: 2025-26}"
    change(books[1], years, years.replace("}", ", to: 2029-30}"))

    assert "not covered any more; it was by us-demo/diploma/2025" in diff(books).stdout


def test_every_mistake_of_the_students_is_said_at_once(books: tuple[Path, Path]) -> None:
    students = books[0].parent / "students.yaml"
    students.write_text(
        STUDENTS.replace("minus: [Painting]", "minus: [Panting]").replace(
            "cy, entered_grade_9: 2030-31, sheet: core", "ada, entered_grade_9: 2030-31, sheet: cor"
        )
    )

    result = diff(books)

    assert result.exit_code == 2
    assert "has no line 'Panting'. Did you mean 'Painting'?" in result.stderr
    assert "student 'ada' stands twice" in result.stderr
    assert "unknown sheet 'cor'. Did you mean 'core'?" in result.stderr


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["rules", "diff", str(tmp_path / "no"), str(tmp_path), "--students", "no.yaml"]
    )

    assert result.exit_code == 2
    assert "no such folder" in result.stderr
    assert "no.yaml: no such file" in result.stderr


def test_rules_that_neither_folder_has_are_named(books: tuple[Path, Path]) -> None:
    students = books[0].with_name("students.yaml")
    text = students.read_text().replace(
        "cy, entered_grade_9: 2030-31", "cy, entered_grade_9: 2019-20"
    )
    students.write_text(
        text.replace("rules: [us-demo/diploma]}\n", "rules: [us-demo/diplom]}\n", 1)
    )

    result = CliRunner().invoke(
        app, ["rules", "diff", str(books[0]), str(books[1]), "--students", str(students)]
    )

    assert result.exit_code == 0
    assert "Not compared, in neither folder: us-demo/diplom." in result.stderr
