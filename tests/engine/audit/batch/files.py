"""Students as the batch reads them, and what it has to answer: rows made from single audits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.record import CourseRecord, StudentRecord

TEXT = pa.string()
COURSES = pa.schema(
    {
        **dict.fromkeys(("student", "entered_grade_9", "id", "course", "number", "sced"), TEXT),
        **dict.fromkeys(("subject", "tags", "title", "state", "mark", "term"), TEXT),
        "credits": pa.float64(),
    }
)
FACTS = pa.schema(
    {
        **dict.fromkeys(("student", "fact", "name", "state", "id", "title", "by", "why"), TEXT),
        **dict.fromkeys(("requirement", "record"), TEXT),
        "amount": pa.float64(),
        "on": pa.date32(),
        "until": pa.date32(),
        "lowers_total": pa.bool_(),
    }
)
KINDS = ("students", "requirements", "certificates")
AMOUNTS = ("need", "earned", "in_progress", "planned", "short", "excused")
Row = dict[str, Any]


def course_row(record: StudentRecord, each: CourseRecord) -> Row:
    """One row of the student table."""
    return {
        "student": record.student,
        "entered_grade_9": str(record.entered_grade_9),
        "id": each.id,
        "course": each.course or None,
        "number": each.number or None,
        "sced": each.sced or None,
        "subject": each.subject or None,
        "tags": " ".join(sorted(each.tags)) or None,
        "title": each.title or None,
        "credits": each.credits / 100,
        "state": str(each.state),
        "mark": str(each.mark) if each.mark else None,
        "term": str(each.term) if each.term else None,
    }


def course_rows(records: Iterable[StudentRecord]) -> Iterator[Row]:
    for record in records:
        if not record.courses:
            entered = str(record.entered_grade_9)
            yield {"student": record.student, "entered_grade_9": entered}
        for each in record.courses:
            yield course_row(record, each)


def fact_rows(records: Iterable[StudentRecord]) -> Iterator[Row]:
    """What is known besides courses, one row each."""
    for record in records:
        for row in _facts(record):
            yield {"student": record.student, **row}


def _facts(record: StudentRecord) -> Iterator[Row]:
    for done in record.experiences:
        dated = {"id": done.id, "title": done.title or None, "on": done.on}
        row = {"fact": "experience", "name": done.kind, "amount": done.hours / 100, **dated}
        yield row | {"state": str(done.state)}
    for score in record.scores:
        yield {"fact": "score", "name": score.exam, "amount": score.score / 100, "on": score.on}
    for mean in record.averages:
        yield {"fact": "average", "name": mean.name, "amount": mean.value / 100, "on": mean.on}
    for step in record.milestones:
        row = {"fact": "milestone", "name": step.name, "state": str(step.state)}
        yield row | {"on": step.on}
    for track in sorted(record.tracks):
        yield {"fact": "track", "name": track}
    if record.carnegie_units != 100:
        yield {"fact": "carnegie_units", "amount": record.carnegie_units / 100}
    for one in record.exceptions:
        names = ("id", "by", "why", "on", "until", "requirement", "record", "lowers_total")
        row = {name: getattr(one, name) or None for name in names}
        yield {"fact": "exception", "name": str(one.kind), "amount": one.credits / 100, **row}


def write_courses(path: Path, rows: Iterable[Row], *, group: int = 1000) -> Path:
    """Write rows of the student table, ``group`` of them to a row group."""
    pq.write_table(pa.Table.from_pylist(list(rows), COURSES), path, row_group_size=group)
    return path


def write_facts(path: Path, rows: Iterable[Row], *, group: int = 1000) -> Path:
    pq.write_table(pa.Table.from_pylist(list(rows), FACTS), path, row_group_size=group)
    return path


# -- what came out


def read(out: Path, name: str) -> list[Row]:
    """All rows of one table of a result, in order."""
    rows: list[Row] = pq.read_table(out / name).to_pylist()
    return rows


def by_student(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["student"], []).append(row)
    return found


# -- what should


def expected_student(result: AuditResult) -> Row:
    return {
        "student": result.student,
        "ruleset": result.ruleset,
        "status": str(result.status),
        "tier": str(result.tier),
    }


def expected_requirements(result: AuditResult) -> list[Row]:
    return [
        {
            "student": result.student,
            "requirement": each.id,
            "measure": str(each.measure),
            "status": str(each.status),
            **{name: Decimal(getattr(each, name)) / 100 for name in AMOUNTS},
            "needed": each.needed,
        }
        for each in (*result.walk(), result.total)
    ]


def expected_certificates(result: AuditResult) -> list[Row]:
    """The certificate without the numbers of rows in the file."""
    return [
        {
            "student": result.student,
            "record": each.record,
            "requirement": each.requirement,
            "amount": Decimal(each.amount) / 100,
            "state": str(each.state),
            "second": each.second,
            "overflow": each.overflow,
            "substitute": each.substitute or None,
        }
        for requirement in (*result.walk(), result.total)
        for each in requirement.counted
    ]


def differences(out: Path, results: Sequence[AuditResult]) -> list[str]:
    """Say where a result of a batch differs from single audits of the same students."""
    students, requirements = (
        by_student(read(out, "students")),
        by_student(read(out, "requirements")),
    )
    certificates = by_student(read(out, "certificates"))
    found = [name for name in students if name not in {each.student for each in results}]
    for result in results:
        name = result.student
        entries = [
            {key: value for key, value in row.items() if key != "row"}
            for row in certificates.get(name, [])
        ]
        if students.get(name) != [expected_student(result)]:
            found.append(f"{name}: {students.get(name)}, not {expected_student(result)}")
        elif requirements[name] != expected_requirements(result):
            found.append(f"{name}: {requirements[name]}, not {expected_requirements(result)}")
        elif entries != expected_certificates(result):
            found.append(f"{name}: {entries}, not {expected_certificates(result)}")
    return found
