"""Core subjects year by year."""

from __future__ import annotations

from collections import defaultdict
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.likeness import core_requirements
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Requirement
from pathloom.engine.units import Credits, SchoolYear

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

UNASKED = 1000  # an advanced course that nobody asked for, core or not


def core_pace(draft: Draft) -> Goal | None:
    """Core subjects year by year, and no advanced course that nobody asked for.

    Of each core requirement, the hundredths of credit in a school year beyond an even share of
    what is missing, in whole courses; what somebody asked for does not count. An advanced course
    that nobody asked for, or likes, costs as much as ten credits too many.
    """
    asked = _asked_for(draft)
    records = {course.id: draft.outlook.ahead[course.id] for course in draft.outlook.open_courses}
    costs: list[Linear] = []
    most = 0
    for requirement in core_requirements(draft.outlook.ruleset):
        test = predicate(requirement.match)
        matching = {name for name, record in records.items() if test(record)}
        for over, largest in _over_share(draft, requirement, matching=matching, asked=asked):
            costs.append(over)
            most += largest
    chosen = asked | {*draft.outlook.request.wishes.liked}
    for candidate in draft.pool:
        if candidate.advanced and candidate.course.id not in chosen:
            costs += (UNASKED * draft.takes[candidate.course.id, i] for i in candidate.terms)
            most += UNASKED * (len(candidate.terms) if candidate.course.repeatable else 1)
    return Goal("pace", sum(costs), most, _words) if costs else None


def _asked_for(draft: Draft) -> set[str]:
    request = draft.outlook.request
    steps = {step.courses[0] for step in draft.outlook.steps if len(step.courses) == 1}
    locks = {lock.course for lock in request.all_locks}
    return steps | locks | {*request.wishes.wanted}


def _over_share(
    draft: Draft, requirement: Requirement, *, matching: set[str], asked: set[str]
) -> list[tuple[Linear, Credits]]:
    """Per school year, what is more than an even share, and the most that it could be."""
    request = draft.outlook.request
    test = predicate(requirement.match)
    there = sum(
        record.credits
        for record in draft.outlook.prepared.record.courses
        if record.state in {State.EARNED, State.IN_PROGRESS} and test(record)
    )
    paced = matching - asked
    fitting = [
        (one, draft.outlook.in_units_of_rules(one.course.credits))
        for one in draft.pool
        if one.course.id in paced
    ]
    years = _years(draft)
    largest = _largest(draft, matching)
    share = -(-max(0, requirement.earn - there) // (largest * max(1, len(years)))) * largest
    found: list[tuple[Linear, Credits]] = []
    for indexes in years.values():
        places = [
            (credits, draft.takes[one.course.id, index])
            for one, credits in fitting
            for index in one.terms
            if index in indexes
        ]
        fits = sum(draft.outlook.in_units_of_rules(request.terms[i].most) for i in indexes)
        most = min(fits, sum(credits for credits, _ in places)) - share
        if most > 0:
            # In whole steps the goals weigh less, so that more of them fit into one run.
            step = gcd(share, *(credits for credits, _ in places))
            over = step * draft.model.new_int_var(0, -(-most // step), "")
            draft.model.add(over >= sum(credits * taken for credits, taken in places) - share)
            found.append((over, most))
    return found


def _largest(draft: Draft, matching: set[str]) -> Credits:
    """The credit of the largest course that the student could take for a requirement."""
    sizes = (draft.outlook.courses[name].credits for name in matching)
    return draft.outlook.in_units_of_rules(max(sizes, default=0)) or 1


def _years(draft: Draft) -> dict[SchoolYear, set[int]]:
    """The terms of each school year until the student wants to be done."""
    request = draft.outlook.request
    years: dict[SchoolYear, set[int]] = defaultdict(set)
    for index, entry in enumerate(request.terms):
        ends = (request.finish, request.on_time)
        if not any(draft.outlook.is_after(index, end) for end in ends):
            years[entry.term.year].add(index)
    return years


def _words(value: int, view: View) -> str:
    if not value:
        return "Core subjects go year by year."
    return "Core subjects go year by year as far as they fit."
