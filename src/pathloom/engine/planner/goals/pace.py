"""Core subjects year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathloom.engine.planner.candidates import Candidate
from pathloom.engine.planner.goals.goal import Goal
from pathloom.engine.planner.likeness import core_requirements
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.outlook import FIRST_GRADE, planned_record
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Requirement

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

# Against a core course taken one year after the first grade it is open to:
OVER_PACE = 10  # one unit of credit more than an even share of a year
ADVANCED = 20  # an advanced course that nobody asked for, core or not


def core_pace(draft: Draft) -> Goal | None:
    """Core subjects year by year, ordinary courses before advanced ones, in their first grade."""
    asked = _asked_for(draft)
    core = core_requirements(draft.outlook.ruleset)
    costs: list[Linear] = []
    most = 0
    for requirement in core:
        for over, largest in _over_pace(draft, requirement, asked):
            costs.append(OVER_PACE * over)
            most += OVER_PACE * largest
    tests = [predicate(requirement.match) for requirement in core]
    for candidate in draft.pool:
        record = planned_record(candidate.course, None)
        if candidate.course.id in asked:
            continue
        paced = any(test(record) for test in tests)
        for index, cost in _course_costs(draft, candidate, paced=paced):
            costs.append(cost * draft.takes[candidate.course.id, index])
            most += cost
    if not costs:
        return None
    return Goal("pace", sum(costs), most, _pace_words)


def _course_costs(draft: Draft, candidate: Candidate, *, paced: bool) -> list[tuple[int, int]]:
    """Per term index, years after the first grade a core course is open to; more if advanced."""
    terms = draft.outlook.request.terms
    first = max(FIRST_GRADE, min(candidate.course.grades))
    extra = ADVANCED if candidate.advanced else 0
    late = ((i, max(0, terms[i].grade - first) if paced else 0) for i in candidate.terms)
    return [(index, years + extra) for index, years in late if years + extra]


def _pace_words(value: int, view: View) -> str:
    return f"Core subjects go year by year{', as early as they fit' if value else ''}."


def _asked_for(draft: Draft) -> set[str]:
    request = draft.outlook.request
    steps = {course for step in draft.outlook.steps for course in step.courses}
    return steps | {*request.wishes.wanted} | {lock.course for lock in request.all_locks}


def _over_pace(draft: Draft, requirement: Requirement, asked: set[str]) -> list[tuple[Linear, int]]:
    """Per school year, units of credit of one subject beyond an even share of what is missing."""
    request = draft.outlook.request
    test = predicate(requirement.match)
    there = sum(
        record.credits
        for record in request.record.courses
        if record.state in {State.EARNED, State.IN_PROGRESS} and test(record)
    )
    years = sorted({entry.term.year for entry in request.terms})
    missing = max(0, requirement.earn - there)
    share = max(1, -(-missing // (100 * max(1, len(years)))))
    fitting = [
        one
        for one in draft.pool
        if one.course.id not in asked and test(planned_record(one.course, None))
    ]
    found: list[tuple[Linear, int]] = []
    for year in years:
        load = sum(
            one.course.credits * draft.takes[one.course.id, index]
            for one in fitting
            for index in one.terms
            if request.terms[index].term.year == year
        )
        most = sum(entry.most for entry in request.terms if entry.term.year == year) // 100
        if most > share and not isinstance(load, int):
            over = draft.model.new_int_var(0, most - share, "")
            draft.model.add(100 * over >= load - 100 * share)
            found.append((over, most - share))
    return found
