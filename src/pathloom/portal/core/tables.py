"""Tables that sort by their heads, and CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Row = Mapping[str, Any]
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A cell is text, or {text, url, muted, lang, sort}, or {ui, ...}."""

    key: str
    label: StrOrPromise
    numeric: bool = False
    heading: bool = False  # the cell that names the row
    sortable: bool = True
    hint: StrOrPromise = ""


def table(
    request: HttpRequest,
    *,
    caption: StrOrPromise,
    columns: Sequence[Column],
    rows: Iterable[Row],
    csv_url: str = "",
) -> dict[str, Any]:
    """The arguments of `ui_table`, sorted by `?sort=key` or `?sort=-key` where that is asked."""
    asked = request.GET.get("sort", "")
    key, backward = asked.removeprefix("-"), asked.startswith("-")
    sortable = {column.key for column in columns if column.sortable}
    ordered = list(rows)
    if key in sortable:
        ordered.sort(key=lambda row: _sort_value(row[key]), reverse=backward)
    return {
        "caption": caption,
        "columns": [_head(column, request.GET, key, backward=backward) for column in columns],
        "rows": ordered,
        "csv_url": csv_url,
    }


def _head(column: Column, query: QueryDict, key: str, *, backward: bool) -> dict[str, Any]:
    here = column.sortable and column.key == key
    changed = query.copy()
    changed["sort"] = f"-{column.key}" if here and not backward else column.key
    return {
        "key": column.key,
        "label": column.label,
        "hint": column.hint,
        "numeric": column.numeric,
        "heading": column.heading,
        "sort_url": f"?{changed.urlencode()}" if column.sortable else "",
        "sorted": ("descending" if backward else "ascending") if here else "",
    }


def _sort_value(cell: Any) -> tuple[bool, Any]:
    """Numbers and dates as they are, words without case; what is empty comes last."""
    value = cell.get("sort", cell.get("text", "")) if isinstance(cell, Mapping) else cell
    return (value is None or value == "", value.casefold() if isinstance(value, str) else value)


def csv_text(names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV under one line of names; a cell that a spreadsheet would run stays text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([inert("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def inert(text: str) -> str:
    """The text with a quote before it where a spreadsheet would read a formula."""
    return f"'{text}" if text.startswith((*ACTIVE, "'")) else text


def original(text: str) -> str:
    """What `inert` was given."""
    return text[1:] if text.startswith("'") else text
