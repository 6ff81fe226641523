"""The search: packed goals, their bounds, the work of a term, and who is told and may stop it."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.planner import plan
from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.constraints import build
from pathloom.engine.planner.cost import Cost, Pack, packed
from pathloom.engine.planner.goals import Goal
from pathloom.engine.planner.goals.load import even_load
from pathloom.engine.planner.search import first_plan
from pathloom.engine.planner.types import Plan, PlanTerm, Proof, Wishes
from pathloom.engine.planner.watch import Cancelled, Progress
from pathloom.engine.units import Part, Term
from tests.engine.planner.small import (
    AS_OF,
    F9,
    S9,
    SCHOOL,
    at,
    course,
    request,
    rules,
    terms,
)

MANY = request(
    (*SCHOOL, *(course(f"e{number}", "other") for number in range(4))),
    rules(600, math=300, art=200),
    previous=at(drawing=F9, painting=S9),
    wishes=Wishes(wanted=("e3",), liked=("e1",)),
)


def cost(most: int) -> Cost:
    return Cost(Goal("any", 0, most, lambda value, view: ""), 0, 1, 0, most)


def planned(asked: object = MANY) -> Plan:
    found = plan(asked, as_of=AS_OF)  # type: ignore[arg-type]
    assert isinstance(found, Plan)
    return found


def value(found: Plan, goal: str) -> int:
    return next(each.value for each in found.goals if each.goal == goal)


# -- packs


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_of_two_results_the_pack_weighs_less_where_an_earlier_goal_is_better(
    most: list[int],
) -> None:
    weights = Pack(tuple(cost(each) for each in most)).weights
    every = list(product(*(range(each + 1) for each in most)))

    def weighed(steps: tuple[int, ...]) -> int:
        return sum(weight * each for weight, each in zip(weights, steps, strict=True))

    assert sorted(every, key=weighed) == sorted(every)


@given(st.data(), st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_the_bound_of_a_pack_is_a_bound_of_each_goal_in_its_turn(
    data: st.DataObject, most: list[int]
) -> None:
    pack = Pack(tuple(cost(each) for each in most))
    every = list(product(*(range(each + 1) for each in most)))
    real = data.draw(st.lists(st.sampled_from(every), min_size=1))
    reached = min(real) if data.draw(st.booleans()) else data.draw(st.sampled_from(real))
    best = sum(w * each for w, each in zip(pack.weights, min(real), strict=True))

    bounds = pack.bounds(data.draw(st.integers(-1, best)), reached)

    for number, bound in enumerate(bounds):
        alike = [one[number] for one in real if one[:number] == reached[:number]]
        assert bound <= min(alike)
    exact = pack.bounds(best, min(real))
    assert exact == min(real)


def test_where_a_goal_has_not_reached_its_bound_nothing_is_known_of_the_next() -> None:
    pack = Pack((cost(3), cost(3)))

    assert pack.bounds(1, (0, 2)) == (0, 1)
    assert pack.bounds(1, (1, 2)) == (0, 0)


@given(st.lists(st.integers(0, 200), max_size=8))
def test_packs_keep_the_order_and_weigh_no_more_than_they_may(most: list[int]) -> None:
    costs = [cost(each) for each in most]

    packs = packed(costs, most=10_000)

    assert [each for pack in packs for each in pack.costs] == costs
    for pack in packs:
        assert pack.weights[0] * (pack.costs[0].most + 1) <= 10_000


# -- values and bounds


def test_a_plan_is_proved_where_every_goal_has_reached_its_bound() -> None:
    found = planned()

    assert found.proof is Proof.OPTIMAL
    assert all(goal.bound == goal.value for goal in found.goals)


def test_goals_in_one_run_and_in_one_run_each_have_the_same_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    together = planned()
    search = sys.modules["pathloom.engine.planner.search"]
    monkeypatch.setattr(search, "packed", lambda costs: tuple(Pack((one,)) for one in costs))

    assert planned().goals == together.goals


def test_what_is_not_proved_has_a_bound_below_its_value_and_is_not_called_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proved = planned()
    search = sys.modules["pathloom.engine.planner.search"]
    solve = search.solve

    def unproved(*given: object, **more: object) -> object:
        return replace(solve(*given, **more), answer=search.Answer.FOUND, bound=0)

    monkeypatch.setattr(search, "solve", unproved)
    found = planned()

    assert found.proof is Proof.BEST_FOUND
    assert any(goal.bound < goal.value for goal in found.goals)
    for goal, best in zip(found.goals, proved.goals, strict=True):
        if goal.value != best.value:
            break
        assert goal.bound <= best.value


# -- load


def test_work_is_counted_in_ordinary_credits_rounded_up() -> None:
    easy = replace(course("easy", "other"), difficulty=1)
    hard = replace(course("hard", "other"), difficulty=5)
    asked = request((easy, hard), rules(200), ahead=terms(F9, most=200))

    # 2 + 6 quarters of a credit of work are two ordinary credits
    assert value(planned(asked), "work") == 2


def test_of_two_courses_that_do_the_easier_one_is_taken() -> None:
    hard = replace(course("a", "other"), difficulty=5)
    easy = replace(course("b", "other"), difficulty=1)

    found = planned(request((hard, easy), rules(100)))

    assert [place.course for place in found.placements] == ["b"]


def test_terms_that_cannot_be_even_cost_the_squares_of_what_is_too_far() -> None:
    fall_only = tuple(course(f"c{number}", "other", parts="f") for number in range(2))
    found = planned(request(fall_only, rules(200), ahead=terms(F9, S9)))

    # each term is a credit away from its share: one and two thirds times 3/8 of one beyond 3/8
    assert value(found, "load") == 2 * 3


def test_terms_that_differ_by_one_half_credit_course_are_even() -> None:
    halves = tuple(course(f"c{number}", "other", credits=50) for number in range(3))
    found = planned(request(halves, rules(150), ahead=terms(F9, S9)))

    assert value(found, "load") == 0
    assert {place.term for place in found.placements} == {F9, S9}


def test_hard_courses_are_spread_over_the_terms() -> None:
    hard = [replace(course(f"h{number}", "other"), difficulty=5) for number in range(2)]
    easy = [replace(course(f"e{number}", "other"), difficulty=1) for number in range(2)]

    found = planned(request((*hard, *easy), rules(400), ahead=terms(F9, S9)))

    when = {place.course: place.term for place in found.placements}
    assert when["h0"] != when["h1"]


def test_summer_is_left_free_where_the_usual_terms_have_room() -> None:
    summer = PlanTerm(Term(F9.year, Part.SUMMER), 9, most=300)
    courses = tuple(course(f"c{number}", "other", parts="fsu") for number in range(4))

    found = planned(request(courses, rules(400), ahead=(*terms(F9, S9), summer)))

    assert {place.term.part for place in found.placements} == {Part.FALL, Part.SPRING}


def test_the_rows_of_the_load_do_not_grow_with_what_a_term_may_hold() -> None:
    def rows(most: int) -> int:
        ahead = tuple(replace(one, most=most) for one in MANY.terms)
        draft = build(Outlook(replace(MANY, terms=ahead)))
        before = len(draft.model.proto.constraints)
        even_load(draft)
        return len(draft.model.proto.constraints) - before

    assert rows(100_000) == rows(400)


# -- other terms for the same courses


def test_for_a_while_only_the_courses_of_a_solution_can_be_taken() -> None:
    draft = build(Outlook(MANY))
    before = str(draft.model.proto)
    first = first_plan(draft, seed=1, effort=1.0)
    there = {place.course for place in draft.placements(first.values)}

    with draft.same_courses(first.values):
        draft.model.maximize(sum(draft.takes.values()))
        most = first_plan(draft, seed=1, effort=1.0)
    draft.model.proto.clear_objective()

    assert {place.course for place in draft.placements(most.values)} <= there
    assert str(draft.model.proto) == before


def test_goals_reach_the_same_values_without_a_look_at_other_terms_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_look = planned()
    monkeypatch.setattr(sys.modules["pathloom.engine.planner.search"], "PLACES", 0.0)

    assert planned().goals == with_look.goals


# -- watch


def test_whoever_waits_is_told_of_each_step_and_of_the_first_plan() -> None:
    seen: list[Progress] = []
    plan(MANY, as_of=AS_OF, watch=seen.append)

    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert all(0 <= one.done <= one.of for one in seen)
    assert any(one.doing.startswith("A plan is found") for one in seen)


def test_work_stops_at_whichever_step_it_is_cancelled() -> None:
    seen: list[Progress] = []
    plan(MANY, as_of=AS_OF, watch=seen.append)
    for last in range(len(seen)):
        told = iter(range(len(seen)))

        def stop(_: Progress, last: int = last, told: object = told) -> None:
            if next(told) == last:  # type: ignore[call-overload]
                raise Cancelled

        with pytest.raises(Cancelled):
            plan(MANY, as_of=AS_OF, watch=stop)
