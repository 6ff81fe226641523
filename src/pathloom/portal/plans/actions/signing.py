"""Handing a plan in, signing it, sending it back."""

from __future__ import annotations

from pathloom.portal.accounts.models import User
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff


def submit_plan(
    *, plan: GraduationPlan, expected_head: int, by: User, seen_hash: str, key: str
) -> SignOff:
    """Hand in the newest version; this is the student's signature."""
    raise NotImplementedError


def sign_plan(*, version: PlanVersion, role: str, by: User, seen_hash: str, key: str) -> SignOff:
    """Sign the version handed in last, as guardian or counselor."""
    raise NotImplementedError


def return_plan(*, version: PlanVersion, by: User, text: str) -> PlanVersion:
    """Send the version handed in last back to the student, with words."""
    raise NotImplementedError
