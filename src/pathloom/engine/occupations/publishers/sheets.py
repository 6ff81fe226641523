"""The rows of a publisher's table, out of a delimited file or a workbook, below its heads."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import PurePosixPath

from pathloom.engine.errors import Problem, Problems
from pathloom.engine.occupations.publishers.files import Folder, unpacked
from pathloom.engine.occupations.types import InputSource, OccupationError
from pathloom.engine.workbook import is_workbook, opened

_TITLE_ROWS = 20  # titles and notes may stand above the heads, not more of them
_AS_IS = "Take the publisher's file as it is, of a release that has these columns."
Lines = Iterator[tuple[int, list[str]]]
Lacking = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table, each with its line: ``(3, {"Title": "..."})``.

    ``tab`` is the sheet of a workbook, empty for a delimited file.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    sha256: str
    tab: str = ""

    def at(self, line: int) -> str:
        return _at(self.name, self.tab, line)

    def source(self) -> InputSource:
        return InputSource(self.name, len(self.rows), self.sha256)


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads of a table in a sheet: on ``line``, and the row below where they take two."""

    tab: str
    line: int
    columns: tuple[str, ...]


def read_sheet(
    folder: Folder,
    name: PurePosixPath,
    *,
    needed: Sequence[str] = (),
    lacking: Lacking | None = None,
    tabs: bool = False,
    tab: str = "",
) -> Sheet:
    """Read a workbook, or a delimited file in UTF-8 with or without a mark before it, or Latin-1.

    The heads are the first row that has what is needed; titles may stand above it. Heads may take
    two rows, a group above its members: ``Employment`` over ``2024`` is ``Employment 2024``.

    Args:
        needed: columns that must be there; others may be, and are not kept.
        lacking: instead of ``needed``: which columns are not among some heads.
        tabs: O*NET's text edition: cells between tabs, quotes mean nothing.
        tab: the sheet of a workbook; empty for the first that has what is needed.
    Raises:
        OccupationError: it is no table, a column is missing, or rows have another width.
    """
    shown = unpacked(name.name)
    content = folder.read(name)
    digest = hashlib.sha256(content).hexdigest()
    lacking = lacking or (lambda columns: [each for each in needed if each not in columns])
    if not is_workbook(shown):
        heads = _heads([("", lambda: _delimited(content, shown, tabs=tabs))], lacking, shown)
        lines = _delimited(content, shown, tabs=tabs)
        return _sheet(heads, _whole(lines, heads, shown), needed, shown=shown, sha256=digest)
    with opened(shown, content, kind=OccupationError) as sheets:
        known = {each.title: lambda each=each: enumerate(each.rows(), 1) for each in sheets}
        if tab and tab not in known:
            what, fix = f"no sheet '{tab}'", f"The workbook has: {', '.join(known)}."
            raise OccupationError([Problem(shown, what, fix)])
        wanted = [(title, lines) for title, lines in known.items() if tab in ("", title)]
        heads = _heads(wanted, lacking, shown)
        return _sheet(heads, known[heads.tab](), needed, shown=shown, sha256=digest)


def _at(name: str, tab: str, line: int) -> str:
    return f"{name}: sheet '{tab}' row {line}" if tab else f"{name}:{line}"


def _heads(
    sheets: Iterable[tuple[str, Callable[[], Lines]]], lacking: Lacking, shown: str
) -> _Heads:
    """The first row, or two rows together, that lack nothing."""
    nearest: tuple[int, _Heads, Sequence[str]] | None = None
    for tab, lines in sheets:
        above: list[str] = []
        for line, cells in islice(lines(), _TITLE_ROWS):
            row = [" ".join(cell.split()) for cell in cells]
            for columns in (row, _joined(above, row)):
                heads = _Heads(tab, line, tuple(columns))
                missing = lacking(columns)
                if not missing:
                    _refuse_twins(heads, lacking, shown)
                    return heads
                if any(columns) and (nearest is None or len(missing) < nearest[0]):
                    nearest = (len(missing), heads, missing)
            above = row
    if nearest is None:
        raise OccupationError([Problem(shown, "no row below its head", "Download it again.")])
    _, heads, missing = nearest
    names = ", ".join(f"'{each}'" for each in missing)
    has = ", ".join(filter(None, heads.columns[:8]))
    row_named = "the first line" if heads.line == 1 and not heads.tab else "the nearest row"
    what = f"no column {names}; {row_named} has {has}"
    raise OccupationError([Problem(_at(shown, heads.tab, heads.line), what, _AS_IS)])


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of heads as one; a group stands over the cells right of it that are empty."""
    found, group = [], ""
    for own, cell in zip_longest(above, below, fillvalue=""):
        group = own or (group if cell else "")
        found.append(" ".join(filter(None, (group, cell))))
    return found


def _refuse_twins(heads: _Heads, lacking: Lacking, shown: str) -> None:
    """A head that is needed and stands twice could mean either column."""
    problems = Problems()
    for head, times in Counter(heads.columns).items():
        if times > 1 and lacking([each for each in heads.columns if each != head]):
            what = f"the column '{head}' stands {times} times"
            problems.add(_at(shown, heads.tab, heads.line), what, "Give each a name of its own.")
    problems.raise_if_any(OccupationError)


def _sheet(heads: _Heads, lines: Lines, needed: Sequence[str], *, shown: str, sha256: str) -> Sheet:
    """The rows below the heads; of the columns those that are needed, all if nothing says which."""
    places = [
        (place, column)
        for place, column in enumerate(heads.columns)
        if column and (not needed or column in needed)
    ]
    rows = tuple(
        (line, {column: cells[at].strip() if at < len(cells) else "" for at, column in places})
        for line, cells in lines
        if line > heads.line and any(cells)
    )
    if not rows:
        raise OccupationError([Problem(shown, "no row below its head", "Download it again.")])
    return Sheet(shown, heads.columns, rows, sha256, heads.tab)


def _delimited(content: bytes, shown: str, *, tabs: bool) -> Lines:
    style = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if tabs else {}
    reader = csv.reader(
        io.StringIO(_text(content, shown), newline=""),
        **style,  # type: ignore[arg-type]
    )
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        problem = Problem(f"{shown}:{reader.line_num}", str(error), "Download the file again.")
        raise OccupationError([problem]) from None


def _text(content: bytes, shown: str) -> str:
    if b"\0" in content[:4000]:
        fix = "Save it as CSV in UTF-8, or take the publisher's own file."
        raise OccupationError([Problem(shown, "not a text file", fix)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _whole(lines: Lines, heads: _Heads, shown: str) -> Lines:
    """The lines, of a file in which none below the heads is cut."""
    problems = Problems()
    width = len(heads.columns)
    for line, row in lines:
        if line > heads.line and any(row) and len(row) != width:
            what = f"{len(row)} cells in a row of {width}"
            problems.add(f"{shown}:{line}", what, "The file is cut or edited: download it again.")
        elif not problems:
            yield line, row
    problems.raise_if_any(OccupationError)
