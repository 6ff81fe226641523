"""Answers about a plan: worked out once, kept as JSON, read back. One shape for every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.urls import reverse
from pydantic import TypeAdapter

from pathloom.engine.planner.request import plan_document
from pathloom.engine.planner.types import Infeasible, Undecided
from pathloom.engine.planner.watch import Watch
from pathloom.portal.core.jobs import Result
from pathloom.portal.plans.jobs import Kind, register
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.runners.question import Question
from pathloom.portal.records.models import Student

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class Find(Protocol[A_co]):
    """Finds the answer to a question, telling the watch of each step; or why there is none."""

    def __call__(
        self, question: Question, *, watch: Watch
    ) -> A_co | Infeasible | Undecided: ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Answers(Generic[A]):
    """One kind of answer.

    ``kind`` is the job's. ``status`` marks the answer where it is kept in ``form``, beside the
    planner's own words for no plan. ``about`` says what is asked about a student, ``page`` is the
    URL name of the page that shows the answer, with the student's id.
    """

    kind: str
    status: str
    form: TypeAdapter[A]
    about: Callable[[Student], Question]
    find: Find[A]
    page: str

    def read(self, result: Result | None) -> A | None:
        """Read back what a job kept; None where it kept why there is no answer."""
        if result is None or result["status"] != self.status:
            return None
        return self.form.validate_python(result)

    def work(self, job: PlanJob, watch: Watch) -> Result:
        """Find the answer, as it is kept."""
        found = self.find(self.about(job.student), watch=watch)
        if isinstance(found, Infeasible | Undecided):
            return plan_document(found)
        return {"status": self.status, **self.form.dump_python(found, mode="json")}

    def inputs(self, student: Student, options: Result) -> str:
        """The hash of everything the answer depends on."""
        return self.about(student).hash

    def leads_to(self, job: PlanJob) -> str:
        """The address of the page of a job's student."""
        return reverse(self.page, args=[job.student_id])


def keeps(answers: Answers[A]) -> Answers[A]:
    """Let jobs of this kind be carried out; whoever may read a plan may start one."""
    register(
        Kind(
            answers.kind,
            inputs=answers.inputs,
            work=answers.work,
            leads_to=answers.leads_to,
            starts_at=answers.leads_to,
            permission="plan.read",
        )
    )
    return answers
