"""Requirements that share too few courses: the Hall set of a shortfall."""

from __future__ import annotations

from pathloom.engine.audit.result import Competition
from pathloom.engine.audit.view import View
from pathloom.engine.rules.nodes import AnyCourse, Requirement


def competition(view: View, node: Requirement) -> Competition | None:
    """Find the requirements that a short one competes with for the same courses.

    Starting from the place that is short, courses that match it lead to the places where they
    count, and so on. Where all those courses together have less credit than the places need, the
    shortfall is proved; places without which it is proved as well are left out.

    Returns:
        None where the requirement is short for another reason: too few courses match it alone, or
        courses cannot be divided.
    """
    place = view.words.places.get(node.id)
    if place is None or isinstance(node.match, AnyCourse):
        return None
    search = view.search
    found = search.reached(place)
    if len(found) < 2 or search.missing(found) <= 0 or search.missing([place]) > 0:
        return None
    kept = list(found)
    for other in found:
        fewer = [each for each in kept if each != other]
        if other != place and search.missing(fewer) > 0:
            kept = fewer
    slots = view.places.slots
    if all(node.id in slots[index].path for index in kept):
        return None  # only with its own parts
    sharing = search.matching(kept)
    return Competition(
        requirements=tuple(slots[index].requirement for index in sorted(kept)),
        records=tuple(view.prepared.records[index].id for index in sharing),
        need=search.need(kept),
        there=search.there(kept),
    )
