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
        self._mets: dict[str, Linear] = {}
        for node in prepared.ruleset.requirements:
            if not is_credit(node):
                self._met(node)

    def _met(self, node: Requirement) -> Linear:
        """1 only where a condition, or a choice, is met."""
        self._mets[node.id] = found = self._is_met(node)
        return found

    def _is_met(self, node: Requirement) -> Linear:
        if is_met_without_courses(node, self.prepared):
            for each in node.walk():
                self.short[each.id], self._mets[each.id] = 0, 1
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

    def undone(self, choice: Requirement) -> Linear:
        """What courses leave undone of a choice, in hundredths of alternatives.

        An alternative that asks for courses and for something else is done when the courses are
        there; one that asks for no courses, when it is met.
        """
        sides, need = _sides(choice)
        undone = self.model.new_int_var(0, 100 * need, f"undone {choice.id}")
        self.model.add(undone >= 100 * (need - sum(self._done(each) for each in sides)))
        return undone

    def _done(self, node: Requirement) -> Linear:
        if not node.of or not _asks_for_courses(node):
            return self._mets[node.id]
        sides, need = _sides(node)
        done = self.model.new_bool_var(f"{node.id} is done")
        self.model.add(need * done <= sum(self._done(each) for each in sides))
        return done

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


def _sides(choice: Requirement) -> tuple[list[Requirement], int]:
    """Alternatives, and how many of them count; of all that are asked for, those with courses."""
    if choice.choose < len(choice.of):
        return list(choice.of), choice.choose
    sides = [each for each in choice.of if _asks_for_courses(each)]
    return sides, len(sides)


def _asks_for_courses(node: Requirement) -> bool:
    return any(isinstance(each.condition, Have) for each in node.walk())
