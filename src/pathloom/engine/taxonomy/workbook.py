"""Reading the steward's crosswalk workbooks: which occupation, program or industry stands where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pathloom.engine.errors import Problem, Problems, nearest
from pathloom.engine.taxonomy.framework import Cluster, Framework, FrameworkError
from pathloom.engine.taxonomy.table import TABLES, Table, TableKind, TableRow
from pathloom.engine.workbook import WorkbookSheet, opened

MOST_ROWS = 200_000
_CLUSTER, _PATHWAY = "careercluster", "subcluster"
Cells = Sequence[str]
Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet of a workbook that holds a table: where its columns are, and its rows."""

    where: str
    kind: TableKind
    columns: Mapping[str, int]
    rows: Iterator[Cells]
    length: int


def normal(label: str) -> str:
    """A label without case, marks and "and": publications differ in the last comma of a list."""
    words = re.findall(r"[a-z0-9]+", label.lower())
    return "".join(word for word in words if word != "and")


def workbooks_in(path: Path) -> tuple[Path, ...]:
    """The workbook itself, or those of a folder by name, without those that Excel has open.

    Raises:
        FrameworkError: there is no such file or folder, or no workbook in it.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise FrameworkError([Problem(str(path), "no such file or folder", "Check the path.")])
    found = sorted(each for each in path.glob("*.xlsx") if not each.name.startswith("~$"))
    if not found:
        fix = "Name the folder with the workbooks of the steward."
        raise FrameworkError([Problem(str(path), "no workbook (.xlsx) is in this folder", fix)])
    return tuple(found)


def read_workbook(
    path: Path, framework: Framework, *, read_on: str, watch: Watch = lambda done, of: None
) -> Table:
    """Read the one table of a workbook and find every row's place in the framework.

    Args:
        framework: the one whose names the workbook uses; national-2024 for those of 2025.
        read_on: the day, as 2026-11-22; it goes into the table.
        watch: told how many of how many rows are read, now and then.
    Raises:
        FrameworkError: no workbook, not one sheet with the columns of a table, or every row with
            an empty or malformed cell or an unknown name, each by sheet and row.
    """
    packed = path.read_bytes()
    with opened(path.name, packed, kind=FrameworkError) as sheets:
        sheet = _find(path.name, sheets)
        rows = _rows(sheet, framework, watch=watch)
    return Table(
        kind=sheet.kind,
        framework=framework.id,
        source=path.name,
        sha256=sha256(packed).hexdigest(),
        read_on=read_on,
        rows=rows,
    )


def _find(name: str, sheets: Iterable[WorkbookSheet]) -> _Sheet:
    """The one sheet whose first row has a code, a cluster and a sub-cluster."""
    found: list[_Sheet] = []
    for sheet in sheets:
        rows = sheet.rows()
        header = [normal(cell) for cell in next(rows, [])]
        columns = {label: header.index(label) for label in header if label}
        codes = [kind for kind, shape in TABLES.items() if normal(shape.column) in columns]
        if {_CLUSTER, _PATHWAY} <= columns.keys() and len(codes) == 1:
            where = f"{name}: sheet '{sheet.title}'"
            found.append(_Sheet(where, codes[0], columns, rows, sheet.length))
    if len(found) != 1:
        wanted = " or ".join(f"'{shape.column}'" for shape in TABLES.values())
        what = (
            f"{len(found) or 'no'} sheet(s) have a column {wanted} beside cluster and sub-cluster"
        )
        fix = "Take the steward's crosswalk workbook of SOC, CIP or NAICS, as published."
        raise FrameworkError([Problem(name, what, fix)])
    return found[0]


def _rows(sheet: _Sheet, framework: Framework, *, watch: Watch) -> tuple[TableRow, ...]:
    clusters = {normal(cluster.name): cluster for cluster in framework.clusters}
    problems = Problems()
    found: dict[TableRow, int] = {}
    for number, cells in enumerate(sheet.rows, start=2):
        if number % 500 == 0:
            watch(number, sheet.length)
        if number > MOST_ROWS:
            problems.add(sheet.where, f"more than {MOST_ROWS} rows", "Delete the empty rows.")
            break
        row = _row(
            sheet, cells, clusters=clusters, where=f"{sheet.where} row {number}", to=problems
        )
        if row is not None:
            found.setdefault(row, number)
    if not found and not problems:
        problems.add(sheet.where, "no row holds anything", "Fetch the workbook again.")
    problems.raise_if_any(FrameworkError)
    watch(sheet.length, sheet.length)
    return tuple(sorted(found))


def _row(
    sheet: _Sheet,
    cells: Cells,
    *,
    clusters: Mapping[str, Cluster],
    where: str,
    to: Problems,
) -> TableRow | None:
    """One row as code and place; an empty one is nothing, and a mistake goes ``to`` the others."""
    shape = TABLES[sheet.kind]
    wanted = (normal(shape.column), _CLUSTER, _PATHWAY)
    texts = [_text(cells, sheet.columns[label]) for label in wanted]
    if not any(texts):
        return None
    empty = [
        name
        for name, text in zip((shape.column, "Career Cluster", "Sub-Cluster"), texts, strict=True)
        if not text
    ]
    if empty:
        to.add(where, f"the cell '{empty[0]}' is empty", "Fill it, or delete the row.")
        return None
    code, cluster, pathway = texts
    if not re.fullmatch(shape.pattern, code):
        to.add(where, f"'{code}' is no {shape.column}", f"Write it as text, like {shape.example}.")
        return None
    found = clusters.get(normal(cluster))
    if found is None:
        to.add(where, f"no cluster is called '{cluster}'", "Take the workbook for this framework.")
        return None
    inside = {normal(each.name): each for each in found.pathways}
    if normal(pathway) not in inside:
        what = f"'{cluster}' has no sub-cluster '{pathway}'"
        to.add(where, what, nearest(pathway, [each.name for each in found.pathways]))
        return None
    return TableRow(code, found.id, inside[normal(pathway)].id)


def _text(cells: Cells, column: int) -> str:
    """A cell as text; a row may end before it."""
    return cells[column] if column < len(cells) else ""
