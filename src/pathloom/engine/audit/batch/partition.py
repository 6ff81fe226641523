"""The one function that a batch runs for each partition, here or on another machine."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc

from pathloom.engine.audit.batch.job import Context, Job, context
from pathloom.engine.audit.batch.reading import Partition, read
from pathloom.engine.audit.batch.rejects import Rejects, write_rejects
from pathloom.engine.audit.batch.rows import Rows, read_rows
from pathloom.engine.audit.batch.single import Singles
from pathloom.engine.audit.batch.tables import KINDS, Answers, write_table


def audit_partition(job: Job, partition: Partition) -> int:
    """Audit the students who begin in a partition and keep the answers in the job's folder.

    The mark that a partition is done is written last, so that one that was killed is done again.

    Returns:
        How many students the partition has, rejected ones included.
    """
    known = context(job)
    table, first_row = read(Path(job.students), partition)
    rejects = Rejects("students", first_row)
    rows = read_rows(table, first_row=first_row, known=known, rejects=rejects)
    del table
    answers = audit_rows(rows, known, rejects)
    _keep(Path(job.folder), partition.index, rows=rows, answers=answers, rejects=rejects)
    return rows.count


def audit_rows(rows: Rows, known: Context, rejects: Rejects) -> Answers:
    """Audit every good student of a partition."""
    answers = Answers()
    singles = Singles(rows, known, rejects)
    for student in rows.good.nonzero()[0].tolist():
        singles.audit(student, rows.record(student))
    singles.into(answers)
    return answers


RESULT = "result"  # the folder that becomes the result


def part_name(index: int) -> str:
    return f"part-{index:05d}.parquet"


def done_mark(folder: Path, index: int) -> Path:
    return folder / "done" / f"{index:05d}.json"


def _keep(folder: Path, index: int, *, rows: Rows, answers: Answers, rejects: Rejects) -> None:
    counts: Counter[str] = Counter()
    for name in KINDS:
        table = answers.table(name, rows)
        write_table(table, folder / RESULT / name / part_name(index))
        if name == "students":
            for each in pc.value_counts(table.column("status")).to_pylist():
                counts[each["values"]] += each["counts"]
    write_rejects(rejects.found, folder / "rejects" / part_name(index))
    mark = done_mark(folder, index)
    text = json.dumps({"students": rows.count, "statuses": counts})
    unfinished = mark.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(mark)
