"""How near a plan is to the one before."""

from __future__ import annotations

from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.moves import distance, still_ahead
from pathloom.engine.planner.view import View


def previous(view: View) -> Figure | None:
    """What moved, went or came, weighed as ``moves.distance`` does."""
    before = still_ahead(view.request)
    if not before:
        return None
    courses = {place.course for place in set(before) ^ set(view.placements)}
    words = "Nothing changed."
    if len(courses) == 1:
        words = "1 course is not where the plan before has it."
    elif courses:
        words = f"{len(courses)} courses are not where the plan before has them."
    return Figure("previous", distance(before, view.placements), words)
