"""Runs a batch of plans: every student once, in as many processes as wanted, then the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import cpu_count, get_context
from pathlib import Path

from pathloom.engine.errors import PathloomError, Problem, RequestError
from pathloom.engine.planner.batch.school import Entry, entries, files_of, school_of
from pathloom.engine.planner.batch.tables import SUMMARY, Summary, Wanted, write_tables
from pathloom.engine.planner.batch.work import Done, kept_at, work
from pathloom.engine.planner.watch import Progress, Watch, nobody

KEPT = "kept"
AHEAD = 4  # students that wait for each process, so that none of them stands still


def plan_batch(
    given: Sequence[Path],
    out: Path,
    *,
    wanted: Wanted,
    workers: int | None = None,
    watch: Watch = nobody,
) -> Summary:
    """Check every student's plan so far, repair what does not hold, and write the tables.

    What is in ``out`` from an earlier run is used: an answer is kept under the identity of its
    request, so only students with other inputs are done again. A run that is stopped leaves every
    answer that was finished, and no table.

    Args:
        given: a folder, or files of one: ``school.json`` and students, as docs/reference says.
        out: the folder of the result; made, or gone on with.
        wanted: which tables to write.
        workers: processes on this machine; one a core if None; 1 works in this one.
        watch: is told after each student, and may raise ``Cancelled``.
    Returns:
        How many students there are of each outcome. The tables list students in the order in which
        they are given, whatever the number of processes.
    Raises:
        RequestError: what is wrong with the school as a whole, all of it; what is wrong with one
            student is said in ``rejects.csv``.
    """
    files = files_of(given)
    school = files[0].parent.resolve()
    school_of.cache_clear()  # this process may have read the folder before
    school_of(school)
    _prepare(out)
    of = sum(1 for _ in entries(files))
    if not of:
        raise RequestError(
            [Problem(str(files[0]), "no students in it", "Write a plan request on each line.")]
        )
    kept = out / KEPT
    task = partial(work, school=school, kept=kept)
    found: list[Done] = []
    again = 0
    for done in _worked(task, entries(files), workers=workers or cpu_count()):
        found.append(done)
        again += done.again
        words = f", {again:,} kept from before" if again else ""
        watch(Progress(len(found), of, f"{len(found):,} of {of:,} students{words}"))
    place = {str(path): index for index, path in enumerate(files)}
    found.sort(key=lambda one: (place[one.file], one.line))
    summary = write_tables(found, out, kept=kept, wanted=wanted)
    _forget(kept, {each.key for each in found if each.key})
    return summary


def _prepare(out: Path) -> None:
    """Make the folder, or go on in one that a batch of plans made; no table stays from before."""
    if out.exists() and not (out / KEPT).is_dir() and (not out.is_dir() or any(out.iterdir())):
        what = "is there already, and no batch of plans made it"
        raise RequestError([Problem(str(out), what, "Choose another name.")])
    if not out.parent.is_dir():
        what = "no such folder to write into"
        raise RequestError([Problem(str(out), what, "Make the folder first.")])
    (out / KEPT).mkdir(parents=True, exist_ok=True)
    (out / SUMMARY).unlink(missing_ok=True)  # it says that the result is whole


def _worked(task: partial[Done], every: Iterator[Entry], *, workers: int) -> Iterator[Done]:
    """Yield what became of each student, as they are finished."""
    if workers <= 1:
        yield from map(task, every)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(task, each) for each in islice(every, workers * AHEAD)}
        try:
            while running:
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {pool.submit(task, each) for each in islice(every, len(finished))}
                yield from _results(finished)
        finally:
            pool.shutdown(cancel_futures=True)


def _results(finished: Iterable[Future[Done]]) -> Iterator[Done]:
    try:
        yield from (future.result() for future in finished)
    except BrokenProcessPool:
        what = "a process was ended from outside, perhaps because memory ran out"
        fix = "Run the same command again, with fewer --workers: what is finished is kept."
        raise PathloomError([Problem("batch plan", what, fix)]) from None


def _forget(kept: Path, keys: set[str]) -> None:
    """Remove answers to requests that are no longer asked, and what a stopped run left."""
    there = {kept_at(kept, key) for key in keys}
    for path in (each for each in kept.rglob("*") if each.is_file() and each not in there):
        path.unlink()
