"""Corequisites: courses that run together, and what keeps them from it for everybody.

A corequisite that is never offered at the same time is no mistake by itself: the course is open to
those who have passed it. Where courses need each other, nobody could begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pathloom.engine.catalog.types import AllOf, Course, CourseNeed, Need
from pathloom.engine.units import Part, SchoolYear, Term

_TERMS = {part: Term(SchoolYear(2000), part) for part in Part}


def check_company(courses: Mapping[str, Course]) -> Iterator[tuple[str, str, str]]:
    """Yield which course has wrong corequisites, what is wrong, and what to do about it.

    Args:
        courses: those of a catalog, by id; corequisites that are not among them are left to others.
    """
    beside = {name: [*one.corequisites] for name, one in courses.items() if one.corequisites}
    first = {name: [*_needed_first(one.prerequisite)] for name, one in courses.items()}
    together = {name: _reached(name, beside) for name in beside}
    for name, company in together.items():
        if name in beside[name]:
            yield name, "it is its own corequisite", "Remove it there."
        others = [each for each in company if each != name and name in together.get(each, ())]
        circle = [courses[each] for each in (name, *others)]
        if others and not _can_run_together(circle):
            names = ", ".join(others)
            what = f"it and {names} need each other, and are never offered to one grade at one time"
            yield name, what, "Correct parts or grades, or remove a corequisite."
        waiting = (each for each in company if name in _reached(each, first))
        for each in islice(waiting, 1):
            what = f"it runs together with {each}, which needs it first"
            yield name, what, "Remove the corequisite or the prerequisite."


def _reached(start: str, steps: Mapping[str, Sequence[str]]) -> list[str]:
    """Everything that is reached from a course in one step or more, in that order."""
    found: dict[str, None] = {}
    ahead = [*steps.get(start, ())]
    while ahead:
        name = ahead.pop(0)
        if name not in found:
            found[name] = None
            ahead += steps.get(name, ())
    return [*found]


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


def _needed_first(need: Need | None) -> Iterator[str]:
    """The courses without which a prerequisite never holds, and which have to be over before."""
    match need:
        case CourseNeed(course=course, concurrent=False):
            yield course
        case AllOf(all=needs):
            for part in needs:
                yield from _needed_first(part)
