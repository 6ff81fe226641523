"""Changing one's mind: the credit and the college hours that each program of study keeps."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from pathloom.engine.catalog import CollegeTerm, Continuation
from pathloom.engine.planner import plan
from pathloom.engine.planner.credit import HoursKept
from pathloom.engine.planner.switch import switches
from pathloom.engine.planner.types import Plan, PlanRequest
from pathloom.engine.record import State
from pathloom.engine.units import Part
from tests.engine.planner.colleges import READ, agreement, agreements
from tests.engine.planner.small import AS_OF, F9, S10, rules, taken
from tests.engine.planner.switching import COOK, WOOD, by_program, school
from tests.engine.planner.test_properties import FEWER, requests


def test_the_present_program_keeps_everything_and_adds_nothing() -> None:
    record = (taken("wood1"), taken("algebra", State.IN_PROGRESS), taken("weld1", State.FAILED))
    found = by_program(school(WOOD, COOK, record=record))["wood"]

    assert found.present
    assert (found.terms_added, found.last) == (0, S10)
    assert (found.credit.kept, found.credit.lost) == (200, 0)
    assert (found.credit.program, found.credit.diploma_only) == (100, 0)
    assert found.in_the_way == ""
    assert found.sentence.startswith("Wood1 is your program, and you finish it on time.")


def test_credit_of_the_present_program_counts_for_the_diploma_only() -> None:
    found = by_program(school(WOOD, COOK, record=(taken("wood1"),)))["cook"]

    assert (found.credit.kept, found.credit.lost) == (100, 0)
    assert (found.credit.program, found.credit.diploma_only) == (0, 100)
    assert found.sentence.endswith(
        "All of your 1.0 credits still count, 1.0 of them for the diploma only."
    )


def test_credit_that_the_diploma_does_not_use_is_lost() -> None:
    record = (taken("wood1"), taken("wood2"))
    asked = replace(school(WOOD, COOK, record=record), ruleset=rules(math=100, cte=100))

    found = by_program(asked)["cook"]

    assert (found.credit.kept, found.credit.lost, found.credit.diploma_only) == (100, 100, 100)
    assert "1.0 of your 2.0 credits still count, 1.0 of them for the diploma" in found.sentence


def test_the_records_that_are_kept_and_lost_are_named() -> None:
    record = (taken("wood1"), taken("cook1"))
    asked = replace(school(WOOD, COOK, record=record), ruleset=rules(math=100))

    found = by_program(asked)

    assert found["wood"].credit.kept_records == ("r-wood1",)
    credit = found["cook"].credit
    assert (credit.kept_records, credit.lost_records) == ((), ("r-wood1",))
    assert (credit.kept, credit.lost) == (0, 100)


def test_what_counts_beside_the_diploma_is_kept() -> None:
    asked = replace(school(WOOD, COOK, record=(taken("wood1"),)), ruleset=rules(math=100))
    assert by_program(asked)["cook"].credit.lost == 100

    scholarship = replace(asked, also=(replace(rules(cte=100), id="us-small/scholarship/2020"),))

    assert by_program(scholarship)["cook"].credit.lost == 0


def test_college_hours_are_kept_where_the_new_program_goes_on_with_them() -> None:
    agreed = agreements(agreement("wood1"), agreement("cook1", college_course="B 1"))
    later = tuple(
        Continuation(name, "lakeside", "Certificate", (CollegeTerm(1, Part.FALL, (code,)),), READ)
        for name, code in (("wood", "A 1"), ("cook", "B 1"))
    )
    agreed = replace(agreed, programs=later)
    record = (replace(taken("wood1"), term=F9), replace(taken("cook1"), term=F9))
    asked = school(WOOD, COOK, record=record, agreements=agreed)

    found = by_program(asked)

    assert found["wood"].hours == HoursKept(banked=750, kept=300, lost=0)
    assert found["cook"].hours == HoursKept(banked=750, kept=450, lost=300)
    assert by_program(replace(asked, agreements=None))["cook"].hours is None


@FEWER
@given(requests())
def test_who_stays_in_the_present_program_loses_nothing(asked: PlanRequest) -> None:
    if not asked.program:
        return
    (found,) = switches(asked, as_of=AS_OF, programs=(asked.program,))

    assert found.credit.lost == found.credit.diploma_only == 0
    if isinstance(plan(asked, as_of=AS_OF), Plan):
        assert found.terms_added == 0
        assert found.last == asked.terms[-1].term
        assert found.in_the_way == ""
