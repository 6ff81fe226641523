"""Public pages of a school: its programs and courses. No sign-in, no cookie."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.presenters import show_school
from pathloom.portal.catalog.presenters import named_courses
from pathloom.portal.catalog.queries import course_of, courses_by_code, courses_of
from pathloom.portal.catalog.views import shown_school
from pathloom.portal.core.access import public
from pathloom.portal.programs.forms.search import asked_of
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.models.portal import PortalContent
from pathloom.portal.programs.presenters import program as program_pages
from pathloom.portal.programs.presenters import school as school_pages
from pathloom.portal.programs.presenters.exits import near_jobs
from pathloom.portal.programs.presenters.index import index_page
from pathloom.portal.programs.presenters.program_more import more_page
from pathloom.portal.programs.queries import published
from pathloom.portal.programs.queries.frameworks import framework_of
from pathloom.portal.programs.queries.portal import portal_of
from pathloom.portal.programs.views.search import found


@public
def schools(request: HttpRequest) -> HttpResponse:
    """Every school."""
    page = school_pages.schools_page(published.schools_with_counts())
    return render(request, "programs/schools.html", {"page": page})


@public
def school(request: HttpRequest, school: str) -> HttpResponse:
    """A school's portal: its programs and clusters, or what the visitor's words found."""
    found_school = shown_school(request, school)
    asked = asked_of(request.GET)
    if asked.words or asked.refused:
        return found(request, asked, found_school)
    return front_page(request, found_school, portal_of(found_school))


def front_page(
    request: HttpRequest, school: School, portal: PortalContent, *, preview: str = ""
) -> HttpResponse:
    """The front page of a school's portal; ``preview`` leads back to where it is written."""
    framework = framework_of(school)
    page = school_pages.school_page(
        school,
        list(published.published_programs(school)),
        framework=framework,
        counted=published.programs_per_cluster(framework.id, school) if framework else {},
        portal=portal,
    )
    return render(request, "programs/school.html", {"page": page, "preview": preview})


@public
def index(request: HttpRequest, school: str) -> HttpResponse:
    """Everything the school has, from A to Z: for whoever would rather read than search."""
    found_school = shown_school(request, school)
    page = index_page(
        found_school,
        versions=published.published_programs(found_school),
        courses=courses_of(found_school),
        framework=framework_of(found_school),
    )
    return render(request, "programs/index.html", {"page": page})


@public
def course(request: HttpRequest, school: str, code: str) -> HttpResponse:
    """A course: what it is, what it needs, and what it is good for.

    Programs and prerequisites may name one that only other schools of the district offer now.
    """
    found_school = shown_school(request, school)
    offered = course_of(found_school, code)
    found = offered or courses_by_code(found_school.district, [code]).get(code)
    if found is None:
        raise Http404
    named = named_courses(found.prerequisite)
    page = school_pages.course_with_uses(
        found,
        school=found_school,
        offered=offered is not None,
        known=courses_by_code(found_school.district, named),
        versions=published.programs_with(found_school, code),
    )
    return render(request, "programs/course.html", {"page": page})


@public
def program(request: HttpRequest, school: str, program: str) -> HttpResponse:
    """A program of study: the whole way on one screen."""
    version = _published(school, program)
    show_school(request, version.program.school)
    page = program_pages.program_page(version)
    page |= {"more": more_page(version), "near_jobs": near_jobs(version)}
    return render(request, "programs/program.html", {"page": page})


def _published(school: str, program: str) -> ProgramVersion:
    version = published.published_program(school, program)
    if version is None:
        raise Http404
    return version
