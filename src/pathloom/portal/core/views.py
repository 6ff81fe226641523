"""The gallery, the health check, and the pages for errors."""

import logging
import secrets
import sys

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pathloom.portal.core import ui
from pathloom.portal.core.access import public

log = logging.getLogger(__name__)


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    components = ui.gallery()
    context = {"components": components, "total": len(components)}
    return render(request, "core/gallery.html", context)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    detail = str(exception) if isinstance(exception, BadRequest) else ""
    return _page(
        request,
        code=400,
        title=_("We could not read that request."),
        text=detail or _("Go back, reload the page, and try again."),
    )


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page is for somebody else."""
    return _page(
        request,
        code=403,
        title=_("This page is not for your role."),
        text=_("If you need it for your work, ask the office of your school."),
    )


@public
def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old, or came from somewhere else."""
    return _page(
        request,
        code=403,
        title=_("This form is too old to be sent."),
        text=_("Nothing was changed. Go back, reload the page, and send it again."),
    )


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, in the same words for what is not yours."""
    return _page(
        request,
        code=404,
        title=_("We did not find this page."),
        text=_("The address may be wrong, the page may have moved, or it is not yours to see."),
    )


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Log the defect under a reference number and show only that number."""
    reference = secrets.token_hex(4)
    log.error("Reference %s: %s", reference, request.path, exc_info=sys.exc_info())
    context = {
        "code": 500,
        "title": _("Something broke on our side."),
        "text": _("Your last change may not be saved. Go back and look before you try again."),
        "reference": reference,
    }
    # Without the request: nothing that a page usually needs may be asked for here.
    return HttpResponse(render_to_string("core/error.html", context), status=500)


def _page(request: HttpRequest, *, code: int, title: str, text: str) -> HttpResponse:
    # Whether a page was found that then said no is nobody's business: the frame is the same.
    request.access_declaration = None  # type: ignore[attr-defined]
    context = {"code": code, "title": title, "text": text}
    return render(request, "core/error.html", context, status=code)
