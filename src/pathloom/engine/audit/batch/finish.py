"""The end of a batch: one check over all partitions, the rejects in one file, the summary."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pathloom.engine.audit.batch.facts import strangers
from pathloom.engine.audit.batch.job import Job
from pathloom.engine.audit.batch.partition import RESULT, part_name
from pathloom.engine.audit.batch.rejects import Reject, read_rejects, write_rejects
from pathloom.engine.audit.batch.rows import APART
from pathloom.engine.audit.batch.tables import KINDS, write_table


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch did; ``statuses`` counts the audited students by the status of the whole."""

    students: int
    audited: int
    rejected: int
    rejects: int
    statuses: dict[str, int]
    tiers: dict[str, int]


def finish(job: Job, out: Path, *, partitions: int) -> Summary:
    """Turn the finished partitions into the result, all at once; can be done again if killed."""
    folder = Path(job.folder)
    audited = _audited(folder)
    apart = _apart(audited, _rejects(folder))
    if apart:
        _leave_out(folder, apart, partitions)
        audited = _audited(folder)
    rejects = _rejects(folder)
    if job.facts:
        there = {*audited.column("student").to_pylist(), *(each.student for each in rejects)}
        rejects += strangers(Path(job.facts), pa.array(sorted(there), pa.string()))
    write_rejects(rejects, folder / RESULT / "rejects.parquet")
    rejected = len({each.student for each in rejects})
    summary = Summary(
        students=audited.num_rows + rejected,
        audited=audited.num_rows,
        rejected=rejected,
        rejects=len(rejects),
        statuses=_count(audited.column("status")),
        tiers=_count(audited.column("tier")),
    )
    document = asdict(summary) | {"rules": job.rules, "as_of": job.as_of.isoformat()}
    text = json.dumps(document, indent=2)
    (folder / RESULT / "summary.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / RESULT).rename(out)
    shutil.rmtree(folder)
    return summary


def _audited(folder: Path) -> pa.Table:
    return pq.read_table(folder / RESULT / "students", columns=["student", "status", "tier"])


def _rejects(folder: Path) -> list[Reject]:
    files = sorted((folder / "rejects").glob("*.parquet"))
    return [each for path in files for each in read_rejects(path)]


def _count(column: pa.ChunkedArray) -> dict[str, int]:
    counted = pc.value_counts(column).to_pylist()
    return {
        each["values"]: each["counts"] for each in sorted(counted, key=lambda each: each["values"])
    }


def _apart(audited: pa.Table, rejects: list[Reject]) -> list[str]:
    """Students of whom two partitions speak, or whom one audited and another rejected."""
    students = audited.column("student")
    counts = pc.value_counts(students)
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values").to_pylist()
    refused = pa.array(sorted({each.student for each in rejects}), pa.string())
    return sorted({*twice, *students.filter(pc.is_in(students, refused)).to_pylist()})


def _leave_out(folder: Path, apart: list[str], partitions: int) -> None:
    """Take students out of every partition: an answer from some of their rows is none."""
    what, fix = APART
    rejects = [Reject(name, "students", None, "student", name, what, fix) for name in apart]
    write_rejects(rejects, folder / "rejects" / "apart.parquet")
    names = pa.array(apart, pa.string())
    for index in range(partitions):
        for name in KINDS:
            path = folder / RESULT / name / part_name(index)
            table = pq.read_table(path)
            keep = pc.invert(pc.is_in(table.column("student"), names))
            if not pc.all(keep).as_py():
                write_table(table.filter(keep), path)
