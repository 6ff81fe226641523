"""What changes a plan as JSON: repairs, alternatives and changes of program."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from pathloom.engine.planner.alternatives import Alternatives
from pathloom.engine.planner.repair import Repaired
from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.switch import Switch
from pathloom.engine.planner.types import Infeasible, Undecided

_REPAIRED = TypeAdapter(Repaired)
_ALTERNATIVES = TypeAdapter(Alternatives)
_SWITCHES = TypeAdapter(tuple[Switch, ...])


def repair_document(answer: Repaired | Infeasible | Undecided) -> dict[str, Any]:
    """Write a repair as plain JSON data; ``status`` is repaired, infeasible or undecided."""
    if isinstance(answer, Repaired):
        return {"status": "repaired", **_REPAIRED.dump_python(answer, mode="json")}
    return plan_document(answer)


def alternatives_document(answer: Alternatives | Infeasible | Undecided) -> dict[str, Any]:
    """Write plans side by side; ``status`` is alternatives, infeasible or undecided."""
    if isinstance(answer, Alternatives):
        return {"status": "alternatives", **_ALTERNATIVES.dump_python(answer, mode="json")}
    return plan_document(answer)


def switch_document(answer: tuple[Switch, ...]) -> dict[str, Any]:
    """Write what changing to each program costs; ``status`` is switches."""
    return {"status": "switches", "programs": _SWITCHES.dump_python(answer, mode="json")}
