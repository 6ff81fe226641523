"""The same request has the same plan; what means nothing to a plan changes nothing in it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pathloom.engine.catalog import load_catalog
from pathloom.engine.planner import plan
from pathloom.engine.planner.outlook import remaining_terms
from pathloom.engine.planner.types import Plan, PlanRequest, Wishes
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import SchoolYear
from tests.engine.planner.exhaustive import Search
from tests.engine.planner.generated import FEWER, requests
from tests.engine.planner.small import AS_OF, course, request, rules

ROOT = Path(__file__).resolve().parents[3]
UNRELATED = replace(course("z", "gardening"), grades=(9, 10, 11, 12))


def planned(asked: PlanRequest) -> Plan:
    assume(Search(asked).plans)
    found = plan(asked, as_of=AS_OF)
    assert isinstance(found, Plan), found
    return found


def values(found: Plan) -> list[tuple[str, int]]:
    return [(one.goal, one.value) for one in found.goals]


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same value with courses named otherwise, wherever a course is named."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple | frozenset):
        return type(value)(renamed(one, names) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: renamed(getattr(value, f.name), names) for f in fields(value)}
        )
    return value


@FEWER
@given(requests())
def test_the_same_request_has_the_same_plan(asked: PlanRequest) -> None:
    assert planned(asked) == plan(asked, as_of=AS_OF)


@FEWER
@given(requests())
def test_the_names_of_courses_change_no_goal(asked: PlanRequest) -> None:
    names = {one.id: f"n{9 - number}" for number, one in enumerate(asked.catalog.courses)}

    assert values(planned(asked)) == values(planned(renamed(asked, names)))


@FEWER
@given(requests(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_listed_changes_nothing(asked: PlanRequest, chance: Any) -> None:
    def turned(several: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(several, len(several)))

    wishes = replace(
        asked.wishes, wanted=turned(asked.wishes.wanted), liked=turned(asked.wishes.liked)
    )
    other = replace(
        asked,
        catalog=replace(asked.catalog, courses=turned(asked.catalog.courses)),
        record=replace(asked.record, courses=turned(asked.record.courses)),
        wishes=wishes,
        limits=turned(asked.limits),
        previous=turned(asked.previous),
    )

    first, second = planned(asked), planned(other)
    assert first.placements == second.placements
    assert first.goals == second.goals


@FEWER
@given(requests())
def test_a_course_that_has_nothing_to_do_with_it_makes_no_goal_worse(asked: PlanRequest) -> None:
    assume(not asked.wishes.study_halls)  # what a free period is goes by the catalog's courses
    catalog = replace(asked.catalog, courses=(*asked.catalog.courses, UNRELATED))
    before = dict(values(planned(asked)))
    after = dict(values(planned(replace(asked, catalog=catalog))))

    both = [goal for goal in before if goal in after]
    assert [after[goal] for goal in both] <= [before[goal] for goal in both]


# -- in other processes

_ANSWER = """
import json, pickle, sys
from datetime import date
from pathlib import Path
from pathloom.engine.planner import plan
from pathloom.engine.planner.request import plan_document
asked = pickle.loads(Path(sys.argv[1]).read_bytes())
print(json.dumps(plan_document(plan(asked, as_of=date(2026, 7, 15)))))
"""


def answer(path: Path, *, seed: str) -> bytes:
    """What a process of its own answers, as it is printed."""
    run = subprocess.run(
        [sys.executable, "-c", _ANSWER, str(path)],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def small() -> PlanRequest:
    """Enough courses that are alike to have to choose among them."""
    courses = tuple(
        replace(course(f"course{number}"), tags=frozenset({"core", f"tag{number}", "lab"}))
        for number in range(9)
    )
    asked = request(courses, rules(400, math=200))
    return replace(asked, wishes=Wishes(liked=("course3", "course5"), avoided=("course1",)))


def of_the_demo() -> PlanRequest:
    """A student of the demo district, on the way to grade 9."""
    catalog = load_catalog(ROOT / "src/pathloom/portal/demo/data/us-ga/catalog.csv")
    return PlanRequest(
        record=StudentRecord("student", SchoolYear(2026)),
        ruleset=choose(
            load_rulebook(), "us-ga/diploma", entered_grade_9=SchoolYear(2026), as_of=AS_OF
        ),
        catalog=catalog,
        terms=remaining_terms(8, today=date(2026, 5, 1)),
        wishes=Wishes(wanted=tuple(one.id for one in catalog.courses[5:8])),
    )


@pytest.mark.parametrize("make", [small, of_the_demo])
def test_two_processes_give_the_same_answer_to_the_byte(
    make: Callable[[], PlanRequest], tmp_path: Path
) -> None:
    path = tmp_path / "request"
    path.write_bytes(pickle.dumps(make()))

    first, second = answer(path, seed="1"), answer(path, seed="20261122")

    assert json.loads(first)["status"] == "plan"
    assert first == second
