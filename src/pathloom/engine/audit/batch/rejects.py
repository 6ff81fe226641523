"""What cannot be audited: which student and row, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pathloom.engine.errors import Problem

SCHEMA = pa.schema(
    {
        "student": pa.string(),
        "file": pa.string(),
        "row": pa.int64(),
        "column": pa.string(),
        "value": pa.string(),
        "what": pa.string(),
        "fix": pa.string(),
    }
)


@dataclass(frozen=True, slots=True)
class Reject:
    """Why a student is left out; ``row`` counts from 1 in ``file`` and is None without one row."""

    student: str
    file: str
    row: int | None
    column: str
    value: str
    what: str
    fix: str


@dataclass(slots=True)
class Rejects:
    """Collects everything wrong in one partition.

    A student with one bad row is left out as a whole: an audit of the rest would be an answer
    about somebody else.
    """

    file: str
    first_row: int
    found: list[Reject] = field(default_factory=list)

    def add(
        self, row: int, *, student: object, column: str, value: object, problem: tuple[str, str]
    ) -> None:
        """Add a mistake in a row of the partition, counted from 0."""
        self.found.append(
            Reject(
                student="" if student is None else str(student),
                file=self.file,
                row=self.first_row + row,
                column=column,
                value="" if value is None else str(value),
                what=problem[0],
                fix=problem[1],
            )
        )

    def of_student(self, row: int, *, student: str, problem: Problem) -> None:
        """Add what the audit itself says is wrong with a student who begins in a row."""
        what = f"{problem.where}: {problem.what}"
        self.add(row, student=student, column="", value="", problem=(what, problem.fix))


def write_rejects(rejects: Iterable[Reject], path: Path) -> None:
    """Write rejects in order of their rows."""
    rows = sorted(rejects, key=lambda each: (each.file, each.row or 0, each.column))
    columns = {name: [getattr(each, name) for each in rows] for name in SCHEMA.names}
    pq.write_table(pa.table(columns, schema=SCHEMA), path)


def read_rejects(path: Path) -> list[Reject]:
    return [Reject(**row) for row in pq.read_table(path).to_pylist()]
