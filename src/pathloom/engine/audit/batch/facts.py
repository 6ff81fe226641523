"""Reads what is known of students besides courses: experiences, scores, tracks, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import TypeAdapter, ValidationError

from pathloom.engine.audit.batch.columns import (
    DAY,
    NAME,
    NUMBER,
    TEXT,
    YES,
    check_columns,
)
from pathloom.engine.audit.batch.reading import open_table, undamaged
from pathloom.engine.audit.batch.rejects import Reject, Rejects
from pathloom.engine.errors import Problems, RecordError, nearest, problems_of
from pathloom.engine.record import ExamScore, Experience, Milestone, StaffException, StatedAverage
from pathloom.engine.units import parse_credits

COLUMNS = {
    "student": NAME,
    "fact": TEXT,
    "name": TEXT,
    "amount": NUMBER,
    "state": TEXT,
    "on": DAY,
    "until": DAY,
    "id": NAME,
    "title": TEXT,
    "by": TEXT,
    "why": TEXT,
    "requirement": TEXT,
    "record": NAME,
    "lowers_total": YES,
}
NEEDED = ("student", "fact", "name")

# What a row is, the list of the record it goes into, and what its columns are called there.
_FACTS: dict[str, tuple[str, type, dict[str, str]]] = {
    "experience": ("experiences", Experience, {"name": "kind", "amount": "hours"}),
    "score": ("scores", ExamScore, {"name": "exam", "amount": "score"}),
    "average": ("averages", StatedAverage, {"amount": "value"}),
    "milestone": ("milestones", Milestone, {}),
    "exception": ("exceptions", StaffException, {"name": "kind", "amount": "credits"}),
}
_WITH_ID = {"experience", "exception"}


@dataclass(slots=True)
class Facts:
    """What is known of the students of one partition, by their names, in order of the rows."""

    lists: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    tracks: dict[str, set[str]] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    @property
    def special(self) -> set[str]:
        """The students for whom rules read differently, whatever those ask for."""
        decided = (name for name, lists in self.lists.items() if lists.get("exceptions"))
        return {*decided, *self.tracks, *self.units}

    def of(self, student: str) -> dict[str, Any]:
        """Return the fields of a student record that this table fills."""
        found: dict[str, Any] = {
            name: tuple(values) for name, values in self.lists.get(student, {}).items()
        }
        if student in self.tracks:
            found["tracks"] = frozenset(self.tracks[student])
        if student in self.units:
            found["carnegie_units"] = self.units[student]
        return found


def check_facts(path: Path, problems: Problems) -> None:
    """Add a problem for everything about the file as a whole that keeps it from being read."""
    file = open_table(path, COLUMNS, problems)
    if file is not None:
        schema = file.schema_arrow
        check_columns(schema, COLUMNS, needed=NEEDED, where=str(path), problems=problems)


def read_facts(path: Path, students: list[str], rejects: Rejects) -> Facts:
    """Read the facts of some students; what is wrong goes to ``rejects``.

    Only row groups are read whose range of students meets these, so a table that is sorted by
    student is read once over all partitions.
    """
    found = Facts()
    if not students:
        return found
    file = _open(path)
    names = [name for name in COLUMNS if name in file.schema_arrow.names]
    wanted = pa.array(students, pa.string())
    for group, offset in _groups(file, min(students), max(students)):
        with undamaged(path):
            table = file.read_row_group(group, columns=names, use_threads=False)
        who = table.column("student").cast(pa.string())
        mine = pc.is_in(who, wanted)
        numbers = pc.indices_nonzero(mine).to_pylist()
        for number, row in zip(numbers, table.filter(mine).to_pylist(), strict=True):
            _add(found, row, offset + number + 1, rejects)
    return found


def _open(path: Path) -> pq.ParquetFile:
    problems = Problems()
    file = open_table(path, COLUMNS, problems)
    if file is None:
        raise RecordError(problems)
    return file


def _groups(file: pq.ParquetFile, low: str, high: str) -> Iterator[tuple[int, int]]:
    """Yield row groups that may hold students of a range, and how many rows come before."""
    position = file.schema_arrow.names.index("student")
    offset = 0
    for group in range(file.num_row_groups):
        meta = file.metadata.row_group(group)
        stated = meta.column(position).statistics
        known = stated is not None and stated.has_min_max and isinstance(stated.min, str)
        meets = not known or (stated.min <= high and low <= stated.max)
        if meets and meta.num_rows:
            yield group, offset
        offset += meta.num_rows


def _add(found: Facts, row: dict[str, Any], number: int, rejects: Rejects) -> None:
    student, fact = str(row.pop("student")), row.pop("fact")
    values = {name: value for name, value in row.items() if value is not None and value != ""}
    for column, what, fix in _read(found, student, str(fact), values):
        found.refused.add(student)
        text = fact if column == "fact" else values.get(column)
        shown = "" if text is None else str(text)
        rejects.found.append(Reject(student, "facts", number, column, shown, what, fix))


_Wrong = tuple[str, str, str]  # column, what, fix


def _read(found: Facts, student: str, fact: str, values: dict[str, Any]) -> list[_Wrong]:
    """Add one row to what is known; return what is wrong with it."""
    if fact in _ALONE:
        return _read_alone(found, student, fact, values)
    if fact not in _FACTS:
        return [("fact", f"'{fact}' is no kind of fact", nearest(fact, [*_FACTS, *_ALONE]))]
    target, kind, names = _FACTS[fact]
    listed = found.lists.setdefault(student, {}).setdefault(target, [])
    given = {names.get(name, name): value for name, value in values.items()}
    if fact in _WITH_ID:
        given.setdefault("id", f"{len(listed) + 1:03d}")
    for name in ("id", "record"):
        if name in given:
            given[name] = str(given[name])
    try:
        listed.append(_adapter(kind).validate_python(given))
    except ValidationError as error:
        columns = {name: column for column, name in names.items()}
        wrong = problems_of(error, place=lambda location: str(location[0]))
        return [(columns.get(each.where, each.where), each.what, each.fix) for each in wrong]
    return []


def _read_alone(found: Facts, student: str, fact: str, values: dict[str, Any]) -> list[_Wrong]:
    column = _ALONE[fact]
    if set(values) != {column}:
        return [(column, f"a row '{fact}' has '{column}' and nothing else", "Empty the others.")]
    if fact == "track":
        found.tracks.setdefault(student, set()).add(values[column])
        return []
    try:
        found.units[student] = parse_credits(values[column])
    except ValueError as error:
        what, _, fix = str(error).partition(". ")
        return [(column, what, fix)]
    return []


# Facts that fill one field of the record by themselves, and the column that holds it.
_ALONE = {"track": "name", "carnegie_units": "amount"}


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def strangers(path: Path, known: pa.Array) -> list[Reject]:
    """Return a reject for every row about a student whom the student table does not have."""
    found = []
    offset = 1
    for batch in _open(path).iter_batches(columns=["student"]):
        who = batch.column(0).cast(pa.string())
        rows = pc.indices_nonzero(pc.invert(pc.is_in(who, known))).to_pylist()
        for row in rows:
            name = who[row].as_py() or ""
            found.append(Reject(name, "facts", offset + row, "student", name, *_STRANGER))
        offset += batch.num_rows
    return found


_STRANGER = (
    "the student table has no such student",
    "Correct the name, or add a row to the student table with nothing about a course.",
)
