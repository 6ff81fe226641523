"""Courses that a plan could still hold and that would count at a college."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pathloom.engine.planner.candidates import Outlook
from pathloom.engine.planner.college.places import at_colleges
from pathloom.engine.planner.college.plan import credit_of_plan
from pathloom.engine.planner.college.types import CollegeCredit
from pathloom.engine.planner.types import Placement, PlanRequest
from pathloom.engine.units import CreditsField


@dataclass(frozen=True, slots=True)
class CouldCount:
    """A course that would add ``hours`` (hundredths) at a college, and what it counts as there."""

    course: str
    title: str
    hours: CreditsField
    code: str
    counts_as: str
    college: str


def more_that_counts(
    request: PlanRequest, placements: Iterable[Placement], *, as_of: date
) -> tuple[CouldCount, ...]:
    """List courses that could still be taken, are not in the plan, and would add college hours.

    Each is judged by itself, in the first term in which it is open; whether it fits beside the
    others is for the planner to say. Most hours first, then by course id.
    """
    planned = tuple(placements)
    now = credit_of_plan(request, planned, as_of=as_of)
    if now is None:
        return ()
    found: list[CouldCount] = []
    for place in _open_beside(request, {each.course for each in planned}):
        then = credit_of_plan(request, (*planned, place), as_of=as_of)
        if then is not None:
            found += _added(place, now, then)
    return tuple(sorted(found, key=lambda one: (-one.hours, one.course)))


def _open_beside(request: PlanRequest, planned: Collection[str]) -> Iterator[Placement]:
    """Courses that an agreement names, in the first term in which each is open."""
    outlook = Outlook(request)
    for course in outlook.courses.values():
        terms = outlook.open_terms[course.id]
        if terms and course.id not in planned and outlook.agreed[course.id]:
            yield Placement(course.id, request.terms[terms[0]].term)


def _added(place: Placement, now: CollegeCredit, then: CollegeCredit) -> Iterator[CouldCount]:
    """What a course adds at the college where it adds most; nothing where it adds nothing."""
    before = {each.institution: each.hours.banked for each in at_colleges(now)}
    gains = {
        each.institution: each.hours.banked - before.get(each.institution, 0)
        for each in at_colleges(then)
    }
    best = min(gains, key=lambda name: (-gains[name], name), default="")
    new = {each.record for each in then.claims} - {each.record for each in now.claims}
    for claim in then.claims:
        if claim.record in new and claim.institution == best and claim.counted and gains[best] > 0:
            yield CouldCount(
                course=place.course,
                title=claim.course,
                hours=gains[best],
                code=claim.code,
                counts_as=claim.title,
                college=claim.college,
            )
            return
