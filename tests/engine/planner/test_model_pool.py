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
from pathloom.engine.planner.types import Plan, PlanRequest, Proof
from pathloom.engine.planner.validate import checked
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import AS_OF


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
