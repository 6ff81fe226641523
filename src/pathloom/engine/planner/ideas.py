"""Ideas for another plan: the same request with other wishes, lighter terms or courses left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from pathloom.engine.catalog import Course
from pathloom.engine.planner.candidates import Outlook, course_needs
from pathloom.engine.planner.figures import (
    COLLEGE,
    banked,
    college_courses,
    last_grade,
    load_of_grade,
    loads,
)
from pathloom.engine.planner.likeness import counts_as
from pathloom.engine.planner.loads import CHOSEN
from pathloom.engine.planner.types import GoalOrder, Placement, PlanRequest, Wishes
from pathloom.engine.planner.view import View
from pathloom.engine.units import Credits, Part, format_grade

MOST_COLLEGE = 4  # courses with college credit that one plan adds
MORE_COLLEGE = "More college credit"
MORE_HOURS = (1200, 300)  # hundredths of a semester hour: a term of college, then one course
LIGHTER_BY = (2, 4, 8)  # a half, a quarter and an eighth less


class Idea(StrEnum):
    """What is different in another plan, in the order in which ideas are tried."""

    PROGRAM = "program"
    COLLEGE = "college"
    LIGHTER = "lighter"
    COURSES = "courses"


@dataclass(frozen=True)
class Base:
    """A request with the present plan, from which ideas depart."""

    request: PlanRequest
    placements: tuple[Placement, ...]
    as_of: date

    @cached_property
    def outlook(self) -> Outlook:
        return Outlook(self.request)

    @cached_property
    def view(self) -> View:
        return View.of(self.request, self.placements)

    @cached_property
    def planned(self) -> tuple[str, ...]:
        return tuple(sorted({place.course for place in self.placements}))

    @cached_property
    def asked(self) -> frozenset[str]:
        """Courses that somebody asked for: no idea leaves them out."""
        locks = (lock.course for lock in self.request.all_locks)
        return frozenset((*self.request.wishes.wanted, *locks))

    def open_beside(self) -> Iterator[Course]:
        """Courses that could be taken and are not in the plan, in order of course id."""
        for name in sorted(self.outlook.courses):
            if name not in self.view.taken and self.outlook.open_terms[name]:
                yield self.outlook.courses[name]

    def without(self, bans: tuple[str, ...]) -> PlanRequest:
        return replace(self.request, bans=(*self.request.bans, *bans))


@dataclass(frozen=True, slots=True)
class Offer:
    """An idea with the changed requests to try, in order, until one has a plan that ``fits``.

    Every plan for a changed request also answers the request it was made from. ``is_so`` looks
    whether a plan is what the title says. ``none`` says why nothing came of the idea.
    """

    idea: Idea
    title: str
    requests: tuple[PlanRequest, ...]
    none: str
    is_so: Callable[[View], bool] = lambda view: True

    def fits(self, base: Base, placements: tuple[Placement, ...]) -> bool:
        """Whether a plan is what the idea says and gives up no wish of the present plan."""
        view = View.of(base.request, placements)
        granted = {*base.request.wishes.wanted} & {*base.view.taken}
        return granted <= {*view.taken} and self.is_so(view)


def offers(base: Base) -> tuple[Offer, ...]:
    """All ideas for one student, in their order."""
    return (_program(base), _college(base), _lighter(base), _courses(base))


def _program(base: Base) -> Offer:
    """Other options of the program's steps, where a step has several."""
    program = base.outlook.program
    if program is None:
        return Offer(Idea.PROGRAM, "Other courses for your program", (), "No program is chosen.")
    bans: list[str] = []
    for step in base.outlook.steps:
        chosen = [name for name in step.courses if name in base.view.taken]
        others = [
            name
            for name in step.courses
            if name not in base.view.taken and base.outlook.open_terms.get(name)
        ]
        if others:
            bans += chosen
    bans = list(dict.fromkeys(bans))
    together = [base.without(tuple(bans))] if bans else []
    alone = [base.without((name,)) for name in bans] if len(bans) > 1 else []
    return Offer(
        Idea.PROGRAM,
        f"Other courses for {program.title}",
        (*together, *alone),
        f"No other courses for the steps of {program.title} fit."
        if bans
        else f"The steps of {program.title} leave no choice of courses.",
    )


