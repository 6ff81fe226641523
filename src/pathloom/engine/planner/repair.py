"""The nearest valid plan after something changed: a failed course, a schedule, a rule, a school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pathloom.engine.audit import audit
from pathloom.engine.planner import plan
from pathloom.engine.planner.beyond import wrongly_short
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.moves import PlanChange, changes_between, distance, still_ahead
from pathloom.engine.planner.outlook import with_plan
from pathloom.engine.planner.types import (
    Finding,
    GoalOrder,
    Infeasible,
    Level,
    Placement,
    Plan,
    PlanRequest,
    Undecided,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.rules.tracks import on_tracks


@dataclass(frozen=True, slots=True)
class Repaired:
    """The nearest valid plan: what changed first, then why it had to, then the plan itself.

    ``changes`` are moved, dropped and added courses, each in calendar order; there are none where
    the plan before still holds. ``because`` says what is wrong with the plan before, one sentence
    each. ``distance`` weighs the changes: a course that moved 1, one that was dropped or added 2.
    """

    changes: tuple[PlanChange, ...]
    because: tuple[str, ...]
    distance: int
    plan: Plan


def repair(request: PlanRequest, *, as_of: date) -> Repaired | Infeasible | Undecided:
    """Find the valid plan that changes least of the previous one.

    Whatever happened is in the request already: a failed course or a transfer in its record, a
    new schedule in its catalog or terms, a new rule in its rule set. Closeness to
    ``request.previous`` comes directly after the diploma and the program; among the nearest plans
    the usual goals decide. What of the previous plan is over when the first term begins is no
    change; a course or term that is gone is dropped, or moved.

    Args:
        request: see ``PlanRequest``; with an empty ``previous`` everything is added.
        as_of: the day of the plan's audit.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    found = plan(replace(request, order=GoalOrder.CLOSEST), as_of=as_of)
    if not isinstance(found, Plan):
        return found
    request = checked(request, as_of=as_of)
    before = still_ahead(request)
    findings = _wrong(request, before)
    changes = _with_reasons(changes_between(request, before, found.placements), findings)
    because = (*(one.what for one in findings), *_short(request, before, as_of=as_of))
    return Repaired(
        changes=changes,
        because=tuple(dict.fromkeys(because)),
        distance=distance(before, found.placements),
        plan=found,
    )


def _wrong(request: PlanRequest, before: tuple[Placement, ...]) -> tuple[Finding, ...]:
    """What the checker finds in the plan before, as things are now."""
    return tuple(one for one in check_plan(request, before) if one.level is not Level.NOTE)


def _short(request: PlanRequest, before: tuple[Placement, ...], *, as_of: date) -> Iterator[str]:
    """What the plan before leaves open although courses could fulfil it."""
    known = {course.id for course in request.catalog.courses}
    record = with_plan(
        request.record, (one for one in before if one.course in known), request.catalog
    )
    result = audit(record, request.ruleset, catalog=request.catalog, as_of=as_of)
    short = wrongly_short(result, on_tracks(request.ruleset, request.record.tracks))
    named = [each.title for each in short if each is not result.total]
    if short and not named:
        yield "There would not be enough credit in all."
    yield from (f"{title} would not be complete." for title in named)


def _with_reasons(
    changes: tuple[PlanChange, ...], findings: tuple[Finding, ...]
) -> tuple[PlanChange, ...]:
    """Add to each course that moved or was dropped what was wrong with it where it was."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        wrong[finding.course, finding.term].append(finding.what)
    return tuple(
        replace(change, why=" ".join(wrong.get((change.course, str(change.before)), ())))
        for change in changes
    )
