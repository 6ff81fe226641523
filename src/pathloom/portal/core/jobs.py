"""Jobs of every kind: asking once, carrying out, stopping, and ending those whose worker died.

A job goes through its states only by conditional updates, so that two workers, a cancellation and
a late result never undo each other.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.planner.watch import Cancelled, Progress, Watch
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Job

J = TypeVar("J", bound=Job)
Result = dict[str, Any]
State = Job.State

OPEN = (State.WAITING, State.RUNNING)
WATCHED_EVERY = 0.5  # seconds between two looks at the state of a running job
LOST_AFTER = timedelta(minutes=2)  # without a sign of its worker
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job.

    ``result`` stays with the job, as JSON. ``keep`` writes what else follows from it, in the
    transaction that ends the job.
    """

    result: Result
    keep: Callable[[], None] = lambda: None


def unfinished(jobs: QuerySet[J]) -> QuerySet[J]:
    """Those of the jobs that wait or run."""
    return jobs.filter(state__in=OPEN)


def is_lost(job: Job) -> bool:
    """Whether the worker of a running job was not heard of for long."""
    return (
        job.state == State.RUNNING
        and job.heartbeat is not None
        and job.heartbeat < timezone.now() - LOST_AFTER
    )


def add_once(job: J, *, same: QuerySet[J]) -> J:
    """Write a new job down, or give the open one among the ``same`` that somebody asked for first.

    The table's own constraint decides; the caller sees by identity whether it is the new one.
    """
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return unfinished(same).get()
    return job


def stop(job: Job, *, jobs: QuerySet[J]) -> None:
    """Cancel a job that waits or runs; nothing is kept of it.

    Raises:
        UserError: it has ended.
    """
    open_ones = unfinished(jobs.filter(pk=job.pk))
    if not open_ones.update(state=State.CANCELLED, finished_at=timezone.now()):
        raise UserError(_("This has already ended."), _("Look at what came of it."))


def carry_out(jobs: QuerySet[J], job_id: int, work: Callable[[J, Watch], Outcome]) -> None:
    """Carry a waiting job out; one that is not waiting any more is left alone.

    Args:
        work: finds the answer, telling the watch of each step; it writes nothing. A ``UserError``
            says why it cannot be done.
    """
    now = timezone.now()
    waiting = jobs.filter(pk=job_id, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started_at=now, heartbeat=now):
        return
    job = jobs.get(pk=job_id)
    try:
        _finish(jobs, job_id, work(job, JobWatch(jobs, job_id)))
    except Cancelled:
        _LOG.info("%s %s was cancelled.", jobs.model.__name__, job_id)
    except UserError as error:
        _fail(jobs, job_id, message=error.message, what_to_do=error.what_to_do)
    except Exception:
        _fail(
            jobs,
            job_id,
            message=_("Something went wrong while we worked on this."),
            what_to_do=_("Try again. If it happens again, tell your school: job {number}.").format(
                number=job_id
            ),
        )
        raise


@transaction.atomic
def _finish(jobs: QuerySet[J], job_id: int, outcome: Outcome) -> None:
    running = jobs.filter(pk=job_id, state=State.RUNNING)
    now = timezone.now()
    if not running.update(state=State.DONE, finished_at=now, result=outcome.result):
        raise Cancelled
    outcome.keep()


def _fail(jobs: QuerySet[J], job_id: int, *, message: str, what_to_do: str) -> bool:
    result = {"message": message, "what_to_do": what_to_do}
    running = jobs.filter(pk=job_id, state=State.RUNNING)
    return bool(running.update(state=State.FAILED, finished_at=timezone.now(), result=result))


class JobWatch:
    """Writes the progress of a job down and stops the work when the job was cancelled."""

    def __init__(self, jobs: QuerySet[Any], job_id: int) -> None:
        self.jobs = jobs
        self.job_id = job_id
        self.looked = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if self.looked and now - self.looked < WATCHED_EVERY:
            return
        self.looked = now
        running = self.jobs.filter(pk=self.job_id, state=State.RUNNING)
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
    tables = (model for model in apps.get_models() if issubclass(model, Job))
    return sum(_reap(model._default_manager.all(), all_of_them=all_of_them) for model in tables)


def _reap(jobs: QuerySet[J], *, all_of_them: bool) -> int:
    running = jobs.filter(state=State.RUNNING)
    lost = running if all_of_them else running.filter(heartbeat__lt=timezone.now() - LOST_AFTER)
    return sum(
        _fail(
            jobs,
            job_id,
            message=_("The work on this stopped before it was finished."),
            what_to_do=_("Start it again."),
        )
        for job_id in list(lost.values_list("pk", flat=True))
    )
