"""Publishing what a district has agreed with colleges."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import may_agree
from pathloom.portal.programs.actions.publish import refuse_draft
from pathloom.portal.programs.models import (
    CollegeAgreements,
)


@transaction.atomic
def publish_agreements(version: CollegeAgreements, *, by: User) -> CollegeAgreements:
    """Let a version of the agreements with colleges hold for the district from now on.

    Args:
        version: a draft; its author is somebody else.
        by: an administrator of the district; becomes the reviewer.
    Raises:
        UserError: the role is missing, the author publishes their own version, it is published
            already, a later version is, or what it says does not hold together.
    """
    District.objects.select_for_update().get(pk=version.district_id)
    version = CollegeAgreements.objects.select_related("district").get(pk=version.pk)
    _refuse_agreements(version, by=by)
    version.reviewer = by
    version.published_at = timezone.now()
    version.save(update_fields=["reviewer", "published_at"])
    record_event(
        by=by,
        action="publish_agreements",
        obj=version,
        district_id=version.district_id,
        data={"number": version.number},
    )
    return version


def _refuse_agreements(version: CollegeAgreements, *, by: User) -> None:
    if not may_agree(by, version.district):
        raise UserError(
            _("You may not publish agreements of this district."),
            _("Ask an administrator of the district."),
        )
    published = CollegeAgreements.objects.filter(
        district=version.district_id, published_at__isnull=False
    )
    newest = published.order_by("-number").first()
    refuse_draft(version, by=by, newest=newest.number if newest else 0)
    problems = checks.problems_of_agreements(version)
    if problems:
        raise UserError(
            " ".join(str(problem) for problem in problems), _("Correct this, then publish.")
        )
