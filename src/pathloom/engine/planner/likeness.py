"""Which courses are alike under a rule set, and how many of them a plan could need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Course
from pathloom.engine.planner.loads import share
from pathloom.engine.planner.types import Counted
from pathloom.engine.rules.nodes import AnyCourse, OneOf, Requirement, RuleSet
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook

BROAD = (AnyCourse, OneOf)


def likeness(course: Course, outlook: Outlook) -> tuple[object, ...]:
    """All that a plan can see in a course; where that is the same, courses are interchangeable.

    Whether a course is advanced is left out: of two that are otherwise alike, the plain one is
    never the worse choice.
    """
    slots = any(entry.slots is not None for entry in outlook.request.terms)
    return (
        *outlook.kinds[course.id],
        outlook.open_terms[course.id],
        course.difficulty,
        course.slots if slots else 1,
    )


def kind_of(course: Course, outlook: Outlook) -> tuple[object, ...]:
    """What rules, limits and wishes see in a course, whenever it is taken."""
    request = outlook.request
    hours = any(limit.counted is Counted.HOURS for limit in request.limits)
    return (
        *counts_as(course, outlook),
        course.credits,
        course.repeatable,
        tuple(limit.tag in course.tags for limit in request.limits),
        tuple(name in course.tags or name == course.subject for name in request.wishes.every_year),
        outlook.agreed[course.id] if hours else (),
    )


def counts_as(course: Course, outlook: Outlook) -> tuple[object, ...]:
    """What each rule set sees in a course, the diploma first."""
    record = outlook.ahead[course.id]
    return tuple(needs.sees(record) for needs in outlook.needs)


def core_requirements(ruleset: RuleSet) -> tuple[Requirement, ...]:
    """The top-level requirements of one subject or with named parts, not a choice of many."""
    return tuple(
        one
        for one in ruleset.requirements
        if one.earn and not one.of and (one.include or not isinstance(one.match, BROAD))
    )


def enough(course: Course, outlook: Outlook) -> int:
    """How many courses like this one a plan could need at most, for rules, loads and wishes."""
    most = enough_for_rules(course, outlook)
    return most + _for_loads(course, outlook) + _for_wishes(course, outlook)


def enough_for_rules(course: Course, outlook: Outlook) -> int:
    """How many courses like this one all rule sets together could need; any of them will do."""
    found = 0
    for needs in outlook.needs:
        size = outlook.in_units_of_rules(course.credits, needs.layout.ruleset)
        found += needs.most(replace(outlook.ahead[course.id], credits=size))
    return found


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


def _whole(amount: Credits, size: Credits) -> int:
    return -(-amount // size) if size else 0
