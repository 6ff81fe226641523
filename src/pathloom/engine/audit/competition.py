"""Requirements that share too few courses: the Hall set of a shortfall."""

from __future__ import annotations

from collections.abc import Sequence

from pathloom.engine.audit.result import Competition
from pathloom.engine.audit.view import View
from pathloom.engine.rules.nodes import AnyCourse, Requirement
from pathloom.engine.units import Credits


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
    search = _Search(view)
    found = search.reached(place)
    if search.missing(found) <= 0 or search.missing([place]) > 0:
        return None
    kept = list(found)
    for other in found:
        fewer = [each for each in kept if each != other]
        if other != place and search.missing(fewer) > 0:
            kept = fewer
    slots = view.places.slots
    sharing = search.matching(kept)
    return Competition(
        requirements=tuple(slots[index].requirement for index in sorted(kept)),
        records=tuple(view.prepared.records[index].id for index in sharing),
        need=search.need(kept),
        there=search.there(kept),
    )


class _Search:
    def __init__(self, view: View) -> None:
        self.view = view
        self.records = view.prepared.records
        self.masks = [view.places.masks(each)[0] for each in self.records]
        self.homes = [
            view.words.places.get(view.home.get(each.id, ""), -1) for each in self.records
        ]

    def reached(self, place: int) -> list[int]:
        """The places in which courses count that match one of the places found before."""
        found = [place]
        for current in found:
            for mask, home in zip(self.masks, self.homes, strict=True):
                if mask >> current & 1 and home >= 0 and home not in found:
                    found.append(home)
        return found

    def matching(self, places: Sequence[int]) -> list[int]:
        wanted = sum(1 << place for place in places)
        return [index for index, mask in enumerate(self.masks) if mask & wanted]

    def need(self, places: Sequence[int]) -> Credits:
        slots, excused = self.view.places.slots, self.view.prepared.excused
        return sum(
            slots[place].capacity - excused.get(slots[place].requirement, 0) for place in places
        )

    def there(self, places: Sequence[int]) -> Credits:
        return sum(self.records[index].credits for index in self.matching(places))

    def missing(self, places: Sequence[int]) -> Credits:
        return self.need(places) - self.there(places)
