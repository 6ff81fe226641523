"""Planted conflicts are found, are minimal, and are said in at most three sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.conflict import Cause, Kind, lock_cause
from pathloom.engine.planner.diagnose import has_plan
from pathloom.engine.planner.fixes import ASK
from pathloom.engine.planner.minimal import minimal_conflict
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import Infeasible, PlanRequest, PlanTerm
from pathloom.engine.units import format_credits
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    S9,
    S10,
    SCHOOL,
    at,
    course,
    request,
    rules,
    taken,
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


CONTRADICTIONS = [
    (
        {"locks": (*at(algebra=F9), *at(algebra=S9))},
        "Algebra is locked twice, in fall of grade 9 and in spring of grade 9, and can be taken"
        " only once.",
    ),
    (
        {"locks": at(biology=F9)},
        "Biology is locked in fall of grade 9, but it is not offered in fall.",
    ),
    (
        {"locks": at(algebra=F9, drawing=F9, painting=F9)},
        "3.0 credits are locked in fall of grade 9 (Algebra, Drawing, Painting), and only 2.0 fit.",
    ),
    (
        {"locks": at(geometry=F9)},
        "Geometry is locked in fall of grade 9, but what it needs first (Algebra) cannot be done"
        " by then.",
    ),
    (
        {"locks": at(drawing=F9), "bans": ("drawing",)},
        "Drawing is locked in fall of grade 9, but it is also ruled out.",
    ),
    (
        {"steps": (Step(("biology",)), Step(("chemistry",))), "bans": ("biology",)},
        "The program Small Program needs Biology, which cannot be taken while this is ruled out:"
        " Biology.",
    ),
]


def sentences(found: Infeasible) -> tuple[str, ...]:
    return tuple(each.sentence for each in found.fixes)


@pytest.mark.parametrize(("more", "sentence"), CONTRADICTIONS)
def test_a_contradiction_is_named(more: dict[str, object], sentence: str) -> None:
    assert answer(school(**more)).reasons[0] == sentence


@pytest.mark.parametrize(("more", "sentence"), CONTRADICTIONS)
def test_a_contradiction_comes_with_a_change_that_helps(
    more: dict[str, object], sentence: str
) -> None:
    changes = [each.sentence for each in answer(school(**more)).fixes]

    assert changes
    assert changes != [ASK.sentence]


CONFLICTS = [
    ({"ahead": terms(F9, S9, F10, S10, most=100)}, {Kind.TOTAL, Kind.MOST}),
    ({"bans": ("drawing", "painting")}, {Kind.REQUIREMENT, Kind.BAN}),
    ({"locks": at(algebra=S10)}, {Kind.REQUIREMENT, Kind.LOCK}),
    ({"ahead": terms(F9, S9)}, {Kind.REQUIREMENT}),
    (
        {"ahead": terms(F9, S9, most=300), "locks": at(geometry=S9)},
        {Kind.REQUIREMENT},
    ),
    (
        {"steps": (Step(("drawing",)), Step(("algebra",))), "locks": at(algebra=F9)},
        {Kind.PROGRAM, Kind.LOCK},
    ),
    (
        {"ahead": terms(F9, S9, F10, S10, least=200, most=200)},
        {Kind.LEAST},
    ),
]


@pytest.mark.parametrize(("more", "kinds"), CONFLICTS)
def test_a_planted_conflict_is_found(more: dict[str, object], kinds: set[Kind]) -> None:
    found = minimal_conflict(Probe.of(school(**more)))

    assert found is not None
    assert {cause.kind for cause in found} - {Kind.PREREQUISITE} == kinds


@pytest.mark.parametrize(("more", "kinds"), CONFLICTS)
def test_a_conflict_is_minimal_when_only_its_demands_are_made(
    more: dict[str, object], kinds: set[Kind]
) -> None:
    asked = school(**more)
    found = minimal_conflict(Probe.of(asked))

    assert found is not None
    assert has_plan(only(asked, found)) is False
    for cause in found:
        rest = tuple(other for other in found if other != cause)
        assert has_plan(only(asked, rest)) is True, f"{cause} is not needed in {found}"


def only(asked: PlanRequest, causes: tuple[Cause, ...]) -> PlanRequest:
    """The request with nothing demanded but the given causes: an independent way to drop them."""
    kinds = {cause.kind for cause in causes}
    named = {cause.key for cause in causes}
    waits = {cause.key for cause in causes if cause.kind is Kind.PREREQUISITE}
    wanted = tuple(one for one in asked.ruleset.requirements if one.id in named)
    total = asked.ruleset.total if Kind.TOTAL in kinds else 0
    courses = tuple(
        one if one.id in waits else replace(one, prerequisite=None) for one in asked.catalog.courses
    )
    return replace(
        asked,
        ruleset=replace(asked.ruleset, requirements=wanted, total=total, overflow_into=""),
        catalog=replace(asked.catalog, courses=courses),
        terms=tuple(_loaded(entry, kinds) for entry in asked.terms),
        program=asked.program if Kind.PROGRAM in kinds else "",
        locks=tuple(lock for lock in asked.locks if lock_cause(lock) in causes),
        bans=tuple(ban for ban in asked.bans if Cause(Kind.BAN, ban) in causes),
    )


def _loaded(entry: PlanTerm, kinds: set[Kind]) -> PlanTerm:
    return replace(
        entry,
        most=entry.most if Kind.MOST in kinds else 10_000,
        least=entry.least if Kind.LEAST in kinds else 0,
    )


def test_reasons_say_what_is_asked_for_and_what_there_is_room_for() -> None:
    found = answer(school(ahead=terms(F9, S9, F10, S10, most=100)))

    assert found.reasons == (
        "The diploma asks for 5.0 credits in all.",
        "Only 4.0 credits fit into the 4 terms left.",
    )


def test_changes_are_the_smallest_that_help() -> None:
    found = answer(school(ahead=terms(F9, S9, F10, S10, most=100)))

    assert sentences(found) == (
        f"Take up to {format_credits(100)} more credits in each term.",
        "Graduate one term later, in fall 2028.",
    )


def test_a_ban_that_stands_in_the_way_is_named_with_the_way_out() -> None:
    found = answer(school(bans=("drawing", "painting")))

    assert found.reasons == ("The diploma asks for Art (1.0).", "Ruled out: Drawing and Painting.")
    assert sentences(found) == ("Allow Drawing again.", "Allow Painting again.")


def test_a_late_lock_is_named_with_what_has_to_wait_for_it() -> None:
    found = answer(school(locks=at(algebra=S10)))

    assert found.reasons == (
        "The diploma asks for Math (3.0).",
        "Geometry needs Algebra; with Algebra locked in spring of grade 10 there is no term left"
        " before graduation.",
    )
    assert "Take off the lock on Algebra in spring of grade 10." in sentences(found)


def test_where_no_single_change_helps_the_answer_says_so() -> None:
    found = answer(request((course("algebra"),), rules(dance=100)))

    assert found.reasons[0] == "The diploma asks for Dance (1.0)."
    assert sentences(found) == (ASK.sentence,)


def test_what_can_still_be_taken_is_said_beside_what_is_needed() -> None:
    courses = (course("drawing", "art"), course("sketch", "art", credits=50))
    found = answer(request(courses, rules(200)))

    assert found.reasons == (
        "The diploma asks for 2.0 credits in all.",
        "At most 1.5 more can be taken in the terms that are left, 2.0 are needed.",
    )


def test_what_counts_for_one_requirement_is_said_beside_what_it_needs() -> None:
    courses = (course("drawing", "art"), course("painting", "art"), course("algebra"))
    record = (taken("drawing"),)
    found = answer(request(courses, rules(art=300), record=record))

    assert found.reasons == (
        "The diploma asks for Art (3.0).",
        "At most 1.0 more that counts for it can be taken in the terms that are left,"
        " 2.0 are needed.",
    )


def test_where_one_change_is_not_enough_two_are_tried() -> None:
    asked = school(ahead=terms(F9, S9, F10, S10, most=100), bans=("drawing", "painting"))
    found = answer(asked)

    assert sentences(found) == (
        "Allow Drawing again, and take up to 1.0 more credits in each term.",
        "Allow Drawing again, and graduate one term later, in fall 2028.",
    )
