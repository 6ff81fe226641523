"""Writing a draft of agreements: how programs go on at colleges, who pays, and undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions.agreements import undo_agreements
from pathloom.portal.programs.forms.agreements import SeenForm
from pathloom.portal.programs.forms.continuations import ContinuationForm, FundingForm
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters import continuation_draft as draft
from pathloom.portal.programs.presenters.agreement_form import Refused
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.views.agreement_edits import change_page, say
from pathloom.portal.programs.views.agreements import of_version, version_page


@of_version
def continuation(
    request: HttpRequest, version: CollegeAgreements, college: str, program: str = ""
) -> HttpResponse:
    """Write how a program goes on at a college, a new one where none is named."""
    home = draft.college_of(version, college)
    values = draft.continuation_form(version, home, program) if home else None
    if home is None or values is None:
        raise Http404
    programs = draft.program_choices(version, program)
    if request.method == "POST":
        form = ContinuationForm(request.POST, programs=programs)
        if form.is_valid():
            try:
                change = draft.put_continuation(
                    version, form.cleaned_data, college=home, program=program
                )
                return change_page(request, version, change, at=college)
            except Refused as refused:
                say(form, refused)
    else:
        form = ContinuationForm(initial=values | {"seen": seen_hash(version)}, programs=programs)
    context = {
        "version": version,
        "form": form,
        "college": home,
        "program": program,
        "programs": programs,
        "courses": draft.course_names(home),
    }
    status = 422 if form.errors else 200
    return render(request, "programs/agreements/continuation.html", context, status=status)


@of_version
@require_POST
def remove(
    request: HttpRequest, version: CollegeAgreements, college: str, program: str
) -> HttpResponse:
    """Take a program out that went on at a college."""
    home = draft.college_of(version, college)
    change = draft.remove_continuation(version, program, college=home) if home else None
    return change_page(request, version, change)


@of_version
def funding(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Write who pays for dual credit."""
    values = draft.funding_form(version)
    if request.method == "POST":
        form = FundingForm(request.POST)
        if form.is_valid():
            try:
                change = draft.put_funding(version, form.cleaned_data)
                return change_page(request, version, change)
            except Refused as refused:
                say(form, refused)
    else:
        form = FundingForm(initial=values | {"seen": seen_hash(version)})
    context = {"version": version, "form": form, "written": bool(values)}
    status = 422 if form.errors else 200
    return render(request, "programs/agreements/funding.html", context, status=status)


@of_version
@require_POST
def remove_funding(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Name nobody any more who pays for dual credit."""
    return change_page(request, version, draft.remove_funding(version))


@of_version
@require_POST
def undo(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Take back the last change of a draft."""
    form, what = SeenForm(request.POST), version.last_change
    by: Any = request.user
    try:
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        undo_agreements(version=version, seen=seen, by=by)
    except UserError as error:
        return version_page(request, version, said=error)
    messages.success(request, _("Undone: {what}").format(what=what))
    return redirect("programs:agreements_version", number=version.number)
