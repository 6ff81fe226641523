"""How a school plans, as a page keeps it in mind."""

from __future__ import annotations

from django.forms.models import model_to_dict

from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.queries import courses_of
from pathloom.portal.records.snapshot import fingerprint


def tags_of(school: School) -> set[str]:
    """The tags of the courses that a school offers; one query."""
    every = courses_of(school).values_list("tags", flat=True)
    return {tag for tags in every for tag in tags}


def fingerprint_of(kept: SchoolPlanning) -> str:
    """One hash of what a school asks, so that a page knows whether it is still so."""
    return fingerprint(model_to_dict(kept, exclude=("id", "school")))
