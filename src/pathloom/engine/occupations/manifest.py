"""The manifest beside the compiled tables: which data set each of them was made from."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pathloom.engine.errors import Problem, read_text
from pathloom.engine.occupations.tables import MANIFEST, PACKAGED
from pathloom.engine.occupations.types import DataSet, OccupationError

_HEAD = "# Written by `pathloom occupations compile`: the data sets behind the tables beside it.\n"
_SETS = TypeAdapter(tuple[DataSet, ...])


def manifest_text(sets: Iterable[DataSet]) -> str:
    """The manifest as YAML, data sets by id."""
    out = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 96
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    ordered = sorted(sets, key=lambda each: each.id)
    yaml.dump([_plain(asdict(each)) for each in ordered], out)
    return _HEAD + out.getvalue()


def _plain(value: object) -> object:
    """Tuples as lists, which YAML writes without a tag."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def parse_manifest(text: str, where: str = MANIFEST) -> tuple[DataSet, ...]:
    """Read a manifest.

    Raises:
        OccupationError: it is no YAML, or not what ``manifest_text`` writes.
    """
    try:
        return _SETS.validate_python(YAML(typ="safe", pure=True).load(text))
    except (YAMLError, ValidationError):
        problem = Problem(where, "not a manifest of ours", "Compile the tables anew.")
        raise OccupationError([problem]) from None


@cache
def load_manifest(root: Path | None = None) -> tuple[DataSet, ...]:
    """The data sets behind the tables of a folder, the packaged one by default; kept once read."""
    path = (root or PACKAGED) / MANIFEST
    return parse_manifest(read_text(path, kind=OccupationError), str(path))
