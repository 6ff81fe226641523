"""Publishing a version of a program of study."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs import checks
from pathloom.portal.programs.actions.review import keep_review, refuse_reviewer
from pathloom.portal.programs.models import (
    CollegeAgreements,
    ProgramOfStudy,
    ProgramVersion,
    Publication,
    Review,
)


@transaction.atomic
def publish_program(version: ProgramVersion, *, by: User) -> Publication:
    """Make a version the one the public sees, in place of an earlier one, which stays.

    Args:
        version: handed in for review; ``by`` wrote nothing of it.
        by: holds a role that publishes at the program's school now; becomes the reviewer.
    Raises:
        UserError: the role is missing, an author publishes their own version, it is not handed in,
            is published already, a later version is, or a ``stop`` finding is open.
    """
    ProgramOfStudy.objects.select_for_update().get(pk=version.program_id)
    version = ProgramVersion.objects.select_related(
        "program__school__district", "program__district"
    ).get(pk=version.pk)
    _refuse(version, by=by)
    replaced = ProgramVersion.objects.filter(publication__program=version.program_id)
    replaced.update(state=ProgramVersion.State.RETIRED)
    version.state = ProgramVersion.State.PUBLISHED
    version.reviewer = by
    version.published_at = timezone.now()
    version.save(update_fields=["state", "reviewer", "published_at"])
    publication, _created = Publication.objects.update_or_create(
        program=version.program, defaults={"version": version}
    )
    keep_review(version, by=by, kind=Review.Kind.APPROVED)
    record_event(
        by=by,
        action="publish_program",
        obj=version,
        district_id=version.program.home_district.pk,
        data={"program": version.program.slug, "number": version.number},
    )
    return publication


def _refuse(version: ProgramVersion, *, by: User) -> None:
    refuse_reviewer(version, by=by)
    current = Publication.objects.filter(program=version.program_id).select_related("version")
    newest = current.first()
    refuse_draft(version, by=by, newest=newest.version.number if newest else 0)
    if version.state != ProgramVersion.State.IN_REVIEW:
        raise UserError(
            _("This version is not handed in for review."), _("Ask its author to hand it in.")
        )
    findings = checks.stops(checks.run(version))
    if findings:
        raise UserError(
            " ".join(str(finding) for finding in findings),
            _("Correct this, then publish."),
        )


def refuse_draft(version: ProgramVersion | CollegeAgreements, *, by: User, newest: int) -> None:
    """Two people publish, each version once, and none that is older than the ``newest``."""
    if version.author_id == by.pk:
        raise UserError(_("You wrote this version."), _("Ask a colleague to read and publish it."))
    if version.published_at is not None:
        raise UserError(_("This version is published already."), _("Nothing is left to do."))
    if newest > version.number:
        raise UserError(
            _("A later version is published."), _("Start a new draft from that version.")
        )
