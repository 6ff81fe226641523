"""Reads a student table partition by partition; a student may straddle two row groups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pathloom.engine.audit.batch.columns import (
    COURSE_COLUMNS,
    NEEDED,
    Kind,
    check_columns,
    plain,
)
from pathloom.engine.audit.batch.job import MOST_ROWS
from pathloom.engine.errors import Problem, Problems, RecordError

_GLANCE = 1024  # rows of the next row group that are read at a time


@dataclass(frozen=True, slots=True)
class Partition:
    """Row groups ``first`` up to and without ``stop``, and the students who begin in them.

    ``offset`` rows of the file come before. ``continues``: the first student began earlier.
    ``open_end``: the last student may go on in the next row group.
    """

    index: int
    first: int
    stop: int
    offset: int
    continues: bool
    open_end: bool


def open_table(path: Path, known: dict[str, Kind], problems: Problems) -> pq.ParquetFile | None:
    """Open a Parquet file; text is read as codes into its distinct values."""
    try:
        schema = pq.read_schema(path)
        texts = [field.name for field in schema if field.name in known and _is_coded(field.type)]
        return pq.ParquetFile(path, read_dictionary=texts)
    except FileNotFoundError:
        problems.add(str(path), "no such file", "Check the path.")
    except (pa.ArrowException, OSError):
        problems.add(str(path), "not a Parquet file", "Write the table as Parquet.")
    return None


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Read rows of an open file; RecordError where they cannot be read."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        what = f"damaged, so that some rows cannot be read ({error})".replace("\n", " ")
        raise RecordError([Problem(str(path), what, "Write the table anew.")]) from None


def _is_coded(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def check_students(path: Path, problems: Problems) -> None:
    """Add a problem for everything about the file as a whole that keeps it from being read."""
    file = open_table(path, COURSE_COLUMNS, problems)
    if file is None:
        return
    schema = file.schema_arrow
    check_columns(schema, COURSE_COLUMNS, needed=NEEDED, where=str(path), problems=problems)
    if not {"course", "subject"} & set(schema.names):
        what = "neither a column 'course' nor a column 'subject'"
        problems.add(str(path), what, "Say of each record which course it is, or its subject.")
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if rows > MOST_ROWS:
            problems.add(
                f"{path}: row group {group + 1}",
                f"{rows} rows, more than fit beside their results in the memory of one process",
                f"Write the file with row groups of at most {MOST_ROWS} rows.",
            )


def partitions(path: Path, *, rows: int) -> tuple[Partition, ...]:
    """Divide a file into runs of row groups with at least ``rows`` rows, the last perhaps fewer."""
    file = _students(path)
    if not file.metadata.num_rows:
        return ()
    found: list[Partition] = []
    first = offset = held = 0
    continues = False
    for group in range(file.num_row_groups):
        held += file.metadata.row_group(group).num_rows
        is_last = group == file.num_row_groups - 1
        if held < rows and not is_last:
            continue
        with undamaged(path):
            open_end = not is_last and _straddles(file, group)
        found.append(Partition(len(found), first, group + 1, offset, continues, open_end))
        first, offset, held, continues = group + 1, offset + held, 0, open_end
    return tuple(found)


def _students(path: Path) -> pq.ParquetFile:
    problems = Problems()
    file = open_table(path, COURSE_COLUMNS, problems)
    if file is None:
        raise RecordError(problems)
    return file


def _straddles(file: pq.ParquetFile, group: int) -> bool:
    """Whether the last student of a row group is the first of the next that has rows."""
    if not _may_straddle(file, group):
        return False
    last = file.read_row_group(group, columns=["student"]).column(0)
    for batch in file.iter_batches(
        _GLANCE, row_groups=list(range(group + 1, file.num_row_groups)), columns=["student"]
    ):
        if batch.num_rows:
            return bool(len(last)) and last[-1].as_py() == batch.column(0)[0].as_py()
    return False


def _may_straddle(file: pq.ParquetFile, group: int) -> bool:
    """Whether the ranges of students that the file states for two row groups meet."""
    position = file.schema_arrow.names.index("student")
    ranges = []
    for each in (group, group + 1):
        column = file.metadata.row_group(each).column(position)
        stated = column.statistics if column.path_in_schema == "student" else None
        if stated is None or not stated.has_min_max:
            return True
        ranges.append((stated.min, stated.max))
    (low, high), (next_low, next_high) = ranges
    return not (high < next_low or next_high < low)


def read(path: Path, partition: Partition) -> tuple[pa.Table, int]:
    """Return the rows of the students who begin in a partition, and the number of the first row.

    Rows are numbered from 1 over the whole file. RecordError if the file is damaged there.
    """
    with undamaged(path):
        return _read(path, partition)


def _read(path: Path, partition: Partition) -> tuple[pa.Table, int]:
    file = _students(path)
    columns = [name for name in COURSE_COLUMNS if name in file.schema_arrow.names]
    groups = list(range(partition.first, partition.stop))
    table = file.read_row_groups(groups, columns=columns, use_threads=False)
    skipped = 0
    if partition.continues:
        skipped = _leading(table.column("student"), table.column("student")[0])
    if partition.open_end and skipped < table.num_rows:
        student = table.column("student")[-1]
        table = pa.concat_tables([table, *_rest(file, partition.stop, student, columns)])
    return table.slice(skipped), partition.offset + skipped + 1


def _rest(
    file: pq.ParquetFile, group: int, student: pa.Scalar, columns: list[str]
) -> Iterator[pa.Table]:
    """Yield the rows with which the following row groups go on about a student."""
    later = list(range(group, file.num_row_groups))
    for batch in file.iter_batches(_GLANCE, row_groups=later, columns=columns, use_threads=False):
        table = pa.Table.from_batches([batch])
        count = _leading(table.column("student"), student)
        yield table.slice(0, count)
        if count < table.num_rows:
            return


def _leading(students: pa.ChunkedArray, student: pa.Scalar) -> int:
    """Count the rows at the beginning that are of one student."""
    same = pc.equal(students.cast(plain(students.type)), student.cast(plain(student.type)))
    other = pc.index(same.fill_null(False), False).as_py()
    return len(students) if other < 0 else int(other)


def no_partition(path: Path) -> Problem:
    return Problem(str(path), "no rows", "Write the course records of at least one student.")
