"""What a change to another program would cost: every program, and one in full."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pathloom.portal.core.access import opens
from pathloom.portal.core.tables import table
from pathloom.portal.plans.access import PLANNING
from pathloom.portal.plans.exports import change_lines
from pathloom.portal.plans.presenters.change import (
    COLUMNS,
    Place,
    change_page,
    program_page,
    program_rows,
)
from pathloom.portal.plans.runners.switch import COSTS
from pathloom.portal.plans.views.worked_out import Visit, csv_file, visit
from pathloom.portal.programs.queries.frameworks import place_of
from pathloom.portal.programs.queries.published import published_program, published_programs
from pathloom.portal.records.models import Student


@opens(PLANNING, into="student")
def change(request: HttpRequest, student: Student) -> HttpResponse:
    """Every program of the school: still reachable or not, credits kept and lost, until when."""
    seen = visit(request, student, "switch")
    costs = COSTS.read(seen.result)
    if costs is None:
        return seen.show("plans/change.html", {"page": None})
    cluster, words = request.GET.get("cluster", ""), request.GET.get("q", "").strip()
    page = change_page(costs, _place(seen), cluster=cluster, words=words)
    programs = table(
        request, caption=_("What each program would change"), columns=COLUMNS, rows=page["rows"]
    )
    return seen.show("plans/change.html", {"page": page, "programs": programs})


@opens(PLANNING, into="student")
def change_csv(request: HttpRequest, student: Student) -> HttpResponse:
    """The same programs as CSV, the least cost first."""
    seen = visit(request, student, "switch")
    costs = COSTS.read(seen.result)
    text = change_lines(program_rows(costs, _place(seen))) if costs else ""
    return csv_file(text, name=f"programs-{student.number}")


@opens(PLANNING, into="student")
def change_program(request: HttpRequest, student: Student, program: str) -> HttpResponse:
    """One program: the courses kept and lost, what it still asks for, and planning with it."""
    seen = visit(request, student, "switch")
    costs = COSTS.read(seen.result)
    named = (each for each in (costs.programs if costs else ()) if each.switch.program == program)
    cost = next(named, None)
    if costs is None or cost is None or seen.question is None:
        raise Http404
    version = published_program(seen.question.basis.school.slug, program)
    context = {"page": program_page(cost, costs, _place(seen)), "program": version}
    return seen.show("plans/change_program.html", context)


def _place(seen: Visit) -> Place:
    clusters = {}
    if seen.question is not None:
        for version in published_programs(seen.question.basis.school):
            _framework, cluster, _pathway = place_of(version)
            if cluster is not None:
                clusters[version.program.slug] = cluster.name
    return Place(seen.student.pk, seen.name, clusters)
