"""What lies ahead of a student: the terms still to come, and the record with a plan added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.errors import Problems, RecordError, nearest
from pathloom.engine.planner.types import Placement, PlanTerm
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import Credits, GradeLevel, Part, SchoolYear, Term

FIRST_GRADE: GradeLevel = 9
LAST_GRADE: GradeLevel = 12


def with_plan(
    record: StudentRecord, placements: Iterable[Placement], catalog: Catalog
) -> StudentRecord:
    """Add the courses of a plan to a record as planned; planned courses it had before are dropped.

    Args:
        record: what is earned, failed and under way.
        placements: courses in terms, in any order.
        catalog: says what each course is and how much credit it earns.
    Returns:
        The record with one planned course record for each placement, in order of term and course.
        Its id is made of course and term (``plan:MATH2:2026-27 fall``), so it is stable.
    Raises:
        RecordError: a placement names a course that the catalog does not have; all of them.
    """
    courses = {course.id: course for course in catalog.courses}
    problems = Problems()
    planned: list[CourseRecord] = []
    for place in sorted(set(placements), key=lambda one: (one.term, one.course)):
        course = courses.get(place.course)
        if course is None:
            problems.add(
                f"plan {place.term}",
                f"course '{place.course}' is not in the catalog '{catalog.id}'",
                nearest(place.course, courses),
            )
            continue
        planned.append(planned_record(course, place.term))
    problems.raise_if_any(RecordError)
    kept = tuple(one for one in record.courses if one.state is not State.PLANNED)
    return replace(record, courses=(*kept, *planned))


def planned_record(course: Course, term: Term | None) -> CourseRecord:
    """Make the record of a course that is planned; its id is stable (see ``with_plan``)."""
    return CourseRecord(
        id=f"plan:{course.id}:{term}" if term else f"plan:{course.id}",
        credits=course.credits,
        state=State.PLANNED,
        course=course.id,
        title=course.title,
        number=course.number,
        sced=course.sced,
        subject=course.subject,
        tags=course.tags,
        term=term,
    )


def remaining_terms(
    grade: GradeLevel, *, today: date, most: Credits = 400, least: Credits = 0
) -> tuple[PlanTerm, ...]:
    """List fall and spring terms from the next one not yet begun to the end of grade 12.

    Fall begins on August 1 and spring on January 1; the term that ``today`` lies in has begun.

    Args:
        grade: the student's grade in the school year that holds ``today``; below grade 9 the
            terms start with fall of grade 9.
        today: the day the plan is made.
        most, least: load of each term, in hundredths of credit.
    Returns:
        Terms in calendar order; none where grade 12 has no term left.
    """
    this_year = SchoolYear.of(today)
    terms: list[PlanTerm] = []
    for later in range(LAST_GRADE - grade + 1):
        year, then = this_year.plus(later), grade + later
        starts = {
            Part.FALL: date(year.start, 8, 1),
            Part.SPRING: date(year.start + 1, 1, 1),
        }
        terms += [
            PlanTerm(Term(year, part), then, most=most, least=least)
            for part, start in starts.items()
            if then >= FIRST_GRADE and start > today
        ]
    return tuple(terms)
