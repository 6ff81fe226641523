"""A folder or zip of a publisher's files: finding one of them, and reading its rows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pathloom.engine.errors import Problem, Problems
from pathloom.engine.occupations.types import InputSource, OccupationError

LARGEST = 200_000_000  # bytes of one file, unpacked; the largest real one has 12 million
_TOO_LARGE = Problem("", "larger than 200 MB", "Take the publisher's own file.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one delimited file, each with its line: ``(3, {"Title": "..."})``."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    sha256: str

    def at(self, line: int) -> str:
        return f"{self.name}:{line}"

    def source(self) -> InputSource:
        return InputSource(self.name, len(self.rows), self.sha256)


class Folder:
    """The files of a folder with all its folders, or of a zip; ``.gz`` files are read unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        if path.is_dir():
            names = [each.relative_to(path) for each in path.rglob("*") if each.is_file()]
            self._names = {PurePosixPath(*name.parts) for name in names}
        elif path.is_file() and zipfile.is_zipfile(path):
            self._zip = zipfile.ZipFile(path)
            entries = [each for each in self._zip.infolist() if not each.is_dir()]
            self._names = {PurePosixPath(each.filename) for each in entries}
        elif path.is_file():
            self.path, self._names = path.parent, {PurePosixPath(path.name)}
        else:
            problem = Problem(str(path), "no such folder or file", "Check the path.")
            raise OccupationError([problem])

    def names(self, *patterns: str) -> list[PurePosixPath]:
        """Files whose name is like one of the patterns, packed or not, in order."""
        return sorted(
            name
            for name in self._names
            if any(PurePosixPath(_unpacked(name.name).lower()).match(each) for each in patterns)
        )

    def read(self, name: PurePosixPath) -> bytes:
        """The content of a file, unpacked."""
        try:
            if self._zip is not None:
                if self._zip.getinfo(str(name)).file_size > LARGEST:
                    raise OccupationError([_named(name, _TOO_LARGE)])
                content = self._zip.read(str(name))
            else:
                content = (self.path / name).read_bytes()
            return _unpack(content, name) if name.suffix == ".gz" else content
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError):
            problem = Problem(str(name), "cannot be unpacked or read", "Download it again.")
            raise OccupationError([problem]) from None


def _unpacked(name: str) -> str:
    return name.removesuffix(".gz")


def _named(name: PurePosixPath, problem: Problem) -> Problem:
    return Problem(str(name), problem.what, problem.fix)


def _unpack(content: bytes, name: PurePosixPath) -> bytes:
    with gzip.open(io.BytesIO(content)) as packed:
        found = packed.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise OccupationError([_named(name, _TOO_LARGE)])
    return found


def read_sheet(
    folder: Folder, name: PurePosixPath, *, needed: Sequence[str] = (), tabs: bool = False
) -> Sheet:
    """Read a delimited file; text in UTF-8 with or without a mark before it, or in Latin-1.

    Args:
        needed: columns that must be there; others may be.
        tabs: O*NET's text edition: cells between tabs, quotes mean nothing.
    Raises:
        OccupationError: it is no text, a column is missing, or rows have another width.
    """
    shown = _unpacked(name.name)
    content = folder.read(name)
    text = _text(content, shown)
    style = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if tabs else {}
    reader = csv.reader(io.StringIO(text, newline=""), **style)  # type: ignore[arg-type]
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        _check_columns(columns, needed, shown)
        rows = tuple(_rows(reader, columns, shown))
    except csv.Error as error:
        problem = Problem(f"{shown}:{reader.line_num}", str(error), "Download the file again.")
        raise OccupationError([problem]) from None
    if not rows:
        raise OccupationError([Problem(shown, "no row below its head", "Download it again.")])
    return Sheet(shown, columns, rows, hashlib.sha256(content).hexdigest())


def _text(content: bytes, shown: str) -> str:
    if b"\0" in content[:4000]:
        fix = "Save it as CSV in UTF-8, or take the publisher's text file."
        raise OccupationError([Problem(shown, "not a text file", fix)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _check_columns(columns: Sequence[str], needed: Sequence[str], shown: str) -> None:
    missing = [each for each in needed if each not in columns]
    if missing:
        names = ", ".join(f"'{each}'" for each in missing)
        has = ", ".join(columns[:8]) or "nothing"
        what = f"no column {names}; the first line has {has}"
        fix = "Take the publisher's file as it is, of a release that has these columns."
        raise OccupationError([Problem(f"{shown}:1", what, fix)])


def _rows(
    reader: Iterator[list[str]], columns: tuple[str, ...], shown: str
) -> Iterator[tuple[int, dict[str, str]]]:
    problems = Problems()
    width = len(columns)
    for row in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]
        if not any(row):
            continue
        if len(row) != width:
            what = f"{len(row)} cells in a row of {width}"
            problems.add(f"{shown}:{line}", what, "The file is cut or edited: download it again.")
        elif not problems:
            yield line, {column: cell.strip() for column, cell in zip(columns, row, strict=True)}
    problems.raise_if_any(OccupationError)
