"""What requirements miss, as solver variables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathloom.engine.encoding.items import Item
from pathloom.engine.encoding.limits import TOTAL, Limit, need_of
from pathloom.engine.encoding.places import Places
from pathloom.engine.record import State
from pathloom.engine.rules.caps import total_caps
from pathloom.engine.rules.conditions import ONE
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Among, Requirement

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear


class Missing:
    """What is missing with records of some states: ``short`` per id, ``open`` by first counts.

    ``short`` of a requirement is that of its place, its parts and its ``among`` together; those of
    ``among`` stand under their own ids too.
    """

    def __init__(self, places: Places, states: frozenset[State], *, name: str) -> None:
        self.model = places.model
        self.places = places
        self.openings = places.openings
        self.states = states
        self.name = name
        self.short: dict[str, Linear] = {}
        self._done = {index: self._way_done(index) for index in self.openings.ways}
        self._slots = {slot.requirement: slot.index for slot in places.layout.slots}
        self._among = [
            (limit, self._among_short(at, limit, limit.among))
            for at, limit in enumerate(places.limits)
            if limit.among
        ]
        for node in self.openings.prepared.ruleset.requirements:
            if node.id in self.openings.open:
                self._short(node)
        self.open = self._open()

    def _way_done(self, index: int) -> cp_model.IntVar:
        """Whether a substitute is there in full; it need not be, where a level lacks a record."""
        places, used = self.places, self.openings.ways[index]
        need = places.layout.ways[index].substitute.earn // places.step
        done = self.model.new_bool_var(f"way {index} done {self.name}")
        self.model.add_implication(done, used)
        there: Linear = 0
        for item in places.items:
            key = (item.key, index)
            if item.record.state in self.states and key in places.joins:
                size = item.record.credits // places.step
                there += places.takes[key] if places.takes else size * places.joins[key]
        self.model.add(there >= need * done)
        return done

    def _undone(self, node: Requirement) -> Linear:
        """What a requirement misses because a substitute in use is not there in full."""
        need = self.openings.need[node.id] // self.places.step
        return sum(
            need * (used - self._done[at])
            for at, used in self.openings.ways.items()
            if self.places.layout.ways[at].requirement.id == node.id
        )

    def _short(self, node: Requirement) -> Linear:
        parts = sum(self._short(part) for part in node.parts)
        own: Linear = 0
        if node.id in self._slots:
            index = self._slots[node.id]
            asked = self.places.capacity[index] * self.openings.open[node.id]
            own = asked - self.places.fill(index, self.states)
        among = sum(short for limit, short in self._among if limit.within == node.id)
        self.short[node.id] = parts + own + among + self._undone(node)
        return self.short[node.id]

    def _among_short(self, at: int, limit: Limit, among: Among) -> Linear:
        """What of ``among`` is missing; a course is worth a whole unit."""
        step, opening = self.places.step, self.openings.open[limit.within]
        credit, courses = need_of(among, self.openings.need[limit.within])
        there = self.places.under(at, self.states)
        shorts: list[Linear] = []
        if credit:
            short = self.model.new_int_var(0, credit // step, f"short {among.id} {self.name}")
            self.model.add(short >= credit // step * opening - sum(one.variable for one in there))
            shorts.append(short)
        if courses:
            by_course: dict[str, list[cp_model.IntVar]] = {}
            for one in there:
                by_course.setdefault(one.alike.course, []).append(one.variable)
            counted = [self._counts(variables) for variables in by_course.values()]
            less = self.model.new_int_var(0, courses, f"fewer {among.id} {self.name}")
            self.model.add(less >= courses * opening - sum(counted))
            shorts.append(ONE // step * less)
        self.short[among.id] = sum(shorts)
        return self.short[among.id]

    def _counts(self, variables: Iterable[cp_model.IntVar]) -> cp_model.IntVar:
        counts = self.model.new_bool_var("")
        self.model.add(counts <= sum(variables))
        return counts

    def _open(self) -> Linear:
        """What first counts leave open, and what is missing of ``among``."""
        places = self.places
        own = sum(
            places.capacity[slot.index] * self.openings.open[slot.requirement]
            - places.first(slot.index, self.states)
            for slot in places.layout.slots
        )
        undone = sum(self._undone(node) for node in self.openings.nodes.values())
        return own + undone + sum(short for _, short in self._among)


def total_short(places: Places, prepared: Prepared, states: frozenset[State]) -> cp_model.IntVar:
    """What the total misses: each record adds once, as far as caps and awards let it."""
    step, model = places.step, places.model
    need = max(0, prepared.ruleset.total - prepared.lowered) // step
    caps = [(predicate(cap.match), cap.at_most // step) for cap in total_caps(prepared.ruleset)]
    free: list[Linear] = []
    held: dict[int, list[Item]] = {}
    for item in places.items:
        if item.record.state not in states or not item.in_total:
            continue
        under = sum(1 << at for at, (test, _) in enumerate(caps) if test(item.record))
        if under:
            held.setdefault(under, []).append(item)
        else:
            free.append(item.record.credits // step * item.present)
    counts: dict[int, cp_model.IntVar] = {}
    for under, items in held.items():
        most = sum(item.record.credits // step for item in items)
        counts[under] = model.new_int_var(0, most, f"in total under {under}")
        there = sum(item.record.credits // step * item.present for item in items)
        model.add(counts[under] <= there)
    for at, (_, at_most) in enumerate(caps):
        model.add(sum(one for under, one in counts.items() if under >> at & 1) <= at_most)
    short = model.new_int_var(0, need, f"short {TOTAL}")
    model.add(short >= need - sum(free) - sum(counts.values()))
    return short
