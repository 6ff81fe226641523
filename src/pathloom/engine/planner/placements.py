"""The placements of a plan, read back from the JSON that ``pathloom plan`` writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pathloom.engine.errors import Location, Problem, RequestError, place_in, problems_of
from pathloom.engine.planner.types import Placement

_PLACEMENTS = TypeAdapter(tuple[Placement, ...])


def parse_placements(document: dict[str, Any], *, where: str) -> tuple[Placement, ...]:
    """Read the placements of an answer (``request.plan_document``).

    Raises:
        RequestError: the answer is no plan, or its placements are wrong; every mistake.
    """
    if document.get("status") != "plan":
        what = f"this holds no plan, but the answer '{document.get('status')}'"
        raise RequestError([Problem(where, what, "Give a plan, or a student record.")])
    try:
        return _PLACEMENTS.validate_python(document.get("placements"))
    except ValidationError as error:
        place = place_in(f"{where}: placements")
        raise RequestError(problems_of(error, place=place, known=_keys)) from None


def _keys(location: Location) -> Iterable[str]:
    return (each.name for each in fields(Placement))
