"""Values kept on disk, for as long as no file they were read from and no code has changed.

They are kept as a pickle, which is read in a fraction of the time that the YAML takes. A pickle can
run code when it is read; these are read by a reader that makes nothing but the values it is told,
so that a file that somebody else wrote is refused, not run.
"""

from __future__ import annotations

import contextlib
import io
import pickle
from collections.abc import Iterable
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_BROKEN = (pickle.UnpicklingError, EOFError, AttributeError, IndexError, TypeError, ValueError)


def key_of(files: Iterable[Path], *, code: Iterable[Path]) -> str:
    """Return a hash over the names and contents of files and over the code that reads them."""
    found = sha256()
    for path in (*files, *code, Path(__file__)):
        content = path.read_bytes()
        found.update(f"{path} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def read_kept(path: Path, key: str, *, kind: type[T], made: Iterable[object]) -> T | None:
    """Return the value kept under this key; None where there is none, or where it is broken.

    Args:
        kind: what the value is.
        made: the classes that may be made; what else stands here is left out.
    """
    try:
        kept, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if kept.decode(errors="replace") != key:
        return None
    try:
        found = _Reader(content, made).load()
    except _BROKEN:
        return None
    return found if isinstance(found, kind) else None


def keep(path: Path, key: str, value: object) -> None:
    """Write a value beside its key; a file appears whole or not at all."""
    new = path.with_name(f"{path.name}.{key[:16]}")
    with contextlib.suppress(OSError):  # a disk that takes no cache is no reason to stop
        written = io.BytesIO()
        _Writer(written, protocol=5).dump(value)
        new.write_bytes(key.encode() + b"\n" + written.getvalue())
        new.replace(path)


class _Writer(pickle.Pickler):
    """Writes members of enumerations by their value; some Pythons would call ``getattr``."""

    def reducer_override(self, value: object) -> Any:
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Reader(pickle.Unpickler):
    """Makes values of the given classes and nothing else."""

    def __init__(self, content: bytes, made: Iterable[object]) -> None:
        super().__init__(io.BytesIO(content))
        self.made = {
            (each.__module__, each.__qualname__): each for each in made if isinstance(each, type)
        }

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self.made[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept here") from None
