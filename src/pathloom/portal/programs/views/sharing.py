"""A program of study in other forms than a page: print, slides, text, data. No sign-in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pathloom.portal.core.access import public
from pathloom.portal.programs import pdf
from pathloom.portal.programs.presenters.sharing import shared_program
from pathloom.portal.programs.queries.published import published_program


@public
def one_page(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """On one printed page."""
    return _file(pdf.one_page(_shared(request, school, program)), f"{program}.pdf")


@public
def poster(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """On one large page for a wall."""
    return _file(pdf.poster(_shared(request, school, program)), f"{program}-poster.pdf")


def _shared(request: HttpRequest, school: str, program: str) -> dict[str, Any]:
    version = published_program(school, program)
    if version is None:
        raise Http404
    return shared_program(version, origin=_origin(request))


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _file(content: bytes | str, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """Shown where a browser can show it, under a name of its own when it is kept."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
