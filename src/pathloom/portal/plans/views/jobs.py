"""Work on a plan: how far it is, and stopping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from pathloom.portal.core.access import opens
from pathloom.portal.plans.access import PLAN_JOBS
from pathloom.portal.plans.actions import cancel_job
from pathloom.portal.plans.jobs import kind_of
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.presenters.jobs import job_page


@opens(PLAN_JOBS, into="job")
def job(request: HttpRequest, job: PlanJob) -> HttpResponse:
    """How far the work is; when it is done, on to what came of it."""
    partial = bool(getattr(request, "htmx", False))
    if job.state == PlanJob.State.DONE:
        url = kind_of(job.kind).leads_to(job)
        return HttpResponseClientRedirect(url) if partial else redirect(url)
    context = {
        "job": job_page(job, mine=job.student.user_id == request.user.pk),
        "student": job.student,
    }
    return render(request, "plans/_job.html" if partial else "plans/job.html", context)


@opens(PLAN_JOBS, into="job")
@require_POST
def cancel(request: HttpRequest, job: PlanJob) -> HttpResponse:
    """Stop the work; where it has ended already, show what came of it."""
    if job.state in (PlanJob.State.WAITING, PlanJob.State.RUNNING):
        by: Any = request.user
        cancel_job(job=job, by=by)
    return redirect("plans:job", job=job.pk)
