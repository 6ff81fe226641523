"""The pages on which a school administrator writes the school's portal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from pathloom.portal.accounts.models import COLOR, Picture, School
from pathloom.portal.accounts.presenters import brand_stylesheet, show_school
from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.programs.access import SCHOOL_PORTALS
from pathloom.portal.programs.actions import portal as actions
from pathloom.portal.programs.forms.portal import content_from, forms_of, sent_forms
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.programs.models.portal import PortalContent
from pathloom.portal.programs.presenters import portal as pages
from pathloom.portal.programs.queries.portal import (
    content_of_portal,
    portal_draft,
    portal_of,
    published_portals,
)
from pathloom.portal.programs.views.school import front_page


@opens(SCHOOL_PORTALS, into="school", slug="school")
def portal(request: HttpRequest, school: School) -> HttpResponse:
    """Write the portal: the draft where there is one, else what holds."""
    draft, content = _latest(school)
    if request.method != "POST":
        form, rows = forms_of(content, seen=draft.revision if draft else 0)
        return _page(request, school, content, form=form, rows=rows)
    form, rows = sent_forms(request.POST, request.FILES)
    sent = content_from(form, rows, before=content)
    if sent is None:
        return _page(request, school, content, form=form, rows=rows, status=422)
    upload = form.cleaned_data["upload"]
    by: Any = request.user
    try:
        actions.save_portal(
            school,
            sent,
            by=by,
            seen=form.cleaned_data["seen"],
            upload=upload.read() if upload is not None else b"",
        )
    except UserError as error:
        form.add_error(None if isinstance(error, Conflict) else "upload", str(error))
        return _page(request, school, sent, form=form, rows=rows, status=error.status)
    messages.success(request, _("The draft is saved. Families see it when you publish it."))
    return redirect("programs:portal", school=school.slug)


def _latest(school: School) -> tuple[PortalVersion | None, PortalContent]:
    draft = portal_draft(school)
    return draft, content_of_portal(draft) if draft else portal_of(school)


def _page(
    request: HttpRequest,
    school: School,
    content: PortalContent,
    *,
    form: Any,
    rows: Any,
    status: int = 200,
) -> HttpResponse:
    published = published_portals(school).select_related("author", "school")
    page = pages.portal_page(school, content, draft=portal_draft(school), published=published)
    context = {"page": page, "form": form, "rows": rows}
    return render(request, "programs/staff/portal.html", context, status=status)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_POST
def portal_sample(request: HttpRequest, school: School) -> HttpResponse:
    """What the form would look like, while it is written; nothing is kept."""
    _draft, content = _latest(school)
    form, rows = sent_forms(request.POST)
    sent = content_from(form, rows, before=content) or _as_far(form, content)
    sample = pages.sample(school, sent)
    return render(request, "programs/staff/_portal_sample.html", {"sample": sample})


def _as_far(form: Any, content: PortalContent) -> PortalContent:
    """What of a form that is not finished can be shown already."""
    sent = {
        name: form.cleaned_data[name]
        for name in ("name", "monogram", "address", "brand_color")
        if form.cleaned_data.get(name)
    }
    return replace(content, **sent)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_GET
def portal_style(request: HttpRequest, school: School) -> HttpResponse:
    """The colors of the sample as a stylesheet."""
    color = f"#{request.GET.get('color', '')}"
    if not COLOR.regex.match(color):  # type: ignore[union-attr]
        raise Http404
    style = brand_stylesheet if "page" in request.GET else pages.sample_stylesheet
    return HttpResponse(style(color), content_type="text/css")


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_GET
def portal_logo(request: HttpRequest, school: School) -> HttpResponse:
    """The logo of the draft."""
    _draft, content = _latest(school)
    if content.logo:
        return HttpResponse(content.logo, content_type="image/svg+xml")
    picture = Picture.objects.filter(digest=content.picture).first()
    if picture is None:
        raise Http404
    return HttpResponse(bytes(picture.png), content_type="image/png")


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_safe
def portal_preview(request: HttpRequest, school: School) -> HttpResponse:
    """The front page as the draft would have it."""
    _draft, content = _latest(school)
    school.name, school.address_line = content.name, content.address
    sample = pages.sample(school, content)
    frame = {
        "school": content.name,
        "monogram": content.monogram,
        "logo_url": sample["logo_url"],
        "brand_url": f"{sample['style_url']}&page=1",
    }
    show_school(request, school, frame=frame)
    back = reverse("programs:portal", args=[school.slug])
    return front_page(request, school, content, preview=back)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_POST
def portal_publish(request: HttpRequest, school: School) -> HttpResponse:
    """Let everybody see the draft."""
    by: Any = request.user
    actions.publish_portal(school, by=by)
    messages.success(request, _("Published. Families see it from now on."))
    return redirect("programs:portal", school=school.slug)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_POST
def portal_discard(request: HttpRequest, school: School) -> HttpResponse:
    """Throw the draft away."""
    by: Any = request.user
    actions.discard_portal(school, by=by)
    messages.success(request, _("The draft is gone. What is published stays."))
    return redirect("programs:portal", school=school.slug)


@opens(SCHOOL_PORTALS, into="school", slug="school")
@require_POST
def portal_back(request: HttpRequest, school: School, number: int) -> HttpResponse:
    """Bring back what was published before."""
    version = published_portals(school).filter(number=number).first()
    if version is None:
        raise Http404
    by: Any = request.user
    actions.back_to_portal(version, by=by)
    messages.success(request, _("Version %(number)s is back.") % {"number": number})
    return redirect("programs:portal", school=school.slug)
