"""Pathloom: from a child's first career idea to a signed graduation plan."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathloom.engine.audit import audit
    from pathloom.engine.planner import plan
    from pathloom.engine.rules.load import load_rulebook

__all__ = ["audit", "load_rulebook", "plan"]

_HOMES = {
    "audit": "pathloom.engine.audit",
    "load_rulebook": "pathloom.engine.rules.load",
    "plan": "pathloom.engine.planner",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that a light import stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pathloom' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