def _college(base: Base) -> Offer:
    """More hours at a college by the agreements; without any, more courses that could count."""
    if base.request.agreements is None:
        return _college_courses(base)
    present = banked(base.view)
    wishes = base.request.wishes
    return Offer(
        Idea.COLLEGE,
        MORE_COLLEGE,
        tuple(
            replace(
                base.request,
                wishes=replace(wishes, college_hours=present + more),
                order=GoalOrder.USUAL,  # a course is better replaced than taken on top
            )
            for more in MORE_HOURS
        ),
        "No more courses that count at a college fit.",
        lambda view: banked(view) > present,
    )


def _college_courses(base: Base) -> Offer:
    """Up to four more courses with college credit: such as stand in for a planned one, first."""
    outlook = base.outlook
    planned = {counts_as(outlook.courses[name], outlook) for name in base.planned}
    found = [one for one in base.open_beside() if one.tags & COLLEGE]
    found.sort(key=lambda one: (not _ready(base, one), counts_as(one, outlook) not in planned))
    names = [one.id for one in found[:MOST_COLLEGE]]
    credit = college_courses(base.view)
    return Offer(
        Idea.COLLEGE,
        MORE_COLLEGE,
        tuple(
            replace(
                base.request,
                wishes=_wanting(base.request.wishes, names[:count]),
                order=GoalOrder.USUAL,  # a course is better replaced than taken on top
            )
            for count in dict.fromkeys((len(names), len(names) // 2, 1))
            if names and count
        ),
        "No more courses with college credit fit."
        if names
        else "No more courses with college credit are open to you.",
        lambda view: college_courses(view) > credit,
    )


def _wanting(wishes: Wishes, courses: Sequence[str]) -> Wishes:
    return replace(wishes, wanted=(*wishes.wanted, *courses))


def _ready(base: Base, course: Course) -> bool:
    """Whether all that a course may need first is behind or in the plan."""
    return all(
        need.course in base.view.taken or base.outlook.holds(need)
        for need in course_needs(course.prerequisite)
    )


def _lighter(base: Base) -> Offer:
    """A last year with as much less as fits: from half of it on."""
    grade, title = last_grade(base.request), "A lighter last year"
    if grade is None:
        return Offer(Idea.LIGHTER, title, (), "No term is left.")
    title = f"A lighter grade {format_grade(grade)}"
    before = load_of_grade(base.view, grade)
    heaviest = max(
        load for term, load in loads(base.view).items() if base.view.terms[term].grade == grade
    )
    return Offer(
        Idea.LIGHTER,
        title,
        tuple(
            _at_most(base.request, grade=grade, most=heaviest - heaviest // part)
            for part in LIGHTER_BY
            if heaviest
        ),
        f"Grade {format_grade(grade)} cannot be lighter: the terms before it have no room.",
        lambda view: load_of_grade(view, grade) < before,
    )


def _at_most(request: PlanRequest, *, grade: int, most: Credits) -> PlanRequest:
    """Less room in a grade, and a study hall where its terms have periods; close as it can be."""
    terms = tuple(
        replace(entry, most=max(entry.least, min(entry.most, most)))
        if entry.grade == grade and entry.term.part is not Part.YEAR
        else entry
        for entry in request.terms
    )
    halls = tuple(dict.fromkeys((*request.wishes.study_halls, grade)))
    periods = any(entry.slots for entry in terms if entry.grade == grade)
    wishes = replace(request.wishes, study_halls=halls) if periods else request.wishes
    return replace(request, terms=terms, wishes=wishes)


def _courses(base: Base) -> Offer:
    """Other courses that count the same, where nothing else builds on the planned ones."""
    outlook = base.outlook
    fixed = set(base.asked) | {name for step in outlook.steps for name in step.courses}
    for name in base.planned:
        fixed |= {need.course for need in course_needs(outlook.courses[name].prerequisite)}
    others: dict[tuple[object, ...], int] = defaultdict(int)
    for course in base.open_beside():
        if not course.tags & CHOSEN:
            others[*counts_as(course, outlook), course.credits] += 1
    bans = []
    for name in base.planned:
        course = outlook.courses[name]
        key = (*counts_as(course, outlook), course.credits)
        if name not in fixed and others[key]:
            others[key] -= 1
            bans.append(name)
    half = len(bans) // 2
    return Offer(
        Idea.COURSES,
        "Other courses where the diploma leaves a choice",
        tuple(base.without(tuple(some)) for some in (bans, bans[:half], bans[half:]) if some),
        "No other courses that count the same fit."
        if bans
        else "The diploma leaves no choice between courses that count the same.",
    )
