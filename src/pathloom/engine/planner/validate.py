"""Checks a plan request before it is solved: every mistake at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from pathloom.engine.catalog import check_catalog
from pathloom.engine.errors import CatalogError, Problems, RequestError, nearest
from pathloom.engine.planner.types import PlanRequest
from pathloom.engine.record import State
from pathloom.engine.rules.exceptions import out_of_time
from pathloom.engine.rules.facts import complete
from pathloom.engine.units import Part


def checked(request: PlanRequest, *, as_of: date) -> PlanRequest:
    """Check a request, and complete its record from the catalog.

    Args:
        request: as it was asked.
        as_of: the day; a plan counts on the exceptions of staff that hold then, to its end.
    Returns:
        The request with facts filled in, without courses that were only planned and without
        exceptions that do not hold.
    Raises:
        CatalogError: the catalog is empty or wrong (a prerequisite cycle, for instance).
        RecordError: the record names a course that is not there.
        RequestError: everything else, all mistakes at once.
    """
    where = f"catalog '{request.catalog.id}'"
    problems = Problems()
    if not request.catalog.courses:
        problems.add(where, "it has no courses", "Add the courses the school offers.")
    problems.extend(check_catalog(request.catalog, where=where))
    problems.raise_if_any(CatalogError)
    behind = tuple(one for one in request.record.courses if one.state is not State.PLANNED)
    held = tuple(
        replace(one, until=None) for one in request.record.exceptions if not out_of_time(one, as_of)
    )
    record = replace(request.record, courses=behind, exceptions=held)
    record = complete(record, request.catalog)
    _check_terms(request, problems)
    _check_names(request, problems)
    problems.raise_if_any(RequestError)
    return replace(request, record=record)


def _check_terms(request: PlanRequest, problems: Problems) -> None:
    terms = request.terms
    for index, entry in enumerate(terms):
        where = f"request, terms {index + 1} ({entry.term})"
        if entry.least > entry.most:
            problems.add(where, "'least' is more than 'most'", "Lower 'least', or raise 'most'.")
        if index and entry.term < terms[index - 1].term:
            problems.add(
                where, "it comes before the term above it", "List terms in calendar order."
            )
    for term, count in Counter(entry.term for entry in terms).items():
        if count > 1:
            problems.add(
                "request, terms", f"{term} stands there {count} times", "List each term once."
            )
    years = {entry.term.year: entry for entry in terms if entry.term.part is Part.YEAR}
    for entry in terms:
        if entry.term.part in {Part.FALL, Part.SPRING} and entry.term.year in years:
            problems.add(
                f"request, terms ({entry.term})",
                f"{entry.term.year} is planned as a whole year and by terms",
                "Use one of the two.",
            )
    if request.effort <= 0:
        problems.add("request, effort", "it is not above 0", "Leave it out, or write 5.")
    if not 0 <= request.seed < 2**31:
        problems.add("request, seed", "it is out of range", "Write a whole number from 0 up.")


def _check_names(request: PlanRequest, problems: Problems) -> None:
    courses = {course.id for course in request.catalog.courses}
    programs = {program.id for program in request.catalog.programs}
    terms = {entry.term for entry in request.terms}
    named = [
        *((f"locks {number}", lock.course) for number, lock in enumerate(request.all_locks, 1)),
        *((f"bans {number}", ban) for number, ban in enumerate(request.all_bans, 1)),
        *(
            (f"wishes, wanted {number}", wish)
            for number, wish in enumerate(request.wishes.wanted, 1)
        ),
    ]
    for where, course in named:
        if course not in courses:
            problems.add(
                f"request, {where}",
                f"course '{course}' is not in the catalog",
                nearest(course, courses),
            )
    for number, lock in enumerate(request.all_locks, 1):
        if lock.term not in terms:
            problems.add(
                f"request, locks {number}",
                f"{lock.term} is not one of the terms to plan",
                nearest(str(lock.term), (str(term) for term in terms)),
            )
    if request.program and request.program not in programs:
        problems.add(
            "request, program",
            f"program '{request.program}' is not in the catalog",
            nearest(request.program, programs),
        )
    for course in sorted({*request.wishes.wanted} & {*request.all_bans}):
        problems.add(
            "request, wishes", f"'{course}' is wished for and ruled out", "Keep one of the two."
        )
