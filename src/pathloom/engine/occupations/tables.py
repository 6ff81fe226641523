"""The compiled tables as text: one line per fact, sorted, the same bytes for the same input."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pathloom.engine.errors import Problem
from pathloom.engine.occupations.types import INTERESTS, OccupationError, Pay

PACKAGED = Path(__file__).parents[2] / "rulebook" / "occupations"
MANIFEST = "manifest.yaml"
BETWEEN = "|"  # stands between the values of one cell

OCCUPATIONS = ("code", "title", "job_zone", *INTERESTS)
TITLES = ("code", "titles")
RELATED = ("code", "related")
PROGRAMS = ("soc", "cips")
CIPS = ("code", "title")
PLACES = ("code", "cluster", "pathway")
PROJECTIONS = (
    "code",
    "title",
    "employment",
    "growth",
    "openings",
    "education",
    "experience",
    "training",
    "area",
    "years",
)
WAGES = ("code", "title", "p10", "p25", "p50", "p75", "p90", "area", "year")
COLUMNS = {
    "occupations": OCCUPATIONS,
    "titles": TITLES,
    "related": RELATED,
    "programs": PROGRAMS,
    "cips": CIPS,
    "places": PLACES,
    "projections": PROJECTIONS,
    "wages": WAGES,
}


def table_name(kind: str, of: str = "") -> str:
    """``wages-us-ga.csv`` for ``wages`` of ``US-GA``."""
    return f"{kind}-{of.lower()}.csv" if of else f"{kind}.csv"


def kind_of(name: str) -> str:
    """The kind of a table by its file name; empty for a file that is no table of ours."""
    kind = name.removesuffix(".csv").partition("-")[0]
    return kind if name.endswith(".csv") and kind in COLUMNS else ""


def table_text(kind: str, rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV below the column names of their kind, sorted; an empty cell is "not there"."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[kind])
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    writer.writerows(sorted(cells))
    return out.getvalue()


def rows_of(name: str, text: str) -> list[list[str]]:
    """The rows of a compiled table without its head.

    Raises:
        OccupationError: the columns or the cells of a row are not those of this kind of table.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    expected = list(COLUMNS[kind_of(name)])
    width = len(expected)
    if next(reader, None) != expected:
        what = f"the columns are not {', '.join(expected)}"
        raise OccupationError([Problem(f"{name}:1", what, "Compile the tables anew.")])
    rows = list(reader)
    for line, row in enumerate(rows, start=2):
        if len(row) != width:
            what = f"{len(row)} cells in a row of {width}"
            raise OccupationError([Problem(f"{name}:{line}", what, "Compile the tables anew.")])
    return rows


def pay_text(pay: Pay | None) -> str:
    """``48120``, ``239200+`` for a floor, empty for none."""
    return "" if pay is None else f"{pay.dollars}{'+' if pay.floor else ''}"


def parse_pay(text: str) -> Pay | None:
    return Pay(int(text.removesuffix("+")), text.endswith("+")) if text else None


def number(text: str) -> int | None:
    return int(text) if text else None


def read_tables(root: Path) -> dict[str, str]:
    """Every table and the manifest of a folder, by file name.

    Raises:
        OccupationError: the folder is not there or holds no compiled tables.
    """
    names = sorted(each.name for each in root.glob("*.csv") if kind_of(each.name))
    if MANIFEST not in {each.name for each in root.glob("*.yaml")} or not names:
        problem = Problem(
            str(root),
            "no compiled occupations in this folder",
            "Make them with `pathloom occupations compile`.",
        )
        raise OccupationError([problem])
    return {name: (root / name).read_text(encoding="utf-8") for name in [*names, MANIFEST]}


def write_tables(files: Mapping[str, str], out: Path) -> None:
    """Put a set of tables in place of what ``out`` holds: all of it, or nothing.

    They are written beside ``out`` first; a fault on the way leaves ``out`` as it was.

    Raises:
        OccupationError: ``out`` holds something else than compiled tables, or cannot be written.
    """
    _refuse(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        fresh = beside / "fresh"
        fresh.mkdir(mode=0o755)
        for name in sorted(files):
            (fresh / name).write_text(files[name], encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(beside / "before")
        fresh.rename(out)
    except OSError as error:
        if not out.exists() and (beside / "before").exists():
            (beside / "before").rename(out)
        raise _unwritable(out, error) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise OccupationError([Problem(str(out), "not a folder", "Name another folder.")])
    strange = [
        each.name
        for each in sorted(out.iterdir())
        if each.name != MANIFEST and not kind_of(each.name)
    ]
    if strange:
        what = f"holds other files, such as '{strange[0]}'"
        raise OccupationError([Problem(str(out), what, "Name a new or an empty folder.")])


def _unwritable(out: Path, error: OSError) -> OccupationError:
    what = f"cannot be written ({error.strerror})"
    return OccupationError([Problem(str(out), what, "Check the folder.")])
