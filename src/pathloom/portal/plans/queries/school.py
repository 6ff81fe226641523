"""How a school plans, as rows and as the engine's values."""

from __future__ import annotations

from dataclasses import replace

from django.forms.models import model_to_dict
from pydantic import TypeAdapter

from pathloom.engine.planner.types import Counted, Limit, PlanTerm
from pathloom.engine.units import Credits
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.queries import courses_of
from pathloom.portal.plans.models import SchoolPlanning
from pathloom.portal.records.snapshot import fingerprint

LIMITS: TypeAdapter[tuple[Limit, ...]] = TypeAdapter(tuple[Limit, ...])


def planning_of(school: School) -> SchoolPlanning:
    """How a school plans; the usual, not saved, before it said so. One query."""
    found = SchoolPlanning.objects.filter(school=school).first()
    return found or SchoolPlanning(school=school)


def tags_of(school: School) -> set[str]:
    """The tags of the courses that a school offers; one query."""
    every = courses_of(school).values_list("tags", flat=True)
    return {tag for tags in every for tag in tags}


def limits_of(kept: SchoolPlanning) -> tuple[Limit, ...]:
    """The limits of a school."""
    return LIMITS.validate_python(kept.limits)


def limits_that_count(kept: SchoolPlanning, *, agreements: bool) -> tuple[Limit, ...]:
    """The limits that a plan is asked to keep.

    One on hours at a college holds nothing back where no agreement grants any, and the planner
    refuses to count them.
    """
    return tuple(
        limit for limit in limits_of(kept) if agreements or limit.counted is not Counted.HOURS
    )


def with_load(
    entry: PlanTerm, *, most: Credits, least: Credits, target: Credits | None
) -> PlanTerm:
    """A term with a load in which nothing crosses: the most decides, then the least."""
    least = min(least, most)
    aimed = None if target is None else min(max(target, least), most)
    return replace(entry, most=most, least=least, target=aimed)


def fingerprint_of(kept: SchoolPlanning) -> str:
    """One hash of what a school asks, so that a page knows whether it is still so."""
    return fingerprint(model_to_dict(kept, exclude=("id", "school")))
