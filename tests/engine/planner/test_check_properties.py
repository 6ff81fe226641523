"""Over generated schools: the checker and a second reading of the rules always agree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.types import Level, PlanRequest
from tests.engine.planner.exhaustive import Places, Search
from tests.engine.planner.generated import USUAL, requests


def is_accepted(asked: PlanRequest, places: Places) -> bool:
    return all(one.level is Level.NOTE for one in check_plan(asked, places))


@USUAL
@given(requests(), st.data())
def test_the_checker_accepts_what_obeys_the_rules_and_nothing_else(
    asked: PlanRequest, data: st.DataObject
) -> None:
    search = Search(asked)
    every = list(search.every())
    obeying = [one for one in every if search.obeys(one)]
    some = data.draw(st.lists(st.sampled_from(every), min_size=20, max_size=20))
    if obeying:
        some += data.draw(st.lists(st.sampled_from(obeying), min_size=10, max_size=10))

    for places in some:
        assert is_accepted(asked, places) == search.obeys(places), places


@USUAL
@given(requests(), st.data())
def test_every_finding_says_what_and_what_to_do_and_where(
    asked: PlanRequest, data: st.DataObject
) -> None:
    every = list(Search(asked).every())
    known = {"", *(str(entry.term) for entry in asked.terms)}

    for places in data.draw(st.lists(st.sampled_from(every), min_size=10, max_size=10)):
        for one in check_plan(asked, places):
            assert one.what.endswith(".")
            assert one.fix.endswith(".")
            assert one.term in known
            assert "Term(" not in one.what + one.fix
            assert "'" not in one.what
