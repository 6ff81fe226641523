"""A table is read in pieces: nobody is lost where two of them meet, and a killed run goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from pathloom.engine.audit.batch import partition
from pathloom.engine.audit.batch import run as running
from pathloom.engine.audit.batch.job import Job
from pathloom.engine.audit.batch.reading import Partition, partitions
from pathloom.engine.audit.batch.run import Progress, audit_batch
from pathloom.engine.rules.load import PACKAGED
from tests.engine.audit.batch.files import KINDS, Row, course_rows, read, write_courses
from tests.engine.audit.batch.students import some_students

RULES = str(PACKAGED / "us-demo/diploma.yaml")
DAY = date(2026, 11, 22)


def table(folder: Path, *, count: int) -> Path:
    """Students in row groups of seven rows, so that most of them straddle two or more."""
    return write_courses(folder / "students.parquet", course_rows(some_students(count)), group=7)


@pytest.fixture
def students(tmp_path: Path) -> Path:
    return table(tmp_path, count=40)


def answers(out: Path) -> dict[str, list[Row]]:
    return {name: read(out, name) for name in (*KINDS, "rejects.parquet")}


def job(students: Path, *, rows: int) -> Job:
    return Job(str(students), RULES, DAY, rows=rows)


@pytest.mark.parametrize(("rows", "count"), [(1, 4), (7, 20), (20, 40), (50, 40)])
def test_the_size_of_partitions_changes_nothing(tmp_path: Path, rows: int, count: int) -> None:
    students = table(tmp_path, count=count)
    audit_batch(job(students, rows=10_000), tmp_path / "whole", workers=1)
    audit_batch(job(students, rows=rows), tmp_path / "pieces", workers=1)
    assert len(partitions(students, rows=rows)) > 5
    assert answers(tmp_path / "pieces") == answers(tmp_path / "whole")


def test_rows_that_straddle_are_counted_once(students: Path) -> None:
    found = partitions(students, rows=7)
    assert sum(each.continues for each in found) > 5
    assert [each.open_end for each in found[:-1]] == [each.continues for each in found[1:]]
    assert [each.offset for each in found] == [7 * index for index in range(len(found))]


def test_two_processes_answer_like_one(students: Path, tmp_path: Path) -> None:
    audit_batch(job(students, rows=50), tmp_path / "one", workers=1)
    audit_batch(job(students, rows=50), tmp_path / "two", workers=2)
    assert answers(tmp_path / "two") == answers(tmp_path / "one")


def test_two_workers_of_dask_answer_like_one_process(students: Path, tmp_path: Path) -> None:
    audit_batch(job(students, rows=50), tmp_path / "one", workers=1)
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address=None,
        worker_dashboard_address=None,
        local_directory=str(tmp_path),
    ) as cluster:
        address = cluster.scheduler_address
        audit_batch(job(students, rows=50), tmp_path / "two", scheduler=address)
    assert answers(tmp_path / "two") == answers(tmp_path / "one")


class EndedError(Exception):
    """Stands for a process that ends in the middle."""


def test_a_killed_run_goes_on_where_it_was(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = job(students, rows=50)
    audit_batch(wanted, tmp_path / "whole", workers=1)
    done: list[int] = []

    def until_the_third(job: Job, each: Partition) -> int:
        if len(done) == 3:
            raise EndedError
        done.append(each.index)
        return partition.audit_partition(job, each)

    monkeypatch.setattr(running, "audit_partition", until_the_third)
    with pytest.raises(EndedError):
        audit_batch(wanted, tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()

    monkeypatch.setattr(running, "audit_partition", partition.audit_partition)
    seen: list[Progress] = []
    audit_batch(wanted, tmp_path / "out", workers=1, report=seen.append)
    assert (seen[0].kept, seen[0].students) == (3, sum_of(students, parts=3))
    assert answers(tmp_path / "out") == answers(tmp_path / "whole")
    assert not (tmp_path / "out.unfinished").exists()


def sum_of(students: Path, *, parts: int) -> int:
    """How many students begin in the first partitions."""
    names = pq.read_table(students).column("student").to_pylist()
    stop = partitions(students, rows=50)[parts].offset
    return len(dict.fromkeys(names[:stop]))


def test_a_partition_without_its_mark_is_done_again(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may end after it wrote the tables and before it said so."""
    wanted = job(students, rows=50)

    def without_mark(job: Job, each: Partition) -> int:
        found = partition.audit_partition(job, each)
        partition.done_mark(Path(job.folder), each.index).unlink()
        raise EndedError(found)

    monkeypatch.setattr(running, "audit_partition", without_mark)
    with pytest.raises(EndedError):
        audit_batch(wanted, tmp_path / "out", workers=1)
    monkeypatch.setattr(running, "audit_partition", partition.audit_partition)
    summary = audit_batch(wanted, tmp_path / "out", workers=1)
    assert summary.students == 40
    assert len(read(tmp_path / "out", "students")) == 40


def test_another_table_begins_anew(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = job(students, rows=50)

    def once(job: Job, each: Partition) -> int:
        if each.index:
            raise EndedError
        return partition.audit_partition(job, each)

    monkeypatch.setattr(running, "audit_partition", once)
    with pytest.raises(EndedError):
        audit_batch(wanted, tmp_path / "out", workers=1)
    rows = list(course_rows(some_students(40)))
    rows[0]["credits"] = 2.0
    write_courses(students, rows, group=7)
    monkeypatch.setattr(running, "audit_partition", partition.audit_partition)
    seen: list[Progress] = []
    audit_batch(wanted, tmp_path / "out", workers=1, report=seen.append)
    assert seen[0].kept == 0
