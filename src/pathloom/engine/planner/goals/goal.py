"""One goal of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathloom.engine.planner.figures import Figure
from pathloom.engine.planner.view import View

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

Words = Callable[[int, View], str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A cost to make small, at most ``most``, and the sentence that says how small it became.

    A cost that is a number leaves nothing to decide; it is stated all the same. ``words`` reads the
    value reached and the plan. A goal that is hard to prove stands ``apart`` from those before it.
    """

    name: str
    cost: Linear
    most: int
    words: Words
    apart: bool = False


def as_read(reading: Callable[[View], Figure | None]) -> Words:
    """The words of the figure that says the same of any plan."""

    def words(value: int, view: View) -> str:
        figure = reading(view)
        assert figure is not None, "a goal that is posed can be read off its plan"
        return figure.words

    return words
