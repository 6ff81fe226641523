"""Requests that contradict themselves have reasons, in a few sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pathloom.engine.planner import plan
from pathloom.engine.planner.types import (
    Infeasible,
    Limit,
    PlanRequest,
)
from pathloom.engine.rules.nodes import AnyCourse, Cap
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    SCHOOL,
    at,
    course,
    offering,
    request,
    rules,
    school,
    taken,
    terms,
)

# What cannot be: the request, and a piece of the reasons.
IMPOSSIBLE: dict[str, tuple[Callable[[], PlanRequest], str]] = {
    "a lock on a course that is ruled out": (
        lambda: school(locks=at(algebra=F9), bans=("algebra",)),
        "Algebra",
    ),
    "a lock of the student on what staff ruled out": (
        lambda: school(locks=at(algebra=F9), staff_bans=("algebra",)),
        "Algebra",
    ),
    "a course locked in two terms": (
        lambda: school(locks=(*at(algebra=F9), *at(algebra=S9))),
        "Algebra",
    ),
    "a course locked in one term by staff and in another by the student": (
        lambda: school(staff_locks=at(algebra=F9), locks=at(algebra=S9)),
        "Algebra",
    ),
    "locks that turn a prerequisite around": (
        lambda: school(locks=at(algebra=S9, geometry=F9)),
        "Geometry",
    ),
    "more locks than fit into a term": (
        lambda: school(locks=at(algebra=F9, drawing=F9), ahead=terms(F9, S9, F10, S10, most=100)),
        "fall of grade 9",
    ),
    "a lock on a course in a part of the year in which it is not offered": (
        lambda: offering(course("garden", parts="s"), locks=at(garden=F9)),
        "Garden",
    ),
    "a lock on a course of another grade": (
        lambda: offering(course("senior", grades=(12,)), locks=at(senior=F9)),
        "Senior",
    ),
    "a lock on a course that is earned": (
        lambda: school(locks=at(algebra=F9), record=(taken("algebra"),)),
        "Algebra",
    ),
    "a lock after the finish": (lambda: school(locks=at(algebra=S10), finish=F10), "Algebra"),
    "rules that courses never fulfil": (
        lambda: request(SCHOOL, rules(dance=100)),
        "Dance",
    ),
    "rules that a cap contradicts": (
        lambda: request(
            SCHOOL,
            replace(rules(math=300), caps=(Cap("few", "Few", AnyCourse(), 100, "us", "math"),)),
        ),
        "Math",
    ),
    "two rule sets that do not go together in the time": (
        lambda: school(
            also=(replace(rules(art=200), id="us-small/arts/2020", title="Arts Diploma"),),
            ahead=terms(F9, S9, F10, most=100),
        ),
        "",
    ),
    "more least load than there are courses": (
        lambda: school(ahead=terms(F9, S9, F10, S10, most=900, least=900)),
        "",
    ),
    "a student past graduation who is short": (lambda: school(ahead=()), "left"),
    "a finish in the first term": (lambda: school(finish=F9), ""),
    "a limit on what the diploma asks for": (
        lambda: request(
            tuple(replace(one, tags=frozenset({"core"})) for one in SCHOOL),
            rules(math=300),
            limits=(Limit("core", "core", 100),),
        ),
        "",
    ),
}


@pytest.mark.parametrize(("make", "words"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_request_that_cannot_be_has_reasons_in_at_most_three_sentences(
    make: Callable[[], PlanRequest], words: str
) -> None:
    found = plan(make(), as_of=AS_OF)

    assert isinstance(found, Infeasible), found
    assert 1 <= len(found.reasons) <= 3
    assert words in " ".join(found.reasons)
    for sentence in (*found.reasons, *(fix.sentence for fix in found.fixes)):
        assert sentence.endswith(".")
        assert not sentence[0].islower()
