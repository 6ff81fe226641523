"""Putting exported files into a folder or a zip; what is not finished is not there."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pathloom.portal.programs.exports.portal import ExportedFile

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the same portal makes the same file


def write_folder(files: Iterable[ExportedFile], out: Path) -> int:
    """Write the files below ``out``, which appears when all are there; returns their number."""
    unfinished = out.with_name(f".{out.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    number = 0
    try:
        for file in files:
            number += 1
            place = unfinished / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.content)
        unfinished.rename(out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return number


def write_zip(files: Iterable[ExportedFile], out: Path) -> int:
    """Write the files into the zip ``out``, which appears when it is whole."""
    unfinished = out.with_name(f".{out.name}.unfinished")
    number = 0
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                number += 1
                archive.writestr(_entry(file), file.content)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return number


def zip_chunks(files: Iterable[ExportedFile]) -> Iterator[bytes]:
    """The same zip piece by piece, each as soon as its file is made; nothing is written anywhere.

    Where a file cannot be made the end is missing, so that what arrived is no whole zip.
    """
    pipe = _Pipe()
    archive = zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED)
    for file in files:
        archive.writestr(_entry(file), file.content)
        yield pipe.taken()
    archive.close()
    yield pipe.taken()


class _Pipe(io.RawIOBase):
    """What is written and not taken yet."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        held, self.held = b"".join(self.held), []
        return held


def _entry(file: ExportedFile) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(file.name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
