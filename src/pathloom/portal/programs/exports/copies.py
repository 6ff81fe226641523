"""Making a copy of a portal beside the pages."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from django_tasks import task

from pathloom.engine.planner.watch import Progress, Watch
from pathloom.portal.core.jobs import Outcome, carry_out
from pathloom.portal.programs.actions.copies import keep_copy
from pathloom.portal.programs.exports.portal import export_portal
from pathloom.portal.programs.exports.writing import zip_into
from pathloom.portal.programs.models import PortalCopy
from pathloom.portal.programs.queries.copies import newest_public_event

AFTER_PLANS = -10  # a student who waits for a plan comes first


@task(priority=AFTER_PLANS)
def make_copy(copy_id: int) -> None:
    """Make a copy that waits; one that is not waiting any more is left alone."""
    copies = PortalCopy.objects.select_related("school__district", "asked_by")
    carry_out(copies, copy_id, _make)


def _make(copy: PortalCopy, watch: Watch) -> Outcome:
    made_from = newest_public_event(copy.school)
    doing, zipped = _("Copying page after page"), io.BytesIO()
    files = zip_into(
        export_portal(copy.school, seen=lambda done, known: watch(Progress(done, known, doing))),
        zipped,
    )
    data = zipped.getvalue()
    return Outcome(
        {"files": files, "bytes": len(data)},
        keep=lambda: keep_copy(copy, data, made_from=made_from, files=files),
    )
