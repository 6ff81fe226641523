"""College credit that the student aims at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import gcd
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Agreements, Institution
from pathloom.engine.planner.college.claims import Moment, every_claim
from pathloom.engine.planner.college.credit import graduation_of
from pathloom.engine.planner.college.plan import first_day
from pathloom.engine.planner.college.types import Claim, Standing
from pathloom.engine.planner.figures.college import hours_missing
from pathloom.engine.planner.goals.goal import Goal, as_read
from pathloom.engine.planner.model import Draft
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import State
from pathloom.engine.rules.facts import complete

if TYPE_CHECKING:
    from pathloom.engine.planner.model import Linear

Place = tuple[str, int]  # a course, and the index of its term


def college(draft: Draft) -> Goal | None:
    """Hours missing, at the best college, to those aimed at, as the agreements count them."""
    request = draft.outlook.request
    aim, words = request.wishes.college_hours, as_read(hours_missing)
    if not aim:
        return None
    agreements = request.agreements
    banked = _banked(draft, agreements) if agreements else 0
    if agreements is None or isinstance(banked, int):
        return Goal("college", max(0, aim - banked), aim, words)
    # In whole steps the goals weigh less, so that more of them fit into one run.
    step = gcd(aim, *_amounts(agreements))
    missing = step * draft.model.new_int_var(0, aim // step, "")
    draft.model.add(missing >= aim - banked)
    return Goal("college", missing, aim, words)


def _amounts(agreements: Agreements) -> Iterator[int]:
    """All hours that can be granted or accepted at a college."""
    for college_ in agreements.institutions:
        yield college_.accepts or 0
        yield from (course.hours for course in college_.courses)


def _banked(draft: Draft, agreements: Agreements) -> Linear:
    """The most hours at one college: each course once, up to what it accepts (``counting``)."""
    places = _places(draft)
    by_course: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in _claims(draft, agreements, places):
        if claim.standing is not Standing.LOST:
            by_course[claim.institution, claim.code].append(claim)
    hours: dict[str, list[Linear]] = defaultdict(list)
    for (college_id, _), claims in by_course.items():
        hours[college_id].append(claims[0].hours * _is_there(draft, claims, places))
    at = [_accepted(draft, one, hours[one.id]) for one in agreements.institutions]
    return _best(draft, [one for one in at if not isinstance(one, int) or one])


def _best(draft: Draft, amounts: list[Linear]) -> Linear:
    """The largest amount, as far as it is aimed at; a student goes to one college."""
    if len(amounts) < 2:
        return sum(amounts)
    aim = draft.outlook.request.wishes.college_hours
    counted: list[Linear] = []
    chosen: list[Linear] = []
    for amount in amounts:
        chosen.append(draft.model.new_bool_var(""))
        counted.append(draft.model.new_int_var(0, aim, ""))
        draft.model.add(counted[-1] <= amount)
        draft.model.add(counted[-1] <= aim * chosen[-1])
    draft.model.add(sum(chosen) <= 1)
    return sum(counted)


def _places(draft: Draft) -> dict[str, Place]:
    """Where courses that an agreement names may stand, by the id of the planned record."""
    terms = draft.outlook.request.terms
    return {
        planned_record(one.course, terms[index].term).id: (one.course.id, index)
        for one in draft.pool
        if draft.outlook.agreed[one.course.id]
        for index in one.terms
    }


def _claims(draft: Draft, agreements: Agreements, places: dict[str, Place]) -> Iterable[Claim]:
    """What each course, behind or planned in any of its terms, would count as by itself."""
    request, courses = draft.outlook.request, draft.outlook.courses
    behind = (one for one in request.record.courses if one.state is not State.PLANNED)
    planned = (
        planned_record(courses[name], request.terms[index].term) for name, index in places.values()
    )
    record = replace(request.record, courses=(*behind, *planned))
    graduation = graduation_of(record.entered_grade_9)
    moment = Moment(first_day(request), graduation, frozenset())
    return every_claim(complete(record, request.catalog), agreements, moment)


def _is_there(draft: Draft, claims: Iterable[Claim], places: dict[str, Place]) -> Linear:
    """1 where one of the claims stands, else 0: the solver makes it as large as it can."""
    by_name: dict[str, set[int]] = defaultdict(set)
    for claim in claims:
        if claim.record not in places:
            return 1
        name, index = places[claim.record]
        by_name[name].add(index)
    times = sum(draft.sum_of(name, sorted(indexes)) for name, indexes in by_name.items())
    if len(by_name) == 1 and by_name.keys() <= draft.taken.keys():
        return times
    there = draft.model.new_bool_var("")
    draft.model.add(there <= times)
    return there


def _accepted(draft: Draft, college_: Institution, hours: list[Linear]) -> Linear:
    total, most = sum(hours), college_.accepts
    if most is None or isinstance(total, int):
        return total if most is None else min(total, most)
    accepted = draft.model.new_int_var(0, most, "")
    draft.model.add(accepted <= total)
    return accepted
