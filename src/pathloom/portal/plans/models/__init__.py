"""The tables of plans."""

from pathloom.portal.plans.models.plan import (
    Comment,
    GraduationPlan,
    PlanJob,
    PlanVersion,
    PlanWishes,
    SignOff,
    StudentAudit,
)

__all__ = [
    "Comment",
    "GraduationPlan",
    "PlanJob",
    "PlanVersion",
    "PlanWishes",
    "SignOff",
    "StudentAudit",
]
