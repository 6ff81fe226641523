"""What a student wants of a plan, as rows and as the engine's values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import Catalog
from pathloom.engine.errors import RuleError
from pathloom.engine.planner.change import apply_all
from pathloom.engine.planner.types import (
    Change,
    ChangeKind,
    Placement,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import Credits, Part, Term
from pathloom.portal.catalog.snapshot import with_load
from pathloom.portal.plans.models import PlanJob, PlanWishes
from pathloom.portal.records.models import Student
from pathloom.portal.records.snapshot import rulebook

# Hundredths of a semester hour: two college courses; more than fits beside a diploma.
HOURS: dict[str, Credits] = {
    PlanWishes.College.NONE: 0,
    PlanWishes.College.SOME: 600,
    PlanWishes.College.MOST: 6000,
}
_ADDED = {Part.SUMMER: ChangeKind.SUMMER, Part.ONLINE: ChangeKind.ONLINE}


def wishes_of(student: Student) -> PlanWishes:
    """The student's wishes; empty ones, not saved, before there are any. One query."""
    return PlanWishes.objects.filter(student=student).first() or PlanWishes(student=student)


def stuck_job(student: Student) -> PlanJob | None:
    """The newest attempt to make a plan, where it found none."""
    newest = PlanJob.objects.filter(
        student=student, kind=PlanJob.Kind.GENERATE, state=PlanJob.State.DONE
    ).first()
    return newest if newest is not None and newest.version_id is None else None


def wished(request: PlanRequest, kept: PlanWishes, *, as_of: date) -> PlanRequest:
    """The request with everything the student and staff want of it.

    What is not there any more (a course, a term that has begun) is passed over.
    """
    courses = {course.id for course in request.catalog.courses}
    limits = tuple(limit for limit in request.limits if limit.title not in kept.given_up)
    terms = tuple(_part_time(entry, kept.most) if kept.most else entry for entry in request.terms)
    also = rule_sets(kept.also, request.record, as_of=as_of)
    request = replace(request, limits=limits, terms=terms, also=also)
    request = apply_all(request, changes_of(kept, request))
    there = {str(entry.term): entry.term for entry in request.terms}
    bans, staff_bans = _known(kept.bans, courses), _known(kept.staff_bans, courses)
    return replace(
        request,
        finish=there.get(kept.finish),
        locks=tuple(_locks(kept.locks, courses, there)),
        staff_locks=tuple(_locks(kept.staff_locks, courses, there)),
        bans=bans,
        staff_bans=staff_bans,
        wishes=_wishes(kept, request.catalog, banned={*bans, *staff_bans}),
    )


def _part_time(entry: PlanTerm, most: Credits) -> PlanTerm:
    """A term into which no more than that fits; the school's other amounts give way."""
    return with_load(entry, most=min(entry.most, most), least=entry.least, target=entry.target)


def changes_of(kept: PlanWishes, request: PlanRequest) -> Iterator[Change]:
    """What the wishes add to the school's own terms, as changes of a request."""
    after = max((entry.term for entry in request.terms), default=None)
    for text in kept.more_terms:
        term = Term.parse(text)
        if term.part in _ADDED:
            yield Change(_ADDED[term.part], term=term)
        elif after is not None and after < term:
            yield Change(ChangeKind.LATER, term=term)
    if kept.fuller:
        yield Change(ChangeKind.FULLER, amount=kept.fuller)
    if kept.lighter:
        yield Change(ChangeKind.LIGHTER)


def rule_sets(ids: Iterable[str], record: StudentRecord, *, as_of: date) -> tuple[RuleSet, ...]:
    """The versions of rule files that hold for a record; those without one are passed over."""
    found = []
    for name in ids:
        try:
            chosen = choose(rulebook(), name, entered_grade_9=record.entered_grade_9, as_of=as_of)
        except RuleError:
            continue  # withdrawn since, or not for this class: the page does not offer it either
        found.append(chosen)
    return tuple(found)


def _wishes(kept: PlanWishes, catalog: Catalog, *, banned: set[str]) -> Wishes:
    courses = {course.id for course in catalog.courses} - banned
    kinds = {course.subject for course in catalog.courses}
    kinds = kinds.union(*(course.tags for course in catalog.courses))
    return Wishes(
        wanted=_known(kept.wanted, courses),
        liked=_known(kept.liked, courses),
        avoided=_known(kept.avoided, courses),
        every_year=_known(kept.every_year, kinds),
        study_halls=tuple(kept.study_halls),
        college_hours=HOURS[kept.college],
        credentials=_known(kept.credentials, {each.id for each in catalog.credentials}),
    )


def _known(names: Iterable[str], there: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in there)


def _locks(
    kept: Iterable[list[str]], courses: set[str], terms: dict[str, Term]
) -> Iterator[Placement]:
    for course, term in kept:
        if course in courses and term in terms:
            yield Placement(course, terms[term])
