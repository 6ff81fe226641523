"""How far a long piece of work is, and how somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``of`` steps are finished; ``doing`` says in words what comes now."""

    done: int
    of: int
    doing: str


class Cancelled(Exception):  # noqa: N818 - not an error: somebody wanted it
    """Raised by a watch to stop the work that reports to it; nothing is kept."""


Watch = Callable[[Progress], None]


def nobody(progress: Progress) -> None:
    """The watch of work that nobody follows."""


def within(watch: Watch, whole: Progress) -> Watch:
    """The watch of one step of something larger: at each of its own steps it tells the larger."""
    return lambda _: watch(whole)
