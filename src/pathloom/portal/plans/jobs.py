"""Work on plans: what each kind of it does, and the task that does it.

A kind registers itself here; how a job goes through its states stands in ``core.jobs``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_tasks import task

from pathloom.engine.errors import PathloomError
from pathloom.engine.planner.watch import Watch
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.jobs import Outcome, Result, State, carry_out
from pathloom.portal.plans.models import PlanJob, PlanVersion
from pathloom.portal.records.models import Student

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


@task
def run_job(job_id: int) -> None:
    """Carry a waiting job out; one that is not waiting any more is left alone."""
    jobs = PlanJob.objects.select_related("student__district", "asked_by")
    carry_out(jobs, job_id, _work)


def _work(job: PlanJob, watch: Watch) -> Outcome:
    kind = kind_of(job.kind)
    with _mistakes_in_words(job):
        answer = kept_answer(job) or kind.work(job, watch)
    return Outcome(answer, keep=lambda: _keep(job, kind, answer))


def kept_answer(job: PlanJob) -> Result | None:
    """The answer of a finished job with the same question, None where there is none."""
    same = PlanJob.objects.filter(
        student=job.student_id, kind=job.kind, inputs_hash=job.inputs_hash, state=State.DONE
    ).first()
    return same.result if same else None


def _keep(job: PlanJob, kind: Kind, answer: Result) -> None:
    if kind.keep is not None:
        with _mistakes_in_words(job):
            version = kind.keep(job, answer)
        PlanJob.objects.filter(pk=job.pk).update(version=version)


@contextmanager
def _mistakes_in_words(job: PlanJob) -> Iterator[None]:
    """A mistake in what a school wrote is not the student's; whom to tell, instead of where."""
    try:
        yield
    except PathloomError as error:
        _LOG.warning("Job %s: %s", job.pk, error)
        raise UserError(
            _("The school’s courses or rules hold a mistake: {what}.").format(what=error.what),
            _("Tell your counselor. Nothing was changed."),
        ) from error
