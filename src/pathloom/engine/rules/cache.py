"""A rulebook kept on disk, for as long as no rule file and none of this code has changed.

The values are kept as a pickle, which is read in a fraction of the time that the YAML takes. A
pickle can run code when it is read; this one is read by a reader that makes nothing but the values
of the rule language, so that a file that somebody else wrote is refused, not run.
"""

from __future__ import annotations

import contextlib
import io
import pickle
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pathloom.engine.rules import nodes
from pathloom.engine.rules.nodes import Rulebook
from pathloom.engine.units import Mark, SchoolYear

_MADE = {
    (each.__module__, each.__qualname__): each
    for each in (*vars(nodes).values(), SchoolYear, Mark, date)
    if isinstance(each, type)
}
_CODE = Path(__file__).parent
_BROKEN = (pickle.UnpicklingError, EOFError, AttributeError, IndexError, TypeError, ValueError)


def key_of(files: Iterable[Path]) -> str:
    """Return a hash over the names and contents of rule files and over the code that reads them."""
    found = sha256()
    for path in (*files, *sorted(_CODE.glob("*.py")), _CODE.parent / "units.py"):
        content = path.read_bytes()
        found.update(f"{path} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def read_kept(path: Path, key: str) -> Rulebook | None:
    """Return the rulebook kept under this key; None where there is none, or where it is broken."""
    try:
        kept, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if kept.decode(errors="replace") != key:
        return None
    try:
        found = _Reader(io.BytesIO(content)).load()
    except _BROKEN:
        return None
    return found if isinstance(found, Rulebook) else None


def keep(path: Path, key: str, rulebook: Rulebook) -> None:
    """Write a rulebook beside its key; a file appears whole or not at all."""
    new = path.with_name(f"{path.name}.{key[:16]}")
    with contextlib.suppress(OSError):  # a disk that takes no cache is no reason to stop
        new.write_bytes(key.encode() + b"\n" + pickle.dumps(rulebook, protocol=5))
        new.replace(path)


class _Reader(pickle.Unpickler):
    """Makes values of the rule language and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _MADE[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a rule") from None
