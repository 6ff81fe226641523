"""Making a plan: the planner's answer as JSON, and the version that is kept of it."""

from __future__ import annotations

from django.urls import reverse

from pathloom.engine.planner.watch import Watch
from pathloom.portal.core.jobs import Result
from pathloom.portal.core.queries import today
from pathloom.portal.plans.actions.generation import (
    Asked,
    answer_document,
    asked_for,
    find_answer,
    keep_answer,
)
from pathloom.portal.plans.jobs import Kind, register
from pathloom.portal.plans.models import PlanJob, PlanVersion
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import Student


def _asked(student: Student, options: Result) -> Asked:
    chosen = options["program"]
    return asked_for(
        student=student,
        program=ProgramOfStudy.objects.select_related("school").get(pk=chosen) if chosen else None,
        as_of=today(student.district),
    )


def _inputs(student: Student, options: Result) -> str:
    return _asked(student, options).identity


def _work(job: PlanJob, watch: Watch) -> Result:
    return answer_document(find_answer(_asked(job.student, job.options), watch=watch))


def _keep(job: PlanJob, answer: Result) -> PlanVersion | None:
    if answer["status"] != "plan":
        return None
    asked = _asked(job.student, job.options)
    return keep_answer(asked, answer, by=job.asked_by, inputs_hash=job.inputs_hash)


def _leads_to(job: PlanJob) -> str:
    return reverse("plans:builder") if job.version_id else reverse("plans:job", args=[job.pk])


def _starts_at(job: PlanJob) -> str:
    return reverse("plans:start")


register(
    Kind(
        "generate",
        inputs=_inputs,
        work=_work,
        keep=_keep,
        leads_to=_leads_to,
        starts_at=_starts_at,
    )
)
