"""Imported tables: which code stands where in a framework, kept in a folder of the operator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from pathloom.engine.errors import Problem, place_in, problems_of, read_json
from pathloom.engine.taxonomy.framework import FrameworkError

TableKind = Literal["soc", "cip", "naics"]
NOT_IMPORTED = "not imported. Run: pathloom frameworks import FOLDER"


@dataclass(frozen=True, slots=True)
class TableShape:
    """What a table's codes are called in a workbook, and what one looks like."""

    column: str
    pattern: str
    example: str


TABLES: Mapping[TableKind, TableShape] = {
    "soc": TableShape("SOC Code", r"\d\d-\d{4}", "17-2051"),
    "cip": TableShape("CIP Code (2020)", r"\d\d\.\d{4}", "14.0801"),
    "naics": TableShape("2-Digit NAICS", r"\d\d(-\d\d)?", "31-33"),
}


@dataclass(frozen=True, slots=True, order=True)
class TableRow:
    """One code in one place; a code may stand in several."""

    code: str
    cluster: str
    pathway: str


@dataclass(frozen=True, slots=True)
class Table:
    """One imported table: ``source`` is the file it came from, ``read_on`` the day it was read."""

    kind: TableKind
    framework: str
    source: str
    sha256: str
    read_on: str
    rows: tuple[TableRow, ...]


_TABLE: TypeAdapter[Table] = TypeAdapter(Table)


def write_table(folder: Path, table: Table) -> Path:
    """Write a table with its manifest as one file, in place of the one before, all or nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    document = asdict(table) | {
        "count": len(table.rows),
        "rows": [[row.code, row.cluster, row.pathway] for row in table.rows],
    }
    path = _path(folder, table.kind)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return beside.replace(path)


def load_table(folder: Path, kind: TableKind) -> Table | None:
    """Read an imported table; None when none of this kind has been imported (``NOT_IMPORTED``).

    Raises:
        FrameworkError: the file is not what ``write_table`` writes.
    """
    path = _path(folder, kind)
    if not path.exists():
        return None
    document = read_json(path, kind=FrameworkError)
    try:
        plain = dict(document)  # type: ignore[call-overload]
        count = plain.pop("count")
        plain["rows"] = [
            dict(zip(("code", "cluster", "pathway"), row, strict=True)) for row in plain["rows"]
        ]
        table = _TABLE.validate_python(plain)
    except ValidationError as error:
        raise FrameworkError(problems_of(error, place=place_in(path.name))) from None
    except (TypeError, ValueError, KeyError):
        table, count = None, 0
    if table is None or len(table.rows) != count:
        raise FrameworkError([Problem(path.name, "not an imported table", "Import it again.")])
    return table


def _path(folder: Path, kind: TableKind) -> Path:
    return folder / f"{kind}.json"
