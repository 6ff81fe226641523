"""What a plan reaches of each goal, read off its placements: for plans side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathloom.engine.planner.moves import distance, still_ahead
from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.units import Credits, GradeLevel, Term, format_credits, format_grade

# Courses that can earn college credit while in high school.
COLLEGE = frozenset({"ap", "ib", "dual-enrollment"})


@dataclass(frozen=True, slots=True)
class Figure:
    """How far one goal is reached: a number to compare, and a sentence.

    Smaller is better; with ``more``, larger is. Credits are in hundredths of the catalog's unit.
    """

    goal: str
    value: int
    words: str
    more: bool = False


def figures(request: PlanRequest, placements: Iterable[Placement]) -> tuple[Figure, ...]:
    """Say what a plan reaches of each stated goal, in the order of the goals.

    Goals that the request does not state (no program, no wishes, no plan before) are left out.

    Args:
        request: whose goals these are; its bans and locks are not looked at.
        placements: courses in terms, in any order.
    """
    view = View.of(request, placements)
    return tuple(
        figure
        for found in (_finish, _program, _wishes, _college, _load, _last_year, _previous)
        for figure in found(view)
    )


def college_courses(view: View) -> Credits:
    """School credit of courses that can earn college credit: behind, under way and planned."""
    behind = sum(
        record.credits
        for record in view.request.record.courses
        if record.state in {State.EARNED, State.IN_PROGRESS} and record.tags & COLLEGE
    )
    return behind + sum(course.credits for _, course in view.known() if course.tags & COLLEGE)


def loads(view: View) -> dict[Term, Credits]:
    """The load of each term of the request, in calendar order."""
    found: dict[Term, Credits] = dict.fromkeys(sorted(view.terms), 0)
    for place, course in view.known():
        if place.term in found:
            found[place.term] += course.credits
    return found


def load_of_grade(view: View, grade: GradeLevel) -> Credits:
    return sum(load for term, load in loads(view).items() if view.terms[term].grade == grade)


def last_grade(request: PlanRequest) -> GradeLevel | None:
    """The grade of the last term; None where there is no term left."""
    return max((entry.grade for entry in request.terms), default=None)


def _finish(view: View) -> Iterator[Figure]:
    used = [index for index, load in enumerate(loads(view).values()) if load]
    if used:
        last = list(loads(view))[used[-1]]
        yield Figure("finish", used[-1] + 1, f"The last courses are in {view.when(last)}.")


def _program(view: View) -> Iterator[Figure]:
    program = next(
        (one for one in view.request.catalog.programs if one.id == view.request.program), None
    )
    if program is None:
        return
    away = 0
    for step in program.steps:
        if step.grade is None or any(_is_behind(view, name) for name in step.courses):
            continue
        taken = [view.terms[term] for name in step.courses for term in view.taken.get(name, ())]
        if taken:
            away += min(abs(entry.grade - step.grade) for entry in taken)
    years = "one year" if away == 1 else f"{away} years in all"
    words = f"Steps of {program.title} are {years} away from the grade they are meant for."
    if not away:
        words = f"Each step of {program.title} is in the grade it is meant for."
    yield Figure("program", away, words)


def _wishes(view: View) -> Iterator[Figure]:
    wishes = dict.fromkeys(view.request.wishes.wanted)
    wanted = [name for name in wishes if not _is_behind(view, name)]
    if wanted:
        missing = sum(name not in view.taken for name in wanted)
        words = f"{len(wanted) - missing} of {len(wanted)} courses you wished for are in it."
        yield Figure("wishes", missing, words)


def _is_behind(view: View, name: str) -> bool:
    course = view.courses.get(name)
    return course is not None and (bool(view.earned_marks(course)) or view.is_under_way(course))


def _college(view: View) -> Iterator[Figure]:
    credit = college_courses(view)
    words = f"{format_credits(credit)} credits in courses that can earn college credit."
    yield Figure("college", credit, words, more=True)


def _load(view: View) -> Iterator[Figure]:
    by_term = loads(view)
    if by_term:
        heaviest = max(by_term.values())
        yield Figure("load", heaviest, f"At most {format_credits(heaviest)} credits in a term.")


def _last_year(view: View) -> Iterator[Figure]:
    grade = last_grade(view.request)
    if grade is not None:
        load = load_of_grade(view, grade)
        words = f"{format_credits(load)} credits in grade {format_grade(grade)}."
        yield Figure("last_year", load, words)


def _previous(view: View) -> Iterator[Figure]:
    before = still_ahead(view.request)
    if before:
        away = distance(before, view.placements)
        courses: dict[str, set[Term]] = defaultdict(set)
        for place in set(before) ^ set(view.placements):
            courses[place.course].add(place.term)
        many = "1 course is" if len(courses) == 1 else f"{len(courses)} courses are"
        words = f"{many} not where the plan before has them." if courses else "Nothing changed."
        yield Figure("previous", away, words)
