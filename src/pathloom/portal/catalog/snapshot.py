"""The catalog of a school, and how it plans, as values of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter

from pathloom.engine.catalog import Catalog, Need
from pathloom.engine.catalog import Course as EngineCourse
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import Counted, Limit, PlanTerm
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.units import Credits, Part, SchoolYear, Term
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course, SchoolPlanning
from pathloom.portal.catalog.queries import courses_of

LIMITS: TypeAdapter[tuple[Limit, ...]] = TypeAdapter(tuple[Limit, ...])
_NEED: TypeAdapter[Need] = TypeAdapter(Need)


def catalog_for(school: School) -> Catalog:
    """Make the catalog of what a school offers, ordered by code; one query, no programs.

    ``programs.snapshot.programs_for(school)`` gives the programs of study to put beside it.
    """
    courses = courses_of(school).order_by("code").select_related(None)
    return Catalog(
        id=f"{school.district.slug}/{school.slug}",
        courses=tuple(engine_course(course) for course in courses),
    )


def engine_course(course: Course) -> EngineCourse:
    """One row of the table as the engine's value."""
    return EngineCourse(
        id=course.code,
        title=course.title,
        subject=course.subject,
        credits=course.credits,
        number=course.number,
        sced=course.sced,
        tags=frozenset(course.tags),
        grades=tuple(course.grades),
        parts=tuple(Part(part) for part in course.parts),
        prerequisite=need_of(course.prerequisite),
        repeatable=course.repeatable,
        corequisites=tuple(course.corequisites),
        slots=course.slots,
        difficulty=course.difficulty,
    )


def need_of(prerequisite: object) -> Need | None:
    """The stored prerequisite as the engine's value."""
    return None if prerequisite is None else _NEED.validate_python(prerequisite)


def limits_of(kept: SchoolPlanning) -> tuple[Limit, ...]:
    """The limits of a school."""
    return LIMITS.validate_python(kept.limits)


def limits_that_count(kept: SchoolPlanning, *, agreements: bool) -> tuple[Limit, ...]:
    """The limits that a plan is asked to keep.

    One on hours at a college holds nothing back where no agreement grants any, and the planner
    refuses to count them.
    """
    return tuple(
        limit for limit in limits_of(kept) if agreements or limit.counted is not Counted.HOURS
    )


def with_load(
    entry: PlanTerm, *, most: Credits, least: Credits, target: Credits | None
) -> PlanTerm:
    """A term with a load in which nothing crosses: the most decides, then the least."""
    least = min(least, most)
    aimed = None if target is None else min(max(target, least), most)
    return replace(entry, most=most, least=least, target=aimed)


def terms_of(
    record: StudentRecord,
    grade: int,
    catalog: Catalog,
    *,
    planning: SchoolPlanning,
    on: date,
) -> tuple[PlanTerm, ...]:
    """The terms still to come as the school fills them, less what courses under way take of them.

    Where the school has courses of a full year, the years stand beside their fall and spring.
    """
    halves = tuple(
        _with_load(entry, planning, list(_under_way(record, entry.term)))
        for entry in remaining_terms(grade, today=on)
    )
    if not any(Part.YEAR in course.parts for course in catalog.courses):
        return halves
    by_year: dict[SchoolYear, list[PlanTerm]] = {}
    for entry in halves:
        by_year.setdefault(entry.term.year, []).append(entry)
    years = (
        PlanTerm(Term(year, Part.YEAR), both[0].grade, most=sum(one.most for one in both))
        for year, both in by_year.items()
        if len(both) == 2
    )
    return tuple(sorted((*halves, *years), key=lambda one: one.term))


def _with_load(entry: PlanTerm, planning: SchoolPlanning, under_way: Sequence[Credits]) -> PlanTerm:
    """A term with the load of the school; each course under way takes its credit and a period."""
    taken, periods = sum(under_way), planning.periods
    full = periods is not None and len(under_way) >= periods
    return with_load(
        replace(entry, slots=None if periods is None else max(1, periods - len(under_way))),
        most=0 if full else max(0, planning.most - taken),
        least=max(0, planning.least - taken),
        target=None if planning.target is None else max(0, planning.target - taken),
    )


def _under_way(record: StudentRecord, term: Term) -> Iterator[Credits]:
    """The credit that each course under way earns in a term; half of one that runs all year."""
    for course in record.courses:
        if course.state is State.IN_PROGRESS and course.term and course.term.year == term.year:
            if course.term.part is term.part:
                yield course.credits
            elif course.term.part is Part.YEAR:
                yield course.credits // 2
