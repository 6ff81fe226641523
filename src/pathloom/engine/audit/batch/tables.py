"""The three tables of a result: students, requirements, certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pathloom.engine.audit.batch.rows import Rows

# Amounts are exact: hundredths, written as decimals with two places.
_AMOUNT = pa.decimal32(9, 2)
_WORD = pa.dictionary(pa.int32(), pa.string())

STUDENTS = pa.schema({"index": pa.int32(), "ruleset": _WORD, "status": _WORD, "tier": _WORD})
REQUIREMENTS = pa.schema(
    {
        "index": pa.int32(),
        "requirement": _WORD,
        "measure": _WORD,
        "status": _WORD,
        **dict.fromkeys(("need", "earned", "in_progress", "planned", "short", "excused"), _AMOUNT),
        "needed": pa.bool_(),
    }
)
CERTIFICATES = pa.schema(
    {
        "index": pa.int32(),
        "row": pa.int64(),
        "record": _WORD,
        "requirement": _WORD,
        "amount": _AMOUNT,
        "state": _WORD,
        "second": pa.bool_(),
        "overflow": pa.bool_(),
        "substitute": _WORD,
    }
)
KINDS = {"students": STUDENTS, "requirements": REQUIREMENTS, "certificates": CERTIFICATES}


@dataclass(slots=True)
class Answers:
    """The answers of one partition in pieces; ``index`` says whose row it is.

    The rows of one student come in one piece, in their order; pieces come in any order.
    """

    pieces: dict[str, list[pa.Table]] = field(default_factory=lambda: {name: [] for name in KINDS})

    def add(self, name: str, columns: dict[str, Any]) -> None:
        """Add rows of one table: lists, or Arrow arrays of its types."""
        schema = KINDS[name]
        made = [_array(columns[each.name], each.type) for each in schema]
        self.pieces[name].append(pa.table(made, schema=schema))

    def table(self, name: str, rows: Rows) -> pa.Table:
        """Put the pieces of one table together in order of the students, with their names."""
        pieces = self.pieces[name]
        table = pa.concat_tables(pieces) if pieces else KINDS[name].empty_table()
        table = table.unify_dictionaries()
        if len(pieces) > 1:
            order = np.argsort(table.column("index").to_numpy(), kind="stable")
            table = table.take(pa.array(order))
        index = table.column("index").combine_chunks()
        names = pa.DictionaryArray.from_arrays(index, pa.array(rows.students, pa.string()))
        return table.drop_columns("index").add_column(0, "student", names)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    if kind == _AMOUNT:
        return amounts(np.array(values, dtype=np.int32))
    if kind == _WORD:
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)


def amounts(hundredths: NDArray[Any]) -> pa.Array:
    """Hundredths as decimals with two places, without a copy."""
    whole = np.ascontiguousarray(hundredths, dtype=np.int32)
    return pa.Array.from_buffers(_AMOUNT, len(whole), [None, pa.py_buffer(whole)])


def words(codes: NDArray[Any], values: list[str]) -> pa.Array:
    """Codes into a list of words; a negative code is empty."""
    whole = pa.array(codes.astype(np.int32, copy=False))
    if len(codes) and codes.min() < 0:
        whole = pc.if_else(pc.less(whole, 0), pa.scalar(None, pa.int32()), whole)
    return pa.DictionaryArray.from_arrays(whole, pa.array(values, pa.string()))


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table that every reader of Parquet understands, or nothing."""
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(
        table,
        unfinished,
        compression="zstd",
        store_schema=False,
        store_decimal_as_integer=True,
    )
    unfinished.replace(path)
