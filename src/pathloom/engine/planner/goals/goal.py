"""One goal of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear


@dataclass(frozen=True, slots=True)
class Goal:
    """A cost to make small, at most ``most``, and the sentence that says how small it became."""

    name: str
    cost: Linear
    most: int
    words: Callable[[int], str]
