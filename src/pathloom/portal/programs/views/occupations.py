"""Public pages of occupations, everywhere and at a school; the thresholds of a district."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.roles import DISTRICT_ADMIN
from pathloom.portal.catalog.views import shown_school
from pathloom.portal.core.access import public
from pathloom.portal.programs.actions.occupations import set_thresholds
from pathloom.portal.programs.exports.occupations import occupations_csv
from pathloom.portal.programs.forms.occupations import ThresholdsForm, occupation_search_of
from pathloom.portal.programs.presenters import occupation_labels as label_pages
from pathloom.portal.programs.presenters import occupations as pages
from pathloom.portal.programs.presenters.occupation_list import occupation_list
from pathloom.portal.programs.queries import frameworks
from pathloom.portal.programs.queries import occupations as queries
from pathloom.portal.programs.queries.occupation_search import found_occupations


@public
@require_safe
def occupations(request: HttpRequest) -> HttpResponse:
    """Every occupation, searched, filtered and sorted by the address."""
    return _listed(request, known=frameworks.frameworks())


@public
@require_safe
def occupations_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    return _listed_file(request)


@public
@require_safe
def school_occupations(request: HttpRequest, school: str) -> HttpResponse:
    """The same at a school: the labels and the framework of its district."""
    found_school = shown_school(request, school)
    framework = frameworks.framework_of(found_school)
    return _listed(request, known=(framework,) if framework else (), school=found_school)


@public
@require_safe
def school_occupations_file(request: HttpRequest, school: str) -> HttpResponse:
    """The list of a school as a file."""
    return _listed_file(request, shown_school(request, school))


def _listed(request: HttpRequest, *, known: Any, school: School | None = None) -> HttpResponse:
    """The list with the figures and labels of a school's district; everywhere without a school."""
    district = school.district if school else None
    search = occupation_search_of(request.GET)
    book, thresholds = queries.occupation_book(district), queries.thresholds_of(district)
    page = occupation_list(
        found_occupations(book, search, thresholds=thresholds),
        search=search,
        labels=queries.labels_by_code(book, thresholds),
        frameworks=known,
        book=book,
        sources=queries.data_sets(),
        school=school,
    )
    return render(request, "programs/occupations.html", {"page": page})


def _listed_file(request: HttpRequest, school: School | None = None) -> HttpResponse:
    district = school.district if school else None
    search = occupation_search_of(request.GET)
    book, thresholds = queries.occupation_book(district), queries.thresholds_of(district)
    found = found_occupations(book, search, thresholds=thresholds)
    return HttpResponse(
        occupations_csv(found.occupations, queries.labels_by_code(book, thresholds)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="occupations.csv"'},
    )


@public
@require_safe
def occupation(request: HttpRequest, occupation: str) -> HttpResponse:
    """An occupation: pay, outlook, the way there, and why it has its labels."""
    book = queries.occupation_book()
    found = book.by_code.get(occupation)
    if found is None:
        return _unknown(request, occupation, here_url=reverse("programs:occupations"))
    page = pages.occupation_page(
        found,
        book=book,
        thresholds=queries.thresholds_of(None),
        places=[(each, queries.places_in(book, found, each.id)) for each in _national()],
        sources=queries.data_sets(),
    )
    return render(request, "programs/occupation.html", {"page": page})


@public
@require_safe
def school_occupation(request: HttpRequest, school: str, occupation: str) -> HttpResponse:
    """The same at a school: the programs of study that lead there, the district's labels."""
    found_school = shown_school(request, school)
    book = queries.occupation_book(found_school.district)
    found = book.by_code.get(occupation)
    if found is None:
        listed = reverse("programs:school_occupations", args=[found_school.slug])
        return _unknown(request, occupation, here_url=listed)
    framework = frameworks.framework_of(found_school)
    page = pages.occupation_page(
        found,
        book=book,
        thresholds=queries.thresholds_of(found_school.district),
        places=[(framework, queries.places_in(book, found, framework.id))] if framework else [],
        sources=queries.data_sets(),
        school=found_school,
        own_thresholds=queries.has_thresholds(found_school.district),
    )
    programs = queries.programs_leading_to(found_school, book, found)
    page = pages.school_occupation_page(
        page, school=found_school, programs=programs, framework=framework
    )
    return render(request, "programs/occupation.html", {"page": page})


@public
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every data set behind the occupations, with its license and attribution."""
    page = pages.sources_page(queries.data_sets())
    return render(request, "programs/sources.html", {"page": page})


@signed_in_as(DISTRICT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def thresholds(request: HttpRequest) -> HttpResponse:
    """Say what the labels of occupations ask for; try it first, then let it hold."""
    by: Any = request.user
    kept = queries.thresholds_of(by.district)
    if request.method != "POST":
        form = ThresholdsForm(initial=label_pages.threshold_values(kept))
        return _thresholds_page(request, form, tried=kept)
    form = ThresholdsForm(request.POST)
    if not form.is_valid():
        return _thresholds_page(request, form, tried=kept, status=422)
    sent = label_pages.thresholds_from(form.cleaned_data)
    if request.POST.get("do") != "save":
        return _thresholds_page(request, form, tried=sent, trying=True)
    set_thresholds(district=by.district, thresholds=sent, by=by)
    messages.success(request, _("Saved. The labels at every school of the district follow it."))
    return redirect("programs:thresholds")


def _thresholds_page(
    request: HttpRequest,
    form: ThresholdsForm,
    *,
    tried: Any,
    trying: bool = False,
    status: int = 200,
) -> HttpResponse:
    district: Any = request.user.district  # type: ignore[union-attr]
    book = queries.occupation_book(district)
    page = label_pages.thresholds_page(
        book,
        tried,
        defaults=queries.default_thresholds_of(book),
        own=queries.has_thresholds(district),
    )
    context = {"page": page, "form": form, "trying": trying, "district": district}
    return render(request, "programs/staff/thresholds.html", context, status=status)


def _national() -> list[Any]:
    return [each for each in frameworks.frameworks() if each.id.startswith("national-")]


def _unknown(request: HttpRequest, code: str, *, here_url: str) -> HttpResponse:
    """No such occupation: the search instead of a dead end."""
    context = {"code": code[:40], "page": {"here_url": here_url}}
    return render(request, "programs/no_occupation.html", context, status=404)
