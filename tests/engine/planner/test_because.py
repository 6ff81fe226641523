"""Why a repair changes what it changes: each cause in words that a student understands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from pathloom.engine.planner.because import INSTEAD, NOT_PASSED, ROOM, TOO_LITTLE
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.record import State
from tests.engine.planner.small import (
    AS_OF,
    F9,
    F10,
    F11,
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
from tests.engine.planner.test_properties import FEWER, requests
from tests.engine.planner.test_repair import PREVIOUS

ONLY_FALL = (*SCHOOL[:3], course("drawing", "art", parts="f"), SCHOOL[4])
GONE = SCHOOL[:4]
AHEAD = terms(S9, F10, S10, F11)
PASSED = (taken("algebra"),)

# What happened, the request then, and what the student reads: each change with its reason.
CAUSES: dict[str, tuple[PlanRequest, list[tuple[str, str]]]] = {
    "a failed course": (
        request(
            SCHOOL,
            rules(math=100),
            ahead=AHEAD,
            record=(taken("algebra", State.FAILED, mark="40"),),
            previous=at(algebra=F9),
        ),
        [("Algebra is taken again in ", NOT_PASSED)],
    ),
    "a course that was given up": (
        request(
            SCHOOL,
            rules(math=100),
            ahead=AHEAD,
            record=(taken("algebra", State.WITHDRAWN),),
            previous=at(algebra=F9),
        ),
        [("Algebra is taken again in ", NOT_PASSED)],
    ),
    "a course in another part of the year": (
        request(ONLY_FALL, rules(art=100), ahead=AHEAD, previous=at(drawing=S9)),
        [("Drawing moves from spring of grade 9 to fall of ", "Drawing is not offered in spring.")],
    ),
    "a course that is no longer offered": (
        request(GONE, rules(art=100), ahead=AHEAD, previous=at(painting=S9)),
        [
            ("painting in spring of grade 9 is dropped.", "'painting' is not in the catalog."),
            ("Drawing is added in ", "Art would not be complete without it."),
        ],
    ),
    "a course that the school moved": (
        replace(
            request(SCHOOL, rules(art=100), ahead=AHEAD, previous=at(drawing=S9)),
            staff_locks=at(drawing=F10),
        ),
        [
            (
                "Drawing moves from spring of grade 9 to fall of grade 10.",
                "Your school locked Drawing in fall of grade 10",
            )
        ],
    ),
    "a new rule": (
        request(SCHOOL, rules(math=100, art=100), ahead=AHEAD, previous=at(algebra=S9)),
        [("Drawing is added in ", "Art would not be complete without it.")],
    ),
    "a new rule beside the diploma": (
        replace(
            request(SCHOOL, rules(math=100), ahead=AHEAD, previous=at(algebra=S9)),
            also=(replace(rules(art=100), id="us-small/award/2020"),),
        ),
        [("Drawing is added in ", "Art would not be complete without it.")],
    ),
    "more credit in all": (
        request(SCHOOL, replace(rules(math=100), total=200), ahead=AHEAD, previous=at(algebra=S9)),
        [("", TOO_LITTLE)],
    ),
    "a transfer": (
        request(SCHOOL, rules(math=200), ahead=AHEAD, record=PASSED, previous=at(algebra=S9)),
        [
            ("Algebra in spring of grade 9 is dropped.", "Algebra is already earned."),
            ("Geometry is added in ", "Math would not be complete without it."),
        ],
    ),
    "a course that the new school asks for first": (
        request(
            (course("algebra", "art"), *SCHOOL[1:]),
            rules(math=100),
            ahead=AHEAD,
            previous=at(geometry=F10, drawing=S9),
        ),
        [("Algebra is added in spring of grade 9.", "Geometry needs it.")],
    ),
}


def repaired(asked: PlanRequest) -> Repaired:
    found = repair(asked, as_of=AS_OF)
    assert isinstance(found, Repaired), found
    return found


@pytest.mark.parametrize("cause", CAUSES)
def test_a_student_reads_each_change_with_its_reason(cause: str) -> None:
    asked, said = CAUSES[cause]

    found = repaired(asked)

    assert len(found.changes) == len(said)
    for change, (sentence, why) in zip(found.changes, said, strict=True):
        assert change.sentence.startswith(sentence)
        assert why in change.why


def test_a_course_that_only_makes_room_says_so() -> None:
    asked = replace(
        request(
            SCHOOL,
            rules(math=100, art=100),
            ahead=terms(S9, F10, most=100),
            previous=at(algebra=S9, drawing=F10),
        ),
        locks=at(drawing=S9),
    )

    why = {change.course: change.why for change in repaired(asked).changes}

    assert why["algebra"] == ROOM
    assert why["drawing"] == "Drawing is locked in spring of grade 9 and is not there in this plan."


def test_a_course_that_stands_in_for_another_says_so() -> None:
    asked = request(
        SCHOOL, rules(), ahead=terms(S9, least=100), bans=("drawing",), previous=at(drawing=S9)
    )

    added = [change for change in repaired(asked).changes if change.before is None]

    assert [change.why for change in added] == [INSTEAD]


@FEWER
@given(requests(), PREVIOUS)
def test_every_change_of_a_repair_has_a_reason(
    asked: PlanRequest, previous: tuple[Placement, ...]
) -> None:
    found = repair(replace(asked, previous=previous), as_of=AS_OF)

    if isinstance(found, Repaired):
        assert all(change.why.endswith(".") for change in found.changes)
