"""Comments, proposals, invitations; review, publication and what follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.access import PROGRAM_DRAFTS
from pathloom.portal.programs.actions import comments, proposals, review
from pathloom.portal.programs.actions.drafts import start_draft
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.forms.authoring import (
    InviteForm,
    NoteForm,
    OwnerForm,
    ProposalForm,
    RemarkForm,
    WordsForm,
)
from pathloom.portal.programs.models import Invitation, ProgramVersion, Proposal, Remark
from pathloom.portal.programs.presenters.authoring_lines import TABS, anchor, tab_of
from pathloom.portal.programs.queries import authoring as queries
from pathloom.portal.programs.views.drafts import show


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def remark(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Comment on a line, or on all of a draft."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, version, "talk", remark_form=form, status=422)
    name = (form.cleaned_data["part"], form.cleaned_data["line"])
    by: Any = request.user
    try:
        comments.add_remark(version, by=by, text=form.cleaned_data["text"], name=name)
    except UserError as refused:
        return show(request, version, "talk", said=refused, status=refused.status, remark_form=form)
    messages.success(request, _("Your comment stands beside it."))
    if name[0] in TABS["sequence"] + TABS["outcomes"] + TABS["people"]:
        response = redirect("programs:draft_tab", draft=version.pk, tab=tab_of(name[0]))
        response["Location"] += f"#{anchor(*name)}"
        return response
    return _to(version, "talk")


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def resolve(request: HttpRequest, version: ProgramVersion, remark: int) -> HttpResponse:
    """Say that a comment is dealt with."""
    found = get_object_or_404(Remark, pk=remark, version=version)
    by: Any = request.user
    resolve = partial(comments.resolve_remark, found, by=by)
    return _done(request, version, "talk", resolve, _("The comment is resolved."))


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def propose(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Propose a skill or a credential."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return show(request, version, "talk", proposal_form=form, status=422)
    by: Any = request.user
    propose = partial(proposals.propose, version, by=by, **form.cleaned_data)
    said = _("Your proposal waits for the authors.")
    return _done(request, version, "talk", propose, said, proposal_form=form)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def decide(request: HttpRequest, version: ProgramVersion, proposal: int) -> HttpResponse:
    """Take a proposal in, or decline it."""
    found = get_object_or_404(Proposal, pk=proposal, version=version)
    by: Any = request.user
    answer = request.POST.get("answer")
    if answer not in ("accept", "decline"):
        raise UserError(_("This proposal is not answered yet."), _("Take it in, or decline it."))
    decide = partial(proposals.decide_proposal, found, by=by, accept=answer == "accept")
    return _done(request, version, "talk", decide, _("The proposal is answered."))


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def invite(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Invite somebody from a college or a business to this draft."""
    partners = queries.partners_of(version.program.home_district)
    people = {str(person.pk): person for person in partners}
    names = [(key, person.get_full_name()) for key, person in people.items()]
    form = InviteForm(request.POST, people=names)
    if not form.is_valid():
        return show(request, version, "talk", invite_form=form, status=422)
    by: Any = request.user
    sent = form.cleaned_data
    invite = partial(
        comments.invite,
        version,
        by=by,
        person=people[sent["person"]],
        kind=sent["kind"],
        organization=sent["organization"],
    )
    said = _("The person can open this draft now.")
    return _done(request, version, "talk", invite, said, invite_form=form)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def uninvite(request: HttpRequest, version: ProgramVersion, invitation: int) -> HttpResponse:
    """End an invitation."""
    found = get_object_or_404(Invitation, pk=invitation, version=version)
    by: Any = request.user
    end = partial(comments.end_invitation, found, by=by)
    return _done(request, version, "talk", end, _("The invitation has ended."))


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def submit(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Hand a draft in, or take it back."""
    by: Any = request.user
    if request.POST.get("do") == "take_back":
        take_back = partial(review.take_back, version, by=by)
        return _done(request, version, "review", take_back, _("The draft is yours again."))
    hand_in = partial(review.submit_for_review, version, by=by)
    said = _("The draft is handed in. Somebody else reads it now.")
    return _done(request, version, "review", hand_in, said)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def give_back(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Send a draft back to its authors."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show(request, version, "review", words_form=form, status=422)
    by: Any = request.user
    give_back = partial(review.return_draft, version, by=by, words=form.cleaned_data["words"])
    said = _("The authors have it back, with your words.")
    return _done(request, version, "review", give_back, said, words_form=form)


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def publish(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    """Approve a draft: the public sees it from now on."""
    by: Any = request.user
    return _done(
        request, version, "review", partial(publish_program, version, by=by), _("Published.")
    )


@opens(PROGRAM_DRAFTS, into="version", pk="draft")
@require_POST
def decided(request: HttpRequest, version: ProgramVersion, decision: str) -> HttpResponse:
    """What is decided about a published program: still right, retire it, a new draft, its owner."""
    by: Any = request.user
    form = NoteForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    match decision:
        case "still-right":
            act, said = review.still_right, _("Noted: it is still right.")
        case "retire":
            act, said = review.retire_program, _("Retired. Plans that use it keep it.")
        case "draft":
            return _next_draft(request, version)
        case "owner":
            return _new_owner(request, version)
        case _:
            raise Http404
    return _done(request, version, "review", partial(act, version, by=by, words=words), said)


def _next_draft(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    by: Any = request.user
    try:
        return _to(start_draft(version.program, by=by), "sequence")
    except UserError as refused:
        return show(request, version, "review", said=refused, status=refused.status)


def _new_owner(request: HttpRequest, version: ProgramVersion) -> HttpResponse:
    by: Any = request.user
    people = {str(each.pk): each for each in queries.authors_at(version.program)}
    choice = OwnerForm(request.POST, people=[(key, key) for key in people])
    if not choice.is_valid():
        return _to(version, "review")
    owner = people[choice.cleaned_data["owner"]]
    give = partial(review.give_to, version.program, by=by, owner=owner)
    return _done(request, version, "review", give, _("Saved."))


def _done(
    request: HttpRequest,
    version: ProgramVersion,
    tab: str,
    act: Callable[[], object],
    said: str,
    **forms: Any,
) -> HttpResponse:
    """Do it and go back to the tab; where it is refused, the tab says why and keeps the forms."""
    try:
        act()
    except UserError as refused:
        return show(request, version, tab, said=refused, status=refused.status, **forms)
    messages.success(request, said)
    return _to(version, tab)


def _to(version: ProgramVersion, tab: str) -> HttpResponse:
    return redirect("programs:draft_tab", draft=version.pk, tab=tab)
