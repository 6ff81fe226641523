"""Files of agreements, YAML or JSON: read with every mistake and its line at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pathloom.engine.catalog.agreement_check import check_agreements
from pathloom.engine.catalog.agreements import (
    Agreement,
    Agreements,
    Citation,
    CollegeCourse,
    CollegeTerm,
    Continuation,
    ExamNeeded,
    Funding,
    Institution,
    Tuition,
)
from pathloom.engine.catalog.types import Catalog
from pathloom.engine.errors import CatalogError, Location
from pathloom.engine.page import in_order, parse_page, read_page

_KINDS: dict[str, type] = {
    "agreements": Agreement,
    "institutions": Institution,
    "programs": Continuation,
    "funding": Funding,
    "source": Citation,
    "tuition": Tuition,
    "exam": ExamNeeded,
    "courses": CollegeCourse,
    "terms": CollegeTerm,
}


def load_agreements(path: Path, *, catalog: Catalog | None) -> Agreements:
    """Read agreements, institutions and continued programs from YAML or JSON.

    Args:
        path: the file (``docs/reference/agreements.schema.json``).
        catalog: the school's courses and programs; without it their names are not checked.
    Raises:
        CatalogError: every mistake of format, or else every mistake that ``check_agreements``
            finds, each as ``file:line: what. What to do.``
    """
    page, problems = read_page(path, kind=CatalogError)
    found = parse_page(page, Agreements, problems=problems, known=_keys)
    if found is not None:
        place: Callable[[Location], str] = page.place
        problems.extend(check_agreements(found, catalog=catalog, place=place))
    if problems or found is None:
        raise CatalogError(in_order(problems))
    return found


def _keys(location: Location) -> Iterable[str]:
    kind: type = Agreements
    for step in location:
        kind = _KINDS.get(str(step), kind)
    return (each.name for each in fields(kind))


def agreements_schema() -> dict[str, Any]:
    """The JSON Schema of a file of agreements."""
    return TypeAdapter(Agreements).json_schema()
