"""Runs a batch: every partition once, on this machine or on many, and all of it or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from multiprocessing import cpu_count, get_context
from pathlib import Path
from typing import Any

import numpy as np

from pathloom.engine.audit.batch.arrays import Table
from pathloom.engine.audit.batch.compiled import compiled
from pathloom.engine.audit.batch.facts import check_facts
from pathloom.engine.audit.batch.finish import Summary, finish
from pathloom.engine.audit.batch.groups import group
from pathloom.engine.audit.batch.job import Context, Job, context, fingerprint
from pathloom.engine.audit.batch.partition import RESULT, audit_partition, done_mark
from pathloom.engine.audit.batch.reading import Partition, check_students, no_partition, partitions
from pathloom.engine.audit.batch.tables import KINDS
from pathloom.engine.errors import PathloomError, Problem, Problems, RecordError


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``kept`` partitions were done by an earlier run."""

    done: int
    partitions: int
    kept: int
    students: int


Report = Callable[[Progress], None]


def audit_batch(
    job: Job,
    out: Path,
    *,
    workers: int | None = None,
    scheduler: str = "",
    report: Report = lambda _: None,
) -> Summary:
    """Audit every student of a table and write the result to a folder.

    Args:
        job: what to audit; its ``folder`` is set here, beside ``out``.
        out: the folder to make; it appears when everything is in it, and not before.
        workers: processes on this machine; one a core if None; 1 works in this one.
        scheduler: address of a Dask scheduler whose workers see the same files; then ``workers``
            is not used.
        report: called after each partition.
    Raises:
        RecordError: ``out`` is there already, or the table as a whole cannot be read: every reason.
        RuleError, CatalogError: the rules or the catalog are wrong.
    """
    _check(job, out)
    job = replace(job, folder=str(out.with_name(f"{out.name}.unfinished").resolve()))
    context(job)
    parts = partitions(Path(job.students), rows=job.rows)
    if not parts:
        raise RecordError([no_partition(Path(job.students))])
    _prepare(job)
    folder = Path(job.folder)
    left = [each for each in parts if not done_mark(folder, each.index).exists()]
    kept = len(parts) - len(left)
    students = sum(_students(folder, each) for each in parts if each not in left)
    report(Progress(kept, len(parts), kept, students))
    answers = (
        _on_dask(job, left, scheduler) if scheduler else _here(job, left, workers or cpu_count())
    )
    for done, count in enumerate(answers, start=kept + 1):
        students += count
        report(Progress(done, len(parts), kept, students))
    return finish(job, out, partitions=len(parts))


def _check(job: Job, out: Path) -> None:
    problems = Problems()
    if out.exists():
        problems.add(str(out), "is there already", "Choose another name, or remove it.")
    elif not out.parent.is_dir():
        problems.add(str(out), "no such folder to write into", "Make the folder first.")
    check_students(Path(job.students), problems)
    if job.facts:
        check_facts(Path(job.facts), problems)
    try:
        context(job)
    except PathloomError as error:
        if not problems:
            raise
        problems.extend(error.problems)
    problems.raise_if_any(RecordError)


def _prepare(job: Job) -> None:
    """Go on with what an earlier run kept, if it was about the very same; else begin anew."""
    folder = Path(job.folder)
    mark = folder / "job.json"
    wanted = json.dumps({"fingerprint": fingerprint(job)} | asdict(job), default=str, indent=1)
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    if folder.exists():
        shutil.rmtree(folder)
    for name in (*(f"{RESULT}/{kind}" for kind in KINDS), "rejects", "done"):
        (folder / name).mkdir(parents=True)
    mark.write_text(wanted, encoding="utf-8")


def _students(folder: Path, partition: Partition) -> int:
    mark: dict[str, Any] = json.loads(done_mark(folder, partition.index).read_text("utf-8"))
    return int(mark["students"])


def _here(job: Job, left: list[Partition], workers: int) -> Iterator[int]:
    if workers <= 1 or len(left) <= 1:
        for partition in left:
            yield audit_partition(job, partition)
        return
    _compile(context(job))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(audit_partition, job, each) for each in left]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _compile(known: Context) -> None:
    """Compile before the processes start, so that not each of them does it for itself."""
    of = group(known.file.versions[-1], ())
    none = np.zeros(0, dtype=np.int64)
    table = Table(np.zeros(1, dtype=np.int64), none, none, none, none, 0)
    compiled()(none, table, of.facts, of.awards, of.tree, of.rules)


def _on_dask(job: Job, left: list[Partition], scheduler: str) -> Iterator[int]:
    from distributed import Client
    from distributed import as_completed as as_finished

    try:
        client = Client(scheduler, timeout="20s", set_as_default=False)
    except (OSError, ValueError):
        problem = Problem(
            "--scheduler",
            f"no Dask scheduler answers at '{scheduler}'",
            "Start one with `dask scheduler`, and workers with `dask worker ADDRESS`.",
        )
        raise RecordError([problem]) from None
    with client:
        futures = [
            client.submit(audit_partition, job, each, pure=False, key=f"audit-{each.index}")
            for each in left
        ]
        for future in as_finished(futures, loop=client.loop):
            yield future.result()
