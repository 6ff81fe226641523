"""What pages ask about plans; nothing here writes."""

from pathloom.portal.plans.queries.lists import (
    Need,
    StudentRow,
    caseload_of,
    children_of,
)
from pathloom.portal.plans.queries.standing import (
    Area,
    NextStep,
    Standing,
    areas_of,
    audit_of,
    findings_of,
    where_i_stand,
)
from pathloom.portal.plans.queries.versions import (
    Comparison,
    Placed,
    Signature,
    Signatures,
    comments_of,
    compare,
    latest_submitted,
    plan_of,
    signatures_of,
    versions_of,
)

__all__ = [
    "Area",
    "Comparison",
    "Need",
    "NextStep",
    "Placed",
    "Signature",
    "Signatures",
    "Standing",
    "StudentRow",
    "areas_of",
    "audit_of",
    "caseload_of",
    "children_of",
    "comments_of",
    "compare",
    "findings_of",
    "latest_submitted",
    "plan_of",
    "signatures_of",
    "versions_of",
    "where_i_stand",
]
