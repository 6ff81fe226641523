"""What a plan depends on, as one hash: the same hash, the same plan."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from pathloom.engine.planner.types import PlanRequest

_LOCKED = ("pathloom", "ortools")  # another version of these may choose another plan


def identity(request: PlanRequest, as_of: date) -> str:
    """Return the SHA-256 of everything a plan depends on, as 64 hexadecimal digits.

    That is every field of the request, the day, and the versions of this program and of its
    solver. It is the same in every process and on every machine; what means the same but is
    written in another order (two wishes) has another identity.

    Args:
        request: as it was asked, or completed by ``validate.checked``: two identities.
        as_of: the day of the plan's audit.
    """
    locked = {name: version(name) for name in _LOCKED}
    found = {"versions": locked, "as_of": as_of.isoformat(), "request": _plain(request)}
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON data: every kind by its name, sets in order."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return [_plain(each) for each in value]
        case frozenset():
            return sorted(map(str, value))
        case date():
            return value.isoformat()
    if is_dataclass(value):
        kind: type = type(value)
        return [kind.__name__, *(_plain(getattr(value, name)) for name in _names(kind))]
    raise TypeError(f"a plan request holds a {type(value).__name__}, which has no place in JSON")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
