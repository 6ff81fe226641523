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
from pathloom.portal.plans.models.school import SchoolPlanning

__all__ = [
    "Comment",
    "GraduationPlan",
    "PlanJob",
    "PlanVersion",
    "PlanWishes",
    "SchoolPlanning",
    "SignOff",
    "StudentAudit",
]
