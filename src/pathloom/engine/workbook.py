"""Publishers' workbooks (.xlsx): opened with care, each sheet as rows of cells."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from pathloom.engine.errors import PathloomError, Problem

MOST_BYTES = 200_000_000  # of a workbook when unpacked
_SAVE = "Save it as an Excel workbook (.xlsx), or fetch it again."
_OLD = b"\xd0\xcf\x11\xe0"  # how workbooks of Excel before 2007 begin
_UNREADABLE = (BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError)
_TORN = (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet; ``rows`` reads it from its first row on, each cell as text, empty ones too.

    ``length`` is how many rows the workbook says there are, 0 if it does not say.
    """

    title: str
    length: int
    rows: Callable[[], Iterator[list[str]]]


@contextmanager
def opened(
    name: str, packed: bytes, *, kind: type[PathloomError]
) -> Iterator[tuple[WorkbookSheet, ...]]:
    """The sheets of a workbook, to be read inside the ``with``.

    Args:
        name: what the file is called in messages.
        kind: the error to raise.
    Raises:
        PathloomError: it is no workbook, a damaged one, or unpacks to more than ``MOST_BYTES``.
    """
    from openpyxl import load_workbook

    _check_size(name, packed, kind)
    try:
        book = load_workbook(BytesIO(packed), read_only=True, data_only=True)
    except _UNREADABLE as error:
        what = f"not a workbook that can be read ({type(error).__name__})"
        raise kind([Problem(name, what, _SAVE)]) from None
    try:
        yield tuple(_sheet(name, each, kind) for each in book.worksheets)
    finally:
        book.close()


def is_workbook(name: str) -> bool:
    """Whether a file is a workbook by its name; one of old Excel is, too, and will be refused."""
    return name.lower().endswith((".xlsx", ".xlsm", ".xls"))


def _check_size(name: str, packed: bytes, kind: type[PathloomError]) -> None:
    """Refuse what is no zip file, or unpacks to more than a workbook ever holds."""
    if packed.startswith(_OLD):
        raise kind([Problem(name, "a workbook of an old Excel (.xls)", "Save it as .xlsx.")])
    try:
        with ZipFile(BytesIO(packed)) as inside:
            size = sum(each.file_size for each in inside.infolist())
            broken = inside.testzip() if size <= MOST_BYTES else None
    except _TORN as error:
        what = f"not a whole workbook ({type(error).__name__})"
        raise kind([Problem(name, what, _SAVE)]) from None
    if broken:
        raise kind([Problem(name, f"the workbook is damaged at '{broken}'", "Fetch it again.")])
    if size > MOST_BYTES:
        what = f"the workbook unpacks to {size // 1_000_000} MB"
        raise kind([Problem(name, what, "Fetch the publisher's own file.")])


def _sheet(name: str, sheet: Any, kind: type[PathloomError]) -> WorkbookSheet:
    length = int(sheet.max_row or 0)

    def rows() -> Iterator[list[str]]:
        sheet.reset_dimensions()  # some programs write a size that is not the sheet's
        try:
            for row in sheet.iter_rows():
                yield [cell_text(cell) for cell in row]
        except _UNREADABLE as error:
            what = f"sheet '{sheet.title}' cannot be read to its end ({type(error).__name__})"
            raise kind([Problem(name, what, _SAVE)]) from None

    return WorkbookSheet(sheet.title, length, rows)


def cell_text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, shares with a percent sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = Decimal(repr(value))
        if "%" in (cell.number_format or ""):
            return f"{_plain(number * 100)}%"
        return _plain(number)
    return str(value).strip()


def _plain(number: Decimal) -> str:
    """``12`` for 12.0, ``0.07`` for 7e-2; never with an exponent."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    return f"{number.normalize():f}"
