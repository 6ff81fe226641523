"""Caps that a school sets on what may be planned: dual-enrollment hours, study halls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pathloom.engine.catalog import Course
from pathloom.engine.catalog.agreements import Agreements
from pathloom.engine.catalog.agreements import Kind as AgreementKind
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.conflict import Cause, Kind
from pathloom.engine.planner.loads import share
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import Counted, Limit, PlanRequest, Within
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.conditions import ONE
from pathloom.engine.units import Credits

if TYPE_CHECKING:
    from pathloom.engine.planner.candidates import Outlook
    from pathloom.engine.planner.model import Draft


def add_limits(draft: Draft) -> None:
    """Hold what is planned under each limit of the request."""
    for limit in draft.outlook.request.limits:
        room = max(0, limit.most - _behind(limit, draft.outlook.request))
        tagged = [one.course for one in draft.pool if limit.tag in one.course.tags]
        for places in _spans(limit, draft.outlook):
            counted = sum(
                _amount(limit, course, draft.outlook, index=index, whole=whole)
                * draft.takes[course.id, index]
                for course in tagged
                for index, whole in places
                if (course.id, index) in draft.takes
            )
            if not isinstance(counted, int):
                draft.demand(counted <= room, Cause(Kind.LIMIT, limit.title))


def _spans(limit: Limit, outlook: Outlook) -> Iterator[list[tuple[int, bool]]]:
    """The terms that are counted together, and whether their courses count whole.

    A full year is no term by itself where its courses run in fall or spring of the request.
    """
    terms = [entry.term for entry in outlook.request.terms]
    every = range(len(terms))
    match limit.within:
        case Within.PLAN:
            yield [(index, True) for index in every]
        case Within.YEAR:
            for year in dict.fromkeys(term.year for term in terms):
                yield [(index, True) for index in every if terms[index].year == year]
        case Within.TERM:
            running = [outlook.running(index) for index in every]
            inside = {other for index in every for other in running[index] if other != index}
            for index in every:
                if index not in inside:
                    yield [(other, other == index) for other in running[index]]


def _amount(limit: Limit, course: Course, outlook: Outlook, *, index: int, whole: bool) -> int:
    """What a course counts where it is placed, in hundredths."""
    match limit.counted:
        case Counted.COURSES:
            return ONE
        case Counted.CREDITS:
            return share(course.credits, whole=whole)
        case Counted.HOURS:
            record = planned_record(course, outlook.request.terms[index].term)
            return share(dual_hours(outlook.request.agreements, record), whole=whole)


def _behind(limit: Limit, request: PlanRequest) -> int:
    """What is earned or under way already counts under a limit over the whole plan."""
    if limit.within is not Within.PLAN:
        return 0
    behind = (State.EARNED, State.IN_PROGRESS)
    tagged = (one for one in request.record.courses if one.state in behind)
    tagged = (one for one in tagged if limit.tag in one.tags)
    match limit.counted:
        case Counted.COURSES:
            return sum(ONE for _ in tagged)
        case Counted.CREDITS:
            return sum(one.credits for one in tagged)
        case Counted.HOURS:
            return sum(dual_hours(request.agreements, one) for one in tagged)


def dual_hours(agreements: Agreements | None, record: CourseRecord) -> Credits:
    """The most semester hours that dual credit grants for a course in the year it is taken.

    In hundredths; 0 without an agreement. A record without a term fits an agreement of any year.
    """
    found = [0]
    for each in agreements.agreements if agreements else ():
        college = agreements.institution(each.institution) if agreements else None
        course = college.course(each.college_course) if college else None
        holds = record.term is None or each.holds_in(record.term.year)
        if course and each.kind is AgreementKind.DUAL_CREDIT and holds and covers(each, record):
            found.append(course.hours)
    return max(found)
