"""Three plans that really differ from the present one, side by side by the stated goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pathloom.engine.planner import attempt, plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.figures import Figure, figures
from pathloom.engine.planner.ideas import Base, Idea, Offer, offers
from pathloom.engine.planner.moves import PlanChange, changes_between, difference
from pathloom.engine.planner.repair import plan_before
from pathloom.engine.planner.types import (
    GoalOrder,
    Infeasible,
    Level,
    Placement,
    Plan,
    PlanRequest,
    Undecided,
)
from pathloom.engine.planner.validate import checked
from pathloom.engine.planner.watch import Progress, Watch, nobody, within

WANTED = 3
EFFORT = 0.15  # at most, for each plan that is tried: a good one, whether proved or not
DIFFERENT = 10  # percent of placements in which two plans differ at least


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan: the idea behind it, what it reaches, and what differs from the present plan.

    ``difference`` is the share of placements that differ from the present plan, in percent.
    """

    idea: Idea
    title: str
    plan: Plan
    figures: tuple[Figure, ...]
    changes: tuple[PlanChange, ...]
    difference: int


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The present plan with its figures, and up to three others.

    ``present`` is the plan before, as far as it is still ahead, where it holds; the nearest one
    that does, where it does not; and the best one where there is none before. All ``figures`` are
    those of the same goals, in the same order. ``missing`` says of each idea without a plan why,
    where there are fewer than three others.
    """

    present: tuple[Placement, ...]
    figures: tuple[Figure, ...]
    others: tuple[Alternative, ...]
    missing: tuple[str, ...]


def alternatives(
    request: PlanRequest, *, as_of: date, watch: Watch = nobody
) -> Alternatives | Infeasible | Undecided:
    """Find up to three plans that differ from the present one, and from each other.

    Other options of the program's steps, more college credit, a lighter last year, and other
    courses that count the same, in this order. Each is planned from a changed request, close to
    the present plan where the idea leaves it open, and checked against the request as it was asked.
    Two plans differ when at least ``DIFFERENT`` percent of their placements do.

    Args:
        request: see ``PlanRequest``.
        as_of: the day of the plans' audits.
        watch: is told before each idea and at each step of it, and may raise ``Cancelled``.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    steps = len(Idea) + 1
    looking = Progress(0, steps, "Reading the plan as it is")
    present = _present(request, as_of=as_of, watch=within(watch, looking))
    if not isinstance(present, tuple):
        return present
    request = checked(request, as_of=as_of)
    effort = min(request.effort, EFFORT)
    asked = replace(request, previous=present, order=GoalOrder.NEAR, effort=effort)
    base = Base(asked, present, as_of)
    found: list[Alternative] = []
    missing: list[str] = []
    for number, offer in enumerate(offers(base), 1):
        if len(found) == WANTED:
            break
        part = within(watch, Progress(number, steps, f"Looking for this plan: {offer.title}"))
        there = [present, *(one.plan.placements for one in found)]
        other = _planned(offer, base, there, watch=part)
        if isinstance(other, Plan):
            found.append(_alternative(request, offer, present, other))
        else:
            missing.append(f"{offer.title}: {other}")
    return Alternatives(
        present=present,
        figures=figures(request, present),
        others=tuple(found),
        missing=() if len(found) == WANTED else tuple(missing),
    )


def _present(
    request: PlanRequest, *, as_of: date, watch: Watch
) -> tuple[Placement, ...] | Infeasible | Undecided:
    """The plan with which others are compared: see ``Alternatives``."""
    before = plan_before(request, as_of=as_of)
    if before.placements and not before.broke:
        return before.placements
    order = GoalOrder.CLOSEST if before.placements else request.order
    found = plan(replace(request, order=order), as_of=as_of, watch=watch)
    return found.placements if isinstance(found, Plan) else found


def _planned(
    offer: Offer, base: Base, there: Sequence[tuple[Placement, ...]], *, watch: Watch
) -> Plan | str:
    """The first plan of an idea that differs from those there are; else why there is none."""
    near = False
    for asked in offer.requests:
        found = attempt(asked, as_of=base.as_of, watch=watch)
        if not isinstance(found, Plan) or not offer.fits(base, found.placements):
            continue
        if all(difference(one, found.placements) >= DIFFERENT for one in there):
            return found
        near = True
    return "It would be nearly the same plan." if near else offer.none


def _alternative(
    request: PlanRequest, offer: Offer, present: tuple[Placement, ...], other: Plan
) -> Alternative:
    """Describe another plan by the goals of the request as it was asked.

    Raises:
        AssertionError: it does not answer that request: a defect of the idea.
    """
    wrong = [one for one in check_plan(request, other.placements) if one.level is not Level.NOTE]
    if wrong:
        raise AssertionError(f"another plan breaks a rule of the request: {wrong[0].what}")
    return Alternative(
        idea=offer.idea,
        title=offer.title,
        plan=other,
        figures=figures(request, other.placements),
        changes=changes_between(request, present, other.placements),
        difference=difference(present, other.placements),
    )
