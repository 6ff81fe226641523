"""Programs of study in other forms than a page: print, slides, text, data. No sign-in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.queries import school_of
from pathloom.portal.core.access import public
from pathloom.portal.programs import pdf
from pathloom.portal.programs.exports.shared.ctdl import programs_ctdl
from pathloom.portal.programs.exports.shared.open_json import programs_json
from pathloom.portal.programs.exports.shared.rows import programs_csv
from pathloom.portal.programs.exports.shared.text import program_text
from pathloom.portal.programs.presenters.sharing import (
    school_page,
    shared_program,
    shared_programs,
)
from pathloom.portal.programs.queries.published import published_program, published_programs

Page = dict[str, Any]
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
JSON_LD = "application/ld+json"


@public
def one_page(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program on one printed page."""
    return _file(pdf.one_page(_program(request, school, program)), f"{program}.pdf", PDF)


@public
def poster(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program on one large page for a wall."""
    return _file(pdf.poster(_program(request, school, program)), f"{program}-poster.pdf", PDF)


@public
def slides(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program as slides."""
    return _file(pdf.slides(_program(request, school, program)), f"{program}-slides.pdf", PDF)


@public
def program_txt(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program as plain text."""
    return _file(program_text(_program(request, school, program)), f"{program}.txt", TEXT)


@public
def program_csv(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program as rows."""
    return _file(programs_csv([_program(request, school, program)]), f"{program}.csv", CSV)


@public
def program_json(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program as open JSON."""
    made = programs_json([_program(request, school, program)], language=_language())
    return _file(made, f"{program}.json", JSON)


@public
def program_ctdl(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program in CTDL."""
    page = _program(request, school, program)
    owner = school_page(_school(school), origin=_origin(request))
    return _file(programs_ctdl(owner, [page]), f"{program}.jsonld", JSON_LD)


@public
def booklet(request: HttpRequest, school: str) -> HttpResponse:
    """All programs of a school as one handout."""
    found = _school(school)
    cover = school_page(found, origin=_origin(request))
    return _file(pdf.booklet(cover, _programs(request, found)), f"{school}-programs.pdf", PDF)


@public
def school_csv(request: HttpRequest, school: str) -> HttpResponse:
    """All programs of a school as rows."""
    made = programs_csv(_programs(request, _school(school)))
    return _file(made, f"{school}-programs.csv", CSV)


@public
def school_json(request: HttpRequest, school: str) -> HttpResponse:
    """All programs of a school as open JSON."""
    made = programs_json(_programs(request, _school(school)), language=_language())
    return _file(made, f"{school}-programs.json", JSON)


@public
def school_ctdl(request: HttpRequest, school: str) -> HttpResponse:
    """All programs of a school in CTDL."""
    found = _school(school)
    owner = school_page(found, origin=_origin(request))
    made = programs_ctdl(owner, _programs(request, found))
    return _file(made, f"{school}-programs.jsonld", JSON_LD)


def _program(request: HttpRequest, school: str, program: str) -> Page:
    version = published_program(school, program)
    if version is None:
        raise Http404
    return shared_program(version, origin=_origin(request))


def _programs(request: HttpRequest, school: School) -> list[Page]:
    return shared_programs(list(published_programs(school)), origin=_origin(request))


def _school(slug: str) -> School:
    found = school_of(slug)
    if found is None:
        raise Http404
    return found


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _language() -> str:
    return get_language() or "en"


def _file(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """Shown where a browser can show it, under a name of its own when it is kept."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
