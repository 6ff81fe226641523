"""Putting exported files into a folder or a zip; what is not finished is not there."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

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
    try:
        with unfinished.open("wb") as file:
            number = zip_into(files, file)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return number


def zip_into(files: Iterable[ExportedFile], out: IO[bytes]) -> int:
    """Write the files as a zip; returns their number."""
    number = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            number += 1
            archive.writestr(_entry(file), file.content)
    return number


def _entry(file: ExportedFile) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(file.name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
