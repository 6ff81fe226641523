"""Edits of the newest version: each makes a new version and loses nobody's accepted edit."""

from __future__ import annotations

from pathloom.portal.accounts.models import User
from pathloom.portal.plans.models import GraduationPlan, PlanVersion


def move_course(
    *,
    plan: GraduationPlan,
    expected_head: int,
    course: str,
    term: str,
    by: User,
    from_term: str = "",
) -> PlanVersion:
    """Move a planned course into another term still to come."""
    raise NotImplementedError


def add_course(
    *, plan: GraduationPlan, expected_head: int, course: str, term: str, by: User
) -> PlanVersion:
    """Add a course of the catalog to a term still to come."""
    raise NotImplementedError


def remove_course(
    *, plan: GraduationPlan, expected_head: int, course: str, by: User, from_term: str = ""
) -> PlanVersion:
    """Take a planned course out of a term still to come."""
    raise NotImplementedError


def swap_course(
    *,
    plan: GraduationPlan,
    expected_head: int,
    course: str,
    instead: str,
    by: User,
    from_term: str = "",
) -> PlanVersion:
    """Put the course ``instead`` in the place of a planned course."""
    raise NotImplementedError


def undo_edit(*, plan: GraduationPlan, expected_head: int, by: User) -> PlanVersion:
    """Go back one step: the content before the last edit, as a new version."""
    raise NotImplementedError
