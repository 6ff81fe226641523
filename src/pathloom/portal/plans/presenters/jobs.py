"""How far work on a plan is, in words."""

from __future__ import annotations

from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.portal.plans.jobs import LOST_AFTER, kind_of
from pathloom.portal.plans.models import PlanJob

State = PlanJob.State


class JobPage(TypedDict):
    """``open``: it waits or runs; ``done`` of ``of`` steps; ``url`` leads to what came of it."""

    pk: int
    title: str
    open: bool
    ended: str
    words: str
    fix: str
    doing: str
    steps: str
    done: int
    of: int
    again: str


def job_page(job: PlanJob, *, mine: bool) -> JobPage:
    """Show a job that waits, runs, was stopped or failed.

    Args:
        mine: whether the reader is the student.
    """
    lost = job.state == State.RUNNING and _is_lost(job)
    result = job.result or {}
    page: JobPage = {
        "pk": job.pk,
        "title": _title(job, mine=mine),
        "open": job.state in (State.WAITING, State.RUNNING) and not lost,
        "ended": "",
        "words": "",
        "fix": "",
        "doing": _doing(job),
        "steps": _("Step {done} of {of}").format(done=min(job.done + 1, job.of), of=job.of)
        if job.of
        else _("Starting"),
        "done": job.done,
        "of": max(1, job.of),
        "again": kind_of(job.kind).starts_at(job),
    }
    if lost:
        page["ended"], page["words"] = "failed", _("The work on this stopped.")
        page["fix"] = _("Start it again.")
    elif job.state == State.FAILED:
        page["ended"] = "failed"
        page["words"], page["fix"] = result["message"], result["what_to_do"]
    elif job.state == State.CANCELLED:
        page["ended"], page["words"] = "cancelled", _("This was stopped. Nothing was changed.")
    return page


def _is_lost(job: PlanJob) -> bool:
    return job.heartbeat is not None and job.heartbeat < timezone.now() - LOST_AFTER


def _doing(job: PlanJob) -> str:
    if job.state == State.WAITING:
        return _("Waiting to start")
    return job.doing or _("Reading the record")


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
