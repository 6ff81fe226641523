"""What is wrong with a table: refused at once, or student by student with row, value and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pathloom.engine.audit.batch.job import Job
from pathloom.engine.audit.batch.run import audit_batch
from pathloom.engine.errors import PathloomError, RecordError
from pathloom.engine.rules.load import PACKAGED
from tests.engine.audit.batch.files import Row, course_rows, read, write_courses, write_facts
from tests.engine.audit.batch.students import some_students

RULES = str(PACKAGED / "us-demo/diploma.yaml")
DAY = date(2026, 11, 22)


def rows_of(count: int = 6) -> list[Row]:
    return list(course_rows(some_students(count)))


def rejected(
    tmp_path: Path, rows: list[Row], *, facts: list[Row] | None = None, rules: str = RULES
) -> list[Row]:
    """The rejects of a batch over these rows, in partitions of a few rows each."""
    students = write_courses(tmp_path / "students.parquet", rows, group=10)
    known = write_facts(tmp_path / "facts.parquet", facts or [])
    job = Job(str(students), rules, DAY, facts=str(known), rows=10)
    audit_batch(job, tmp_path / "out", workers=1)
    return read(tmp_path / "out", "rejects.parquet")


def audited(tmp_path: Path) -> list[str]:
    return [row["student"] for row in read(tmp_path / "out", "students")]


BAD_CELLS = {
    "credits": (-1.0, "out of range"),
    "state": ("passed", "no state"),
    "entered_grade_9": ("2023", "not a school year"),
    "mark": ("excellent", "not a mark"),
    "term": ("fall 2023", "not a term"),
    "student": (None, "'student' is empty"),
}


@pytest.mark.parametrize("name", BAD_CELLS)
def test_a_bad_cell_is_named_with_row_column_value_and_remedy(name: str, tmp_path: Path) -> None:
    rows = rows_of()
    value, says = BAD_CELLS[name]
    at = next(index for index, row in enumerate(rows) if row["student"] == "S0002") + 1
    rows[at][name] = value
    (found,) = (row for row in rejected(tmp_path, rows) if says in row["what"])
    assert (found["row"], found["file"], found["column"]) == (at + 1, "students", name)
    assert found["value"] == ("" if value is None else str(value))
    assert found["fix"]
    assert "S0002" not in audited(tmp_path)
    assert {"S0000", "S0001", "S0003", "S0004", "S0005"} <= set(audited(tmp_path))


def test_every_mistake_of_a_student_is_listed_and_nobody_else_is_left_out(tmp_path: Path) -> None:
    rows = rows_of()
    rows[0] |= {"credits": -1.0, "state": "done", "term": "soon"}
    found = rejected(tmp_path, rows)
    assert [(row["row"], row["column"]) for row in found] == [
        (1, "credits"),
        (1, "state"),
        (1, "term"),
    ]
    assert audited(tmp_path) == [f"S000{index}" for index in range(1, 6)]


def test_an_unknown_course_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    rows = [row | {"course": "BIOLOGY", "subject": None, "title": None} for row in rows_of()]
    rows[2]["course"] = "BIOLGY"
    students = write_courses(tmp_path / "students.parquet", rows)
    catalog = tmp_path / "catalog.csv"
    catalog.write_text("id,title,subject,credits\nBIOLOGY,Biology,science,1\n", encoding="utf-8")
    job = Job(str(students), RULES, DAY, catalog=str(catalog))
    audit_batch(job, tmp_path / "out", workers=1)
    (found,) = read(tmp_path / "out", "rejects.parquet")
    assert (found["row"], found["column"], found["value"]) == (3, "course", "BIOLGY")
    assert "Did you mean 'BIOLOGY'?" in found["fix"]


def test_a_student_whose_rows_do_not_stand_together_is_left_out(tmp_path: Path) -> None:
    """Also where the pieces lie in different partitions, one of them audited already."""
    rows = rows_of()
    stray = rows.pop(0)
    found = rejected(tmp_path, [*rows, stray])
    assert {row["student"] for row in found} == {"S0000"}
    assert "do not stand together" in found[0]["what"]
    assert "S0000" not in audited(tmp_path)
    for name in ("requirements", "certificates"):
        assert "S0000" not in {row["student"] for row in read(tmp_path / "out", name)}


def test_the_same_row_twice_is_no_second_course(tmp_path: Path) -> None:
    rows = [{key: value for key, value in row.items() if key != "id"} for row in rows_of()]
    rows.insert(1, dict(rows[0]))
    (found,) = rejected(tmp_path, rows)
    assert (found["row"], found["what"]) == (2, "this row stands there twice")


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    rows = rows_of()
    rows[1]["id"] = rows[0]["id"]
    (found,) = rejected(tmp_path, rows)
    assert (found["row"], found["column"]) == (2, "id")


def test_a_cohort_without_rules_and_one_that_changes_are_left_out(tmp_path: Path) -> None:
    rows = rows_of()
    for row in rows:
        if row["student"] == "S0003":
            row["entered_grade_9"] = "1950-51"
    rows[1]["entered_grade_9"] = "2022-23"
    rules = str(PACKAGED / "us-ga/diploma.yaml")
    found = {row["student"]: row["what"] for row in rejected(tmp_path, rows, rules=rules)}
    assert "no rules for students who entered grade 9 in 1950-51" in found["S0003"]
    assert "not the same as in the student's first row" in found["S0000"]


def test_a_row_with_nothing_about_a_course_is_a_student_without_courses(tmp_path: Path) -> None:
    rows = [{"student": "new", "entered_grade_9": "2024-25"}, *rows_of()]
    assert rejected(tmp_path, rows) == []
    assert "new" in audited(tmp_path)


def test_facts_are_checked_like_courses(tmp_path: Path) -> None:
    facts: list[Row] = [
        {"student": "S0000", "fact": "experiense", "name": "service", "amount": 1.0},
        {"student": "S0001", "fact": "experience", "name": "service", "amount": -1.0},
        {"student": "S0002", "fact": "track", "name": "iep", "amount": 1.0},
        {"student": "nobody", "fact": "track", "name": "iep"},
        {"student": "S0003", "fact": "exception", "name": "excuse", "requirement": "english"},
    ]
    found = [
        (row["student"], row["row"], row["column"])
        for row in rejected(tmp_path, rows_of(), facts=facts)
    ]
    assert found == [
        ("S0000", 1, "fact"),
        ("S0001", 2, "amount"),
        ("S0002", 3, "name"),
        ("nobody", 4, "student"),
        ("S0003", 5, "by"),
        ("S0003", 5, "on"),
        ("S0003", 5, "why"),
    ]
    assert audited(tmp_path) == ["S0004", "S0005"]


# -- the table as a whole


def refused(path: Path, out: Path) -> str:
    with pytest.raises(RecordError) as caught:
        audit_batch(Job(str(path), RULES, DAY), out, workers=1)
    assert not out.exists()
    return str(caught.value)


def test_missing_columns_wrong_types_and_misspelled_names_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "students.parquet"
    table = {"student": ["a"], "credits": ["one"], "stat": ["earned"], "subject": [1.5], "age": [9]}
    pq.write_table(pa.table(table), path)
    text = refused(path, tmp_path / "out")
    assert "column 'entered_grade_9' is missing" in text
    assert "column 'state' is missing" in text
    assert "unknown column 'stat'. Did you mean 'state'?" in text
    assert "column 'credits' holds string. Write numbers in this column." in text
    assert "column 'subject' holds double. Write text in this column." in text
    assert "age" not in text


@pytest.mark.parametrize(
    ("name", "says"), [("absent.parquet", "no such file"), ("words.parquet", "not a Parquet file")]
)
def test_what_is_no_table_is_refused(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "words.parquet").write_text("words", encoding="utf-8")
    assert says in refused(tmp_path / name, tmp_path / "out")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_damaged_table_is_refused_and_leaves_no_half_a_result(
    tmp_path: Path, workers: int
) -> None:
    path = write_courses(tmp_path / "students.parquet", rows_of(12), group=10)
    damaged = bytearray(path.read_bytes())
    damaged[60:1000] = bytes(255 - each for each in damaged[60:1000])
    path.write_bytes(damaged)
    with pytest.raises(RecordError, match="damaged") as caught:
        audit_batch(Job(str(path), RULES, DAY, rows=10), tmp_path / "out", workers=workers)
    assert caught.value.where == str(path)
    assert not (tmp_path / "out").exists()


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    path = write_courses(tmp_path / "students.parquet", [])
    assert "no rows" in refused(path, tmp_path / "out")


def test_a_result_is_never_written_over(tmp_path: Path) -> None:
    path = write_courses(tmp_path / "students.parquet", rows_of())
    (tmp_path / "out").mkdir()
    with pytest.raises(RecordError, match="is there already"):
        audit_batch(Job(str(path), RULES, DAY), tmp_path / "out", workers=1)


def test_unknown_rules_and_a_bad_catalog_are_named_together(tmp_path: Path) -> None:
    path = write_courses(tmp_path / "students.parquet", rows_of())
    job = Job(str(path), "us-gaa/diploma", DAY, catalog=str(tmp_path / "catalog.csv"))
    with pytest.raises(PathloomError) as caught:
        audit_batch(job, tmp_path / "out", workers=1)
    assert "Did you mean 'us-ga/diploma'?" in str(caught.value)
    assert "catalog.csv: no such file" in str(caught.value)


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    path = write_courses(tmp_path / "students.parquet", rows_of())
    with pytest.raises(RecordError, match="no Dask scheduler answers"):
        audit_batch(
            Job(str(path), RULES, DAY), tmp_path / "out", scheduler="nonsense://127.0.0.1:1"
        )
