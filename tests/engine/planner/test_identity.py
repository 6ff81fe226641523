"""The identity of a plan request: the same for the same, another for anything else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from pathloom.engine.planner.identity import identity
from pathloom.engine.planner.types import GoalOrder, Limit, PlanRequest, Wishes
from pathloom.engine.rules.nodes import AnyCourse, EachOf, HasTag, NoneOf, OneOf, Requirement
from tests.engine.planner.colleges import agreement, agreements
from tests.engine.planner.small import AS_OF, F9, S9, SCHOOL, at, course, request, rules, taken

ASKED = request(SCHOOL, rules(math=100))
OTHER = {
    "record": replace(ASKED.record, courses=(taken("algebra"),)),
    "ruleset": rules(math=200),
    "catalog": replace(ASKED.catalog, courses=SCHOOL[:-1]),
    "terms": ASKED.terms[:-1],
    "program": "p",
    "also": (rules(art=100),),
    "locks": at(algebra=F9),
    "bans": ("algebra",),
    "staff_locks": at(algebra=F9),
    "staff_bans": ("algebra",),
    "wishes": Wishes(liked=("algebra",)),
    "limits": (Limit("Two periods", "study-hall", 200),),
    "agreements": agreements(agreement("algebra")),
    "previous": at(algebra=F9),
    "on_time": S9,
    "finish": S9,
    "seed": 2,
    "effort": 1.0,
    "order": GoalOrder.NEAR,
}


def test_equal_requests_have_one_identity() -> None:
    again = request(SCHOOL, rules(math=100))

    assert again is not ASKED
    assert identity(again, AS_OF) == identity(ASKED, AS_OF)
    assert len(identity(ASKED, AS_OF)) == 64


def test_another_day_is_another_identity() -> None:
    assert identity(ASKED, AS_OF + timedelta(days=1)) != identity(ASKED, AS_OF)


@pytest.mark.parametrize("name", [each.name for each in fields(PlanRequest)])
def test_every_field_of_a_request_is_part_of_its_identity(name: str) -> None:
    assert identity(replace(ASKED, **{name: OTHER[name]}), AS_OF) != identity(ASKED, AS_OF)


def test_rules_that_differ_only_in_the_kind_of_a_condition_have_two_identities() -> None:
    art, music = HasTag("art"), HasTag("music")
    matchers = (OneOf((art, music)), EachOf((art, music)), NoneOf(art), AnyCourse())
    found = {
        identity(replace(ASKED, ruleset=replace(rules(), requirements=(_asking(matcher),))), AS_OF)
        for matcher in matchers
    }
    assert len(found) == len(matchers)


def _asking(matcher: OneOf | EachOf | NoneOf | AnyCourse) -> Requirement:
    return Requirement(id="any", title="Any", earn=100, match=matcher, source="us")


def test_the_order_in_which_a_set_lists_itself_does_not_matter() -> None:
    """Each process hashes words in its own way, and so lists the tags of a course in its own."""
    program = (
        "from tests.engine.planner.test_identity import tagged, identity, AS_OF;"
        "print(identity(tagged(), AS_OF))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert found == {f"{identity(tagged(), AS_OF)}\n"}


def tagged() -> PlanRequest:
    return request((course("art", tags=tuple("abcdefgh")),), rules(math=100))
