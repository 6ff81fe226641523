"""What a plan request names: courses, terms, a program, subjects, credentials; all are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pathloom.engine.errors import Problems, nearest
from pathloom.engine.planner.types import PlanRequest


def check_names(request: PlanRequest, problems: Problems) -> None:
    """Add every name that is not there, and every wish that goes against another."""
    catalog, wishes = request.catalog, request.wishes
    courses = {course.id for course in catalog.courses}
    for where, name in _courses(request):
        _check(where, f"course '{name}'", name, courses, problems)
    terms = {str(entry.term): entry.term for entry in request.terms}
    for kind, locks in (("locks", request.locks), ("staff_locks", request.staff_locks)):
        for where, term in _numbered(kind, (str(lock.term) for lock in locks)):
            if term not in terms:
                what = f"{term} is not one of the terms to plan"
                problems.add(f"request, {where}", what, nearest(term, terms))
    programs = {program.id for program in catalog.programs}
    if request.program:
        _check("program", f"program '{request.program}'", request.program, programs, problems)
    kinds = {course.subject for course in catalog.courses}
    kinds = kinds.union(*(course.tags for course in catalog.courses))
    for where, name in _numbered("wishes, every_year", wishes.every_year):
        _check(where, f"subject or tag '{name}'", name, kinds, problems)
    credentials = {credential.id for credential in catalog.credentials}
    for where, name in _numbered("wishes, credentials", wishes.credentials):
        _check(where, f"credential '{name}'", name, credentials, problems)
    _check_wishes(request, problems)


def _check_wishes(request: PlanRequest, problems: Problems) -> None:
    wishes = request.wishes
    against = (
        ("wished for and ruled out", {*wishes.wanted} & {*request.all_bans}),
        ("wished for and avoided", {*wishes.wanted} & {*wishes.avoided}),
        ("liked and avoided", {*wishes.liked} & {*wishes.avoided}),
    )
    for what, courses in against:
        for course in sorted(courses):
            problems.add("request, wishes", f"'{course}' is {what}", "Keep one of the two.")


def _courses(request: PlanRequest) -> Iterator[tuple[str, str]]:
    """Where a course is named, and its id."""
    wishes = request.wishes
    yield from _numbered("locks", (lock.course for lock in request.locks))
    yield from _numbered("staff_locks", (lock.course for lock in request.staff_locks))
    yield from _numbered("bans", request.bans)
    yield from _numbered("staff_bans", request.staff_bans)
    yield from _numbered("wishes, wanted", wishes.wanted)
    yield from _numbered("wishes, liked", wishes.liked)
    yield from _numbered("wishes, avoided", wishes.avoided)


def _numbered(where: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, name in enumerate(names, start=1):
        yield f"{where} {number}", name


def _check(where: str, said: str, name: str, known: Collection[str], problems: Problems) -> None:
    if name not in known:
        problems.add(f"request, {where}", f"{said} is not in the catalog", nearest(name, known))
