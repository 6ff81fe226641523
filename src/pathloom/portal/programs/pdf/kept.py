"""Printed files are kept beside the database, so that each is set once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings

MOST = 2000  # files; about 200 MB
FORMS = Path(__file__).parents[1] / "typst"


def kept(form: str, data: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gave for these data before, or gives now; a file appears when it is whole.

    The same data always give the same bytes, so a kept file never grows old: other data, or a
    changed form, are another file. The ones that were not asked for longest go first.
    """
    folder: Path = settings.VAR / "printed"
    file = folder / f"{_name(form, data)}.pdf"
    if file.exists():
        file.touch()
        return file.read_bytes()
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".new", delete=False) as new:
        new.write(made)
    os.replace(new.name, file)
    _clear(folder)
    return made


def _name(form: str, data: str) -> str:
    return hashlib.sha256(f"{_forms()} {form} {data}".encode()).hexdigest()


@cache
def _forms() -> str:
    """One hash of all forms."""
    texts = (file.read_bytes() for file in sorted(FORMS.glob("*.typ")))
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _clear(folder: Path) -> None:
    files = list(folder.glob("*.pdf"))
    if len(files) <= MOST:
        return
    files.sort(key=lambda file: file.stat().st_mtime)
    for file in files[: len(files) - MOST * 9 // 10]:
        file.unlink(missing_ok=True)
