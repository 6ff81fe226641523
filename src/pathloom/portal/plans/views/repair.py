"""The nearest plan that works again, and taking it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.access import PLANNING
from pathloom.portal.plans.forms import TakeForm
from pathloom.portal.plans.presenters.repair import repair_page
from pathloom.portal.plans.runners.repair import REPAIRS
from pathloom.portal.plans.views.worked_out import Visit, gone, take, visit
from pathloom.portal.records.models import Student


@opens(PLANNING, into="student")
def repair(request: HttpRequest, student: Student) -> HttpResponse:
    """What would change, each with its reason, and the plan that comes of it."""
    return _page(visit(request, student, "repair"))


@opens(PLANNING, into="student")
@require_POST
def take_repair(request: HttpRequest, student: Student) -> HttpResponse:
    """Make the repaired plan the newest version."""
    seen = visit(request, student, "repair")
    mended = REPAIRS.read(seen.result)
    form = TakeForm(request.POST)
    if mended is None or not mended.changes or not form.is_valid():
        return _page(seen, said=gone())
    why = _("The plan was repaired: {because}").format(because=mended.because[0])
    return take(seen, form, mended, why=why, page=_page)


def _page(seen: Visit, *, said: UserError | None = None) -> HttpResponse:
    mended = REPAIRS.read(seen.result)
    page = None
    if mended is not None and seen.question is not None:
        page = repair_page(mended, seen.question.basis, name=seen.name)
    return seen.show("plans/repair.html", {"page": page}, said=said)
