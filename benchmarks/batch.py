"""A whole population: generated students in Parquet against the Georgia diploma, end to end.

Run: ``python benchmarks/batch.py [COUNT ...]``; 10,000 and 100,000 students if none is given.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import audit as one
import command
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import report
from numpy.typing import NDArray

from pathloom.engine.audit import audit
from pathloom.engine.audit.batch.compiled import compiled
from pathloom.engine.audit.batch.groups import group, table_of
from pathloom.engine.audit.batch.job import Context, Job, context
from pathloom.engine.audit.batch.reading import partitions, read
from pathloom.engine.audit.batch.rejects import Rejects
from pathloom.engine.audit.batch.rows import Rows, read_rows
from pathloom.engine.catalog import Course
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import SchoolYear

SEED = 20261122
DAY = date(2026, 11, 22)
RULES = "us-ga/diploma"
CHUNK = 32_000  # students of a row group, close to a million rows
COMPARED = 300  # students whose answers are compared with the single audit before times are
FIRST_YEAR, COHORTS = 2021, 4
STATES = ("earned", "in_progress", "planned", "failed")

Numbers = NDArray[np.int64]


def courses() -> list[tuple[Course, int, int]]:
    """The courses of ``audit.py``, with how many of their kind a student takes; one earns two."""
    found = [(each, kind.least, kind.most) for kind in one.kinds() for each in kind.courses]
    welding = next(each for each, _, _ in found if each.id == "WELDING-I")
    seat = replace(welding, id="HEALTHCARE", title="Essentials of Healthcare", number="25.4400000")
    return [*found, (seat, 0, 1)]


def write_catalog(path: Path) -> None:
    """The courses of the generated students, as a school would list them."""
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "title", "subject", "credits", "tags", "number"])
        for each, _, _ in courses():
            tags = " ".join(sorted(each.tags))
            amount = each.credits / 100
            table.writerow([each.id, each.title, each.subject, amount, tags, each.number])


def write_students(path: Path, count: int) -> int:
    """Write ``count`` students, row groups of whole students; return the number of rows."""
    chance = np.random.default_rng(SEED)
    writer = None
    rows = 0
    for start in range(0, count, CHUNK):
        table = _students(start, min(CHUNK, count - start), chance)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=table.num_rows)
        rows += table.num_rows
    if writer is not None:
        writer.close()
    return rows


def _students(start: int, count: int, chance: np.random.Generator) -> pa.Table:
    """Students who mostly take what the rules ask for, and otherwise what there is.

    Of each kind of course as many as usual, then others, until there are 29 to 34.
    """
    rank = _preferences(count, chance)
    length = np.maximum((rank < 1).sum(axis=1), chance.integers(29, 35, size=count))
    taken = rank.argsort(axis=1)
    places = np.arange(rank.shape[1])[None, :]
    inside = places < length[:, None]
    shuffled = np.where(inside, chance.random(inside.shape), 2).argsort(axis=1)
    course = np.take_along_axis(taken, shuffled, axis=1)[inside]
    position = (places / length[:, None])[inside]
    owner = np.repeat(np.arange(count), length)
    return _table(start, owner, course, position, chance)


def _preferences(count: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """A number for each student and course: below 1 it is taken, else the lower the likelier."""
    offered = courses()
    kinds: dict[tuple[str, frozenset[str], int, int], list[int]] = {}
    for index, (each, _, most) in enumerate(offered):
        kinds.setdefault((each.subject, each.tags, each.credits, most), []).append(index)
    rank = 1 + chance.random((count, len(offered)))
    rank[:, [each.credits < 100 for each, _, _ in offered]] += 0.7
    for (subject, _, _, most), members in kinds.items():
        takes = chance.integers(offered[members[0]][1], most + 1, size=(count, 1))
        order = chance.random((count, len(members))).argsort(axis=1).argsort(axis=1)
        wanted = order < takes
        if subject == "military-science":
            rank[:, members] = 9
            wanted &= chance.random((count, 1)) < one._IN_JROTC
        rank[:, members] = np.where(wanted, chance.random(order.shape), rank[:, members])
    return rank


def _table(
    start: int,
    owner: Numbers,
    course: Numbers,
    position: NDArray[np.float64],
    chance: np.random.Generator,
) -> pa.Table:
    count = int(owner[-1]) + 1
    done = chance.choice([0.25, 0.5, 0.75, 1.0], size=count, p=[0.2, 0.25, 0.25, 0.3])[owner]
    plans = (chance.random(count) < 0.7)[owner]
    state = np.where(position < done, 0, np.where(position < done + 0.25, 1, 2))
    state[(state == 0) & (chance.random(len(state)) < 0.03)] = 3
    keep = (state != 2) | plans
    cohort = chance.integers(0, COHORTS, size=count)[owner]
    term = 2 * (cohort + (position * 4).astype(int)) + chance.integers(0, 2, size=len(owner))
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(FIRST_YEAR, FIRST_YEAR + 8)]
    offered = [each for each, _, _ in courses()]
    columns: dict[str, tuple[Numbers, list[str]]] = {
        "student": (owner, [f"S{start + index:07d}" for index in range(count)]),
        "entered_grade_9": (cohort, years),
        "course": (course, [each.id for each in offered]),
        "state": (state, list(STATES)),
        "term": (term, [f"{year} {part}" for year in years for part in ("fall", "spring")]),
    }
    made: dict[str, Any] = {
        name: pa.DictionaryArray.from_arrays(codes[keep].astype(np.int32), values).cast(pa.string())
        for name, (codes, values) in columns.items()
    }
    amounts = np.array([each.credits / 100 for each in offered])
    return pa.table(made | {"credits": amounts[course[keep]]})


# -- measuring


def measure(folder: Path, count: int) -> dict[str, str]:
    """Run the command on ``count`` students; then its kernel alone on one partition of them."""
    students, catalog = folder / f"{count}.parquet", folder / "catalog.csv"
    rows = write_students(students, count)
    out = folder / f"out-{count}"
    given = ["--rules", RULES, "--catalog", str(catalog), "--as-of", str(DAY), "--out", str(out)]
    words = [str(Path(sys.executable).with_name("pathloom")), "batch", "audit", str(students)]
    seconds, memory = command.run([*words, *given])
    job = Job(str(students), RULES, DAY, catalog=str(catalog))
    known = context(job)
    first = partitions(students, rows=job.rows)[0]
    table, first_row = read(students, first)
    found = read_rows(
        table, first_row=first_row, known=known, rejects=Rejects("students", first_row)
    )
    compare(out, found, known)
    kernel = _kernel(found, known)
    return {
        "students": f"{count:,}",
        "records": f"{rows:,}",
        "end to end": f"{seconds:.1f} s",
        "students a second": f"{count / seconds:,.0f}",
        "kernel, students a second and core": f"{kernel:,.0f}",
        "memory of all processes": f"{memory / 2**30:.2f} GiB",
        "result": f"{sum(each.stat().st_size for each in out.rglob('*.parquet')) / 2**20:,.0f} MiB",
    }


def _kernel(rows: Rows, known: Context) -> float:
    """Students a second of processor time: allocation, amounts and certificates in numbers."""
    ruleset = known.rules_for(SchoolYear(FIRST_YEAR))
    if not isinstance(ruleset, RuleSet):
        raise SystemExit(ruleset.what)
    of, table = group(ruleset, rows.facts), table_of(rows)
    students = np.flatnonzero(rows.good)[:20_000]
    settle = compiled()
    settle(students[:10], table, of.facts, of.awards, of.tree, of.rules)
    start = process_time()
    settle(students, table, of.facts, of.awards, of.tree, of.rules)
    return len(students) / (process_time() - start)


def compare(out: Path, rows: Rows, known: Context) -> None:
    """Stop if the status or an amount of a requirement is not that of the single audit."""
    table = pq.read_table(out / "requirements" / "part-00000.parquet")
    names = rows.students[: 4 * COMPARED]
    chosen = random.Random(SEED).sample(range(len(names)), min(COMPARED, len(names)))
    said: dict[str, list[tuple[str, str, int]]] = {}
    for row in table.slice(0, 40 * len(names)).to_pylist():
        short = int(row["short"] * 100)
        said.setdefault(row["student"], []).append((row["requirement"], row["status"], short))
    for student in chosen:
        record = rows.record(student)
        ruleset = known.rules_for(record.entered_grade_9)
        if not isinstance(ruleset, RuleSet):
            raise SystemExit(ruleset.what)
        result = audit(record, ruleset, catalog=None, as_of=DAY)
        every = (*result.walk(), result.total)
        if said[record.student] != [(each.id, str(each.status), each.short) for each in every]:
            raise SystemExit(f"{record.student}: the batch does not say what the audit says")


def main(*counts: int) -> None:
    """Compile first, so that no figure holds the minute that a machine's first run takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalog(folder / "catalog.csv")
        measure(folder, 1000)
        rows = [measure(folder, count) for count in counts or (10_000, 100_000)]
    report.write("Batch", rows, seed=SEED, packages=("numba", "numpy", "pyarrow"))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*(int(argument.replace(",", "")) for argument in sys.argv[1:]))
