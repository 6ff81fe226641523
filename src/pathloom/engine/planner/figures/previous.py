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
    many = "1 course is" if len(courses) == 1 else f"{len(courses)} courses are"
    words = f"{many} not where the plan before has them." if courses else "Nothing changed."
    return Figure("previous", distance(before, view.placements), words)
