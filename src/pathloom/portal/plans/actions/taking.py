"""Taking a plan that was worked out: another plan, or a repair."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from pathloom.engine.planner.types import Placement
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans.actions.versions import Draft, Planned, claim, keep_version
from pathloom.portal.plans.checks import acting_role, assess
from pathloom.portal.plans.jobs import is_current
from pathloom.portal.plans.models import GraduationPlan, PlanJob, PlanVersion
from pathloom.portal.plans.snapshot import basis_of_version


@transaction.atomic
def take_plan(
    *,
    plan: GraduationPlan,
    expected_head: int,
    job: PlanJob,
    placements: Iterable[Placement],
    planned: Planned,
    why: str,
    by: User,
) -> PlanVersion:
    """Keep placements that a job found for a plan as its next draft.

    Only what is still to come is replaced; terms that have begun stay as they are.

    Args:
        expected_head: id of the version on the page; any other newest version is a ``Conflict``.
        job: the finished job that found them; its question has to be that of today.
        planned: what the planner says of them.
        why: what the version says about its making.
    Raises:
        Conflict: the plan has changed since the page was opened; nothing was saved.
        UserError: not the student's own plan now, or the answer is older than the last change.
    """
    acting_role(by, plan.student, "plan.edit")
    head = claim(plan, expected_head=expected_head)
    if head is None or not is_current(job):
        raise UserError(
            _("This was worked out before the last change."), _("Work it out again, then choose.")
        )
    basis = basis_of_version(head, on=today(plan.student.district))
    past = [list(place) for place in head.placements if place[1] not in basis.open_terms()]
    places = [*past, *([each.course, str(each.term)] for each in placements)]
    return keep_version(
        plan,
        parent=head,
        draft=Draft(places, head.program_version, why, planned=planned),
        basis=basis,
        assessed=assess(basis, places),
        by=by,
        action="take_plan",
        data={"kind": job.kind, "job": job.pk, "inputs_hash": job.inputs_hash},
    )
