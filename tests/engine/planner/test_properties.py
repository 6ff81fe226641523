"""Over small generated schools: there is a plan exactly when an exhaustive search finds one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import Status
from pathloom.engine.catalog import AllOf, AnyOf, Course, CourseNeed, Need, Step
from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import Infeasible, Level, Placement, Plan, PlanRequest
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Mark, Term
from tests.engine.planner.small import AS_OF, F9, F10, S9, course, request, rules, terms

NAMES = ("a", "b", "c", "d")
AHEAD = (F9, S9, F10)
SLOW = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEWER = settings(SLOW, max_examples=40)  # for the tests of changes to plans


@st.composite
def needs(draw: st.DrawFn, earlier: tuple[str, ...]) -> Need | None:
    if not earlier or draw(st.booleans()):
        return None
    some = st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True)
    parts = tuple(
        CourseNeed(
            name,
            minimum=draw(st.sampled_from([None, None, Mark.parse("70")])),
            concurrent=draw(st.booleans()),
        )
        for name in draw(some)
    )
    if len(parts) == 1:
        return parts[0]
    if draw(st.booleans()):
        return AllOf(parts)
    return AnyOf((parts[0], AllOf((parts[1],))))


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Course, ...]:
    return tuple(
        course(
            name,
            draw(st.sampled_from(["math", "art"])),
            needs=draw(needs(NAMES[:index])),
            credits=draw(st.sampled_from([50, 100])),
            parts=draw(st.sampled_from(["fs", "fs", "f", "s"])),
            grades=draw(st.sampled_from([(9, 10), (9, 10), (10,)])),
            tags=tuple(draw(st.lists(st.sampled_from(["core", "lab"]), max_size=2, unique=True))),
            repeatable=draw(st.sampled_from([False, False, False, True])),
        )
        for index, name in enumerate(NAMES)
    )


@st.composite
def records(draw: st.DrawFn) -> tuple[CourseRecord, ...]:
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)):
        state = draw(st.sampled_from([State.EARNED, State.FAILED, State.IN_PROGRESS]))
        mark = Mark.parse(draw(st.sampled_from(["60", "75"]))) if state is State.EARNED else None
        found.append(CourseRecord(f"r-{name}", 100, state, course=name, mark=mark))
    return tuple(found)


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    courses = draw(catalogs())
    places = st.builds(Placement, st.sampled_from(NAMES), st.sampled_from(AHEAD))
    steps = draw(
        st.lists(
            st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(
                lambda names: Step(tuple(names), 9)
            ),
            max_size=2,
        )
    )
    wanted = draw(st.sampled_from([50, 100, 150]))
    ruleset = rules(
        wanted + draw(st.sampled_from([0, 50, 100])),
        tags=("core",) if draw(st.booleans()) else (),
        **{draw(st.sampled_from(["math", "art"])): wanted},
    )
    most, least = draw(st.sampled_from([(100, 0), (150, 0), (200, 0), (200, 50), (200, 100)]))
    return request(
        courses,
        ruleset,
        ahead=terms(*AHEAD[: draw(st.integers(2, 3))], most=most, least=least),
        record=draw(records()),
        steps=tuple(steps),
        locks=tuple(lock for lock in draw(st.lists(places, max_size=1)) if lock.term in AHEAD[:2]),
        bans=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
    )


def every_plan(asked: PlanRequest) -> Iterator[tuple[Placement, ...]]:
    """Every way to put courses into terms: each once or not at all, repeatable ones in any."""
    ahead = [entry.term for entry in asked.terms]
    once: list[tuple[Term, ...]] = [(), *((term,) for term in ahead)]
    several = [
        tuple(term for term, there in zip(ahead, chosen, strict=True) if there)
        for chosen in product([False, True], repeat=len(ahead))
    ]
    choices = [several if one.repeatable else once for one in asked.catalog.courses]
    for chosen in product(*choices):
        yield tuple(
            Placement(one.id, term)
            for one, places in zip(asked.catalog.courses, chosen, strict=True)
            for term in places
        )


def holds(asked: PlanRequest, placements: tuple[Placement, ...]) -> bool:
    """Whether a plan obeys everything, by the checker and the audit alone."""
    if any(one.level is not Level.NOTE for one in check_plan(asked, placements)):
        return False
    record = with_plan(asked.record, placements, asked.catalog)
    status = audit(record, asked.ruleset, catalog=asked.catalog, as_of=AS_OF).status
    return status is not Status.SHORT


@SLOW
@given(requests())
def test_a_plan_is_found_exactly_when_an_exhaustive_search_finds_one(asked: PlanRequest) -> None:
    found = plan(asked, as_of=AS_OF)

    there_is_one = any(holds(asked, placements) for placements in every_plan(asked))
    assert isinstance(found, Plan if there_is_one else Infeasible), found
