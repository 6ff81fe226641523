"""Interchangeable courses are left out, and no plan or better plan is lost by that."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pathloom.engine.catalog import check_catalog
from pathloom.engine.planner import attempt, constraints
from pathloom.engine.planner.candidates import Outlook, candidates
from pathloom.engine.planner.model import Answer
from pathloom.engine.planner.types import Plan, PlanRequest, Proof, Wishes
from pathloom.engine.planner.validate import checked
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import (
    AS_OF,
    F9,
    S9,
    course,
    places,
    planned,
    request,
    rules,
    terms,
)


@st.composite
def crowded(draw: st.DrawFn) -> PlanRequest:
    """A request to a school that offers each of its plain courses several times over."""
    asked = draw(requests(courses=3))
    courses = list(asked.catalog.courses)
    for one in tuple(courses):
        for number in range(draw(st.integers(0, 4))):
            clone = replace(
                one,
                id=f"{one.id}{number}",
                tags=one.tags | {*draw(st.sampled_from([(), (), ("ap",), ("lab",)]))},
                prerequisite=draw(st.sampled_from([None, None, one.prerequisite])),
                corequisites=(),
                difficulty=draw(st.sampled_from([one.difficulty, 0, 2, 4])),
            )
            courses.append(clone)
    return replace(asked, catalog=replace(asked.catalog, courses=tuple(courses)))


def best(asked: PlanRequest, *, every: bool) -> tuple[Answer | Proof, list[tuple[str, int]]]:
    """What was proved, and the goals that are not reached in full."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constraints, "candidates", partial(candidates, every=every))
        found = attempt(asked, as_of=AS_OF)
    if not isinstance(found, Plan):
        return found, []
    return found.proof, [(one.goal, one.value) for one in found.goals if one.value]


@FEWER
@given(crowded())
def test_a_plan_from_fewer_courses_is_as_good_as_one_from_all(asked: PlanRequest) -> None:
    assume(not check_catalog(asked.catalog, where="small"))
    asked = checked(asked, as_of=AS_OF)
    outlook = Outlook(asked)
    assume(len(candidates(outlook)) < len(candidates(outlook, every=True)))

    fewer, everything = best(asked, every=False), best(asked, every=True)

    assert fewer == everything
    assert fewer[0] in {Proof.OPTIMAL, Answer.NONE}


def posed(asked: PlanRequest) -> set[str]:
    return {one.course.id for one in candidates(Outlook(asked))}


def test_a_course_is_kept_where_too_few_others_are_open_when_it_is() -> None:
    courses = (
        course("hard", parts="f", difficulty=5),
        course("fall", parts="f"),
        *(course(f"spring{number}", parts="s") for number in range(3)),
    )
    ahead = (*terms(F9, most=200), *terms(S9, most=100))

    assert "hard" in places(planned(request(courses, rules(math=300), ahead=ahead)))


def test_courses_of_other_terms_do_not_stand_in() -> None:
    courses = (
        course("fall", parts="f", difficulty=5),
        *(course(f"spring{number}", parts="s") for number in range(3)),
    )
    asked = request(courses, rules(math=200), ahead=terms(F9, S9, most=100))

    assert places(planned(asked))["fall"] == F9


def test_a_course_that_one_asked_for_builds_on_is_kept() -> None:
    courses = (
        *(course(f"plain{number}") for number in range(3)),
        course("first", difficulty=5),
        course("second", "art", needs="first"),
    )
    asked = request(courses, rules(math=100), wishes=Wishes(wanted=("second",)))

    assert set(places(planned(asked))) == {"first", "second"}


def test_a_sequence_that_nobody_needs_is_left_out_from_its_end_on() -> None:
    courses = (
        *(course(f"plain{number}") for number in range(3)),
        course("first", difficulty=4),
        course("second", needs="first"),
        course("third", needs="second"),
    )

    assert posed(request(courses, rules(math=200))) == {"plain0", "plain1"}
    wished = Wishes(wanted=("third",))
    assert {"first", "second", "third"} <= posed(request(courses, rules(math=200), wishes=wished))


def test_an_easier_course_stands_in_for_a_harder_one_and_not_the_other_way() -> None:
    courses = (course("a", difficulty=5), course("b", difficulty=1), course("c", difficulty=3))

    assert posed(request(courses, rules(math=100))) == {"b"}
