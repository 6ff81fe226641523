"""What a catalog means: checks that its format alone cannot make, all mistakes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise

from pathloom.engine.catalog.company import check_company
from pathloom.engine.catalog.prerequisite import courses_of
from pathloom.engine.catalog.types import Catalog, Course, Credential
from pathloom.engine.errors import Problem, Problems, nearest

MOST_CREDITS = 100_000  # in hundredths, as ``units.parse_credits`` reads
MOST_SLOTS = 8
MOST_DIFFICULTY = 5


def check_catalog(catalog: Catalog, *, where: str) -> tuple[Problem, ...]:
    """Return every mistake of a catalog; ``where`` begins every message."""
    problems = Problems()
    _check_ids("course", (course.id for course in catalog.courses), where, problems)
    _check_ids("program", (program.id for program in catalog.programs), where, problems)
    _check_ids("credential", (one.id for one in catalog.credentials), where, problems)
    known = {course.id: course for course in catalog.courses}
    for course in catalog.courses:
        _check_course(course, f"{where}: course '{course.id}'", known, problems)
    for name, what, fix in check_company(known):
        problems.add(f"{where}: course '{name}'", what, fix)
    for credential in catalog.credentials:
        _check_credential(credential, f"{where}: credential '{credential.id}'", known, problems)
    _check_cycles(catalog, where, problems)
    for program in catalog.programs:
        here = f"{where}: program '{program.id}'"
        for number, step in enumerate(program.steps, start=1):
            if not step.courses:
                problems.add(here, f"step {number} names no course", "Name at least one.")
            for unknown in (name for name in step.courses if name not in known):
                problems.add(
                    here, f"step {number} names unknown course '{unknown}'", nearest(unknown, known)
                )
    return tuple(problems)


def _check_ids(kind: str, ids: Iterable[str], where: str, problems: Problems) -> None:
    for name, times in Counter(ids).items():
        if times > 1:
            problems.add(
                f"{where}: {kind} '{name}'", f"this id stands {times} times", "Keep one of them."
            )
        if not name.strip():
            problems.add(where, f"a {kind} has no id", "Give it one.")


def _check_course(course: Course, here: str, known: Collection[str], problems: Problems) -> None:
    if not course.subject.strip():
        problems.add(here, "no subject", "Say which subject it counts as, such as mathematics.")
    if not course.title.strip():
        problems.add(here, "no title", "Give the title that is printed.")
    if not 0 <= course.credits <= MOST_CREDITS:
        problems.add(here, "credits out of range", "Write an amount from 0 to 1000.")
    if not course.grades:
        problems.add(here, "no grade may take it", "List its grades, or leave them out.")
    if not course.parts:
        problems.add(here, "never offered", "List its parts of the year, or leave them out.")
    if not 1 <= course.slots <= MOST_SLOTS:
        fix = f"Write 1 to {MOST_SLOTS}: the periods of the day that it takes."
        problems.add(here, f"{course.slots} slots", fix)
    if not 0 <= course.difficulty <= MOST_DIFFICULTY:
        fix = f"Write 1 (little) to {MOST_DIFFICULTY} (most work), or leave it out."
        problems.add(here, f"difficulty {course.difficulty}", fix)
    for need in courses_of(course.prerequisite):
        if need.course not in known:
            problems.add(here, f"unknown prerequisite '{need.course}'", nearest(need.course, known))
    for other in course.corequisites:
        if other not in known:
            problems.add(here, f"unknown corequisite '{other}'", nearest(other, known))


def _check_credential(
    credential: Credential, here: str, known: Collection[str], problems: Problems
) -> None:
    if not credential.title.strip():
        problems.add(here, "no title", "Give the title that is printed.")
    if not credential.courses:
        problems.add(here, "no course prepares for it", "Name at least one.")
    for name in credential.courses:
        if name not in known:
            problems.add(here, f"unknown course '{name}'", nearest(name, known))


def _check_cycles(catalog: Catalog, where: str, problems: Problems) -> None:
    """Name each cycle of prerequisites once, course by course, from its first course on."""
    needs = {
        course.id: [need.course for need in courses_of(course.prerequisite)]
        for course in catalog.courses
    }
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                cycle = [*path[path.index(name) :], name]
                steps = ", ".join(f"{a} needs {b}" for a, b in pairwise(cycle))
                problems.add(
                    f"{where}: course '{name}'",
                    f"its prerequisites run in a circle: {steps}",
                    "Remove one of these prerequisites.",
                )
            elif name not in done:
                done.add(name)
                path.append(name)
                stack += [(need, depth + 1) for need in reversed(needs.get(name, []))]
