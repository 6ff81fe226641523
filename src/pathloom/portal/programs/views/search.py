"""The search over everything. No sign-in, no cookie, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathloom.portal.accounts.models import School
from pathloom.portal.core.access import public
from pathloom.portal.programs.forms.search import Asked, asked_of
from pathloom.portal.programs.presenters import search as pages
from pathloom.portal.programs.queries.search import everything_for


@public
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Families of jobs, pathways, programs, courses and jobs of all schools."""
    return found(request, asked_of(request.GET))


def found(request: HttpRequest, asked: Asked, school: School | None = None) -> HttpResponse:
    """What a visitor's words found, everywhere or at a school; a text too long is refused."""
    if not asked.words:
        page = pages.search_start(school, refused=asked.refused)
    else:
        page = pages.search_page(
            asked.words,
            everything_for(asked.words, school),
            school=school,
            kind=asked.kind,
            sheet=asked.sheet,
        )
    status = 422 if asked.refused else 200
    return render(request, "programs/search.html", {"page": page}, status=status)
