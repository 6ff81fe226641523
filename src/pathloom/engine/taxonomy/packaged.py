"""The packaged frameworks and their crosswalks together, kept on disk until one of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pathloom.engine.kept import keep, key_of, read_kept
from pathloom.engine.taxonomy import crosswalk, framework
from pathloom.engine.taxonomy.crosswalk import Crosswalk, load_crosswalks
from pathloom.engine.taxonomy.framework import Framework
from pathloom.engine.taxonomy.load import PACKAGED, load_frameworks


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Frameworks and the crosswalks between them, each ordered by id."""

    frameworks: tuple[Framework, ...]
    crosswalks: tuple[Crosswalk, ...]


_CODE = Path(__file__).parent
_MADE = (Taxonomy, *vars(framework).values(), *vars(crosswalk).values())


def load_taxonomy(root: Path | None = None, *, cache: Path | None = None) -> Taxonomy:
    """Read every framework and crosswalk of a folder, the packaged ones by default.

    Args:
        root: frameworks as ``*.yaml``, crosswalks as ``crosswalks/*.yaml``.
        cache: a file; with it, YAML is read only where a file or this code has changed.
    Raises:
        FrameworkError: every mistake of every file; nothing is kept then.
    """
    folder = root or PACKAGED
    if cache is None:
        return _read(folder)
    files = (*sorted(folder.glob("*.yaml")), *sorted((folder / "crosswalks").glob("*.yaml")))
    key = key_of(files, code=(*sorted(_CODE.glob("*.py")), _CODE.parent / "page.py"))
    found = read_kept(cache, key, kind=Taxonomy, made=_MADE)
    if found is None:
        found = _read(folder)
        keep(cache, key, found)
    return found


def _read(folder: Path) -> Taxonomy:
    frameworks = load_frameworks(folder)
    return Taxonomy(frameworks, load_crosswalks(folder / "crosswalks", frameworks=frameworks))
