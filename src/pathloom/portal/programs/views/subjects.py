"""Public pages of a school's subjects: "I like math: where does it lead?" """

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathloom.portal.catalog.queries import courses_of
from pathloom.portal.catalog.views import shown_school
from pathloom.portal.core.access import public
from pathloom.portal.programs.presenters import subjects as pages
from pathloom.portal.programs.queries import leads
from pathloom.portal.programs.queries.occupations import occupation_book


@public
@require_safe
def subjects(request: HttpRequest, school: str) -> HttpResponse:
    """The subjects in which the school has courses."""
    found = shown_school(request, school)
    counted = Counter(courses_of(found).values_list("subject", flat=True))
    page = pages.subjects_page(found, counted)
    return render(request, "programs/subjects.html", {"page": page})


@public
@require_safe
def subject(request: HttpRequest, school: str, subject: str) -> HttpResponse:
    """A subject: its courses here, and the programs, pathways and jobs it leads to."""
    found = shown_school(request, school)
    courses = leads.subject_courses(found, subject)
    if not courses:
        raise Http404
    page = pages.subject_page(
        found,
        subject,
        courses=courses,
        leads=leads.subject_leads(found, courses),
        book=occupation_book(found.district),
    )
    return render(request, "programs/subject.html", {"page": page})
