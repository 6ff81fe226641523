"""The one function that a batch runs for each partition, here or on another machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from pathloom.engine.audit.batch.arrays import ALONE, Table
from pathloom.engine.audit.batch.compiled import compiled
from pathloom.engine.audit.batch.facts import Facts, read_facts
from pathloom.engine.audit.batch.groups import group, is_compiled, table_of
from pathloom.engine.audit.batch.job import Context, Job, context
from pathloom.engine.audit.batch.reading import Partition, read
from pathloom.engine.audit.batch.rejects import Rejects, write_rejects
from pathloom.engine.audit.batch.rows import Rows, read_rows
from pathloom.engine.audit.batch.settled import add_settled
from pathloom.engine.audit.batch.single import Singles
from pathloom.engine.audit.batch.tables import KINDS, Answers, write_table
from pathloom.engine.rules.nodes import RuleSet


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
    facts = Facts()
    if job.facts:
        facts = read_facts(Path(job.facts), rows.students, rejects)
        rows.good &= ~_among(rows.students, facts.refused)
    answers = audit_rows(rows, facts, known=known, rejects=rejects)
    _keep(Path(job.folder), partition.index, rows=rows, answers=answers, rejects=rejects)
    return rows.count


def audit_rows(rows: Rows, facts: Facts, *, known: Context, rejects: Rejects) -> Answers:
    """Audit every good student of a partition: together where that is possible, else alone."""
    answers = Answers()
    alone = np.ones(rows.count, dtype=bool)
    table = table_of(rows)
    for ruleset, students in _cohorts(rows, facts, known):
        if not is_compiled(ruleset):
            continue
        of = group(ruleset, rows.facts)
        in_units = _in_units(table, ruleset)
        if in_units is None:
            continue
        found = compiled()(students, in_units, of.facts, of.awards, of.tree, of.rules)
        add_settled(answers, rows, of, students=students, found=found)
        alone[students] = found.tier == ALONE
    singles = Singles(rows, known, rejects)
    for student in (alone & rows.good).nonzero()[0].tolist():
        record = rows.record(student)
        singles.audit(student, replace(record, **facts.of(record.student)))
    singles.into(answers)
    return answers


def _cohorts(
    rows: Rows, facts: Facts, known: Context
) -> Iterator[tuple[RuleSet, NDArray[np.int64]]]:
    """Yield rule sets with the good students under each for whom they read as they are."""
    codes = rows.columns["entered_grade_9"].codes[rows.starts[:-1]]
    plain = rows.good & ~_among(rows.students, facts.special)
    by_ruleset: dict[int, tuple[RuleSet, list[int]]] = {}
    for code, year in enumerate(rows.parsed["entered_grade_9"]):
        ruleset = known.rules_for(year) if year is not None else None
        if isinstance(ruleset, RuleSet):
            by_ruleset.setdefault(id(ruleset), (ruleset, []))[1].append(code)
    for ruleset, years in by_ruleset.values():
        yield ruleset, np.flatnonzero(plain & np.isin(codes, years))


def _among(students: list[str], some: set[str]) -> NDArray[np.bool_]:
    return np.array([name in some for name in students], dtype=bool)


def _in_units(table: Table, ruleset: RuleSet) -> Table | None:
    """Put credit into units of the rule set; None where some of it is not exact."""
    if ruleset.carnegie_units == CARNEGIE:
        return table
    amounts, rest = np.divmod(table.credits * CARNEGIE, ruleset.carnegie_units)
    return None if rest.any() else table._replace(credits=amounts)


CARNEGIE = 100  # hundredths of a Carnegie unit in one credit of a table
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
