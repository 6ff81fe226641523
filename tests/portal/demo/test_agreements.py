"""The agreements of the demo district: invented colleges, real courses, and plans that use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest

from pathloom.engine.catalog import Kind
from pathloom.engine.planner import plan
from pathloom.engine.planner.college import credit_of_plan, difference
from pathloom.engine.planner.college.claims import covers
from pathloom.engine.planner.outlook import planned_record, remaining_terms
from pathloom.engine.planner.types import Plan, PlanRequest, Wishes
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import SchoolYear
from pathloom.portal.demo.actions.district import (
    agreements,
    as_engine,
    catalog,
    demo,
    offered_at,
    programs,
)

TODAY = date(2026, 7, 15)
SLUGS = [each.slug for each in programs()]


def asked(slug: str, *, hours: int = 0) -> PlanRequest:
    """A student who begins grade 9 in a program of study, and aims at college hours."""
    data = next(each for each in programs() if each.slug == slug)
    offered = tuple(offered_at(demo().school(data.school)).values())
    entered = SchoolYear(2026)
    return PlanRequest(
        record=StudentRecord("S-1", entered),
        ruleset=choose(load_rulebook(), "us-ga/diploma", entered_grade_9=entered, as_of=TODAY),
        catalog=replace(catalog(), courses=offered, programs=(as_engine(data),)),
        terms=remaining_terms(9, today=TODAY),
        program=slug,
        agreements=agreements(),
        wishes=Wishes(college_hours=hours),
    )


def planned(request: PlanRequest) -> Plan:
    found = plan(request, as_of=TODAY)
    assert isinstance(found, Plan), found
    return found


def test_every_college_of_the_demo_is_invented() -> None:
    found = agreements()
    pages = [each.source.url for each in (*found.agreements, *found.programs)]
    pages += [each.tuition.source.url for each in found.institutions if each.tuition]
    assert len(found.institutions) == 2
    assert {(urlsplit(page).hostname or "").rpartition(".")[2] for page in pages} == {"example"}


def test_every_college_states_its_tuition_with_a_day() -> None:
    stated = [each.tuition for each in agreements().institutions]
    assert all(each is not None and each.as_of == date(2026, 7, 1) for each in stated)


def test_every_agreement_is_about_exactly_one_course_of_the_catalog() -> None:
    for each in agreements().agreements:
        named = [c.id for c in catalog().courses if covers(each, planned_record(c, None))]
        assert len(named) == 1, (each.id, named)


def test_each_kind_of_agreement_is_there_and_one_has_ended() -> None:
    every = agreements().agreements
    assert {each.kind for each in every} == set(Kind)
    ended = [each.id for each in every if not each.holds_in(SchoolYear(2026))]
    assert ended == ["digital-design"]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_program_goes_on_for_two_years_after_grade_12(slug: str) -> None:
    ways = [each for each in agreements().programs if each.program == slug]
    assert ways
    for each in ways:
        assert [(term.year, str(term.part)) for term in each.terms] == [
            (1, "fall"),
            (1, "spring"),
            (2, "fall"),
            (2, "spring"),
        ]


@pytest.mark.parametrize("slug", ["engineering-and-technology", "welding"])
def test_a_plan_that_aims_at_college_hours_banks_them_and_saves_tuition(slug: str) -> None:
    usual, more = asked(slug), asked(slug, hours=2600)
    before = credit_of_plan(usual, planned(usual).placements, as_of=TODAY)
    found = planned(more)
    after = credit_of_plan(more, found.placements, as_of=TODAY)
    assert before is not None
    assert after is not None

    reached = next(one for one in found.goals if one.goal == "college")
    assert reached.value == max(0, 2600 - after.hours.banked) == 0
    change = difference(before, after)
    assert change.hours_after.banked > change.hours_before.banked
    assert change.avoided_after > change.avoided_before
    assert all(each.program == slug for each in after.programs)
