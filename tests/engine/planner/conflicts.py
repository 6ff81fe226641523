"""Small requests that have no plan, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

from pathloom.engine.planner import plan
from pathloom.engine.planner.types import Infeasible, PlanRequest, PlanTerm
from pathloom.engine.units import Part, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    SCHOOL,
    course,
    request,
    rules,
    terms,
)

COURSES = (
    *SCHOOL,
    course("biology", "science", parts="s"),
    course("chemistry", "science", parts="f", needs="biology"),
)
FOUR = terms(F9, S9, F10, S10, most=200)


def school(**more: object) -> PlanRequest:
    return request(COURSES, rules(math=300, art=100, science=100), **{"ahead": FOUR} | more)


def answer(asked: PlanRequest) -> Infeasible:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Infeasible), found
    assert 1 <= len(found.reasons) <= 3
    return found


def slotted(*entries: Term, slots: int, least: int = 0) -> tuple[PlanTerm, ...]:
    return tuple(replace(one, slots=slots) for one in terms(*entries, least=least))


def sentences(found: Infeasible) -> tuple[str, ...]:
    return tuple(each.sentence for each in found.fixes)


def high_school(**more: object) -> PlanRequest:
    """Two school years in which Algebra II is taught in fall only."""
    courses = (
        course("algebra"),
        course("geometry", needs="algebra"),
        replace(
            course("algebra2", needs="geometry", parts="f", tags=("second",)), title="Algebra II"
        ),
        course("drawing", "art"),
        replace(course("health", "pe", parts="u"), credits=50),
        replace(course("civics", "social"), parts=(Part.ONLINE,)),
        course("band", "music"),
        replace(course("choir", "singing"), corequisites=("band",)),
        course("painting", "art", tags=("studio",)),
    )
    usual = {"ahead": terms(F9, S9, F10, S10, most=300)}
    ruleset = more.pop("ruleset", rules(tags=("second",)))
    return request(courses, ruleset, **usual | more)  # type: ignore[arg-type]


SEAL = replace(rules(dance=100), id="us-small/seal/2020", title="Dance Seal")
