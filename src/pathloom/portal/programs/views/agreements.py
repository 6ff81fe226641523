"""Agreements with colleges: what holds, and the version that is being written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.access import COLLEGE_AGREEMENTS
from pathloom.portal.programs.actions import agreements as actions
from pathloom.portal.programs.exports.agreements import agreements_csv
from pathloom.portal.programs.forms.agreements import SeenForm
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters.agreement_page import agreements_page, filtered_rows
from pathloom.portal.programs.queries.agreements import open_agreements, published_agreements
from pathloom.portal.programs.roles import READERS

of_version = opens(COLLEGE_AGREEMENTS, into="version", number="number")


@signed_in_as(*READERS)
def agreements(request: HttpRequest) -> HttpResponse:
    """What the district has agreed with colleges, and who is writing a new version."""
    user: Any = request.user
    holds = published_agreements(user.district_id)
    if holds is not None:
        return version_page(request, holds)
    context = {"draft": open_agreements(user.district_id)}
    return render(request, "programs/agreements/none.html", context)


@of_version
def version(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """One version; while it is a draft its author changes it, and somebody else reviews it."""
    return version_page(request, version)


def version_page(
    request: HttpRequest, version: CollegeAgreements, *, said: UserError | None = None
) -> HttpResponse:
    """The page of a version, with what was refused."""
    page = agreements_page(request, version)
    context = {"page": page, "said": said, "review": SeenForm(initial={"seen": page["seen"]})}
    status = said.status if said else 200
    return render(request, "programs/agreements/version.html", context, status=status)


@of_version
def version_csv(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """The rows of the page as CSV."""
    text = agreements_csv(filtered_rows(request, version))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreements-{version.number}.csv"'
    return response


@signed_in_as(*READERS)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a new version with what holds now."""
    user: Any = request.user
    try:
        draft = actions.start_agreements(district=user.district, by=user)
    except UserError as error:
        messages.error(request, f"{error.message} {error.what_to_do}")
        return redirect("programs:agreements")
    return redirect("programs:agreements_version", number=draft.number)


@of_version
@require_POST
def submit(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Hand a draft in for review."""
    return _decide(
        request, version, actions.submit_agreements, _("Handed in. Somebody else reads it now.")
    )


@of_version
@require_POST
def give_back(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Give a version in review back to its author."""
    why = request.POST.get("why", "")
    done = _("Version {number} can be changed again.").format(number=version.number)
    return _decide(request, version, actions.return_agreements, done, why=why)


@of_version
@require_POST
def publish(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Let a version that was read hold from now on."""
    seen = request.POST.get("seen", "")
    done = _("Published. Students’ plans count with it from now on.")
    return _decide(request, version, actions.publish_agreements, done, seen=seen)


@of_version
@require_POST
def discard(request: HttpRequest, version: CollegeAgreements) -> HttpResponse:
    """Throw a draft away."""
    user: Any = request.user
    try:
        actions.discard_agreements(version=version, by=user)
    except UserError as error:
        return version_page(request, version, said=error)
    messages.success(request, _("The draft is gone. What is published stays."))
    return redirect("programs:agreements")


def _decide(
    request: HttpRequest, version: CollegeAgreements, action: Any, done: str, **more: Any
) -> HttpResponse:
    try:
        action(version=version, by=request.user, **more)
    except UserError as error:
        return version_page(request, version, said=error)
    messages.success(request, done)
    return redirect("programs:agreements_version", number=version.number)
