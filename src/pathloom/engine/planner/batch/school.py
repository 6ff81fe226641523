"""The students of a school as they are given: what all share, and one plan request for each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from pathloom.engine.catalog import load_agreements, load_catalog, parse_catalog
from pathloom.engine.errors import (
    PathloomError,
    Problem,
    Problems,
    RequestError,
    nearest,
    read_json,
    read_text,
)
from pathloom.engine.planner.request import RequestFile, named_rules, parse_request, request_of
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.rules.nodes import RuleFile

SHARED = "school.json"
_KEYS = tuple(each.name for each in fields(RequestFile))


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan request as text, and where it stands: a file, and a line from 1 on."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class School:
    """The keys of a plan request that all students share, with the files that they name read."""

    shared: dict[str, Any]
    folder: Path
    _rules: dict[str, RuleFile] = field(default_factory=dict)

    def rules(self, name: str) -> RuleFile:
        if name not in self._rules:
            self._rules[name] = named_rules(name, folder=self.folder)
        return self._rules[name]

    def request(self, entry: Entry) -> tuple[PlanRequest, RequestFile]:
        """Read an entry, whose own keys go before the shared ones, and check it.

        Raises:
            RequestError, RecordError, CatalogError: every mistake of the entry.
        """
        where = f"{Path(entry.file).name}:{entry.line}"
        file = parse_request({**self.shared, **_decoded(entry, where)}, where=where)
        found = request_of(file, where=where, folder=self.folder, rules=self.rules)
        return found, file


def _decoded(entry: Entry, where: str) -> dict[str, Any]:
    try:
        data = json.loads(entry.text)
    except (ValueError, RecursionError):  # also a number of thousands of digits
        data = None
    if not isinstance(data, dict):
        what = "not a plan request in JSON"
        raise RequestError([Problem(where, what, "Write it as docs/reference/batch.md shows.")])
    return data


@lru_cache(maxsize=2)
def school_of(folder: Path) -> School:
    """Read what the students of a folder share; the same for every student of a process.

    Raises:
        RequestError: every mistake of the file and of the files that it names.
    """
    path = folder / SHARED
    if not path.exists():
        return School({}, folder)
    data = read_json(path, kind=RequestError)
    if not isinstance(data, dict):
        raise RequestError([Problem(str(path), "keys with values are expected", "Add braces.")])
    problems = Problems()
    for key in data:
        if key not in _KEYS:
            problems.add(str(path), f"unknown key '{key}'", nearest(key, _KEYS))
    school = School(_loaded(data, path, problems), folder)
    for name in (data.get("rules"), *data.get("also", ())):
        if isinstance(name, str):
            _tried(lambda name=name: school.rules(name), problems)
    problems.raise_if_any(RequestError)
    return school


def _loaded(data: dict[str, Any], path: Path, problems: Problems) -> dict[str, Any]:
    """The shared keys, with catalog and agreements as values."""
    found = dict(data)
    named = data.get("catalog")
    if named is not None:
        found["catalog"] = _tried(
            lambda: (
                load_catalog(path.parent / named)
                if isinstance(named, str)
                else parse_catalog(named, where=f"{path}: catalog")
            ),
            problems,
        )
    agreed = data.get("agreements")
    if isinstance(agreed, str):
        found["agreements"] = _tried(
            lambda: load_agreements(path.parent / agreed, catalog=found.get("catalog")), problems
        )
    return found


def _tried(read: Any, problems: Problems) -> Any:
    try:
        return read()
    except PathloomError as error:
        problems.extend(error.problems)
        return None


def files_of(given: Sequence[Path]) -> tuple[Path, ...]:
    """The files of students: of a folder all that end in ``.jsonl`` or ``.json``, by name.

    Raises:
        RequestError: a path that is not there, files of several folders, no file at all.
    """
    problems = Problems()
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix in {".json", ".jsonl"})
            found += [each for each in inside if each.name != SHARED]
        elif path.is_file():
            found += [path] if path.name != SHARED else []
        else:
            problems.add(str(path), "no such file or folder", "Check the path.")
    if not found and not problems:
        what = "no students: no file that ends in .jsonl or .json"
        problems.add(str(given[0]), what, "Write students.jsonl as docs/reference/batch.md shows.")
    if len({each.parent.resolve() for each in found}) > 1:
        what = "files of several folders"
        problems.add("students", what, "Put those of one school into one folder.")
    problems.raise_if_any(RequestError)
    return tuple(dict.fromkeys(found))


def entries(files: Sequence[Path]) -> Iterator[Entry]:
    """Yield the students of files in their order: each line of ``.jsonl``, each whole ``.json``."""
    for path in files:
        text = read_text(path, kind=RequestError)
        if path.suffix != ".jsonl":
            yield Entry(str(path), 1, text)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield Entry(str(path), number, line)
