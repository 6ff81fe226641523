"""Courses and credentials that a student wished for, or would rather avoid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathloom.engine.catalog import Credential
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.figures.figure import Figure, is_behind, is_there, titles
from pathloom.engine.planner.loads import CHOSEN
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.view import View


def ahead(view: View, names: Iterable[str]) -> tuple[str, ...]:
    """Wished courses, each once, that are neither earned nor under way."""
    return tuple(name for name in dict.fromkeys(names) if not is_behind(view, name))


def wanted(view: View) -> Figure | None:
    """Wanted courses that are not in the plan."""
    names = ahead(view, view.request.wishes.wanted)
    if not names:
        return None
    missing = [name for name in names if name not in view.taken]
    return Figure("wanted", len(missing), _wanted_words(view, missing, of=len(names)))


def _wanted_words(view: View, missing: Sequence[str], *, of: int) -> str:
    if not missing:
        return "Every course you wished for is in the plan."
    open_terms = Outlook(view.request).open_terms
    never = [name for name in missing if not open_terms.get(name)]
    others = [name for name in missing if open_terms.get(name)]
    said = [f"{of - len(missing)} of {of} courses you wished for are in the plan."]
    if others:
        said.append(f"{titles(view, others)} {_be(others)} not in it.")
    if never:
        said.append(f"{titles(view, never)} cannot be taken in the terms ahead.")
    return " ".join(said)


def liked(view: View) -> Figure | None:
    """Liked courses that are not in the plan."""
    names = ahead(view, view.request.wishes.liked)
    if not names:
        return None
    there = [name for name in names if name in view.taken]
    words = f"{titles(view, there)} {_be(there)} in the plan because you like {_it(there)}."
    if not there:
        words = "No course that you like fits without adding to your load."
    elif len(there) < len(names):
        words += " More of what you like would add to your load."
    return Figure("liked", len(names) - len(there), words)


def avoided(view: View) -> Figure | None:
    """Times that the plan holds what the student would rather avoid.

    An advanced course that nobody asked for counts too: it is no way around an avoided one.
    """
    names = view.request.wishes.avoided
    if not names:
        return None
    advanced = advanced_unasked(view)
    there = [place.course for place in view.placements if place.course in names]
    instead = [
        place.course
        for place in view.placements
        if place.course in advanced and place.course not in names
    ]
    words = "No course that you would rather avoid is in the plan."
    if there:
        each = tuple(dict.fromkeys(there))
        words = (
            f"{titles(view, each)} {_be(each)} in the plan, though you would rather avoid "
            f"{_it(each)}."
        )
    if instead:
        each = tuple(dict.fromkeys(instead))
        words += f" {titles(view, each)} {_be(each)} in it, though you did not ask for {_it(each)}."
    return Figure("avoided", len(there) + len(instead), words)


def advanced_unasked(view: View) -> frozenset[str]:
    """Advanced courses that neither the student, nor staff, nor the program asked for."""
    request, wishes = view.request, view.request.wishes
    asked = {*wishes.wanted, *wishes.liked, *(lock.course for lock in request.all_locks)}
    asked |= {name for one in wished_credentials(view) for name in one.courses}
    for program in request.catalog.programs:
        if program.id == request.program:
            steps = [step.courses for step in program.steps if step.required]
            asked |= {courses[0] for courses in steps if len(courses) == 1}
    agreed = request.agreements.agreements if request.agreements and wishes.college_hours else ()
    return frozenset(
        course.id
        for course in view.courses.values()
        if course.tags & CHOSEN
        and course.id not in asked
        and not any(covers(each, planned_record(course, None)) for each in agreed)
    )


def wished_credentials(view: View) -> tuple[Credential, ...]:
    known = {one.id: one for one in view.request.catalog.credentials}
    names = dict.fromkeys(view.request.wishes.credentials)
    return tuple(known[name] for name in names if name in known)


def credentials(view: View) -> Figure | None:
    """Wished credentials that the plan does not prepare for."""
    wished = wished_credentials(view)
    if not wished:
        return None
    ready: list[str] = []
    short: list[str] = []
    for one in wished:
        missing = [name for name in one.courses if not is_there(view, name)]
        if missing:
            short.append(f"{one.title} also needs {titles(view, missing)}.")
        else:
            ready.append(one.title)
    said = [f"This plan prepares you for {title}." for title in ready]
    return Figure("credentials", len(short), " ".join([*said, *short]))


def _be(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
