"""Over generated schools and rules with every construct: what a search of all plans finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import Status
from pathloom.engine.catalog import Course
from pathloom.engine.planner import plan
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Infeasible, Placement, Plan, PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.nodes import (
    Among,
    AnyCourse,
    Award,
    Cap,
    HasTag,
    Have,
    Hours,
    Matcher,
    Requirement,
    RuleSet,
    SubjectIs,
)
from pathloom.engine.units import Mark
from tests.engine.planner.small import AS_OF, F9, S9, course, request, rules, terms
from tests.engine.planner.test_properties import every_plan, holds

NAMES = ("a", "b", "c", "d", "e")
SLOW = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SUBJECTS = st.sampled_from(["math", "art", "cte"])
MATCHERS: st.SearchStrategy[Matcher] = st.one_of(
    st.just(AnyCourse()), SUBJECTS.map(SubjectIs), st.just(HasTag("lab"))
)


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Course, ...]:
    tags = st.lists(st.sampled_from(["lab", "p:one", "p:two"]), max_size=2, unique=True)
    return tuple(
        course(
            name,
            draw(SUBJECTS),
            credits=draw(st.sampled_from([50, 100])),
            tags=tuple(draw(tags)),
            repeatable=draw(st.sampled_from([False, False, False, True])),
        )
        for name in NAMES[: draw(st.integers(2, 5))]
    )


@st.composite
def haves(draw: st.DrawFn) -> Have:
    credits, courses = draw(st.sampled_from([(100, 0), (0, 1), (0, 2), (50, 1), (150, 0)]))
    among = Among("some", "Some", draw(MATCHERS), courses=1)
    return Have(
        draw(MATCHERS),
        credits,
        courses,
        same=draw(st.sampled_from(["", "p"])),
        among=(among,) if draw(st.booleans()) else (),
    )


@st.composite
def credits(draw: st.DrawFn, name: str, *, earn: int = 0) -> Requirement:
    among = Among(
        f"{name}-among", "Some", draw(MATCHERS), *draw(st.sampled_from([(50, 0), (0, 1)]))
    )
    return Requirement(
        name,
        name,
        earn or draw(st.sampled_from([50, 100, 150])),
        draw(MATCHERS),
        "us",
        same=draw(st.sampled_from(["", "", "p"])),
        among=(among,) if draw(st.sampled_from([True, False, False])) else (),
    )


def choice(name: str, *of: Requirement, choose: int = 1) -> Requirement:
    return Requirement(name, name, choose * of[0].earn, AnyCourse(), "us", choose=choose, of=of)


def condition(name: str, of: Have | Hours) -> Requirement:
    return Requirement(name, name, 0, AnyCourse(), "us", condition=of)


@st.composite
def requirements(draw: st.DrawFn, name: str) -> Requirement:
    kind = draw(st.sampled_from(["credit", "credit", "have", "choice", "of conditions"]))
    if kind == "credit":
        return draw(credits(name))
    if kind == "have":
        return condition(name, draw(haves()))
    if kind == "choice":
        sides = (draw(credits(f"{name}1", earn=100)), draw(credits(f"{name}2", earn=100)))
        return choice(name, *sides, choose=draw(st.sampled_from([1, 1, 2])))
    these = [condition(f"{name}{at}", draw(haves())) for at in range(2)]
    return choice(name, *these, choose=draw(st.sampled_from([1, 1, 2])))


@st.composite
def awards(draw: st.DrawFn) -> Award:
    completion = draw(st.booleans())
    return Award(
        id="award",
        when=None if completion else draw(MATCHERS),
        at_least=0 if completion else 100,
        title="Awarded",
        number="",
        subject=draw(SUBJECTS),
        tags=frozenset({"lab"}),
        credits=50,
        source="us",
        have=draw(haves()) if completion else None,
        in_total=draw(st.booleans()),
    )


@st.composite
def rulesets(draw: st.DrawFn) -> RuleSet:
    found = tuple(draw(requirements(name)) for name in "xy"[: draw(st.integers(1, 2))])
    earned = sum(one.earn for one in found)
    within = draw(st.sampled_from(["", "total", *(one.id for one in found if one.earn)]))
    cap = Cap("cap", "Cap", draw(MATCHERS), draw(st.sampled_from([50, 100])), "us", within)
    return replace(
        rules(),
        requirements=found,
        total=earned + draw(st.sampled_from([0, 0, 50])),
        families=(("p", "pathway"),),
        caps=(cap,) if draw(st.sampled_from([True, False])) else (),
        awards=(draw(awards()),) if draw(st.sampled_from([True, False])) else (),
    )


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    record = []
    for name in draw(st.lists(st.sampled_from(NAMES[:2]), max_size=1)):
        state = draw(st.sampled_from([State.EARNED, State.IN_PROGRESS]))
        mark = Mark.parse("80") if state is State.EARNED else None
        record.append(CourseRecord(f"r-{name}", 100, state, course=name, mark=mark))
    most = draw(st.sampled_from([100, 200, 300]))
    return request(
        draw(catalogs()), draw(rulesets()), ahead=terms(F9, S9, most=most), record=tuple(record)
    )


@SLOW
@given(requests())
def test_a_plan_is_found_exactly_when_there_is_one(asked: PlanRequest) -> None:
    found = plan(asked, as_of=AS_OF)

    there_is_one = any(holds(asked, placements) for placements in every_plan(asked))
    assert isinstance(found, Plan if there_is_one else Infeasible), found


@settings(SLOW, max_examples=80)
@given(requests(), haves(), st.sampled_from([1, 1, 2]))
def test_what_needs_more_than_courses_is_done_by_courses_where_they_can(
    asked: PlanRequest, have: Have, choose: int
) -> None:
    """Hours beside it never stand in the way of a plan, and are never claimed."""
    hours = condition("hours", Hours(("service",), 100))
    more = choice("more", hours, condition("more-have", have), choose=choose)
    wider = replace(
        asked,
        ruleset=replace(asked.ruleset, requirements=(*asked.ruleset.requirements, hours, more)),
    )
    possible = [placed for placed in every_plan(asked) if holds(asked, placed)]
    by_courses = any(is_met(wider, placed, "more-have") for placed in possible)

    found = plan(wider, as_of=AS_OF)

    if choose == 2 and not by_courses:
        possible = []
    assert isinstance(found, Plan if possible else Infeasible), found
    if isinstance(found, Plan):
        assert is_met(wider, found.placements, "more-have") == by_courses
        left = [sentence.split(" is still open")[0] for sentence in found.left]
        assert left == ["hours"] if by_courses and choose == 1 else ["hours", "more"]


def is_met(asked: PlanRequest, placed: tuple[Placement, ...], name: str) -> bool:
    record = with_plan(asked.record, placed, asked.catalog)
    result = audit(record, asked.ruleset, catalog=asked.catalog, as_of=AS_OF)
    return next(one for one in result.walk() if one.id == name).status is not Status.SHORT
