"""What differs between two plans, course by course, as labelled lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.planner.moves import Move, PlanChange


class ChangeLine(TypedDict):
    """``tone`` and ``label`` as in ``reading.Change``; ``why`` may be empty."""

    tone: str
    label: str
    words: str
    why: str


def change_lines(changes: Iterable[PlanChange]) -> list[ChangeLine]:
    """One line for each course that moved, was dropped or was added, in the order given."""
    lines: list[ChangeLine] = []
    for change in changes:
        tone, label = change_label(change.move)
        lines.append({"tone": tone, "label": label, "words": change.sentence, "why": change.why})
    return lines


def change_label(move: Move) -> tuple[str, str]:
    """The tone of the chip and its words: the same as between two versions."""
    match move:
        case Move.MOVED:
            return "info", _("Moved")
        case Move.DROPPED:
            return "short", _("− Taken out")
        case Move.ADDED:
            return "met", _("+ Added")
