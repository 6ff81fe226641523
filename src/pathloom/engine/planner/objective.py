"""The ordered goals of a plan: each is as good as it can be before the next one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.planner.candidates import Candidate, core_requirements, term_indexes
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.outlook import FIRST_GRADE, planned_record
from pathloom.engine.planner.types import GoalOrder
from pathloom.engine.record import State
from pathloom.engine.rules.matchers import predicate
from pathloom.engine.rules.nodes import Requirement
from pathloom.engine.units import Part, Term

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

# Against a core course taken one year after the first grade it is open to:
OVER_PACE = 10  # one unit of credit more than an even share of a year
ADVANCED = 20  # an advanced course that nobody asked for, core or not


@dataclass(frozen=True, slots=True)
class Goal:
    """A cost to make small, at most ``most``, and the sentence that says how small it became."""

    name: str
    cost: Linear
    most: int
    words: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals in their order: what is asked for, then how it is spread over the terms."""

    asked: tuple[Goal, ...]
    spread: tuple[Goal, ...]


def goals(draft: Draft) -> Goals:
    """Pose the goals; one that this request leaves nothing to decide is left out."""
    close = closeness(draft)
    asked: tuple[Goal | None, ...] = (by_courses(draft), wishes(draft), program_pace(draft))
    load, pace = even_load(draft), core_pace(draft)
    spread: tuple[Goal | None, ...] = (load, close, pace)
    match draft.outlook.request.order:
        case GoalOrder.NEAR:
            asked, spread = (*asked, close), (load, pace)
        case GoalOrder.CLOSEST:
            asked, spread = (close, *asked), (load, pace)
    return Goals(tuple(goal for goal in asked if goal), tuple(goal for goal in spread if goal))


def by_courses(draft: Draft) -> Goal | None:
    """Alternatives that courses could fulfil, or begin, and do not, where others could too."""
    if not draft.optional:
        return None
    missing = sum(short + undone for short, undone in draft.optional.values())
    most = sum(200 * node.choose for node in draft.optional)
    names = " and ".join(node.title for node in draft.optional)
    return Goal("by_courses", missing, most, lambda value: _by_courses_words(value, names))


def _by_courses_words(missing: int, names: str) -> str:
    return f"Courses {'alone do not' if missing else 'in this plan'} fulfil {names}."


def wishes(draft: Draft) -> Goal | None:
    """Wished courses that are not in the plan."""
    wanted = [
        course
        for course in dict.fromkeys(draft.outlook.request.wishes)
        if not draft.outlook.is_behind(course)
    ]
    if not wanted:
        return None
    missing: list[Linear] = []
    for course in wanted:
        granted = draft.model.new_bool_var("")
        draft.model.add(granted <= draft.sum_of(course, draft.terms_of(course)))
        missing.append(1 - granted)
    return Goal("wishes", sum(missing), len(wanted), lambda value: _wish_words(value, len(wanted)))


def _wish_words(missing: int, wanted: int) -> str:
    if missing == 0:
        return "Every course you wished for is in the plan."
    return f"{wanted - missing} of {wanted} courses you wished for are in the plan."


def program_pace(draft: Draft) -> Goal | None:
    """Years between the grade a step is meant for and the grade in which it is taken."""
    terms = draft.outlook.request.terms
    away: list[Linear] = []
    most = 0
    for step, choice in draft.steps:
        if step.grade is None:
            continue
        for index, chosen in choice.items():
            distance = abs(terms[index].grade - step.grade)
            away.append(distance * chosen)
            most += distance
    if not away:
        return None
    return Goal("program", sum(away), most, _program_words)


def _program_words(value: int) -> str:
    if value == 0:
        return "Each step of the program is in the grade it is meant for."
    years = "one year" if value == 1 else f"{value} years in all"
    return f"Steps of the program are {years} away from the grade they are meant for."


def even_load(draft: Draft) -> Goal | None:
    """The sum of squared loads: few courses, evenly spread, summers only when they are needed."""
    terms = draft.outlook.request.terms
    step = gcd(*(one.course.credits for one in draft.pool)) or 1
    by_term: dict[int, list[Linear]] = defaultdict(list)
    for candidate in draft.pool:
        for index in candidate.terms:
            variable = draft.takes[candidate.course.id, index]
            by_term[index].append(candidate.course.credits // step * variable)
    if not by_term:
        return None
    costs: list[Linear] = []
    largest = 0
    for index, loads in by_term.items():
        most = terms[index].most // step
        load = sum(loads)
        square = draft.model.new_int_var(0, most * most, "")
        for size in range(most):
            draft.model.add(square >= (2 * size + 1) * load - size * (size + 1))
        summer = most * len(terms) if terms[index].term.part is Part.SUMMER else 0
        costs.append(square + summer * load)
        largest += most * most + summer * most
    return Goal("load", sum(costs), largest, lambda value: "The load is spread over the terms.")


def closeness(draft: Draft) -> Goal | None:
    """What a person sees change in the previous plan: a move is 1, a course that goes or comes 2.

    Places before the first term of the request are over and do not count.
    """
    request = draft.outlook.request
    first = min((entry.term for entry in request.terms), default=None)
    before: dict[str, set[Term]] = defaultdict(set)
    for place in request.previous:
        if first is not None and place.term >= first:
            before[place.course].add(place.term)
    if not before:
        return None
    indexes = term_indexes(request)
    costs: list[Linear] = []
    most = 0
    for candidate in draft.pool:
        places = before.get(candidate.course.id, set())
        there = {indexes[term] for term in places if term in indexes}
        costs.append(_changes(draft, candidate, there, gone=len(places) - len(there)))
        most += 2 * (len(candidate.terms) + len(places))
    return Goal(
        "previous",
        sum(costs),
        most,
        lambda value: "It stays close to the plan before." if value else "Nothing changed.",
    )


def _changes(draft: Draft, candidate: Candidate, there: set[int], *, gone: int) -> Linear:
    """What changes of one course that stood in some terms, and in others that are gone."""
    name = candidate.course.id
    if not candidate.course.repeatable:
        if not there and not gone:
            return 2 * draft.taken[name]
        return 2 - draft.taken[name] - draft.sum_of(name, there)
    removed = len(there) + gone - draft.sum_of(name, there)
    added = draft.sum_of(name, (index for index in candidate.terms if index not in there))
    moved = draft.model.new_int_var(0, len(there) + gone, "")
    draft.model.add(moved <= removed)
    draft.model.add(moved <= added)
    return 2 * (removed + added) - 3 * moved


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


def _pace_words(value: int) -> str:
    return f"Core subjects go year by year{', as early as they fit' if value else ''}."


def _asked_for(draft: Draft) -> set[str]:
    request = draft.outlook.request
    steps = {course for step in draft.outlook.steps for course in step.courses}
    return steps | {*request.wishes} | {lock.course for lock in request.locks}


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
