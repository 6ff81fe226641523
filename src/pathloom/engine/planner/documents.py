"""What changes a plan as JSON: repairs, alternatives and changes of program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from pathloom.engine.planner.alternatives import Alternatives
from pathloom.engine.planner.repair import Repaired
from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.switch import Switch
from pathloom.engine.planner.types import Infeasible, Undecided


@dataclass(frozen=True, slots=True)
class Switches:
    """What changing to each program costs, in the order of the catalog."""

    programs: tuple[Switch, ...]


_REPAIRED = TypeAdapter(Repaired)
_ALTERNATIVES = TypeAdapter(Alternatives)
_SWITCHES = TypeAdapter(Switches)


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
    return {"status": "switches", **_SWITCHES.dump_python(Switches(answer), mode="json")}


def repair_schema() -> dict[str, Any]:
    """The JSON Schema of a repair, without its ``status``."""
    return TypeAdapter(Repaired | Infeasible | Undecided).json_schema(mode="serialization")


def alternatives_schema() -> dict[str, Any]:
    """The JSON Schema of plans side by side, without their ``status``."""
    return TypeAdapter(Alternatives | Infeasible | Undecided).json_schema(mode="serialization")


def switch_schema() -> dict[str, Any]:
    """The JSON Schema of changes of program, without their ``status``."""
    return _SWITCHES.json_schema(mode="serialization")
