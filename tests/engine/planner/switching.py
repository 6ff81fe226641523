"""A student of one program of study in a small school with several, one step for each course."""

from __future__ import annotations

from dataclasses import replace

from pathloom.engine.catalog import ProgramOfStudy, Step
from pathloom.engine.planner.switch import Switch, switches
from pathloom.engine.planner.types import PlanRequest
from tests.engine.planner.small import AS_OF, course, request, rules

COURSES = (
    course("algebra"),
    course("wood1", "cte"),
    course("wood2", "cte", needs="wood1"),
    course("weld1", "cte"),
    course("weld2", "cte", needs="weld1", parts="f"),
    course("cook1", "cte"),
    course("cook2", "cte", needs="cook1"),
)
WOOD, WELD, COOK = ("wood1", "wood2"), ("weld1", "weld2"), ("cook1", "cook2")


def school(*programs: tuple[str, ...], **more: object) -> PlanRequest:
    """A student of the first program in a school with these programs, a step for each course."""
    made = request(COURSES, rules(300, cte=100), **more)  # type: ignore[arg-type]
    offered = tuple(
        ProgramOfStudy(names[0][:-1], names[0].title(), tuple(Step((name,)) for name in names))
        for names in programs
    )
    catalog = replace(made.catalog, programs=offered)
    return replace(made, catalog=catalog, program=offered[0].id)


def by_program(asked: PlanRequest) -> dict[str, Switch]:
    return {found.program: found for found in switches(asked, as_of=AS_OF)}
