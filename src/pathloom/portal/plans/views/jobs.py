"""Work on a plan: how far it is, and stopping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from pathloom.portal.core.access import opens
from pathloom.portal.core.jobs import OPEN
from pathloom.portal.plans.access import PLAN_JOBS
from pathloom.portal.plans.actions import cancel_job
from pathloom.portal.plans.jobs import is_current, kind_of
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.presenters.jobs import plan_job_page
from pathloom.portal.plans.presenters.no_plan import no_plan
from pathloom.portal.records.access import relation_with


@opens(PLAN_JOBS, into="job")
def job(request: HttpRequest, job: PlanJob) -> HttpResponse:
    """How far the work is; when it is done, on to what came of it."""
    partial = bool(getattr(request, "htmx", False))
    mine = job.student.user_id == request.user.pk
    if job.state == PlanJob.State.DONE:
        url = kind_of(job.kind).leads_to(job)
        if partial:
            return HttpResponseClientRedirect(url)
        return _no_plan(request, job, mine=mine) if url == request.path else redirect(url)
    context = {"job": plan_job_page(job, mine=mine), "student": job.student}
    return render(request, "core/_job.html" if partial else "core/job.html", context)


def _no_plan(request: HttpRequest, job: PlanJob, *, mine: bool) -> HttpResponse:
    """Why there is no plan, and what would help."""
    staff = relation_with(request.user, job.student, "plan.fix") is not None
    page = no_plan(job, mine=mine, staff=staff, current=is_current(job))
    context = {"page": page, "student": job.student, "mine": mine}
    return render(request, "plans/no_plan.html", context)


@opens(PLAN_JOBS, into="job")
@require_POST
def cancel(request: HttpRequest, job: PlanJob) -> HttpResponse:
    """Stop the work; where it has ended already, show what came of it."""
    if job.state in OPEN:
        by: Any = request.user
        cancel_job(job=job, by=by)
    return redirect("plans:job", job=job.pk)
