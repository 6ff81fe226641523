"""What a course asks for: other courses before it, and courses at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need
from pathloom.engine.planner.check.findings import has_stop, stop
from pathloom.engine.planner.check.terms import begins, is_behind, run_together
from pathloom.engine.planner.types import Finding, Level, Placement
from pathloom.engine.planner.view import View
from pathloom.engine.rules.phrases import one_of
from pathloom.engine.units import Mark, Term


def needs(view: View) -> Iterator[Finding]:
    """Prerequisites that do not hold, corequisites that do not run, and what is counted on."""
    for place, course in view.known():
        if course.prerequisite is not None:
            yield from _need(view, place, course.prerequisite)
        for name in dict.fromkeys(course.corequisites):
            yield from _together(view, place, name)


def _need(view: View, place: Placement, need: Need) -> tuple[Finding, ...]:
    """What stands against a prerequisite; no ``stop`` among it means that it holds."""
    match need:
        case AllOf(all=parts):
            return tuple(finding for part in parts for finding in _need(view, place, part))
        case AnyOf(any=parts):
            branches = [_need(view, place, part) for part in parts]
            for branch in sorted(branches, key=len):
                if not has_stop(branch):
                    return branch
            return branches[0] if len(branches) == 1 else (_none_of(view, place, need),)
        case CourseNeed():
            return _course_need(view, place, need)


def _none_of(view: View, place: Placement, need: AnyOf) -> Finding:
    return stop(
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
        return stop(
            "prerequisite_too_late",
            place,
            f"{title} needs {_say(view, need)} {_first(need)}; {wanted} is in {first}.",
            f"Move {title} to a later term, or {wanted} to an earlier one.",
        )
    if earned:
        return stop(
            "mark_too_low",
            place,
            f"{title} needs {_say(view, need)} first; the mark earned is lower.",
            "Choose another course, or ask your counselor.",
        )
    return stop(
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


def _together(view: View, place: Placement, name: str) -> Iterator[Finding]:
    """A course that has to run at the same time, unless it is behind or under way."""
    course = view.courses.get(name)
    if _is_on_record(view, course, name):
        return
    terms = view.taken.get(name, ())
    if any(run_together(term, place.term) for term in terms):
        return
    title, other, when = view.title(place.course), view.title(name), view.when(place.term)
    if terms:
        yield stop(
            "corequisite_apart",
            place,
            f"{title} goes together with {other}; {other} is in {view.when(terms[0])}.",
            f"Put the two into the same term, or take {title} out.",
        )
    else:
        yield stop(
            "corequisite_missing",
            place,
            f"{title} goes together with {other}, which is not in this plan.",
            f"Add {other} in {when}, or take {title} out.",
        )


def _is_on_record(view: View, course: Course | None, name: str) -> bool:
    if course is None:
        return name in view.marks or name in view.under_way
    return bool(view.earned_marks(course)) or view.is_under_way(course)


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
    return is_behind(taken, wanted) or (concurrent and begins(taken) <= begins(wanted))


def _say(view: View, need: Need) -> str:
    match need:
        case CourseNeed(course=course, minimum=minimum):
            mark = f" with {minimum} or better" if minimum else ""
            return f"{view.title(course)}{mark}"
        case AllOf(all=parts):
            return " and ".join(_say(view, part) for part in parts)
        case AnyOf(any=parts):
            return one_of([_say(view, part) for part in parts])


def _first(need: CourseNeed) -> str:
    return "first or at the same time" if need.concurrent else "first"
