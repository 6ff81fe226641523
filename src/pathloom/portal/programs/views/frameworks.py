"""Crosswalks and downloads for everybody; the framework of a district for its administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.core.access import public
from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions import frameworks as actions
from pathloom.portal.programs.exports import frameworks as exports
from pathloom.portal.programs.forms.frameworks import LevelsForm, decisions_of, initial_levels
from pathloom.portal.programs.models import FrameworkMove
from pathloom.portal.programs.presenters import frameworks as pages
from pathloom.portal.programs.queries import frameworks as queries
from pathloom.portal.programs.queries import moves
from pathloom.portal.programs.roles import FRAMING


@public
@require_safe
def crosswalk(request: HttpRequest, framework: str, other: str) -> HttpResponse:
    """Where every place of one framework stands in another."""
    left, right = _two(framework, other)
    return render(
        request, "programs/framework_crosswalk.html", {"page": pages.crosswalk_page(left, right)}
    )


@public
@require_GET
def crosswalk_csv(request: HttpRequest, framework: str, other: str) -> HttpResponse:
    """The same as CSV."""
    left, right = _two(framework, other)
    return _csv(exports.crosswalk_csv(left, right), f"{left.id}-to-{right.id}")


@public
@require_GET
def crosswalk_json(request: HttpRequest, framework: str, other: str) -> HttpResponse:
    """The same as JSON."""
    return JsonResponse(exports.crosswalk_json(*_two(framework, other)))


@public
@require_GET
def framework_csv(request: HttpRequest, framework: str) -> HttpResponse:
    """A framework as CSV."""
    found = _framework(framework)
    return _csv(exports.framework_csv(found), found.id)


@public
@require_GET
def framework_json(request: HttpRequest, framework: str) -> HttpResponse:
    """A framework as JSON."""
    return JsonResponse(exports.framework_json(_framework(framework)))


@signed_in_as(*FRAMING)
@require_safe
def district(request: HttpRequest) -> HttpResponse:
    """The framework of one's district."""
    return _district(request)


@signed_in_as(*FRAMING)
def framework_move(request: HttpRequest, to: str) -> HttpResponse:
    """What a move would do with every program; a post does it."""
    mine, chosen = _mine(request), _framework(to)
    decisions = decisions_of(request.POST)
    refused = None
    if request.method == "POST":
        try:
            actions.move_framework(mine, chosen.id, decisions=decisions, by=_person(request))
        except UserError as error:
            refused = error
        else:
            messages.success(
                request,
                _("The district uses %(framework)s now.") % {"framework": chosen.title},
            )
            return redirect("programs:district_framework")
    page = pages.move_page(
        moves.preview(mine, chosen),
        to=chosen,
        current=queries.framework_of_district(mine),
        chosen=decisions,
    )
    context = {"page": page, "refused": refused}
    return render(
        request, "programs/staff/framework_move.html", context, status=422 if refused else 200
    )


@signed_in_as(*FRAMING)
@require_POST
def framework_undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take the newest move back."""
    move = get_object_or_404(FrameworkMove, district=_mine(request), number=number)
    actions.undo_move(move, by=_person(request))
    messages.success(request, _("The move is undone."))
    return redirect("programs:district_framework")


@signed_in_as(*FRAMING)
@require_POST
def framework_levels(request: HttpRequest) -> HttpResponse:
    """Call the levels something else."""
    mine, form = _mine(request), LevelsForm(request.POST)
    current = queries.framework_of_district(mine)
    if current is None:
        raise Http404
    if form.is_valid():
        try:
            actions.name_levels(mine, current, words=form.words(), by=_person(request))
        except UserError as error:
            form.add_error(None, f"{error.message} {error.what_to_do}")
        else:
            messages.success(request, _("The names of the levels are saved."))
            return redirect("programs:district_framework")
    return _district(request, form)


def _district(request: HttpRequest, form: LevelsForm | None = None) -> HttpResponse:
    mine = _mine(request)
    current = queries.framework_of_district(mine)
    kept = moves.level_names(mine, current.id) if current else None
    context = {
        "page": pages.district_page(mine, current),
        "form": form or LevelsForm(initial=initial_levels(kept.words if kept else {})),
    }
    return render(request, "programs/staff/framework.html", context, status=422 if form else 200)


def _person(request: HttpRequest) -> Any:
    return request.user


def _mine(request: HttpRequest) -> Any:
    """The district of an administrator; the role was asked for already."""
    return _person(request).district


def _framework(framework_id: str) -> Any:
    found = queries.framework(framework_id)
    if found is None:
        raise Http404
    return found


def _two(framework: str, other: str) -> tuple[Any, Any]:
    if framework == other:
        raise Http404
    return _framework(framework), _framework(other)


def _csv(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
