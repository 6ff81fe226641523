"""A copy of a school's portal: asking for it, how far it is, stopping it, downloading it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from pathloom.portal.accounts.models import School
from pathloom.portal.core.access import opens
from pathloom.portal.core.jobs import OPEN
from pathloom.portal.programs.access import SCHOOL_PORTALS
from pathloom.portal.programs.actions import copies as actions
from pathloom.portal.programs.exports.copies import make_copy
from pathloom.portal.programs.presenters.copies import copy_page, work_page
from pathloom.portal.programs.queries.copies import (
    changed_since,
    finished_copy,
    newest_copy,
    zip_of,
)


@opens(SCHOOL_PORTALS, into="school", slug="school")
def portal_copy(request: HttpRequest, school: School) -> HttpResponse:
    """The copy there is, or how far the next one is; a POST asks for one."""
    if request.method == "POST":
        by: Any = request.user
        actions.start_copy(school, by=by, make=make_copy)
        return redirect("programs:portal_copy", school=school.slug)
    newest = newest_copy(school)
    work = work_page(newest, school) if newest else None
    partial = bool(getattr(request, "htmx", False))
    if work is not None and work["open"]:
        return render(request, "core/_job.html" if partial else "core/job.html", {"job": work})
    if partial:
        return HttpResponseClientRedirect(request.path)
    made = finished_copy(school)
    page = copy_page(school, made, changed=made is not None and changed_since(made), work=work)
    return render(request, "programs/staff/copy.html", {"page": page})


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_POST
def portal_copy_cancel(request: HttpRequest, school: School) -> HttpResponse:
    """Stop the copy that is made; where it has ended already, show what came of it."""
    newest = newest_copy(school)
    if newest is not None and newest.state in OPEN:
        by: Any = request.user
        actions.cancel_copy(newest, by=by)
    return redirect("programs:portal_copy", school=school.slug)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_GET
def portal_zip(request: HttpRequest, school: School) -> HttpResponse:
    """The zip of the newest copy; where there is none, the page that makes one."""
    data = zip_of(school)
    if data is None:
        return redirect("programs:portal_copy", school=school.slug)
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{school.slug}.zip"',
            "Content-Length": str(len(data)),
        },
    )
