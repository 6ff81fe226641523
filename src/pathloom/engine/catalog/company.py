"""Corequisites: courses that run together, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathloom.engine.catalog.types import AllOf, Course, CourseNeed, Need
from pathloom.engine.units import Part, SchoolYear, Term

_TERMS = {part: Term(SchoolYear(2000), part) for part in Part}


def check_company(course: Course, courses: Mapping[str, Course]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the corequisites of a course, and what to do about it.

    Args:
        course: one of ``courses``.
        courses: by id; corequisites that are not there are left to others.
    """
    if course.id in course.corequisites:
        yield "it is its own corequisite", "Remove it there."
    together = closure(course, courses)
    names = ", ".join(other.id for other in together[1:])
    if not _can_run_together(together):
        what = f"it is never offered at the same time, to one grade, as its corequisites ({names})"
        yield what, "Correct parts or grades, or remove a corequisite."
    waits = next((one for one in together if _waits_for(one, course.id, courses)), None)
    if waits is not None:
        what = f"it runs together with {names}, and {waits.id} needs it first"
        yield what, "Remove the corequisite or the prerequisite."


def closure(course: Course, courses: Mapping[str, Course]) -> list[Course]:
    """A course and all that have to run together with it, each once."""
    found = [course]
    for one in found:
        others = (courses[name] for name in one.corequisites if name in courses)
        found += [other for other in dict.fromkeys(others) if other not in found]
    return found


def _can_run_together(together: Sequence[Course]) -> bool:
    """Whether each could stand in one part of one school year, beside its own corequisites.

    Summer overlaps nothing else; of the other parts a choice is left where every course keeps one
    that overlaps one of each neighbor's.
    """
    if not set(together[0].grades).intersection(*(one.grades for one in together[1:])):
        return False
    if all(Part.SUMMER in one.parts for one in together):
        return True
    left = {one.id: {part for part in one.parts if part is not Part.SUMMER} for one in together}
    pairs = [(one.id, name) for one in together for name in one.corequisites if name in left]
    pairs += [(second, first) for first, second in pairs]
    changed = True
    while changed:
        changed = False
        for first, second in pairs:
            others = [_TERMS[part] for part in left[second]]
            kept = {one for one in left[first] if any(_TERMS[one].overlaps(x) for x in others)}
            changed = changed or kept != left[first]
            left[first] = kept
    return all(left.values())


def _waits_for(course: Course, name: str, courses: Mapping[str, Course]) -> bool:
    """Whether a course cannot begin before another one, named, is over."""
    seen: set[str] = set()
    ahead = list(_needed_first(course.prerequisite))
    while ahead:
        needed = ahead.pop()
        if needed == name:
            return True
        if needed in courses and needed not in seen:
            seen.add(needed)
            ahead += _needed_first(courses[needed].prerequisite)
    return False


def _needed_first(need: Need | None) -> Iterator[str]:
    """The courses without which a prerequisite never holds, and which have to be over before."""
    match need:
        case CourseNeed(course=course, concurrent=False):
            yield course
        case AllOf(all=needs):
            for part in needs:
                yield from _needed_first(part)
