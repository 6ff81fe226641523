"""Three plans that really differ from the usual one, side by side by the stated goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pathloom.engine.planner import plan
from pathloom.engine.planner.check import check_plan
from pathloom.engine.planner.diagnose import has_plan
from pathloom.engine.planner.figures import Figure, figures
from pathloom.engine.planner.ideas import Base, Idea, Offer, offers
from pathloom.engine.planner.moves import PlanChange, changes_between, difference
from pathloom.engine.planner.types import GoalOrder, Infeasible, Level, Plan, PlanRequest, Undecided
from pathloom.engine.planner.validate import checked

WANTED = 3
EFFORT = 0.5  # at most, for each plan that is tried beside the usual one
DIFFERENT = 10  # percent of placements in which two plans differ at least


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan: the idea behind it, what it reaches, and what differs from the usual plan.

    ``difference`` is the share of placements that differ from the usual plan, in percent.
    """

    idea: Idea
    title: str
    plan: Plan
    figures: tuple[Figure, ...]
    changes: tuple[PlanChange, ...]
    difference: int


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The usual plan with its figures, and up to three others.

    All ``figures`` are those of the same goals, in the same order. ``missing`` says of each idea
    without a plan why, where there are fewer than three others.
    """

    usual: Plan
    figures: tuple[Figure, ...]
    others: tuple[Alternative, ...]
    missing: tuple[str, ...]


def alternatives(request: PlanRequest, *, as_of: date) -> Alternatives | Infeasible | Undecided:
    """Find up to three plans that differ from the usual one, and from each other.

    Other options of the program's steps, more college credit, a lighter last year, and other
    courses that count the same, in this order. Each is planned from a changed request, close to
    the usual plan where the idea leaves it open, and checked against the request as it was asked.
    Two plans differ when at least ``DIFFERENT`` percent of their placements do.

    Args:
        request: see ``PlanRequest``.
        as_of: the day of the plans' audits.
    Raises:
        RequestError, CatalogError, RecordError: what is wrong with the input, all of it.
    """
    usual = plan(request, as_of=as_of)
    if not isinstance(usual, Plan):
        return usual
    request = checked(request, as_of=as_of)
    effort, near = min(request.effort, EFFORT), usual.placements
    asked = replace(request, previous=near, order=GoalOrder.NEAR, effort=effort)
    base = Base(asked, near)
    found: list[Alternative] = []
    missing: list[str] = []
    for offer in offers(base):
        if len(found) == WANTED:
            break
        other = _planned(offer, base, [usual, *(one.plan for one in found)], as_of=as_of)
        if isinstance(other, Plan):
            found.append(_alternative(request, offer, usual, other))
        else:
            missing.append(f"{offer.title}: {other}")
    return Alternatives(
        usual=usual,
        figures=figures(request, usual.placements),
        others=tuple(found),
        missing=() if len(found) == WANTED else tuple(missing),
    )


def _planned(offer: Offer, base: Base, plans: Sequence[Plan], *, as_of: date) -> Plan | str:
    """The first plan of an idea that differs from those there are; else why there is none."""
    near = False
    for asked in offer.requests:
        found = plan(asked, as_of=as_of) if has_plan(asked) else None
        if not isinstance(found, Plan) or not offer.fits(base, found.placements):
            continue
        if all(difference(one.placements, found.placements) >= DIFFERENT for one in plans):
            return found
        near = True
    return "It would be nearly the same plan." if near else offer.none


def _alternative(request: PlanRequest, offer: Offer, usual: Plan, other: Plan) -> Alternative:
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
        changes=changes_between(request, usual.placements, other.placements),
        difference=difference(usual.placements, other.placements),
    )
