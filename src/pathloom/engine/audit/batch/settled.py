"""Turns the numbers of the compiled audit into the tables of a result."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pathloom.engine.audit.allocate import TIERS
from pathloom.engine.audit.amounts import STATUSES
from pathloom.engine.audit.batch.arrays import ALONE, Settlements
from pathloom.engine.audit.batch.groups import Group
from pathloom.engine.audit.batch.rows import MOST_RECORDS, Rows
from pathloom.engine.audit.batch.tables import Answers, amounts, words
from pathloom.engine.audit.explain import TOTAL
from pathloom.engine.audit.numbers import LEVEL
from pathloom.engine.audit.result import Measure
from pathloom.engine.audit.tables import REST, SECOND

_STATES = [str(state) for state in LEVEL]
_WORDS = [str(status) for status in STATUSES]
_TIERS = [str(TIERS[tier]) for tier in sorted(TIERS)]


def add_settled(
    answers: Answers, rows: Rows, of: Group, *, students: NDArray[np.int64], found: Settlements
) -> None:
    """Add the answers about ``students`` (indexes), but for those to be audited one by one."""
    done = np.flatnonzero(found.tier != ALONE)
    if not len(done):
        return
    answers.add(
        "students",
        {
            "index": pa.array(students[done].astype(np.int32)),
            "ruleset": words(np.zeros(len(done)), [of.ruleset.id]),
            "status": words(found.status[done], _WORDS),
            "tier": words(found.tier[done], _TIERS),
        },
    )
    _add_requirements(answers, of, students=students, done=done, found=found)
    _add_certificates(answers, rows, of, students=students, found=found)


def _add_requirements(
    answers: Answers,
    of: Group,
    *,
    students: NDArray[np.int64],
    done: NDArray[np.intp],
    found: Settlements,
) -> None:
    names = [*(node.id for node in of.nodes), TOTAL]
    needs = np.array([*(node.earn for node in of.nodes), of.ruleset.total])
    count = len(done)
    need = np.tile(needs, count)
    there = found.amounts[done].reshape(-1, 3)
    length = len(need)
    answers.add(
        "requirements",
        {
            "index": pa.array(np.repeat(students[done], len(names)).astype(np.int32)),
            "requirement": words(np.tile(np.arange(len(names)), count), names),
            "measure": words(np.zeros(length), [str(Measure.CREDIT)]),
            "status": words(found.grades[done].reshape(-1), _WORDS),
            "need": amounts(need),
            "earned": amounts(there[:, 0]),
            "in_progress": amounts(there[:, 1]),
            "planned": amounts(there[:, 2]),
            "short": amounts(need - there.sum(axis=1)),
            "excused": amounts(np.zeros(length, dtype=np.int32)),
            "needed": pa.array(np.ones(length, dtype=bool)),
        },
    )


def _add_certificates(
    answers: Answers, rows: Rows, of: Group, *, students: NDArray[np.int64], found: Settlements
) -> None:
    who, node, row, award, amount, level, kind, way = found.entries.T
    answers.add(
        "certificates",
        {
            "index": pa.array(students[who].astype(np.int32)),
            "row": pa.array(row + rows.first_row, mask=row < 0),
            "record": _records(rows, of, student=students[who], row=row, award=award),
            "requirement": words(node, [each.id for each in of.nodes]),
            "amount": amounts(amount),
            "state": words(level, _STATES),
            "second": pa.array(kind == SECOND),
            "overflow": pa.array(kind == REST),
            "substitute": words(way, _substitutes(of)),
        },
    )


def _substitutes(of: Group) -> list[str]:
    return [substitute.id for node in of.nodes for substitute in node.instead]


def _records(
    rows: Rows,
    of: Group,
    *,
    student: NDArray[np.int64],
    row: NDArray[np.int64],
    award: NDArray[np.int64],
) -> pa.Array:
    """The ids of records: the row's own, or its place; those of awards after a plus."""
    ids = rows.columns["id"]
    if ids.values:
        names, codes = list(ids.values), ids.codes[row].astype(np.int64)
    else:
        names = [f"{place + 1:03d}" for place in range(MOST_RECORDS)]
        codes = row - rows.starts[student]
    known: dict[str, int] = {}
    for entry in np.flatnonzero(award >= 0).tolist():
        because = names[codes[entry]] if row[entry] >= 0 else ""
        name = f"{because}+{of.ruleset.awards[award[entry]].id}"
        codes[entry] = len(names) + known.setdefault(name, len(known))
    return words(codes, [*names, *known])
