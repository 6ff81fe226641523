"""Skills and credentials that people propose for a draft, and what authors answer."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.program.content import CredentialContent, SkillContent
from pathloom.engine.program.lines import keyed
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.programs.actions.comments import organization_of, refuse_stranger
from pathloom.portal.programs.actions.lines import locked_draft, refuse_author, write
from pathloom.portal.programs.models import ProgramVersion, Proposal
from pathloom.portal.programs.queries.sheets import sheet_of_version


@transaction.atomic
def propose(
    version: ProgramVersion, *, by: User, kind: str, title: str, issuer: str = "", why: str = ""
) -> Proposal:
    """Propose a skill or a credential for a draft; who, for whom and when is kept.

    Raises:
        UserError: nobody asked this person, the version is published, or there is no title.
    """
    refuse_stranger(version, by=by)
    if not title.strip():
        raise UserError(_("The proposal has no name."), _("Write what you propose."))
    proposal = Proposal.objects.create(
        version=version,
        kind=kind,
        title=title.strip(),
        issuer=issuer.strip(),
        why=why.strip(),
        by=by,
        organization=organization_of(by, version),
        made_at=timezone.now(),
    )
    _event(proposal, by=by, action="propose_for_program")
    return proposal


@transaction.atomic
def decide_proposal(proposal: Proposal, *, by: User, accept: bool) -> Proposal:
    """Take a proposal into the draft, with the name of who made it, or decline it.

    Raises:
        UserError: no author, the draft is not open for changes, or it is decided already.
    """
    proposal = Proposal.objects.select_for_update().select_related("by").get(pk=proposal.pk)
    version = locked_draft(proposal.version)
    refuse_author(version, by=by)
    if proposal.answer != Proposal.Answer.OPEN:
        raise UserError(_("This proposal is decided already."), _("Nothing is left to do."))
    if version.state not in (ProgramVersion.State.DRAFT, ProgramVersion.State.RETURNED):
        raise UserError(
            _("This version cannot be changed now."), _("Take it back from review first.")
        )
    proposal.answer = Proposal.Answer.ACCEPTED if accept else Proposal.Answer.DECLINED
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["answer", "decided_by", "decided_at"])
    if accept:
        _take_in(version, proposal, by=by)
    _event(proposal, by=by, action="decide_program_proposal")
    return proposal


def proposer(proposal: Proposal) -> str:
    """Who proposed it, as pages name contributors."""
    name = proposal.by.get_full_name()
    return f"{name}, {proposal.organization}" if proposal.organization else name


def _take_in(version: ProgramVersion, proposal: Proposal, *, by: User) -> None:
    sheet, who = sheet_of_version(version), proposer(proposal)
    content = sheet.content
    if proposal.kind == Proposal.Kind.SKILL:
        skill = SkillContent(proposal.title, proposed_by=who)
        content = replace(content, skills=(*content.skills, skill))
    else:
        credential = CredentialContent(proposal.title, issuer=proposal.issuer, proposed_by=who)
        content = replace(content, credentials=(*content.credentials, credential))
    what = _("“{title}”, proposed by {who}, was taken in.").format(title=proposal.title, who=who)
    write(version, by=by, sheet=keyed(replace(sheet, content=content)), what=what)


def _event(proposal: Proposal, *, by: User, action: str) -> None:
    record_event(
        by=by,
        action=action,
        obj=proposal,
        district_id=proposal.version.program.home_district.pk,
        data={"program": proposal.version.program.slug, "answer": str(proposal.answer)},
    )
