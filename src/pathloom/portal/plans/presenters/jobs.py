"""How far work on a plan is, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.portal.core.job_page import JobPage, JobWords, job_page
from pathloom.portal.plans.jobs import kind_of
from pathloom.portal.plans.models import PlanJob


def plan_job_page(job: PlanJob, *, mine: bool) -> JobPage:
    """Show a job that waits, runs, was stopped or failed.

    Args:
        mine: whether the reader is the student.
    """
    words = JobWords(
        title=_title(job, mine=mine),
        lead=_("This takes a moment. You can stay here or come back later."),
        first=_("Reading the record"),
        step=_("Step {done} of {of}"),
    )
    return job_page(
        job,
        words=words,
        urls={
            "here": reverse("plans:job", args=[job.pk]),
            "cancel": reverse("plans:cancel_job", args=[job.pk]),
            "again": kind_of(job.kind).starts_at(job),
        },
    )


def _title(job: PlanJob, *, mine: bool) -> str:
    words = {
        PlanJob.Kind.GENERATE: (_("Making your plan"), _("Making {name}’s plan")),
        PlanJob.Kind.ALTERNATIVES: (
            _("Looking for other plans for you"),
            _("Looking for other plans for {name}"),
        ),
        PlanJob.Kind.REPAIR: (_("Repairing your plan"), _("Repairing {name}’s plan")),
        PlanJob.Kind.SWITCH: (
            _("Seeing what another program would change for you"),
            _("Seeing what another program would change for {name}"),
        ),
    }
    own, of_student = words[PlanJob.Kind(job.kind)]
    return own if mine else of_student.format(name=job.student.first_name)
