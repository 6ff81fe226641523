"""Whether each course may stand where it stands, once, and whether what is locked is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pathloom.engine.catalog import Course
from pathloom.engine.errors import nearest
from pathloom.engine.planner.check.findings import say_part, stop
from pathloom.engine.planner.types import Finding, Placement
from pathloom.engine.planner.view import View
from pathloom.engine.rules.phrases import one_of
from pathloom.engine.units import Term, format_grade


def places(view: View) -> Iterator[Finding]:
    """Unknown courses and terms; courses not offered then, not open to the grade, or ruled out."""
    for place in view.placements:
        course, entry = view.courses.get(place.course), view.terms.get(place.term)
        if course is None:
            yield stop(
                "unknown_course",
                place,
                f"The course '{place.course}' is not in the catalog.",
                nearest(place.course, view.courses),
            )
        if entry is None:
            yield stop(
                "unknown_term",
                place,
                f"{view.title(place.course)} is in {place.term}, which this plan does not cover.",
                "Move it to one of the terms of the plan.",
            )
        if course and place.term.part not in course.parts:
            yield _not_offered(place, course)
        if course and entry and entry.grade not in course.grades:
            yield stop(
                "wrong_grade",
                place,
                f"{course.title} is not open to grade {format_grade(entry.grade)}.",
                f"Take it in grade {one_of([format_grade(grade) for grade in course.grades])}.",
            )
        if place.course in view.request.all_bans:
            yield _banned(view, place)


def _not_offered(place: Placement, course: Course) -> Finding:
    parts = one_of([say_part(part) for part in course.parts])
    return stop(
        "not_offered",
        place,
        f"{course.title} is not offered in {say_part(place.term.part)}.",
        f"Move it to {parts}." if parts else "Remove it.",
    )


def _banned(view: View, place: Placement) -> Finding:
    title = view.title(place.course)
    if place.course in view.request.staff_bans:
        return stop(
            "banned",
            place,
            f"Your school ruled out {title} for this plan.",
            "Remove it, or ask your counselor to allow it.",
        )
    return stop(
        "banned",
        place,
        f"{title} was ruled out for this plan.",
        "Remove it, or allow it again.",
    )


def repeats(view: View) -> Iterator[Finding]:
    """Courses taken twice, or again although they are earned or under way."""
    seen: Counter[tuple[str, Term | None]] = Counter()
    for place, course in view.known():
        key = (place.course, place.term if course.repeatable else None)
        seen[key] += 1
        if seen[key] > 1:
            first = view.taken[place.course][0]
            yield stop(
                "taken_twice",
                place,
                f"{course.title} is in the plan twice, the first time in {view.when(first)}.",
                "Remove one of the two.",
            )
        if course.repeatable:
            continue
        if view.earned_marks(course):
            yield stop(
                "already_earned",
                place,
                f"{course.title} is already earned. Taking it again adds no credit.",
                "Remove it.",
            )
        elif view.is_under_way(course):
            yield stop(
                "already_under_way",
                place,
                f"You are taking {course.title} now.",
                "Remove it, or plan it again if it is not passed.",
            )


def locks(view: View) -> Iterator[Finding]:
    """Locked courses that stand elsewhere, or nowhere."""
    for lock in view.request.all_locks:
        if lock in view.placements:
            continue
        title, when = view.title(lock.course), view.when(lock.term)
        if lock in view.request.staff_locks:
            what = f"Your school locked {title} in {when}; it is not there."
            yield stop(
                "lock_moved", lock, what, "Put it back, or ask your counselor to take the lock off."
            )
        else:
            what = f"{title} is locked in {when} and is not there in this plan."
            yield stop("lock_moved", lock, what, "Put it back, or take the lock off.")
