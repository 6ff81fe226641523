"""Lists for the staff who write programs of study: programs, templates, coverage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathloom.portal.accounts.models import District, School
from pathloom.portal.core.access import holds
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.tables import csv_text, table
from pathloom.portal.programs import checks
from pathloom.portal.programs.access import (
    PROGRAM_DRAFTS,
    districts_written_for,
    may_author_somewhere,
    may_be_asked,
    schools_written_for,
)
from pathloom.portal.programs.actions.drafts import Place, start_program
from pathloom.portal.programs.actions.review import set_review_cycle
from pathloom.portal.programs.forms.authoring import CycleForm, StartForm
from pathloom.portal.programs.presenters import authoring_lists as lists
from pathloom.portal.programs.queries import authoring as queries
from pathloom.portal.programs.queries.frameworks import framework_of_district
from pathloom.portal.programs.queries.templates import bases_for

staff = holds("writes or reads programs of study", may_author_somewhere)
staff_and_partners = holds("works on programs of study", may_be_asked)


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    words = request.GET.get("q", "").casefold().split()
    show = request.GET.get("show", "")
    rows, every = [], queries.written_programs(request.user)
    gone = queries.not_offered(every)
    held = checks.held_back(each.newest for each in every if each.newest.is_open)
    for written in every:
        if show == "stale" and not written.stale:
            continue
        if show == "open" and not written.newest.is_open:
            continue
        row = lists.program_row(written, held.get(written.newest.pk, 0), gone[written.program.pk])
        text = f"{written.newest.title} {row['home']} {row['place']} {row['owner']}".casefold()
        if all(word in text for word in words):
            rows.append(row)
    return rows


@staff_and_partners
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """The programs a person works on or reads, sorted and searched."""
    query = request.GET.urlencode()
    csv_url = reverse("programs:authoring_csv") + (f"?{query}" if query else "")
    rows = _rows(request)
    reads = may_author_somewhere(request.user)
    context = {
        "table": table(
            request,
            caption=_("Programs of study"),
            columns=lists.program_columns(),
            rows=rows,
            csv_url=csv_url,
        ),
        "words": request.GET.get("q", ""),
        "show": request.GET.get("show", ""),
        "filters": _filters(request),
        "writes": schools_written_for(request.user).exists()
        or districts_written_for(request.user).exists(),
        "reads": reads,
        "asked": reads or PROGRAM_DRAFTS.may_list(request.user).exists(),
        "cycles": _cycles(request),
    }
    return render(request, "programs/authoring/programs.html", context)


def _filters(request: HttpRequest) -> list[dict[str, Any]]:
    here = request.GET.get("show", "")
    labels = (("", _("All")), ("open", _("Being written")), ("stale", _("Review due")))
    return [
        {"label": label, "url": f"?show={name}" if name else "?", "current": name == here}
        for name, label in labels
    ]


def _cycles(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "pk": district.pk,
            "name": district.name,
            "form": CycleForm(initial={"months": queries.months_until_stale(district)}),
        }
        for district in districts_written_for(request.user)
    ]


@staff_and_partners
@require_safe
def programs_csv(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    return _csv("programs.csv", lists.program_columns(), _rows(request))


def _csv(name: str, columns: Any, rows: list[dict[str, Any]]) -> HttpResponse:
    keys = [column.key for column in columns]
    cells = [[_text(row[key]) for key in keys] for row in rows]
    return HttpResponse(
        csv_text([str(column.label) for column in columns], cells),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _text(cell: Any) -> Any:
    return cell["text"] if isinstance(cell, dict) else cell


@staff
def start(request: HttpRequest) -> HttpResponse:
    """Start a program: from a template of the library, or from an empty page."""
    user: Any = request.user
    schools, districts = schools_written_for(user), districts_written_for(user)
    homes: dict[str, School | District] = {
        f"school:{each.pk}": each for each in schools.select_related("district")
    }
    homes |= {f"district:{each.pk}": each for each in districts}
    bases = bases_for(user.district)
    framework = framework_of_district(user.district)
    form = StartForm(
        request.POST or None,
        homes=lists.home_choices(schools, districts),
        bases=lists.base_choices(bases),
        places=lists.place_choices(framework) if framework else [],
        initial={"base": request.GET.get("base", "")},
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        draft = start_program(
            home=homes[sent["home"]],
            by=user,
            title=sent["title"],
            place=_place(sent["place"]),
            base=sent["base"],
        )
        messages.success(request, _("The draft is there. Every change is saved as you make it."))
        return redirect("programs:draft_tab", draft=draft.pk, tab="sequence")
    context = {"form": form, "bases": lists.base_cards(bases), "writes": bool(homes)}
    return render(
        request, "programs/authoring/start.html", context, status=422 if form.errors else 200
    )


def _place(text: str) -> Place:
    framework, cluster, pathway = (*text.split("/"), "", "")[:3]
    return Place(framework, cluster, pathway)


@staff
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Every cluster and pathway of the district's framework, with or without a written program."""
    title, rows = _coverage(request)
    context = {
        "framework": title,
        "picture": lists.coverage_picture(rows),
        "table": table(
            request,
            caption=_("Written programs by cluster and pathway"),
            columns=lists.coverage_columns(),
            rows=rows,
            csv_url=reverse("programs:coverage_csv"),
        ),
        "without": sum(row["state"] == "none" for row in rows),
        "all": len(rows),
    }
    return render(request, "programs/authoring/coverage.html", context)


@staff
@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same report as CSV."""
    return _csv("coverage.csv", lists.coverage_columns(), _coverage(request)[1])


def _coverage(request: HttpRequest) -> tuple[str, list[dict[str, Any]]]:
    user: Any = request.user
    framework = framework_of_district(user.district)
    if framework is None:
        return "", []
    programs = queries.covering_programs(user, user.district)
    return framework.title, lists.coverage_rows(framework, programs)


@staff
@require_POST
def cycle(request: HttpRequest, district: int) -> HttpResponse:
    """Say after how many months a review is due."""
    user: Any = request.user
    found = districts_written_for(user).filter(pk=district).first()
    form = CycleForm(request.POST)
    if found is None or not form.is_valid():
        raise UserError(_("This was not saved."), _("Write a number of months from 1 to 60."))
    set_review_cycle(found, by=user, months=form.cleaned_data["months"])
    messages.success(request, _("Saved."))
    return redirect("programs:authoring")
