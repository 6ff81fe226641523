"""Conditions that courses can change: ``have``, and choices among conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.encoding.items import Item, asks, supply
from pathloom.engine.encoding.openings import is_credit
from pathloom.engine.rules.conditions import measure
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.nodes import Have, Requirement

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from pathloom.engine.encoding.items import Linear


def is_met_without_courses(node: Requirement, prepared: Prepared) -> bool:
    """Whether a condition is excused, or met by what is on the record beside courses."""
    if node.id in prepared.exempt or node.id in prepared.excused:
        return True
    if node.condition is None or isinstance(node.condition, Have):
        return False
    return not measure(node.condition, prepared).open[0]


class Conditions:
    """What conditions miss, in hundredths (a course, or an alternative, is 100).

    ``short[id]`` is there for each ``have`` (all its amounts together) and each choice among
    conditions; not for hours, exams, averages and milestones, which courses cannot change.
    """

    def __init__(
        self, model: cp_model.CpModel, prepared: Prepared, items: tuple[Item, ...]
    ) -> None:
        self.model = model
        self.prepared = prepared
        self.items = items
        self.short: dict[str, Linear] = {}
        for node in prepared.ruleset.requirements:
            if not is_credit(node):
                self._met(node)

    def _met(self, node: Requirement) -> Linear:
        """1 only where a condition, or a choice, is met."""
        if is_met_without_courses(node, self.prepared):
            self._close(node)
            return 1
        if isinstance(node.condition, Have):
            self.short[node.id] = self._have(node, node.condition)
        elif node.of:
            self.short[node.id] = self._choice(node)
        else:
            return 0
        met = self.model.new_bool_var(f"{node.id} is met")
        self.model.add(self.short[node.id] == 0).only_enforce_if(met)
        return met

    def _close(self, node: Requirement) -> None:
        for each in node.walk():
            if each.of or isinstance(each.condition, Have):
                self.short[each.id] = 0

    def _have(self, node: Requirement, have: Have) -> Linear:
        there = supply(self.model, have, self.items, name=node.id)
        taken: dict[str, Linear] = {"": 1}
        if have.same:
            taken = {value: self.model.new_bool_var(f"{node.id} {value}") for value in there}
        shorts: list[Linear] = []
        for ask in asks(have, node.id):
            short = self.model.new_int_var(0, ask.need, f"short {ask.id}")
            self.model.add(short >= ask.need * (1 - sum(taken.values())))
            for value, amounts in there.items():
                self.model.add(short + ask.need * (1 - taken[value]) >= ask.need - amounts[ask.id])
            shorts.append(short)
        return sum(shorts)

    def _choice(self, node: Requirement) -> Linear:
        met = [self._met(each) for each in node.of]
        short = self.model.new_int_var(0, 100 * node.choose, f"short {node.id}")
        self.model.add(short >= 100 * (node.choose - sum(met)))
        return short
