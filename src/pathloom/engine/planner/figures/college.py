"""College credit of a plan: hours by the school's agreements, or courses that can earn some."""

from __future__ import annotations

from pathloom.engine.audit.phrases import number
from pathloom.engine.planner.college.places import AtCollege, at_colleges
from pathloom.engine.planner.college.plan import credit_of_plan, first_day
from pathloom.engine.planner.college.words import hours_of
from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.units import Credits, format_credits

# Courses that can earn college credit while in high school.
COLLEGE = frozenset({"ap", "ib", "dual-enrollment"})


def best(view: View) -> AtCollege | None:
    """The college at which most of a plan counts, by the agreements; None where nothing does."""
    known = (place for place, _ in view.known())
    credit = credit_of_plan(view.request, known, as_of=first_day(view.request))
    return next(iter(at_colleges(credit)), None) if credit else None


def banked(view: View) -> Credits:
    """The most semester hours that count at one college, in hundredths."""
    found = best(view)
    return found.hours.banked if found else 0


def hours_missing(view: View) -> Figure | None:
    """Hours of college credit still missing, at the best college, to those aimed at."""
    aim = view.request.wishes.college_hours
    if not aim:
        return None
    if view.request.agreements is None:
        words = "Your school lists no agreement with a college, so no college hours are counted."
        return Figure("college", aim, words)
    there = banked(view)
    words = f"{_hours(view)}, of the {number(aim)} that you aim for."
    if there >= aim:
        words = f"{_hours(view)}. You aimed for {number(aim)}."
    return Figure("college", max(0, aim - there), words)


def _hours(view: View) -> str:
    found = best(view)
    if found is None or not found.hours.banked:
        return "No hours of college credit"
    return f"{hours_of(found.hours.banked)} of college credit at {found.college}"


def college(view: View) -> Figure:
    """What is aimed at, or counts; without agreements, the courses that could count somewhere."""
    aimed = hours_missing(view)
    if aimed is not None:
        return aimed
    if view.request.agreements is None:
        credit = college_courses(view)
        words = f"{format_credits(credit)} credits in courses that can earn college credit."
        return Figure("college_courses", credit, words, more=True)
    return Figure("college", banked(view), f"{_hours(view)}.", more=True)


def college_courses(view: View) -> Credits:
    """School credit of courses that can earn college credit: behind, under way and planned."""
    behind = sum(
        record.credits
        for record in view.request.record.courses
        if record.state in {State.EARNED, State.IN_PROGRESS} and record.tags & COLLEGE
    )
    return behind + sum(course.credits for _, course in view.known() if course.tags & COLLEGE)
