"""Other plans beside the one that is there, and taking one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.access import PLANNING
from pathloom.portal.plans.exports import comparison_lines
from pathloom.portal.plans.forms import TakeForm
from pathloom.portal.plans.presenters.alternatives import comparison
from pathloom.portal.plans.runners.alternatives import OTHER_PLANS
from pathloom.portal.plans.views.worked_out import Visit, csv_file, gone, take, visit
from pathloom.portal.records.models import Student


@opens(PLANNING, into="student")
def alternatives(request: HttpRequest, student: Student) -> HttpResponse:
    """The plan and up to three others side by side."""
    return _page(visit(request, student, "alternatives"))


@opens(PLANNING, into="student")
def alternatives_csv(request: HttpRequest, student: Student) -> HttpResponse:
    """The same as CSV: one line a goal, one column a plan."""
    seen = visit(request, student, "alternatives")
    compared = OTHER_PLANS.read(seen.result)
    text = comparison_lines(comparison(compared, name=seen.name)) if compared else ""
    return csv_file(text, name=f"plans-{student.number}")


@opens(PLANNING, into="student")
@require_POST
def use(request: HttpRequest, student: Student) -> HttpResponse:
    """Make one of the other plans the newest version."""
    seen = visit(request, student, "alternatives")
    compared = OTHER_PLANS.read(seen.result)
    form = TakeForm(request.POST)
    index = form.cleaned_data["index"] if form.is_valid() else None
    if compared is None or index is None or index >= len(compared.others):
        return _page(seen, said=gone())
    other = compared.others[index]
    why = _("Another plan was chosen: {title}.").format(title=other.title)
    return take(seen, form, other, why=why, page=_page)


def _page(seen: Visit, *, said: UserError | None = None) -> HttpResponse:
    compared = OTHER_PLANS.read(seen.result)
    context = {"page": comparison(compared, name=seen.name) if compared else None}
    return seen.show("plans/alternatives.html", context, said=said)
