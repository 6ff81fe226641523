"""Wishes for every school year or term: a subject each year, a free period."""

from __future__ import annotations

from collections import Counter, defaultdict

from pathloom.engine.catalog import Course
from pathloom.engine.planner.check.loads import running, share
from pathloom.engine.planner.check.terms import is_after
from pathloom.engine.planner.figures.figure import Figure, is_behind, plain
from pathloom.engine.planner.types import PlanRequest, PlanTerm
from pathloom.engine.planner.view import View
from pathloom.engine.record import State
from pathloom.engine.rules.phrases import all_of, one_of
from pathloom.engine.units import Credits, Part, SchoolYear, Term, format_grade

Pair = tuple[str, SchoolYear]
_HALVES = frozenset({Part.FALL, Part.SPRING})


def fits(course: Course, name: str) -> bool:
    """Whether a course is of a subject, or has a tag."""
    return course.subject == name or name in course.tags


def yearly(view: View) -> tuple[Pair, ...]:
    """What is wished for every year, with each school year in which some such course is open.

    What a course needs first is not looked at; terms that are late, or after the finish, do not
    make a school year.
    """
    request = view.request
    due = [
        entry
        for entry in request.terms
        if not is_after(entry.term, request.on_time) and not is_after(entry.term, request.finish)
    ]
    names = dict.fromkeys(request.wishes.every_year)
    return tuple(
        (name, year)
        for name in names
        for year in sorted({entry.term.year for entry in due})
        if any(
            fits(course, name) and _is_open(view, course, entry)
            for entry in due
            if entry.term.year == year
            for course in view.courses.values()
        )
    )


def _is_open(view: View, course: Course, entry: PlanTerm) -> bool:
    return (
        entry.term.part in course.parts
        and entry.grade in course.grades
        and course.id not in view.request.all_bans
        and (course.repeatable or not is_behind(view, course.id))
    )


def on_record(view: View) -> frozenset[Pair]:
    """What is wished for every year, with the school years in which it was or is being taken."""
    found: set[Pair] = set()
    for record in view.request.record.courses:
        if record.state not in {State.EARNED, State.IN_PROGRESS} or record.term is None:
            continue
        course = view.courses.get(record.course)
        subject = record.subject or (course.subject if course else "")
        tags = record.tags or (course.tags if course else frozenset())
        for name in view.request.wishes.every_year:
            if subject == name or name in tags:
                found.add((name, record.term.year))
    return frozenset(found)


def every_year(view: View) -> Figure | None:
    """School years without a course of a subject, or with a tag, that is wished for every year."""
    pairs = yearly(view)
    if not pairs:
        return None
    there = set(on_record(view))
    for place, course in view.known():
        there |= {(name, place.term.year) for name, _ in pairs if fits(course, name)}
    missing: dict[str, list[SchoolYear]] = defaultdict(list)
    for name, year in pairs:
        if (name, year) not in there:
            missing[name].append(year)
    names = all_of([plain(name) for name in dict.fromkeys(name for name, _ in pairs)])
    words = f"Each school year has a course in {names}."
    if missing:
        words = " ".join(
            f"There is no {plain(name)} in {one_of([_grade(view, year) for year in years])}."
            for name, years in missing.items()
        )
    return Figure("every_year", sum(map(len, missing.values())), words)


def _grade(view: View, year: SchoolYear) -> str:
    grade = next(entry.grade for entry in view.request.terms if entry.term.year == year)
    return f"grade {format_grade(grade)}"


def study_terms(request: PlanRequest) -> tuple[PlanTerm, ...]:
    """The terms in which a free period is wished for."""
    grades = request.wishes.study_halls
    return tuple(
        entry for entry in request.terms if entry.grade in grades and entry.term.part in _HALVES
    )


def usual_credits(request: PlanRequest, term: Term) -> Credits:
    """What the usual course of the catalog takes of a term's credit; 0 where none is offered."""
    amounts: Counter[Credits] = Counter()
    for course in request.catalog.courses:
        if term.part in course.parts:
            amounts[course.credits] += 1
        elif Part.YEAR in course.parts:
            amounts[share(course.credits, half=True)] += 1
    return max(amounts, key=lambda amount: (amounts[amount], amount), default=0)


def study_hall(view: View) -> Figure | None:
    """Terms in which a free period is wished for, and there is none."""
    entries = study_terms(view.request)
    if not entries:
        return None
    full = [entry.term for entry in entries if not _is_free(view, entry)]
    grades = sorted({entry.grade for entry in entries})
    where = all_of([f"grade {format_grade(grade)}" for grade in grades])
    words = f"Each term of {where} has a free period for study hall."
    if full:
        words = f"There is no free period in {one_of([view.when(term) for term in full])}."
    if any(entry.slots is None for entry in entries):
        words += " A period is free where one more usual course would fit."
    return Figure("study_hall", len(full), words)


def _is_free(view: View, entry: PlanTerm) -> bool:
    there = list(running(view, entry.term))
    if entry.slots is not None:
        return sum(course.slots for course, _ in there) <= entry.slots - 1
    load = sum(share(course.credits, half) for course, half in there)
    return load <= entry.most - usual_credits(view.request, entry.term)
