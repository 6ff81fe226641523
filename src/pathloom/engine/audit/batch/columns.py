"""The columns of the student table: what they are called, what types they may have, one read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pathloom.engine.errors import Problems

Codes = NDArray[np.int32]


def plain(kind: pa.DataType) -> pa.DataType:
    """The type of the values, also where they are coded."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_text(coded: pa.DataType) -> bool:
    kind = plain(coded)
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _is_name(kind: pa.DataType) -> bool:
    return _is_text(kind) or bool(pa.types.is_integer(kind))


def _is_number(kind: pa.DataType) -> bool:
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(test(kind) for test in tests)


def _is_tags(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _is_text(kind.value_type)
    return _is_text(kind)


def _is_day(kind: pa.DataType) -> bool:
    return _is_text(kind) or bool(pa.types.is_date(kind))


def _is_yes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_boolean(kind))


@dataclass(frozen=True, slots=True)
class Kind:
    """Which Arrow types a column may have, and how that is said."""

    fits: Callable[[pa.DataType], bool]
    words: str


TEXT = Kind(_is_text, "text")
NAME = Kind(_is_name, "text or whole numbers")
NUMBER = Kind(_is_number, "numbers")
TAGS = Kind(_is_tags, "text, or lists of text")
DAY = Kind(_is_day, "dates, or text such as 2026-11-22")
YES = Kind(_is_yes, "true and false")

COURSE_COLUMNS = {
    "student": NAME,
    "entered_grade_9": TEXT,
    "credits": NUMBER,
    "state": TEXT,
    "id": NAME,
    "course": NAME,
    "number": TEXT,
    "sced": TEXT,
    "subject": TEXT,
    "tags": TAGS,
    "title": TEXT,
    "mark": NAME,
    "term": TEXT,
}
NEEDED = ("student", "entered_grade_9", "credits", "state")


def check_columns(
    schema: pa.Schema,
    known: dict[str, Kind],
    *,
    needed: Iterable[str],
    where: str,
    problems: Problems,
) -> None:
    """Add a problem for every column that is missing, misspelled or of a wrong type.

    Columns that are none of ours and look like none of ours are left alone: schools export more
    than an audit asks for.
    """
    absent = [name for name in known if name not in schema.names]
    for name in schema.names:
        close = [] if name in known else get_close_matches(name.lower(), absent, n=1, cutoff=0.8)
        if close:
            problems.add(where, f"unknown column '{name}'", f"Did you mean '{close[0]}'?")
        if schema.names.count(name) > 1 and name in known:
            problems.add(where, f"two columns '{name}'", "Leave one of them out.")
    for name in needed:
        if name not in schema.names:
            problems.add(where, f"column '{name}' is missing", f"Add a column '{name}'.")
    for name, kind in known.items():
        if schema.names.count(name) == 1 and not kind.fits(schema.field(name).type):
            what = f"column '{name}' holds {plain(schema.field(name).type)}"
            problems.add(where, what, f"Write {kind.words} in this column.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as codes into its distinct values, in order of appearance; -1 where empty."""

    codes: Codes
    values: list[Any]

    def value(self, row: int) -> Any:
        """Return the value in a row, None where it is empty."""
        code = self.codes[row]
        return None if code < 0 else self.values[code]

    def rows_with(self, bad: Iterable[int]) -> NDArray[np.intp]:
        """Return the rows that hold one of the distinct values with these codes."""
        marked = np.zeros(len(self.values) + 1, dtype=bool)
        marked[list(bad)] = True
        marked[-1] = False
        return np.flatnonzero(marked[self.codes])


def column(table: pa.Table, name: str) -> Column:
    """Encode a column of a table by its distinct values; empty where the table has none."""
    if name not in table.column_names:
        return Column(np.full(table.num_rows, -1, dtype=np.int32), [])
    found = table.column(name)
    if pa.types.is_list(found.type) or pa.types.is_large_list(found.type):
        found = pc.binary_join(found, " ")
    if not pa.types.is_dictionary(found.type):
        found = found.dictionary_encode()
    found = found.unify_dictionaries().combine_chunks()
    if isinstance(found, pa.ChunkedArray):  # no rows at all
        return Column(np.zeros(0, dtype=np.int32), [])
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return _without_empty(codes, found.dictionary.to_pylist())


def _without_empty(codes: Codes, values: list[Any]) -> Column:
    """Empty text, and a null inside the dictionary, are as empty as a null."""
    empty = [code for code, value in enumerate(values) if value is None or value == ""]
    if not empty:
        return Column(codes, values)
    codes = codes.copy()
    codes[np.isin(codes, empty)] = -1
    return Column(codes, values)
