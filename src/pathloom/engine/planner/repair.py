"""The nearest valid plan after something changed: a failed course, a schedule, a rule, a school."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pathloom.engine.planner import best
from pathloom.engine.planner.because import Before
from pathloom.engine.planner.moves import PlanChange, changes_between, distance, still_ahead
from pathloom.engine.planner.types import GoalOrder, Infeasible, Plan, PlanRequest, Undecided
from pathloom.engine.planner.validate import checked
from pathloom.engine.planner.watch import Watch, nobody


@dataclass(frozen=True, slots=True)
class Repaired:
    """The nearest valid plan: what changed first, then why it had to, then the plan itself.

    ``changes`` are moved, dropped and added courses, each in calendar order and with its reason;
    there are none where the plan before still holds. ``because`` says what is wrong with the plan
    before, one sentence each. ``distance`` weighs the changes: a course that moved 1, one that was
    dropped or added 2.
    """

    changes: tuple[PlanChange, ...]
    because: tuple[str, ...]
    distance: int
    plan: Plan


def repair(
    request: PlanRequest, *, as_of: date, watch: Watch = nobody
) -> Repaired | Infeasible | Undecided:
    """Find the valid plan that changes least of the previous one.

    Whatever happened is in the request already: a failed course or a transfer in its record, a
    new schedule in its catalog or terms, a new rule in its rule set. Closeness to
    ``request.previous`` comes directly after the diploma and the program; among the nearest plans
    the usual goals decide. What of the previous plan is over when the first term begins is no
    change; a course or term that is gone is dropped, or moved.

    Args:
        request: see ``PlanRequest``; with an empty ``previous`` everything is added.
        as_of: the day of the plan's audit.
        watch: is told before each step, and may raise ``Cancelled``.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    request = checked(request, as_of=as_of)
    found = best(replace(request, order=GoalOrder.CLOSEST), as_of=as_of, watch=watch)
    if not isinstance(found, Plan):
        return found
    before = Before(request, still_ahead(request), as_of)
    changes = changes_between(before.request, before.placements, found.placements)
    return Repaired(
        changes=before.explained(changes, found.placements),
        because=before.broke,
        distance=distance(before.placements, found.placements),
        plan=found,
    )


def plan_before(request: PlanRequest, *, as_of: date) -> Before:
    """Read the part of the previous plan that is still ahead, and what is wrong with it now.

    Args:
        request: see ``PlanRequest``.
        as_of: the day for which it is audited.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    request = checked(request, as_of=as_of)
    return Before(request, still_ahead(request), as_of)
