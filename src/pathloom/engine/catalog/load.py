"""Reads catalogs: JSON as documented in docs/reference, or a CSV table of courses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pathloom.engine.catalog.check import check_catalog
from pathloom.engine.catalog.prerequisite import parse_need
from pathloom.engine.catalog.types import (
    AllOf,
    AnyOf,
    Catalog,
    Course,
    CourseNeed,
    Credential,
    ProgramOfStudy,
    Step,
)
from pathloom.engine.errors import (
    CatalogError,
    Location,
    Problems,
    nearest,
    place_in,
    problems_of,
    read_json,
    read_text,
)

COLUMNS = tuple(each.name for each in fields(Course))
NEEDED = ("id", "title", "subject", "credits")

_CATALOG = TypeAdapter(Catalog)
_COURSE = TypeAdapter(Course)
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def load_catalog(path: Path) -> Catalog:
    """Read a catalog from JSON, or its courses from CSV (``docs/reference/formats.md``).

    Raises:
        CatalogError: every mistake of format, or else every mistake that ``check_catalog`` finds.
    """
    if path.suffix.lower() == ".csv":
        return _checked(_read_csv(path), where=str(path))
    return parse_catalog(read_json(path, kind=CatalogError), where=str(path))


def parse_catalog(data: object, *, where: str) -> Catalog:
    """Read a catalog from decoded JSON; ``where`` begins every message of CatalogError."""
    try:
        catalog = _CATALOG.validate_python(data)
    except ValidationError as error:
        raise CatalogError(problems_of(error, place=place_in(where), known=_keys)) from None
    return _checked(catalog, where=where)


def _checked(catalog: Catalog, *, where: str) -> Catalog:
    found = check_catalog(catalog, where=where)
    if found:
        raise CatalogError(found)
    return catalog


_KINDS = {
    "courses": Course,
    "programs": ProgramOfStudy,
    "steps": Step,
    "credentials": Credential,
}
_NEEDS = {"=course": CourseNeed, "=all": AllOf, "=any": AnyOf}


def _keys(location: Location) -> Iterable[str]:
    kind: type = Catalog
    for step in location:
        kind = _KINDS.get(str(step), _NEEDS.get(str(step), kind))
    return (each.name for each in fields(kind))


# -- CSV


def _read_csv(path: Path) -> Catalog:
    table = csv.DictReader(io.StringIO(read_text(path, kind=CatalogError)))
    problems = Problems()
    _check_columns(table.fieldnames or (), f"{path}:1", problems)
    problems.raise_if_any(CatalogError)
    courses = []
    for row in table:
        course = _course(row, f"{path}:{table.line_num}", problems)
        if course is not None:
            courses.append(course)
    problems.raise_if_any(CatalogError)
    return Catalog(path.stem, tuple(courses))


def _check_columns(names: Iterable[str], where: str, problems: Problems) -> None:
    there = [name.strip() for name in names]
    for name in there:
        if name not in COLUMNS:
            problems.add(where, f"unknown column '{name}'", nearest(name, COLUMNS))
    for name in NEEDED:
        if name not in there:
            problems.add(where, f"column '{name}' is missing", f"Add a column '{name}'.")


def _course(row: Mapping[str | None, str | None], where: str, problems: Problems) -> Course | None:
    if None in row or None in row.values():
        count = "more" if None in row else "fewer"
        problems.add(where, f"{count} cells than columns", "Put cells with a comma into quotes.")
        return None
    cells = {str(key).strip(): str(value).strip() for key, value in row.items()}
    values: dict[str, object] = {name: cell for name, cell in cells.items() if cell}
    good = True
    for name, read in (("grades", _grades), ("repeatable", _yes), ("prerequisite", parse_need)):
        try:
            if name in values:
                values[name] = read(cells[name])
        except ValueError as error:
            what, fix = str(error).split(". ", 1)
            problems.add(f"{where}: {name}", what, fix)
            good = False
            del values[name]
    for name in ("tags", "parts", "corequisites"):
        if name in values:
            values[name] = re.split(r"[;\s]+", cells[name])
    try:
        course = _COURSE.validate_python(values | {name: cells[name] for name in NEEDED})
    except ValidationError as error:
        problems.extend(problems_of(error, place=place_in(where), known=_keys))
        return None
    return course if good else None


def _grades(text: str) -> list[str]:
    """Read ``9-12``, ``K`` or ``10 11 12``."""
    span = re.fullmatch(r"(K|\d{1,2})\s*-\s*(\d{1,2})", text, re.IGNORECASE)
    if span is None:
        return re.split(r"[;\s]+", text)
    low = 0 if span[1].upper() == "K" else int(span[1])
    if low > int(span[2]):
        raise ValueError(f"'{text}' runs backwards. Write the lower grade first.")
    return ["K" if grade == 0 else str(grade) for grade in range(low, int(span[2]) + 1)]


def _yes(text: str) -> bool:
    if text.lower() not in _YES:
        raise ValueError(f"'{text}' is neither yes nor no. Write yes or no.")
    return _YES[text.lower()]
