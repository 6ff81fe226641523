"""When terms begin and end, which run at the same time, and which come after the finish."""

from __future__ import annotations

from collections.abc import Iterator

from pathloom.engine.planner.types import Finding, Level, Placement
from pathloom.engine.planner.view import View
from pathloom.engine.units import Part, Term

# Fall is 0, spring 1, summer 2: a full year and what is online last from fall to spring.
_BEGINS = {Part.YEAR: 0, Part.ONLINE: 0, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}
_ENDS = {Part.YEAR: 1, Part.ONLINE: 1, Part.FALL: 0, Part.SPRING: 1, Part.SUMMER: 2}


def begins(term: Term) -> tuple[int, int]:
    return (term.year.start, _BEGINS[term.part])


def ends(term: Term) -> tuple[int, int]:
    return (term.year.start, _ENDS[term.part])


def is_behind(done: Term, later: Term) -> bool:
    """Whether one term is over when the other begins."""
    return ends(done) < begins(later)


def run_together(one: Term, other: Term) -> bool:
    return begins(one) <= ends(other) and begins(other) <= ends(one)


def is_after(term: Term, last: Term | None) -> bool:
    """Whether a term lasts longer than the one that is to be the last; None: none does."""
    return last is not None and ends(term) > ends(last)


def finish(view: View) -> Iterator[Finding]:
    """Courses after the term by which the student wants to be, or would be on time, done."""
    wanted, on_time = view.request.finish, view.request.on_time
    late: dict[Term, list[Placement]] = {}
    for place in view.placements:
        if wanted and is_after(place.term, wanted):
            yield Finding(
                Level.STOP,
                "after_finish",
                str(place.term),
                place.course,
                f"{view.title(place.course)} is in {view.when(place.term)}; this plan is to be"
                f" finished by {view.when(wanted)}.",
                "Move it to an earlier term, or plan to graduate later.",
            )
        elif on_time and is_after(place.term, on_time):
            late.setdefault(place.term, []).append(place)
    for term, kept in late.items():
        assert on_time is not None
        yield _late(view, term, on_time, courses=[place.course for place in kept])


def _late(view: View, term: Term, on_time: Term, *, courses: list[str]) -> Finding:
    titles = ", ".join(view.title(name) for name in courses)
    return Finding(
        Level.NOTE,
        "late",
        str(term),
        courses[0] if len(courses) == 1 else "",
        f"With {titles} in {view.when(term)} you graduate after {view.when(on_time)}.",
        "Move what you can to an earlier term, or ask your counselor about the later date.",
    )
