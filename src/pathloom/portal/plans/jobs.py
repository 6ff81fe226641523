"""Jobs: what each kind of work does, carrying one out, and ending those whose worker died.

A kind registers itself here; a job goes through its states only by conditional updates, so that
two workers, a cancellation and a late result never undo each other.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from pathloom.engine.errors import PathloomError
from pathloom.engine.planner.watch import Cancelled, Progress, Watch
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.models import PlanJob, PlanVersion
from pathloom.portal.records.models import Student

Result = dict[str, Any]
State = PlanJob.State

OPEN = (State.WAITING, State.RUNNING)
WATCHED_EVERY = 0.5  # seconds between two looks at the state of a running job
LOST_AFTER = timedelta(minutes=2)  # without a sign of its worker
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job.

    ``inputs`` gives the hash of everything the answer depends on, for a student and the options
    of a job; it raises ``UserError`` where the job cannot be done. ``work`` finds the answer as
    JSON, telling the watch of each step; it writes nothing. ``keep`` writes what follows from the
    answer, in the transaction that ends the job; without it the answer itself is all there is.
    ``leads_to`` is the address of the page that shows the answer, ``starts_at`` of the one where it
    is asked for. ``permission`` is what a person needs in a relation to the student to start and
    to cancel one.
    """

    name: str
    inputs: Callable[[Student, Result], str]
    work: Callable[[PlanJob, Watch], Result]
    leads_to: Callable[[PlanJob], str]
    starts_at: Callable[[PlanJob], str]
    keep: Callable[[PlanJob, Result], PlanVersion | None] | None = None
    permission: str = "plan.edit"


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind of job; each name of ``PlanJob.Kind`` once."""
    if kind.name not in PlanJob.Kind.values or kind.name in _KINDS:
        raise ValueError(f"job kind {kind.name}: unknown or there already. Use a free one.")
    _KINDS[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """The kind with a name."""
    return _KINDS[name]


def newest_answer(student: Student, kind: str) -> PlanJob | None:
    """The newest finished job of a kind for a student."""
    return PlanJob.objects.filter(student=student, kind=kind, state=State.DONE).first()


def is_current(job: PlanJob) -> bool:
    """Whether the same question would be asked today: nothing the answer depends on has changed."""
    return kind_of(job.kind).inputs(job.student, job.options) == job.inputs_hash


def unfinished(jobs: QuerySet[PlanJob]) -> QuerySet[PlanJob]:
    """Those of the jobs that wait or run."""
    return jobs.filter(state__in=OPEN)


@task
def run_job(job_id: int) -> None:
    """Carry a waiting job out; one that is not waiting any more is left alone."""
    now = timezone.now()
    waiting = PlanJob.objects.filter(pk=job_id, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started_at=now, heartbeat=now):
        return
    job = PlanJob.objects.select_related("student__district", "asked_by").get(pk=job_id)
    kind = kind_of(job.kind)
    try:
        answer = kept_answer(job) or kind.work(job, JobWatch(job.pk))
        _finish(job, kind, answer)
    except Cancelled:
        _LOG.info("Job %s was cancelled.", job_id)
    except UserError as error:
        _fail(job_id, message=error.message, what_to_do=error.what_to_do)
    except PathloomError as error:
        _LOG.warning("Job %s: %s", job_id, error)
        _fail(
            job_id,
            message=_("The school’s courses or rules hold a mistake: {what}.").format(
                what=error.what
            ),
            what_to_do=_("Tell your counselor. Nothing was changed."),
        )
    except Exception:
        _fail(
            job_id,
            message=_("Something went wrong while we worked on this."),
            what_to_do=_("Try again. If it happens again, tell your school: job {number}.").format(
                number=job_id
            ),
        )
        raise


def kept_answer(job: PlanJob) -> Result | None:
    """The answer of a finished job with the same question, None where there is none."""
    same = PlanJob.objects.filter(
        student=job.student_id, kind=job.kind, inputs_hash=job.inputs_hash, state=State.DONE
    ).first()
    return same.result if same else None


@transaction.atomic
def _finish(job: PlanJob, kind: Kind, answer: Result) -> None:
    running = PlanJob.objects.filter(pk=job.pk, state=State.RUNNING)
    if not running.update(state=State.DONE, finished_at=timezone.now(), result=answer):
        raise Cancelled
    if kind.keep is not None:
        PlanJob.objects.filter(pk=job.pk).update(version=kind.keep(job, answer))


def _fail(job_id: int, *, message: str, what_to_do: str) -> bool:
    result = {"message": message, "what_to_do": what_to_do}
    running = PlanJob.objects.filter(pk=job_id, state=State.RUNNING)
    return bool(running.update(state=State.FAILED, finished_at=timezone.now(), result=result))


class JobWatch:
    """Writes the progress of a job down and stops the work when the job was cancelled."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.looked = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if self.looked and now - self.looked < WATCHED_EVERY:
            return
        self.looked = now
        running = PlanJob.objects.filter(pk=self.job_id, state=State.RUNNING)
        if not running.update(
            done=min(progress.done, progress.of),
            of=progress.of,
            doing=progress.doing[:200],
            heartbeat=timezone.now(),
        ):
            raise Cancelled


def reap_jobs(*, all_of_them: bool = False) -> int:
    """End the running jobs whose worker was not heard of for long; how many they were.

    Args:
        all_of_them: no worker is alive, so that none has to be waited for.
    """
    running = PlanJob.objects.filter(state=State.RUNNING)
    lost = running if all_of_them else running.filter(heartbeat__lt=timezone.now() - LOST_AFTER)
    return sum(
        _fail(
            job_id,
            message=_("The work on this stopped before it was finished."),
            what_to_do=_("Start it again."),
        )
        for job_id in list(lost.values_list("pk", flat=True))
    )
