"""Writing a draft of the agreements with colleges: agreements, colleges and their courses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions.agreements import save_agreements
from pathloom.portal.programs.forms.agreements import (
    AgreementForm,
    CollegeCourseForm,
    CollegeForm,
    SeenForm,
)
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters import agreement_draft as draft
from pathloom.portal.programs.presenters.agreement_form import Refused
from pathloom.portal.programs.presenters.continuation_draft import lines_at
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.views.agreements import of_version, version_page


@of_version
def agreement(
    request: HttpRequest, version: CollegeAgreements, agreement: str = ""
) -> HttpResponse:
    """Write one agreement, a new one where none is named."""
    values, choices = draft.agreement_form(version, agreement)
    if values is None:
        raise Http404
    if request.method != "POST":
        form = AgreementForm(initial=values | {"seen": seen_hash(version)}, **choices)
        return _agreement_page(request, version, form, agreement)
    form = AgreementForm(request.POST, **choices)
    if form.is_valid():
        try:
            change = draft.put_agreement(version, form.cleaned_data, agreement=agreement)
            return saved(request, version, change, seen=form.cleaned_data["seen"])
        except Refused as refused:
            say(form, refused)
        except UserError as error:
            return version_page(request, version, said=error)
    return _agreement_page(request, version, form, agreement, status=422)


def _agreement_page(
    request: HttpRequest,
    version: CollegeAgreements,
    form: AgreementForm,
    agreement: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"version": version, "form": form, "agreement": agreement}
    return render(request, "programs/agreements/agreement.html", context, status=status)


@of_version
@require_POST
def retire(request: HttpRequest, version: CollegeAgreements, agreement: str) -> HttpResponse:
    """Hold an agreement to the courses taken up to this school year."""
    return change_page(request, version, draft.retire_agreement(version, agreement))


@of_version
@require_POST
def remove(request: HttpRequest, version: CollegeAgreements, agreement: str) -> HttpResponse:
    """Take an agreement out of the draft."""
    return change_page(request, version, draft.remove_agreement(version, agreement))


@of_version
def college(request: HttpRequest, version: CollegeAgreements, college: str = "") -> HttpResponse:
    """Write what a college states; its courses are below."""
    values = draft.college_form(version, college)
    if values is None:
        raise Http404
    if request.method != "POST":
        form = CollegeForm(initial=values | {"seen": seen_hash(version)})
        return _college_page(request, version, form, college)
    form = CollegeForm(request.POST)
    if not form.is_valid():
        return _college_page(request, version, form, college, status=422)
    try:
        change = draft.put_college(version, form.cleaned_data, college=college)
    except Refused as refused:
        say(form, refused)
        return _college_page(request, version, form, college, status=422)
    return change_page(request, version, change, at=change.college)


@of_version
@require_POST
def college_course(request: HttpRequest, version: CollegeAgreements, college: str) -> HttpResponse:
    """Add a course of a college, or correct the one with its code."""
    form = CollegeCourseForm(request.POST)
    values = draft.college_form(version, college)
    if values is None:
        raise Http404
    if not form.is_valid():
        own = CollegeForm(initial=values | {"seen": seen_hash(version)})
        return _college_page(request, version, own, college, course=form, status=422)
    change = draft.put_course(version, form.cleaned_data, college=college)
    return change_page(request, version, change, at=college)


@of_version
@require_POST
def drop_course(request: HttpRequest, version: CollegeAgreements, college: str) -> HttpResponse:
    """Take a course of a college out; one that something names stays."""
    code = request.POST.get("code", "")
    return change_page(
        request, version, draft.drop_course(version, code, college=college), at=college
    )


def _college_page(
    request: HttpRequest,
    version: CollegeAgreements,
    form: CollegeForm,
    college: str,
    *,
    course: CollegeCourseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = {"seen": seen_hash(version)}
    context = {
        "version": version,
        "form": form,
        "college": college,
        "seen": seen["seen"],
        "courses": draft.course_lines(version, college),
        "goes_on": lines_at(version, college) if college else [],
        "course_form": course or CollegeCourseForm(initial=seen),
    }
    return render(request, "programs/agreements/college.html", context, status=status)


def change_page(
    request: HttpRequest,
    version: CollegeAgreements,
    change: draft.Changed | None,
    *,
    at: str = "",
) -> HttpResponse:
    """Save a change that a button asks for; ``at`` is the college to go back to."""
    if change is None:
        raise Http404
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        return saved(request, version, change, seen=seen, at=at)
    except UserError as error:
        return version_page(request, version, said=error)


def saved(
    request: HttpRequest,
    version: CollegeAgreements,
    change: draft.Changed,
    *,
    seen: str,
    at: str = "",
) -> HttpResponse:
    """Keep a change, say so, and go back to the college or the version."""
    by: Any = request.user
    save_agreements(version=version, content=change.content, seen=seen, what=change.what, by=by)
    messages.success(request, _("Saved: {what}").format(what=change.what))
    if at:
        return redirect("programs:agreements_college", number=version.number, college=at)
    return redirect("programs:agreements_version", number=version.number)


def say(form: Form, refused: Refused) -> None:
    """Say at each field why it was refused."""
    for name, sentence in refused.errors.items():
        form.add_error(name if name in form.fields else None, sentence)
