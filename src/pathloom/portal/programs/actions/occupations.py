"""From which figure on a district gives an occupation a label."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.occupations import Thresholds
from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import may_set_thresholds
from pathloom.portal.programs.models import DistrictThresholds


@transaction.atomic
def set_thresholds(*, district: District, thresholds: Thresholds, by: User) -> DistrictThresholds:
    """Let these thresholds hold for the labels at every school of a district from now on.

    Args:
        by: an administrator of the district.
    Raises:
        UserError: the role is missing.
        ValidationError: a number is out of range.
    """
    if not may_set_thresholds(by, district):
        raise UserError(
            _("You may not say what the labels of occupations ask for in this district."),
            _("Ask an administrator of the district."),
        )
    District.objects.select_for_update().get(pk=district.pk)
    row = DistrictThresholds.objects.filter(district=district).first()
    row = row or DistrictThresholds(district=district)
    for name, value in asdict(thresholds).items():
        setattr(row, name, value)
    row.set_by, row.set_at = by, timezone.now()
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    record_event(
        by=by,
        action="set_thresholds",
        obj=row,
        district_id=district.pk,
        data=asdict(thresholds),
    )
    return row
