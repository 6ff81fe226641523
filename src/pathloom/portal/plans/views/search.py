"""Find a course for the plan: a form that works by itself, and a part of the builder with htmx."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathloom.portal.core.queries import today
from pathloom.portal.plans.presenters.search import search_page
from pathloom.portal.plans.snapshot import basis_of_version
from pathloom.portal.plans.views.own import loaded, my_plan, own_page


@own_page
def search(request: HttpRequest) -> HttpResponse:
    """Courses that can be added, or take the place of one (`swap`), by words and area."""
    plan = my_plan(request)
    if plan is None:
        return redirect("plans:start")
    version = loaded(plan.head_id or 0)
    page = search_page(
        version,
        basis_of_version(version, on=today(plan.student.district)),
        words=request.GET.get("q", ""),
        area=request.GET.get("area", ""),
        term=request.GET.get("term", ""),
        swap=request.GET.get("swap", ""),
    )
    partial = bool(getattr(request, "htmx", False))
    template = "plans/_found.html" if partial else "plans/search.html"
    return render(request, template, {"page": page})
