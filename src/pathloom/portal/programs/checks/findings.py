"""What the checks of a version of a program of study find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """A ``stop`` finding holds back publication; a ``warn`` finding is for people to judge."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a version: ``where: what. What to do.``

    ``part`` and ``line`` name the line it is about; both empty for the version as a whole.
    """

    weight: Weight
    where: str
    what: str
    fix: str
    part: str = ""
    line: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}"


def stops(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those that hold back publication."""
    return tuple(finding for finding in findings if finding.weight is Weight.STOP)
