"""A rulebook kept on disk, for as long as no rule file and none of this code has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pathloom.engine import kept
from pathloom.engine.rules import nodes
from pathloom.engine.rules.nodes import Rulebook
from pathloom.engine.units import Mark, SchoolYear

_CODE = Path(__file__).parent
_MADE = (*vars(nodes).values(), SchoolYear, Mark, date)


def key_of(files: Iterable[Path]) -> str:
    """Return a hash over the names and contents of rule files and over the code that reads them."""
    return kept.key_of(files, code=(*sorted(_CODE.glob("*.py")), _CODE.parent / "units.py"))


def read_kept(path: Path, key: str) -> Rulebook | None:
    """Return the rulebook kept under this key; None where there is none, or where it is broken."""
    return kept.read_kept(path, key, kind=Rulebook, made=_MADE)
