"""Sign-in, sign-out, the landing pages of staff and partners, and who can see what."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from pathloom.portal.accounts import presenters, queries
from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.accounts.forms import SignInForm
from pathloom.portal.accounts.models import School, User
from pathloom.portal.accounts.roles import PARTNER, ROLES
from pathloom.portal.core.access import public, signed_in


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the page of the leading role, and a stranger to the public portal."""
    if not isinstance(request.user, User):
        return redirect("programs:schools")
    return _first_page(request.user)


@signed_in
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Lead a person to the page of the leading role; public pages link here for everybody."""
    return _first_page(request.user)


def _first_page(user: Any) -> HttpResponse:
    leading = user.leading_role
    return redirect(ROLES[leading].home if leading else "accounts:roles")


@public
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password; in a demonstration also offer one person per role."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return _onward(request)
    context = {
        "form": form,
        "people": [] if form.errors else presenters.demo_sign_ins(),  # the error stays in view
        "next": request.POST.get("next", request.GET.get("next", "")),
    }
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration's person of a role; there is no such page outside of one."""
    if not settings.PATHLOOM_DEMO:
        raise Http404
    people = dict(queries.demo_people(queries.district_of_visitor(None)))
    user = people.get(request.POST.get("role", ""))
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    """Where the person wanted to go, if that is on this server; else home."""
    wanted = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = reverse("accounts:home")
    return HttpResponseRedirect(wanted)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:sign_in")


@public
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Say who can see what, from the roles and the written policy."""
    return render(request, "accounts/roles.html", presenters.who_can_see_what())


@public
@require_GET
@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest, school: str) -> HttpResponse:
    """A school's colors as a stylesheet."""
    color = get_object_or_404(School, slug=school).brand_color
    return HttpResponse(presenters.brand_stylesheet(color), content_type="text/css")


@public
@require_GET
@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest, school: str, kind: str) -> HttpResponse:
    """A school's logo as a picture, under the ending of what it is."""
    found = presenters.logo_of(get_object_or_404(School, slug=school))
    if found is None or found.kind != kind:
        raise Http404
    return HttpResponse(found.content, content_type=found.content_type)


@signed_in_as(*presenters.STAFF_ROLES)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """The first page of teachers and administrators; counselors may look too."""
    return render(request, "accounts/staff.html", presenters.staff_home(request.user))


@signed_in_as(PARTNER)
@require_safe
def partner(request: HttpRequest) -> HttpResponse:
    """The first page of a business partner."""
    return render(request, "accounts/partner.html", presenters.partner_home(request.user))
