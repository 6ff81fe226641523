"""A folder or zip of a publisher's files: finding one of them, and reading its bytes."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from pathloom.engine.errors import Problem
from pathloom.engine.occupations.types import OccupationError
from pathloom.engine.workbook import is_workbook

LARGEST = 200_000_000  # bytes of one file, unpacked; the largest real one has 12 million
_TOO_LARGE = Problem("", "larger than 200 MB", "Take the publisher's own file.")


class Folder:
    """The files of a folder with all its folders and zips, or of a zip; ``.gz`` is read unpacked.

    A workbook is one file, although it is a zip inside. What systems and programs put beside files
    (``._a.xlsx``, ``~$a.xlsx``) is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zipped: dict[PurePosixPath, tuple[zipfile.ZipFile, str]] = {}
        names: set[PurePosixPath] = set()
        if path.is_dir():
            for each in sorted(path.rglob("*")):
                if each.is_file():
                    names |= self._listed(each, PurePosixPath(*each.relative_to(path).parts))
        elif path.is_file():
            self.path = path.parent
            names = self._listed(path, PurePosixPath(path.name))
        else:
            problem = Problem(str(path), "no such folder or file", "Check the path.")
            raise OccupationError([problem])
        self._names = {each for each in names if not each.name.startswith((".", "~$"))}

    def _listed(self, file: Path, name: PurePosixPath) -> set[PurePosixPath]:
        """A file as itself, or a zip as what is in it."""
        if is_workbook(name.name) or not zipfile.is_zipfile(file):
            return {name}
        packed = zipfile.ZipFile(file)
        entries = [each.filename for each in packed.infolist() if not each.is_dir()]
        inside = {name / entry: (packed, entry) for entry in entries}
        self._zipped |= inside
        return set(inside)

    def only(self, *patterns: str) -> PurePosixPath | None:
        """The one file whose name is like one of the patterns; None: there is none.

        Raises:
            OccupationError: there are several.
        """
        names = self.names(*patterns)
        if len(names) > 1:
            what = f"two files of one data set: {', '.join(map(str, names))}"
            raise OccupationError([Problem(str(self.path), what, "Keep the one you mean.")])
        return names[0] if names else None

    def names(self, *patterns: str) -> list[PurePosixPath]:
        """Files whose name is like one of the patterns, packed or not, in order."""
        return sorted(
            name
            for name in self._names
            if any(PurePosixPath(unpacked(name.name).lower()).match(each) for each in patterns)
        )

    def read(self, name: PurePosixPath) -> bytes:
        """The content of a file, unpacked."""
        try:
            if name in self._zipped:
                packed, entry = self._zipped[name]
                if packed.getinfo(entry).file_size > LARGEST:
                    raise OccupationError([_named(name, _TOO_LARGE)])
                content = packed.read(entry)
            else:
                content = (self.path / name).read_bytes()
            return _unpack(content, name) if name.suffix == ".gz" else content
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError):
            problem = Problem(str(name), "cannot be unpacked or read", "Download it again.")
            raise OccupationError([problem]) from None


def unpacked(name: str) -> str:
    """The name of a file without what says that it is packed."""
    return name.removesuffix(".gz")


def _named(name: PurePosixPath, problem: Problem) -> Problem:
    return Problem(str(name), problem.what, problem.fix)


def _unpack(content: bytes, name: PurePosixPath) -> bytes:
    with gzip.open(io.BytesIO(content)) as packed:
        found = packed.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise OccupationError([_named(name, _TOO_LARGE)])
    return found
