"""Starting work on a plan that may take a while, and stopping it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from pathloom.portal.accounts.models import User
from pathloom.portal.core.events import record_event
from pathloom.portal.core.jobs import add_once, reap_jobs, stop, unfinished
from pathloom.portal.plans.checks import acting_role
from pathloom.portal.plans.jobs import kind_of, run_job
from pathloom.portal.plans.models import GraduationPlan, PlanJob
from pathloom.portal.records.models import Student


def start_job(
    *, student: Student, kind: str, by: User, options: dict[str, Any] | None = None
) -> PlanJob:
    """Ask for work on a student's plan; a worker carries it out, the job says how far it is.

    The same question is asked once: while a job with the same inputs waits or runs, and after one
    has finished whose answer is still the newest plan (or is no plan), that job is returned and
    nothing is written.

    Args:
        kind: one of ``PlanJob.Kind``.
        options: what its kind understands; JSON without floats.
    Raises:
        UserError: no right to do this now, or it cannot be done for this student.
    """
    role = acting_role(by, student, kind_of(kind).permission)
    asked = dict(options or {})
    inputs_hash = kind_of(kind).inputs(student, asked)
    reap_jobs()
    return _start(student, kind=kind, options=asked, inputs_hash=inputs_hash, by=by, role=role)


@transaction.atomic
def _start(
    student: Student,
    *,
    kind: str,
    options: dict[str, Any],
    inputs_hash: str,
    by: User,
    role: str,
) -> PlanJob:
    same = PlanJob.objects.filter(student=student, kind=kind, inputs_hash=inputs_hash)
    held = unfinished(same).first() or _still_true(same.filter(state=PlanJob.State.DONE).first())
    if held is not None:
        return held
    new = PlanJob(
        student=student,
        kind=kind,
        options=options,
        inputs_hash=inputs_hash,
        asked_by=by,
        asked_at=timezone.now(),
    )
    job = add_once(new, same=same)
    if job is not new:
        return job
    record_event(
        by=by,
        role=role,
        action="plans.start_job",
        obj=job,
        student_id=student.pk,
        district_id=student.district_id,
        data={"kind": kind, "options": options, "inputs_hash": inputs_hash},
    )
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job


def _still_true(job: PlanJob | None) -> PlanJob | None:
    """A finished job, unless the plan it made is not the newest version any more."""
    if job is None or job.version_id is None:
        return job
    newest = GraduationPlan.objects.filter(student=job.student_id, head=job.version_id)
    return job if newest.exists() else None


@transaction.atomic
def cancel_job(*, job: PlanJob, by: User) -> PlanJob:
    """Stop a job that waits or runs; nothing is kept of it.

    Raises:
        UserError: the job has ended, or no right to stop it now.
    """
    role = acting_role(by, job.student, kind_of(job.kind).permission)
    stop(job, jobs=PlanJob.objects.all())
    record_event(
        by=by,
        role=role,
        action="plans.cancel_job",
        obj=job,
        student_id=job.student_id,
        district_id=job.student.district_id,
        data={"kind": job.kind},
    )
    job.refresh_from_db()
    return job
