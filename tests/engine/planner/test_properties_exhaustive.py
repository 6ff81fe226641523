"""Over generated schools with every feature: the planner's answer is what a full search finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import Status
from pathloom.engine.planner import plan
from pathloom.engine.planner.change import apply_all
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Infeasible, Level, Plan, PlanRequest, Proof
from pathloom.engine.record import State
from tests.engine.planner.exhaustive import Places, Search
from tests.engine.planner.generated import BEYOND, FEWER, USUAL, requests
from tests.engine.planner.small import AS_OF
from tests.engine.planner.worth import ORDERS, Worth


def planned(asked: PlanRequest) -> Plan:
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


@FEWER
@given(requests())
def test_no_plan_is_found_where_there_is_none_and_the_answer_says_why(asked: PlanRequest) -> None:
    assume(not Search(asked).plans)

    found = plan(asked, as_of=AS_OF)

    assert isinstance(found, Infeasible), found
    assert 1 <= len(found.reasons) <= 3
    assert all(sentence.endswith(".") for sentence in found.reasons)
    assert 1 <= len(found.fixes) <= 3
    for fix in found.fixes:
        helped = apply_all(asked, fix.changes)
        assert not fix.changes or Search(helped).plans, fix


@USUAL
@given(requests())
def test_where_there_is_a_plan_one_is_found_that_obeys_both_readings(asked: PlanRequest) -> None:
    search = Search(asked)
    assume(search.plans)

    found = planned(asked)

    assert all(one.level is Level.NOTE for one in check_plan(asked, found.placements))
    assert search.obeys(found.placements)
    assert search.fulfils(found.placements)


@FEWER
@given(requests())
def test_a_plan_that_is_carried_out_is_a_met_diploma(asked: PlanRequest) -> None:
    assume(Search(asked).plans)

    record = with_plan(asked.record, planned(asked).placements, asked.catalog)

    passed = tuple(
        replace(one, state=State.EARNED) if one.state in {State.PLANNED, State.IN_PROGRESS} else one
        for one in record.courses
    )
    for rules in (asked.ruleset, *asked.also):
        found = audit(replace(record, courses=passed), rules, catalog=asked.catalog, as_of=AS_OF)
        assert all(one.status is Status.MET for one in found.requirements if one.id != BEYOND)


@USUAL
@given(requests())
def test_every_goal_is_as_good_as_it_can_be_in_its_turn(asked: PlanRequest) -> None:
    """The value of each goal is the least of all plans that are as good in the goals before it.

    A goal that is not stated is one in which these plans do not differ.
    """
    search = Search(asked)
    assume(search.plans)
    worth = Worth(search)
    left: tuple[Places, ...] = search.plans

    found = planned(asked)

    stated = {one.goal: one for one in found.goals}
    assert found.proof is Proof.OPTIMAL
    assert list(stated) == [goal for goal in ORDERS[asked.order] if goal in stated]
    for goal in ORDERS[asked.order]:
        values = [worth.value(goal, places) for places in left]
        best = min((value for value in values if value is not None), default=None)
        if goal not in stated:
            assert values == [best] * len(left)
            continue
        if best is None:
            break  # a goal that is not counted here, and all that come after it
        if goal == "previous":  # leaves out what no plan can hold any more
            assert stated[goal].value <= best
        else:
            assert (goal, stated[goal].value) == (goal, best)
        assert (goal, worth.value(goal, found.placements)) == (goal, best)
        assert stated[goal].bound <= best
        left = tuple(one for one, value in zip(left, values, strict=True) if value == best)
