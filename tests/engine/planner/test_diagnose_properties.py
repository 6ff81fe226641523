"""Over generated schools: conflicts and fixes are what a full search over plans finds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given

from benchmarks.demands import only
from pathloom.engine.planner.change import apply_all, possible_changes
from pathloom.engine.planner.diagnose import conflicts, explain
from pathloom.engine.planner.fixes import ASK
from pathloom.engine.planner.probe import Probe
from pathloom.engine.planner.types import Change, Infeasible, PlanRequest
from pathloom.engine.planner.validate import checked
from tests.engine.planner.exhaustive import Search
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import AS_OF


def possible(asked: PlanRequest) -> bool:
    """Whether some plan obeys everything, by looking at one after another."""
    search = Search(asked)
    return any(search.obeys(one) and search.fulfils(one) for one in search.every())


def impossible(asked: PlanRequest) -> PlanRequest:
    """A generated request that has no plan, ready to be explained."""
    ready = checked(asked, as_of=AS_OF)
    assume(not possible(ready))
    return ready


def explained(asked: PlanRequest) -> Infeasible:
    found = explain(asked)
    assert isinstance(found, Infeasible), found
    return found


@FEWER
@given(requests(courses=4))
def test_a_conflict_is_true_and_every_member_of_it_is_needed(asked: PlanRequest) -> None:
    asked = impossible(asked)
    (found, *_) = conflicts(Probe.of(asked))

    assert found.causes
    assert not possible(only(asked, found.causes))
    for cause in found.causes:
        rest = [one for one in found.causes if one != cause]
        assert possible(only(asked, rest)), f"{cause} is not needed"


@FEWER
@given(requests(courses=4))
def test_a_fix_helps_and_no_smaller_set_of_changes_does(asked: PlanRequest) -> None:
    asked = impossible(asked)
    fixes = [one for one in explained(asked).fixes if one.changes]
    assume(fixes)
    size = len(fixes[0].changes)

    for fix in fixes:
        assert len(fix.changes) == size
        assert possible(apply_all(asked, fix.changes))
    for changes in smaller(asked, size):
        assert not possible(apply_all(asked, changes)), changes


def smaller(asked: PlanRequest, size: int) -> list[tuple[Change, ...]]:
    """All sets of changes below a size, at most pairs."""
    every = possible_changes(asked)
    sizes = range(1, min(size, 3))
    return [changes for count in sizes for changes in combinations(every, count)]


@FEWER
@given(requests(courses=4))
def test_where_no_fix_is_found_no_pair_of_changes_helps(asked: PlanRequest) -> None:
    asked = impossible(asked)
    assume(explained(asked).fixes == (ASK,))

    for changes in smaller(asked, 3):
        assert not possible(apply_all(asked, changes)), changes
