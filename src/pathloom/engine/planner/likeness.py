"""Which courses are alike under a rule set, and how many of them a plan could need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Agreements, Course
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.loads import share
from pathloom.engine.planner.outlook import FIRST_GRADE, planned_record
from pathloom.engine.planner.types import Counted
from pathloom.engine.record import CourseRecord
from pathloom.engine.rules.facts import Prepared
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import AnyCourse, Have, Matcher, OneOf, Requirement, RuleSet
from pathloom.engine.rules.slots import layout
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook

BROAD = (AnyCourse, OneOf)


def likeness(course: Course, outlook: Outlook) -> tuple[object, ...]:
    """All that a plan can see in a course; where that is the same, courses are interchangeable.

    Whether a course is advanced is left out: of two that are otherwise alike, the plain one is
    never the worse choice.
    """
    request, wishes = outlook.request, outlook.request.wishes
    record = planned_record(course, None)
    hours = any(limit.counted is Counted.HOURS for limit in request.limits)
    core = any(predicate(one.match)(record) for one in core_requirements(outlook.ruleset))
    return (
        *(counts_as(course, prepared.ruleset) for prepared in outlook.every),
        course.credits,
        outlook.open_terms[course.id],
        course.repeatable,
        course.difficulty,
        course.slots if any(entry.slots is not None for entry in request.terms) else 1,
        core and max(FIRST_GRADE, min(course.grades)),
        tuple(limit.tag in course.tags for limit in request.limits),
        tuple(name in course.tags or name == course.subject for name in wishes.every_year),
        covering(request.agreements, record) if request.agreements and hours else (),
    )


def covering(agreements: Agreements, record: CourseRecord) -> tuple[str, ...]:
    """The agreements, by id, that cover a course."""
    return tuple(each.id for each in agreements.agreements if covers(each, record))


def core_requirements(ruleset: RuleSet) -> tuple[Requirement, ...]:
    """The top-level requirements of one subject or with named parts, not a choice of many."""
    return tuple(
        one
        for one in ruleset.requirements
        if one.earn and not one.of and (one.include or not isinstance(one.match, BROAD))
    )


def counts_as(course: Course, ruleset: RuleSet) -> tuple[object, ...]:
    """All that rules see in a course."""
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
    """How many courses like this one a plan could need at most, for rules, loads and wishes."""
    most = sum(_for_rules(course, outlook, prepared) for prepared in outlook.every)
    return most + _for_loads(course, outlook) + _for_wishes(course, outlook)


def _for_rules(course: Course, outlook: Outlook, prepared: Prepared) -> int:
    """How many courses like this one a rule set could need.

    Each slot, each substitute and each condition takes no more than it needs, rounded up to whole
    courses. Beyond that a course can only serve the total, as far as double counting, caps,
    exceptions and short substitutes leave it open.
    """
    record, ruleset = planned_record(course, None), prepared.ruleset
    size = outlook.in_units_of_rules(course.credits, ruleset)
    places = sum(one.earn for one in ruleset.requirements if one.id not in prepared.exempt)
    amounts: list[Credits] = [max(0, ruleset.total - prepared.lowered - places)]
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


def _for_loads(course: Course, outlook: Outlook) -> int:
    """How many courses like this one the least and the target of the terms could ask for.

    Of a course of a full year half counts in fall and in spring, so that it may take twice as many.
    """
    found = 0
    for index, entry in enumerate(outlook.request.terms):
        asked = max(entry.least, entry.target or 0)
        here = [other for other in outlook.running(index) if other in outlook.open_terms[course.id]]
        if asked and here:
            whole = all(other == index for other in here)
            found += _whole(asked, share(course.credits, whole=whole))
    return found


def _for_wishes(course: Course, outlook: Outlook) -> int:
    """How many courses like this one are wished for every year."""
    names = outlook.request.wishes.every_year
    fitting = sum(name in course.tags or name == course.subject for name in names)
    return fitting * len({entry.term.year for entry in outlook.request.terms})


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
