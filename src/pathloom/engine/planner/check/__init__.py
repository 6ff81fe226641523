"""Checks a plan course by course, without a solver: the reading that every plan has to pass."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.engine.planner.check.limits import over_limits
from pathloom.engine.planner.check.loads import loads
from pathloom.engine.planner.check.needs import needs
from pathloom.engine.planner.check.places import locks, places, repeats
from pathloom.engine.planner.check.program import program
from pathloom.engine.planner.check.terms import finish
from pathloom.engine.planner.types import Finding, Placement, PlanRequest
from pathloom.engine.planner.view import View


def check_plan(request: PlanRequest, placements: Iterable[Placement]) -> tuple[Finding, ...]:
    """Say what is wrong with a plan, or worth knowing about it, for a plan made by anybody.

    Args:
        request: what the plan answers; its record, catalog, terms, locks, bans, limits, program.
        placements: courses in terms, in any order.
    Returns:
        Findings in the order of the plan (term, course, code), findings about the whole plan
        last. ``stop``: this plan cannot be carried out. ``warn``: it leaves out a step of the
        program. ``note``: what it takes for granted, and terms after graduation on time.
    """
    view = View.of(request, placements)
    found = [
        *places(view),
        *repeats(view),
        *needs(view),
        *loads(view),
        *over_limits(view),
        *locks(view),
        *finish(view),
        *program(view),
    ]
    return tuple(sorted(set(found), key=view.position))
