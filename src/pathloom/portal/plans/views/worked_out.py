"""What was worked out about a plan: one visit to such a page, and working it out anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.jobs import unfinished
from pathloom.portal.plans.access import PLANNING
from pathloom.portal.plans.actions import start_job, take_plan
from pathloom.portal.plans.forms import TakeForm
from pathloom.portal.plans.jobs import newest_answer
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.presenters.document import moment_words
from pathloom.portal.plans.presenters.no_plan import NoPlan, no_plan
from pathloom.portal.plans.queries.wishes import wishes_of
from pathloom.portal.plans.runners.alternatives import OTHER_PLANS, Other
from pathloom.portal.plans.runners.answers import Answers
from pathloom.portal.plans.runners.question import Question
from pathloom.portal.plans.runners.repair import REPAIRS, Mended
from pathloom.portal.plans.runners.switch import COSTS
from pathloom.portal.plans.views.own import me, own_page
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation, permits

NO_PLAN = ("infeasible", "undecided")
ANSWERS: dict[str, Answers[Any]] = {each.kind: each for each in (OTHER_PLANS, REPAIRS, COSTS)}


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader at what was worked out for a student.

    ``answer`` is the finished job whose question is today's, or else the newest one, which is then
    ``stale``. ``problem`` says why nothing can be asked now; then there is no ``question``.
    ``staff``: the reader decides what staff decide about a plan.
    """

    request: HttpRequest
    student: Student
    kind: str
    own: bool
    staff: bool
    question: Question | None
    problem: UserError | None
    running: PlanJob | None
    answer: PlanJob | None
    stale: bool

    @property
    def name(self) -> str:
        """The student's first name; empty when the reader is the student."""
        return "" if self.own else self.student.first_name

    @property
    def result(self) -> dict[str, Any] | None:
        """What was kept, None before it was worked out."""
        return self.answer.result if self.answer else None

    @property
    def made(self) -> str:
        """When the answer was worked out; empty without one."""
        finished = self.answer.finished_at if self.answer else None
        return moment_words(finished) if finished else ""

    def show(
        self, template: str, context: dict[str, Any], *, said: UserError | None = None
    ) -> HttpResponse:
        """The page, with what all of these pages say."""
        version = self.question.version if self.question else None
        result = self.result or {}
        kept = wishes_of(self.student)
        common = {
            "student": self.student,
            "own": self.own,
            "name": self.name,
            "problem": self.problem,
            "running": self.running,
            "stale": self.stale,
            "made": self.made,
            "head": version.pk if version else None,
            "no_plan": self._no_plan() if result.get("status") in NO_PLAN else None,
            "staff": self.staff,
            "kept": kept.fix,
            "kept_by_staff": (kept.before_fix or {}).get("staff", False),
            "start_url": reverse(f"{ANSWERS[self.kind].page}_start", args=[self.student.pk]),
            "said": said,
        }
        status = said.status if said else 200
        return render(self.request, template, common | context, status=status)

    def _no_plan(self) -> NoPlan | None:
        """Why there is none, and what would help, while the question is still today's."""
        if self.answer is None:
            return None
        return no_plan(self.answer, mine=self.own, staff=self.staff, current=not self.stale)


def visit(request: HttpRequest, student: Student, kind: str) -> Visit:
    """Read what there is for a student; writes nothing."""
    question: Question | None = None
    problem: UserError | None = None
    try:
        question = ANSWERS[kind].about(student)
    except UserError as error:
        problem = error
    held = relations_to(request.user, student)
    jobs = PlanJob.objects.filter(student=student, kind=kind)
    today = jobs.filter(
        state=PlanJob.State.DONE, inputs_hash=question.hash if question else ""
    ).first()
    return Visit(
        request=request,
        student=student,
        kind=kind,
        own=Relation.OWN in held,
        staff=any(permits(relation, "plan.fix") for relation in held),
        question=question,
        problem=problem,
        running=unfinished(jobs).first(),
        answer=today or (newest_answer(student, kind) if question else None),
        stale=today is None,
    )


@own_page
def own(request: HttpRequest, kind: str) -> HttpResponse:
    """The student's own page of this kind, under the short address."""
    return redirect(ANSWERS[kind].page, me(request).pk)


@opens(PLANNING, into="student")
@require_POST
def start(request: HttpRequest, student: Student, kind: str) -> HttpResponse:
    """Let it be worked out; an answer to the same question is shown at once."""
    by: Any = request.user
    try:
        job = start_job(student=student, kind=kind, by=by)
    except UserError:
        return redirect(ANSWERS[kind].page, student.pk)  # the page says why
    return redirect("plans:job", job=job.pk)


def take(
    seen: Visit,
    form: TakeForm,
    found: Other | Mended,
    *,
    why: str,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Make what was worked out the newest version; a refusal is said on the page."""
    version = seen.question.version if seen.question else None
    if seen.answer is None or version is None:
        return page(seen, said=gone())
    by: Any = seen.request.user
    try:
        take_plan(
            plan=version.plan,
            expected_head=form.cleaned_data["head"],
            job=seen.answer,
            placements=found.placements,
            planned=found.planned(seen.answer.inputs_hash),
            why=why,
            by=by,
        )
    except UserError as error:
        return page(visit(seen.request, seen.student, seen.kind), said=error)
    messages.success(seen.request, _("This is your plan now. “Undo” brings the plan before back."))
    return redirect("plans:builder")


def gone() -> UserError:
    """What was to be taken is not there any more."""
    return UserError(_("This plan is not here any more."), _("Look at the page again."))


def csv_file(text: str, *, name: str) -> HttpResponse:
    """Text as a CSV file to keep."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
