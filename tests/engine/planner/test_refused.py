"""Requests that are wrong are refused with what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pathloom.engine.catalog import Step
from pathloom.engine.errors import CatalogError, PathloomError, RecordError, RequestError
from pathloom.engine.planner import plan
from pathloom.engine.planner.types import (
    Counted,
    Limit,
    PlanRequest,
    PlanTerm,
    Wishes,
)
from pathloom.engine.units import Part, SchoolYear, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    at,
    course,
    offering,
    request,
    rules,
    school,
    taken,
    terms,
)

ELSEWHERE = Term(SchoolYear(2050), Part.FALL)


def entry(**more: Any) -> tuple[PlanTerm, ...]:
    return (replace(PlanTerm(F9, 9), **more), *terms(S9, F10, S10))


CIRCLE = (course("x", needs="y"), course("y", needs="z"), course("z", needs="x"))

# What is refused: the request, the kind of error, and a piece of what it says.
REFUSED: dict[str, tuple[Callable[[], PlanRequest], type[PathloomError], str]] = {
    "an empty catalog": (lambda: request((), rules(math=100)), CatalogError, "it has no courses"),
    "the same course twice": (
        lambda: offering(course("algebra")),
        CatalogError,
        "course 'algebra': this id stands 2 times",
    ),
    "a course without an id": (
        lambda: offering(replace(course("x"), id="  ")),
        CatalogError,
        "has no id",
    ),
    "prerequisites in a circle": (
        lambda: offering(*CIRCLE),
        CatalogError,
        "its prerequisites run in a circle: x needs y, y needs z, z needs x",
    ),
    "a course that needs itself": (
        lambda: offering(course("x", needs="x")),
        CatalogError,
        "its prerequisites run in a circle: x needs x",
    ),
    "a prerequisite that is not there": (
        lambda: offering(course("x", needs="geometri")),
        CatalogError,
        "unknown prerequisite 'geometri'. Did you mean 'geometry'?",
    ),
    "a corequisite that is not there": (
        lambda: offering(replace(course("x"), corequisites=("geometri",))),
        CatalogError,
        "Did you mean 'geometry'?",
    ),
    "a course that goes together with itself": (
        lambda: offering(replace(course("x"), corequisites=("x",))),
        CatalogError,
        "course 'x'",
    ),
    "a course that is never offered": (
        lambda: offering(course("x", parts="")),
        CatalogError,
        "never offered",
    ),
    "a course that no grade may take": (
        lambda: offering(course("x", grades=())),
        CatalogError,
        "no grade may take it",
    ),
    "a step without a course": (lambda: school(steps=(Step(()),)), CatalogError, "names no course"),
    "a record of a course that no catalog has": (
        lambda: school(record=(taken("algebr"),)),
        RecordError,
        "algebr",
    ),
    "a wish for an unknown course": (
        lambda: school(wishes=Wishes(wanted=("algebr",))),
        RequestError,
        "course 'algebr' is not in the catalog. Did you mean 'algebra'?",
    ),
    "unknown courses among likes and dislikes": (
        lambda: school(wishes=Wishes(liked=("geo",), avoided=("paint",))),
        RequestError,
        "course 'paint' is not in the catalog",
    ),
    "a subject that is not taught, every year": (
        lambda: school(wishes=Wishes(every_year=("dance",))),
        RequestError,
        "'dance' is not in the catalog",
    ),
    "a credential that nobody grants": (
        lambda: school(wishes=Wishes(credentials=("welder",))),
        RequestError,
        "'welder' is not in the catalog",
    ),
    "a course wished for and ruled out": (
        lambda: school(wishes=Wishes(wanted=("drawing",)), bans=("drawing",)),
        RequestError,
        "'drawing' is wished for and ruled out",
    ),
    "a course wished for and ruled out by staff": (
        lambda: school(wishes=Wishes(wanted=("drawing",)), staff_bans=("drawing",)),
        RequestError,
        "'drawing' is wished for and ruled out",
    ),
    "a course liked and avoided": (
        lambda: school(wishes=Wishes(liked=("drawing",), avoided=("drawing",))),
        RequestError,
        "'drawing' is liked and avoided",
    ),
    "a lock on an unknown course": (
        lambda: school(locks=at(algebr=F9)),
        RequestError,
        "course 'algebr' is not in the catalog",
    ),
    "a lock of staff in a term that is not planned": (
        lambda: school(staff_locks=at(algebra=ELSEWHERE)),
        RequestError,
        "2050-51 fall is not one of the terms to plan",
    ),
    "a program that is not there": (
        lambda: school(program="nursing"),
        RequestError,
        "program 'nursing' is not in the catalog",
    ),
    "loads that cross": (
        lambda: school(ahead=entry(most=100, least=200)),
        RequestError,
        "'least' is more than 'most'",
    ),
    "an aim above the load that fits": (
        lambda: school(ahead=entry(most=100, target=200)),
        RequestError,
        "'target' is more than 'most'",
    ),
    "an aim below what the school asks for": (
        lambda: school(ahead=entry(most=300, least=200, target=100)),
        RequestError,
        "'target' is less than 'least'",
    ),
    "a day without periods": (lambda: school(ahead=entry(slots=0)), RequestError, "0 slots"),
    "a day with more periods than can be counted": (
        lambda: school(ahead=entry(slots=10**30)),
        RequestError,
        "slots",
    ),
    "a day with fewer than no periods": (
        lambda: school(ahead=entry(slots=-3)),
        RequestError,
        "-3 slots",
    ),
    "a term twice": (
        lambda: school(ahead=terms(F9, F9, S9)),
        RequestError,
        "2026-27 fall stands there 2 times",
    ),
    "terms in the wrong order": (
        lambda: school(ahead=terms(S9, F9)),
        RequestError,
        "it comes before the term above it",
    ),
    "a finish in a term that is not planned": (
        lambda: school(finish=ELSEWHERE),
        RequestError,
        "2050-51 fall is not one of the terms to plan",
    ),
    "the same rules twice": (
        lambda: school(also=(rules(math=300),)),
        RequestError,
        "asked for twice",
    ),
    "a limit on hours that no agreement states": (
        lambda: school(limits=(Limit("hours", "college", 100, Counted.HOURS),)),
        RequestError,
        "no agreements say them",
    ),
    "no effort at all": (lambda: school(effort=0.0), RequestError, "effort: it is not above 0"),
    "effort that is no number": (
        lambda: school(effort=float("nan")),
        RequestError,
        "effort: it is not above 0",
    ),
    "effort without an end": (lambda: school(effort=float("inf")), RequestError, "effort"),
    "a seed that no solver takes": (lambda: school(seed=2**63), RequestError, "out of range"),
    "a negative seed": (lambda: school(seed=-1), RequestError, "out of range"),
}


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_request_is_refused_with_what_and_what_to_do(
    make: Callable[[], PlanRequest], kind: type[PathloomError], words: str
) -> None:
    with pytest.raises(kind) as raised:
        plan(make(), as_of=AS_OF)

    assert words in str(raised.value)
    for problem in raised.value.problems:
        assert problem.where
        assert problem.fix.endswith((".", "?"))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = school(
        bans=("nothing",), locks=at(nowhere=ELSEWHERE), ahead=entry(most=1, least=2), effort=-1.0
    )

    with pytest.raises(RequestError) as raised:
        plan(wrong, as_of=AS_OF)

    assert len(raised.value.problems) == 5
