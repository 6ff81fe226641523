"""Over generated schools with every feature: repairs and other plans obey all that a plan obeys."""

from __future__ import annotations

from hypothesis import assume, given

from pathloom.engine.planner.alternatives import Alternatives, alternatives
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.repair import Repaired, repair
from pathloom.engine.planner.switch import switches
from pathloom.engine.planner.types import Level, PlanRequest
from tests.engine.planner.exhaustive import Places, Search
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import AS_OF
from tests.engine.planner.worth import Worth


def holds(search: Search, places: Places) -> bool:
    found = check_plan(search.asked, places)
    accepted = all(one.level is Level.NOTE for one in found)
    return accepted and search.obeys(places) and search.fulfils(places)


@FEWER
@given(requests())
def test_a_repair_is_the_nearest_plan_there_is(asked: PlanRequest) -> None:
    """Nearest among the plans that graduate as early and are as close to the program's grades."""
    search = Search(asked)
    assume(search.plans and asked.previous)
    worth, left = Worth(search), search.plans

    found = repair(asked, as_of=AS_OF)

    assert isinstance(found, Repaired), found
    assert holds(search, found.plan.placements)
    for goal in ("graduation", "program", "previous"):
        values = [worth.value(goal, places) for places in left]
        if values[0] is not None:
            best = min(value for value in values if value is not None)
            assert (goal, worth.value(goal, found.plan.placements)) == (goal, best)
            left = tuple(one for one, value in zip(left, values, strict=True) if value == best)


@FEWER
@given(requests())
def test_other_plans_hold_and_differ(asked: PlanRequest) -> None:
    search = Search(asked)
    assume(search.plans)

    found = alternatives(asked, as_of=AS_OF)

    assert isinstance(found, Alternatives), found
    plans = [found.present, *(one.plan.placements for one in found.others)]
    assert all(holds(search, places) for places in plans)
    assert len({frozenset(places) for places in plans}) == len(plans)


@FEWER
@given(requests())
def test_a_change_of_program_always_has_an_answer(asked: PlanRequest) -> None:
    found = switches(asked, as_of=AS_OF)

    assert len(found) == len(asked.catalog.programs)
    assert all(one.sentence.endswith(".") for one in found)
