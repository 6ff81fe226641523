"""What a school asks of every plan: the periods of its day, the load of a term, its limits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pathloom.portal.accounts.models import School
from pathloom.portal.accounts.presenters import show_school
from pathloom.portal.catalog.queries import planning_of
from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.access import SCHOOL_PLANNING
from pathloom.portal.plans.actions import save_school_planning
from pathloom.portal.plans.forms import LimitForms, SchoolPlanningForm, limits_sent
from pathloom.portal.plans.presenters.school import (
    limit_values,
    planning_values,
    rules_of,
    tag_choices,
)
from pathloom.portal.plans.queries.school import fingerprint_of, tags_of


@opens(SCHOOL_PLANNING, into="school", slug="school")
def planning(request: HttpRequest, school: School) -> HttpResponse:
    """Say how the school plans; every plan that is made from now on follows it."""
    show_school(request, school)
    kept = planning_of(school)
    tags = {"tags": tag_choices(tags_of(school), kept)}
    if request.method != "POST":
        form = SchoolPlanningForm(initial=planning_values(kept) | {"seen": fingerprint_of(kept)})
        limits = LimitForms(initial=limit_values(kept), form_kwargs=tags, prefix="limits")
        return _page(request, school, form, limits=limits)
    form = SchoolPlanningForm(request.POST)
    limits = LimitForms(request.POST, initial=limit_values(kept), form_kwargs=tags, prefix="limits")
    if not (form.is_valid() and limits.is_valid()):
        return _page(request, school, form, limits=limits, status=422)
    by: Any = request.user
    sent = form.cleaned_data
    try:
        save_school_planning(
            school=school, rules=rules_of(sent, limits_sent(limits)), seen=sent["seen"], by=by
        )
    except UserError as error:
        return _page(request, school, form, limits=limits, said=error, status=error.status)
    messages.success(request, _("Saved. Every plan that is made from now on follows it."))
    return redirect("plans:school_planning", school=school.slug)


def _page(
    request: HttpRequest,
    school: School,
    form: SchoolPlanningForm,
    *,
    limits: Any,
    said: UserError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"school": school, "form": form, "limits": limits, "said": said}
    return render(request, "plans/school_planning.html", context, status=status)
