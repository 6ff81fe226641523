"""Checks a plan course by course, without a solver: the reading that every plan has to pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pathloom.engine.catalog import AllOf, AnyOf, CourseNeed, Need
from pathloom.engine.errors import nearest
from pathloom.engine.planner.types import Finding, Level, Placement, PlanRequest
from pathloom.engine.planner.view import View
from pathloom.engine.rules.phrases import one_of
from pathloom.engine.units import Mark, Part, Term, format_credits, format_grade


def check_plan(request: PlanRequest, placements: Iterable[Placement]) -> tuple[Finding, ...]:
    """Say what is wrong with a plan, or worth knowing about it, for a plan made by anybody.

    Args:
        request: what the plan answers; its record, catalog, terms, locks, bans and program.
        placements: courses in terms, in any order.
    Returns:
        Findings in the order of the plan (term, course, code), findings about the whole plan
        last. ``stop``: this plan cannot be carried out. ``warn``: it leaves out a step of the
        program. ``note``: what it takes for granted.
    """
    view = View.of(request, placements)
    found = [
        *_places(view),
        *_repeats(view),
        *_prerequisites(view),
        *_loads(view),
        *_wanted(view),
        *_program(view),
    ]
    return tuple(sorted(set(found), key=view.position))


def _stop(code: str, place: Placement, what: str, fix: str) -> Finding:
    return Finding(Level.STOP, code, str(place.term), place.course, what, fix)


def _places(view: View) -> Iterator[Finding]:
    """Unknown courses and terms; courses where they are not offered or not open to the grade."""
    for place in view.placements:
        course, entry = view.courses.get(place.course), view.terms.get(place.term)
        if course is None:
            yield _stop(
                "unknown_course",
                place,
                f"The course '{place.course}' is not in the catalog.",
                nearest(place.course, view.courses),
            )
        if entry is None:
            yield _stop(
                "unknown_term",
                place,
                f"{view.title(place.course)} is in {place.term}, which this plan does not cover.",
                "Move it to one of the terms of the plan.",
            )
        if course and place.term.part not in course.parts:
            yield _stop(
                "not_offered",
                place,
                f"{course.title} is not offered in {_part(place.term.part)}.",
                f"Move it to {one_of([_part(part) for part in course.parts])}.",
            )
        if course and entry and entry.grade not in course.grades:
            yield _stop(
                "wrong_grade",
                place,
                f"{course.title} is not open to grade {format_grade(entry.grade)}.",
                f"Take it in grade {one_of([format_grade(grade) for grade in course.grades])}.",
            )
        if place.course in view.request.all_bans:
            yield _stop(
                "banned",
                place,
                f"{view.title(place.course)} was ruled out for this plan.",
                "Remove it, or allow it again.",
            )


def _repeats(view: View) -> Iterator[Finding]:
    """Courses taken twice, or again although they are earned or under way."""
    seen: Counter[tuple[str, Term | None]] = Counter()
    for place, course in view.known():
        key = (place.course, place.term if course.repeatable else None)
        seen[key] += 1
        if seen[key] > 1:
            first = view.taken[place.course][0]
            yield _stop(
                "taken_twice",
                place,
                f"{course.title} is in the plan twice, the first time in {view.when(first)}.",
                "Remove one of the two.",
            )
        if course.repeatable:
            continue
        if view.earned_marks(course):
            yield _stop(
                "already_earned",
                place,
                f"{course.title} is already earned. Taking it again adds no credit.",
                "Remove it.",
            )
        elif view.is_under_way(course):
            yield _stop(
                "already_under_way",
                place,
                f"You are taking {course.title} now.",
                "Remove it, or plan it again if it is not passed.",
            )


def _prerequisites(view: View) -> Iterator[Finding]:
    for place, course in view.known():
        if course.prerequisite is not None:
            yield from _need(view, place, course.prerequisite)


def _need(view: View, place: Placement, need: Need) -> tuple[Finding, ...]:
    """What stands against a prerequisite; no ``stop`` among it means that it holds."""
    match need:
        case AllOf(all=needs):
            return tuple(finding for part in needs for finding in _need(view, place, part))
        case AnyOf(any=needs):
            branches = [_need(view, place, part) for part in needs]
            for branch in sorted(branches, key=len):
                if not _stops(branch):
                    return branch
            return branches[0] if len(branches) == 1 else (_none_of(view, place, need),)
        case CourseNeed():
            return _course_need(view, place, need)


def _stops(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.STOP for finding in findings)


def _none_of(view: View, place: Placement, need: AnyOf) -> Finding:
    return _stop(
        "prerequisite_missing",
        place,
        f"{view.title(place.course)} needs {_say(view, need)} first.",
        f"Add one of them before {view.when(place.term)}, or take {view.title(place.course)} out.",
    )


def _course_need(view: View, place: Placement, need: CourseNeed) -> tuple[Finding, ...]:
    course = view.courses.get(need.course)
    marks = view.earned_marks(course) if course else view.marks.get(need.course, ())
    if any(_reaches(mark, need.minimum) for mark in marks):
        return ()
    if course and view.is_under_way(course):
        return (_counts_on(view, place, need),)
    terms = view.taken.get(need.course, ())
    if any(_in_time(term, place.term, concurrent=need.concurrent) for term in terms):
        return (_counts_on(view, place, need),) if need.minimum else ()
    return (_unmet(view, place, need, earned=bool(marks)),)


def _unmet(view: View, place: Placement, need: CourseNeed, *, earned: bool) -> Finding:
    title, wanted = view.title(place.course), view.title(need.course)
    terms = view.taken.get(need.course, ())
    if terms:
        first = view.when(terms[0])
        return _stop(
            "prerequisite_too_late",
            place,
            f"{title} needs {_say(view, need)} {_first(need)}; {wanted} is in {first}.",
            f"Move {title} to a later term, or {wanted} to an earlier one.",
        )
    if earned:
        return _stop(
            "mark_too_low",
            place,
            f"{title} needs {_say(view, need)} first; the mark earned is lower.",
            "Choose another course, or ask your counselor.",
        )
    return _stop(
        "prerequisite_missing",
        place,
        f"{title} needs {_say(view, need)} {_first(need)}.",
        f"Add {wanted} before {view.when(place.term)}, or take {title} out.",
    )


def _counts_on(view: View, place: Placement, need: CourseNeed) -> Finding:
    """Note that the plan takes a pass, or a mark, for granted."""
    now = not view.taken.get(need.course)
    verb = "pass" if need.minimum is None else f"reach {need.minimum} or better in"
    return Finding(
        Level.NOTE,
        "counts_on",
        str(place.term),
        place.course,
        f"{view.title(place.course)} counts on it that you {verb} {view.title(need.course)}"
        f"{', which you are taking now' if now else ''}.",
        "If it turns out differently, plan again.",
    )


def _reaches(mark: Mark | None, minimum: Mark | None) -> bool:
    if minimum is None:
        return True
    if mark is None:
        return False
    if minimum.points is None or mark.points is None:
        return mark.text == minimum.text
    return mark.points >= minimum.points


def _in_time(taken: Term, wanted: Term, *, concurrent: bool) -> bool:
    """Whether a course taken in one term is done before the other begins (or goes along)."""
    if taken.year != wanted.year:
        return taken.year < wanted.year
    begins = {Part.YEAR: 0, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}
    ends = begins | {Part.YEAR: 1}
    if concurrent and begins[taken.part] <= begins[wanted.part]:
        return True
    return ends[taken.part] < begins[wanted.part]


def _loads(view: View) -> Iterator[Finding]:
    for term, entry in sorted(view.terms.items(), key=lambda pair: pair[0]):
        load = sum(course.credits for place, course in view.known() if place.term == term)
        what = f"{view.when(term)} holds {format_credits(load)} credits"
        what = what[0].upper() + what[1:]
        if load > entry.most:
            yield Finding(
                Level.STOP,
                "too_much",
                str(term),
                "",
                f"{what}; at most {format_credits(entry.most)} fit.",
                "Move a course to another term.",
            )
        if load < entry.least:
            yield Finding(
                Level.STOP,
                "too_little",
                str(term),
                "",
                f"{what}; your school asks for at least {format_credits(entry.least)}.",
                "Add a course.",
            )


def _wanted(view: View) -> Iterator[Finding]:
    for lock in view.request.all_locks:
        if lock not in view.placements:
            yield _stop(
                "lock_moved",
                lock,
                f"{view.title(lock.course)} is locked in {view.when(lock.term)}"
                " and is not there in this plan.",
                "Put it back, or take the lock off.",
            )


def _program(view: View) -> Iterator[Finding]:
    """The required steps of the program, each later than the one before."""
    program = next(
        (one for one in view.request.catalog.programs if one.id == view.request.program), None
    )
    after: Term | None = None
    for step in program.steps if program else ():
        options = [view.courses[name] for name in step.courses if name in view.courses]
        if not step.required or any(
            view.earned_marks(option) or view.is_under_way(option) for option in options
        ):
            continue
        places = sorted(
            (place for place in view.placements if place.course in step.courses),
            key=lambda place: (place.term, place.course),
        )
        fitting = [
            place
            for place in places
            if after is None or _in_time(after, place.term, concurrent=False)
        ]
        if fitting:
            after = min((place.term for place in fitting), key=_end)
        elif places:
            yield _out_of_order(view, places[0])
        else:
            yield _step_missing(view, step.courses)


def _end(term: Term) -> tuple[int, int, int]:
    ends = {Part.FALL: 0, Part.YEAR: 1, Part.SPRING: 1, Part.SUMMER: 2}
    return (term.year.start, ends[term.part], term.order[1])


def _out_of_order(view: View, place: Placement) -> Finding:
    return Finding(
        Level.WARN,
        "step_out_of_order",
        str(place.term),
        place.course,
        f"{view.title(place.course)} comes too early: your program has another course before it.",
        "Move it to a later term, or the course before it to an earlier one.",
    )


def _step_missing(view: View, courses: tuple[str, ...]) -> Finding:
    return Finding(
        Level.WARN,
        "step_missing",
        "",
        courses[0] if len(courses) == 1 else "",
        f"Your program needs {one_of([view.title(name) for name in courses])}; "
        "it is not in this plan.",
        "Add it, or choose another program.",
    )


def _say(view: View, need: Need) -> str:
    match need:
        case CourseNeed(course=course, minimum=minimum):
            mark = f" with {minimum} or better" if minimum else ""
            return f"{view.title(course)}{mark}"
        case AllOf(all=needs):
            return " and ".join(_say(view, part) for part in needs)
        case AnyOf(any=needs):
            return one_of([_say(view, part) for part in needs])


def _first(need: CourseNeed) -> str:
    return "first or at the same time" if need.concurrent else "first"


def _part(part: Part) -> str:
    return "a full year" if part is Part.YEAR else str(part)
