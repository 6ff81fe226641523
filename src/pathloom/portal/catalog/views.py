"""The public course list of a school."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.presenters import show_school
from pathloom.portal.catalog import exports, presenters, queries
from pathloom.portal.catalog.forms import search_of
from pathloom.portal.core.access import public


@public
def courses(request: HttpRequest, school: str) -> HttpResponse:
    """Every course the school offers, searched, filtered and sorted by the address."""
    found_school = shown_school(request, school)
    search = search_of(request.GET)
    page = presenters.course_list(
        queries.found_courses(found_school, search),
        school=found_school,
        search=search,
        choices=queries.choices_of(found_school),
    )
    return render(request, "catalog/courses.html", {"page": page})


@public
def courses_csv(request: HttpRequest, school: str) -> HttpResponse:
    """The same list as a file."""
    found_school = shown_school(request, school)
    found = queries.found_courses(found_school, search_of(request.GET))
    name = f"{found_school.slug}-courses.csv"
    return HttpResponse(
        exports.courses_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def shown_school(request: HttpRequest, slug: str) -> School:
    """The school of a public address; the page wears its face.

    Raises:
        Http404: there is no such school, or it has no pages in this language.
    """
    found = queries.school_of(slug)
    if found is None:
        raise Http404
    show_school(request, found)
    return found
