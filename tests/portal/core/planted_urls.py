"""Views that are right, and views with a planted fault, for the tests of access."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.accounts.models import School, User
from pathloom.portal.accounts.queries import schools_where
from pathloom.portal.config import urls
from pathloom.portal.core.access import AccessRule, opens, public, signed_in
from pathloom.portal.core.errors import Conflict, UserError

OWN_SCHOOLS = AccessRule("own schools", listing=lambda user: schools_where(user, "counselor"))
KNOWN_SCHOOLS = AccessRule("known schools", listing=OWN_SCHOOLS.listing, private=False)


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a secret")


@public
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@signed_in
def for_people(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return HttpResponse(request.user.display_name)


@signed_in_as("counselor")
def for_counselors(request: HttpRequest) -> HttpResponse:
    return HttpResponse("caseload")


@opens(OWN_SCHOOLS, into="school", slug="slug")
def own_school(request: HttpRequest, school: School, side: str) -> HttpResponse:
    return HttpResponse(f"{school.name} {side}")


@opens(KNOWN_SCHOOLS, into="school")
def known_school(request: HttpRequest, school: School) -> HttpResponse:
    return HttpResponse(school.name)


@public
def conflict(request: HttpRequest) -> HttpResponse:
    raise Conflict("Somebody was first.", "Look, then try again.", changes=("Biology moved.",))


@public
def user_error(request: HttpRequest) -> HttpResponse:
    raise UserError("This plan is signed.", "Make a new version.")


@public
def defect(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a defect")


@signed_in
def with_messages(request: HttpRequest) -> HttpResponse:
    for level in (10, 20, 25, 30, 40):
        messages.add_message(request, level, f"<b>message {level}</b>")
    return render(request, "core/error.html", {"title": "T", "text": "t"})


@public
def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    *urls.urlpatterns,
    path("planted/undeclared/", undeclared),
    path("planted/public/", open_to_all),
    path("planted/people/", for_people),
    path("planted/counselors/", for_counselors),
    path("planted/own/<slug:slug>/<str:side>/", own_school),
    path("planted/known/<int:school>/", known_school),
    path("planted/conflict/", conflict),
    path("planted/error/", user_error),
    path("planted/defect/", defect),
    path("planted/messages/", with_messages),
    path("planted/missing/", missing),
]
handler400 = "pathloom.portal.core.views.bad_request"
handler403 = "pathloom.portal.core.views.forbidden"
handler404 = "pathloom.portal.core.views.not_found"
handler500 = "pathloom.portal.core.views.server_error"
