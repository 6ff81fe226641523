"""Short ways to write a finding."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.planner.types import Finding, Level, Placement
from pathloom.engine.units import Part


def stop(code: str, place: Placement, what: str, fix: str) -> Finding:
    """A course that cannot stay where it is."""
    return Finding(Level.STOP, code, str(place.term), place.course, what, fix)


def has_stop(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.STOP for finding in findings)


def say_part(part: Part) -> str:
    """Say a part of the year the way it follows "in": "fall", "a full year"."""
    return {Part.YEAR: "a full year", Part.ONLINE: "an online term"}.get(part, str(part))


def upper_first(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
