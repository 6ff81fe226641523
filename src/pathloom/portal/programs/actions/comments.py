"""What colleagues and invited partners say about a draft, and who is invited."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import User
from pathloom.portal.accounts.queries import holds_role
from pathloom.portal.accounts.roles import PARTNER
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.access import invitation_of, may_comment, may_write
from pathloom.portal.programs.actions.lines import Name, locked_draft, refuse_author
from pathloom.portal.programs.models import Invitation, ProgramVersion, Remark


@transaction.atomic
def add_remark(version: ProgramVersion, *, by: User, text: str, name: Name = ("", "")) -> Remark:
    """Comment on a line of a draft, or on all of it where ``name`` is empty.

    Raises:
        UserError: nobody asked this person, the version is published, or there are no words.
    """
    refuse_stranger(version, by=by)
    if not text.strip():
        raise UserError(_("The comment has no words."), _("Write them."))
    part, line = name
    remark = Remark.objects.create(
        version=version,
        part=part,
        line=line,
        text=text.strip(),
        author=by,
        organization=organization_of(by, version),
        written_at=timezone.now(),
    )
    _event(version, by=by, action="comment_on_program", number=remark.pk)
    return remark


@transaction.atomic
def resolve_remark(remark: Remark, *, by: User) -> Remark:
    """Say that a comment is dealt with; its author or an author of the program may.

    Raises:
        UserError: neither of the two, or it is resolved already.
    """
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    version = locked_draft(remark.version)
    if remark.author_id != by.pk and not may_write(by, version.program):
        raise UserError(_("You may not resolve this comment."), _("Ask an author of the program."))
    refuse_stranger(version, by=by)
    if remark.resolved_at is not None:
        raise UserError(_("This comment is resolved already."), _("Nothing is left to do."))
    remark.resolved_by, remark.resolved_at = by, timezone.now()
    remark.save(update_fields=["resolved_by", "resolved_at"])
    _event(version, by=by, action="resolve_program_comment", number=remark.pk)
    return remark


@transaction.atomic
def invite(
    version: ProgramVersion, *, by: User, person: User, kind: str, organization: str
) -> Invitation:
    """Let a partner of the district read this draft, comment on it and propose for it.

    Raises:
        UserError: no author, no partner of the district, invited already, or it is published.
    """
    version = locked_draft(version)
    refuse_author(version, by=by)
    if not version.is_open:
        raise UserError(_("This version is published."), _("Start a draft and invite to that."))
    same = person.district_id == version.program.home_district.pk
    if not same or not holds_role(person, PARTNER):
        raise UserError(
            _("This person is no partner of the district."),
            _("Ask the district to give the role of a partner first."),
        )
    if Invitation.objects.filter(version=version, person=person, ended_at=None).exists():
        raise UserError(_("This person is invited already."), _("Nothing is left to do."))
    invitation = Invitation.objects.create(
        version=version,
        person=person,
        kind=kind,
        organization=organization.strip(),
        invited_by=by,
        invited_at=timezone.now(),
    )
    _event(version, by=by, action="invite_to_program", number=invitation.pk)
    return invitation


@transaction.atomic
def end_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """End an invitation at once; what the person said stays, with the name.

    Raises:
        UserError: no author, or it has ended.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    version = locked_draft(invitation.version)
    refuse_author(version, by=by)
    if invitation.ended_at is not None:
        raise UserError(_("This invitation has ended."), _("Nothing is left to do."))
    invitation.ended_at = timezone.now()
    invitation.save(update_fields=["ended_at"])
    _event(version, by=by, action="end_program_invitation", number=invitation.pk)
    return invitation


def refuse_stranger(version: ProgramVersion, *, by: User) -> None:
    """Only who works on a draft says something about it, and only before it is published."""
    if not may_comment(by, version):
        raise UserError(
            _("You cannot comment on this version."),
            _("Comment on a draft that you write or are invited to."),
        )


def organization_of(person: User, version: ProgramVersion) -> str:
    """For whom an invited person speaks; empty for the staff."""
    invitation = invitation_of(person, version)
    return invitation.organization if invitation else ""


def _event(version: ProgramVersion, *, by: User, action: str, number: int) -> None:
    record_event(
        by=by,
        action=action,
        obj=version,
        district_id=version.program.home_district.pk,
        data={"program": version.program.slug, "id": number},
    )
