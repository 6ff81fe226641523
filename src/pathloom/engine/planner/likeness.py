"""Which courses are alike under a rule set, and how many of them a plan could need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Course
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Have, Matcher, RuleSet
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook


def counts_as(course: Course, ruleset: RuleSet) -> tuple[object, ...]:
    """All that rules see in a course; where that is the same, courses are interchangeable."""
    record = planned_record(course, None)
    awarded = tuple(award.when and predicate(award.when)(record) for award in ruleset.awards)
    limited = tuple(predicate(match)(record) for match in _besides(ruleset))
    families = [f"{node.same}:" for node in ruleset.walk() if node.same]
    families += [f"{have.same}:" for have in _haves(ruleset) if have.same]
    values = frozenset(tag for tag in record.tags if tag.startswith(tuple(families)))
    return (*layout(ruleset).masks(record), awarded, limited, values)


def _haves(ruleset: RuleSet) -> Iterator[Have]:
    yield from (award.have for award in ruleset.awards if award.have)
    yield from (one.condition for one in ruleset.walk() if isinstance(one.condition, Have))


def _besides(ruleset: RuleSet) -> Iterator[Matcher]:
    """What rules ask of courses beside the places in which they count."""
    for have in _haves(ruleset):
        yield have.match
        yield from (among.match for among in have.among)
    yield from (among.match for one in ruleset.walk() for among in one.among)
    yield from (cap.match for cap in ruleset.caps)


def enough(course: Course, outlook: Outlook) -> int:
    """How many courses like this one a plan could need at most.

    Each slot, each substitute and each condition takes no more than it needs, rounded up to whole
    courses. Beyond that a course can only serve the total, as far as double counting, caps,
    exceptions and short substitutes leave it open, and the least load of the terms.
    """
    record, ruleset, prepared = planned_record(course, None), outlook.ruleset, outlook.prepared
    size = outlook.in_units_of_rules(course.credits)
    least = sum(entry.least for entry in outlook.request.terms)
    amounts: list[Credits] = [outlook.in_units_of_rules(least)]
    places = sum(one.earn for one in ruleset.requirements if one.id not in prepared.exempt)
    amounts.append(max(0, ruleset.total - prepared.lowered - places))
    amounts += prepared.excused.values()
    if ruleset.caps or not all(award.in_total for award in ruleset.awards):
        amounts.append(ruleset.total)
    amounts += [amount for have in _haves(ruleset) for amount in _asked(have, record, size)]
    by_id = {one.id: one for one in ruleset.walk()}
    for one in ruleset.walk():
        amounts += [by_id[other].earn for other in one.also_counts if other in by_id]
        amounts += [max(0, one.earn - substitute.earn) for substitute in one.instead]
        amounts += [
            substitute.earn for substitute in one.instead if predicate(substitute.match)(record)
        ]
        if predicate(one.match)(record):
            amounts.append(one.open_part)
        for among in one.among:
            if predicate(among.match)(record):
                amounts += [among.credits, among.courses * size]
    return sum(_whole(amount, size) for amount in amounts)


def _asked(have: Have, record: CourseRecord, size: Credits) -> Iterator[Credits]:
    """What ``have`` could take of courses like this one; so many courses are so much credit."""
    if not predicate(have.match)(record):
        return
    yield from (have.credits, have.courses * size)
    for among in have.among:
        if predicate(among.match)(record):
            yield from (among.credits, among.courses * size)


def _whole(amount: Credits, size: Credits) -> int:
    return -(-amount // size) if size else 0
