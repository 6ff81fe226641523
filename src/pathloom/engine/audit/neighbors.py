"""Courses and the places that they match, to follow from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathloom.engine.audit.wording import Wording
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.slots import Layout
from pathloom.engine.units import Credits


class Search:
    """Which courses match which places, and where they count; places are indexes of slots."""

    def __init__(
        self, prepared: Prepared, places: Layout, home: Mapping[str, str], words: Wording
    ) -> None:
        self.prepared = prepared
        self.slots = places.slots
        self.records = prepared.records
        self.masks = [places.masks(each)[0] for each in self.records]
        self.homes = [words.places.get(home.get(each.id, ""), -1) for each in self.records]

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
        slots, excused = self.slots, self.prepared.excused
        return sum(
            slots[place].capacity - excused.get(slots[place].requirement, 0) for place in places
        )

    def there(self, places: Sequence[int]) -> Credits:
        return sum(self.records[index].credits for index in self.matching(places))

    def missing(self, places: Sequence[int]) -> Credits:
        return self.need(places) - self.there(places)
