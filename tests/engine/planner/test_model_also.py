"""Rule sets that are asked for beside the diploma: endorsements, scholarships."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.planner import verified
from pathloom.engine.planner.conflict import Cause, Kind
from pathloom.engine.planner.constraints import build_with_switches
from pathloom.engine.rules.nodes import AnyCourse, Done, Have, Requirement, RuleSet, SubjectIs
from tests.engine.planner.small import (
    AS_OF,
    F9,
    at,
    course,
    places,
    planned,
    refused,
    request,
    rules,
    terms,
)

COURSES = (
    course("algebra"),
    course("statistics", tags=("seal",)),
    course("music", "art"),
    course("welding", "cte"),
)


def seal(ruleset: RuleSet, name: str = "seal", *more: Requirement) -> RuleSet:
    made = replace(ruleset, id=f"us-small/{name}/2020", diploma=name, title=f"Small {name.title()}")
    every = (*ruleset.requirements, *more)
    return replace(made, requirements=every, evidence=(("fafsa", "FAFSA"),))


def condition(name: str, of: Have | Done) -> Requirement:
    return Requirement(name, name.title(), 0, AnyCourse(), "us", condition=of)


FAFSA = condition("fafsa", Done(("fafsa",)))


def test_a_course_counts_in_the_diploma_and_in_each_rule_set_beside_it() -> None:
    also = (seal(rules(tags=("seal",))), seal(rules(math=100), "merit"))

    found = planned(request(COURSES, rules(math=100), also=also))

    assert set(places(found)) == {"statistics"}
    assert found.left == ()


def test_what_a_rule_set_asks_for_beside_the_diploma_is_in_the_plan() -> None:
    work = seal(rules(), "work", condition("trade", Have(SubjectIs("cte"), courses=1)))

    found = planned(request(COURSES, rules(math=100), also=(seal(rules(200, art=100)), work)))

    assert set(places(found)) == {"algebra", "music", "welding"}


def test_what_courses_cannot_do_is_left_and_says_for_what() -> None:
    found = planned(request(COURSES, rules(math=100), also=(seal(rules(), "seal", FAFSA),)))

    (left,) = found.left
    assert left.startswith("Small Seal: Fafsa is still open after this plan.")


def test_what_courses_of_a_rule_set_cannot_do_in_time_has_no_plan() -> None:
    also = (seal(rules(art=100)),)
    courses = tuple(one for one in COURSES if one.id != "music")

    refused(request(courses, rules(math=100), also=also))
    refused(request(COURSES, rules(math=100), also=also, ahead=terms(F9, most=100)))


def test_each_demand_of_a_rule_set_is_one_that_can_be_switched_off() -> None:
    also = seal(rules(200, art=100), "seal", condition("trade", Have(SubjectIs("cte"), courses=1)))
    draft = build_with_switches(request(COURSES, rules(math=100), also=(also,)))

    names = ("art", "electives", "trade")
    expected = {Cause(Kind.REQUIREMENT, f"{also.id}/{name}") for name in names}
    expected |= {Cause(Kind.TOTAL, also.id), Cause(Kind.TOTAL), Cause(Kind.REQUIREMENT, "math")}
    kinds = {Kind.REQUIREMENT, Kind.TOTAL}
    assert {cause for cause in draft.switches if cause.kind in kinds} == expected


def test_credit_counts_in_the_unit_of_each_rule_set() -> None:
    """Twenty of these credits are two of the diploma's."""
    tens = replace(seal(rules(math=2000)), carnegie_units=10)

    found = planned(request(COURSES, rules(math=100), also=(tens,)))

    assert set(places(found)) == {"algebra", "statistics"}


def test_a_plan_that_leaves_a_rule_set_short_is_a_defect() -> None:
    asked = request(COURSES, rules(math=100), also=(seal(rules(art=100)),))

    with pytest.raises(AssertionError, match="leaves Small Seal short: Art"):
        verified(asked, at(algebra=F9), as_of=AS_OF)
    assert len(verified(asked, at(algebra=F9, music=F9), as_of=AS_OF)) == 2


def test_courses_that_only_a_further_rule_set_tells_apart_are_not_alike() -> None:
    """Of courses that count alike only as many are posed as could be needed."""
    plain = tuple(course(f"a{number}") for number in range(6))
    asked = request((*plain, *COURSES), rules(math=100), also=(seal(rules(tags=("seal",))),))

    assert set(places(planned(asked))) == {"statistics"}
