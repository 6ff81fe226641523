"""College credit of a plan: hours by the school's agreements, or courses that can earn some."""

from __future__ import annotations

from pathloom.engine.audit.phrases import number
from pathloom.engine.planner.college.plan import credit_of_plan, first_day
from pathloom.engine.planner.college.words import hours_of
from pathloom.engine.planner.figures.figure import Figure
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.units import Credits, format_credits

# Courses that can earn college credit while in high school.
COLLEGE = frozenset({"ap", "ib", "dual-enrollment"})


def banked(view: View) -> Credits:
    """Semester hours that count at a college by the agreements, in hundredths."""
    known = (place for place, _ in view.known())
    credit = credit_of_plan(view.request, known, as_of=first_day(view.request))
    return credit.hours.banked if credit else 0


def hours_missing(view: View) -> Figure | None:
    """Hours of college credit still missing to those that the student aims at."""
    aim = view.request.wishes.college_hours
    if not aim:
        return None
    there = banked(view)
    words = f"{number(there)} of the {hours_of(aim)} of college credit that you aim for."
    if there >= aim:
        words = f"{hours_of(there)} of college credit: you aimed for {number(aim)}."
    if view.request.agreements is None:
        words = "Your school lists no agreement with a college, so no college hours are counted."
    return Figure("college", max(0, aim - there), words)


def college(view: View) -> Figure:
    """What is aimed at, or counts; without agreements, the courses that could count somewhere."""
    aimed = hours_missing(view)
    if aimed is not None:
        return aimed
    if view.request.agreements is None:
        credit = college_courses(view)
        words = f"{format_credits(credit)} credits in courses that can earn college credit."
        return Figure("college_courses", credit, words, more=True)
    hours = banked(view)
    return Figure("college", hours, f"{hours_of(hours)} of college credit.", more=True)


def college_courses(view: View) -> Credits:
    """School credit of courses that can earn college credit: behind, under way and planned."""
    behind = sum(
        record.credits
        for record in view.request.record.courses
        if record.state in {State.EARNED, State.IN_PROGRESS} and record.tags & COLLEGE
    )
    return behind + sum(course.credits for _, course in view.known() if course.tags & COLLEGE)
