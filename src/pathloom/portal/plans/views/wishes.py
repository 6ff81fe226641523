"""What a student wants of a plan: the page, marks of single courses, fixes and their undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans import actions
from pathloom.portal.plans.access import PLAN_JOBS, PLANNING
from pathloom.portal.plans.actions.wishes import Mark, gives_up_program
from pathloom.portal.plans.forms import MarkForm, WishesForm
from pathloom.portal.plans.models import PlanJob
from pathloom.portal.plans.presenters.board import card_id
from pathloom.portal.plans.presenters.wishes import wish_choices, wish_values, wishes_page
from pathloom.portal.plans.queries import plan_of
from pathloom.portal.plans.queries.wishes import stuck_job, wishes_of
from pathloom.portal.plans.snapshot import Basis, basis_of, basis_of_version
from pathloom.portal.plans.views.builder import board_of
from pathloom.portal.plans.views.own import loaded
from pathloom.portal.records.access import relation_with
from pathloom.portal.records.models import Student

NO_FIX = 1000  # more than any answer has


def _basis(student: Student) -> Basis:
    """The basis of the newest version, or of the diploma alone before there is a plan."""
    plan, day = plan_of(student), today(student.district)
    if plan is None or plan.head_id is None:
        return basis_of(student, program_version=None, on=day)
    return basis_of_version(loaded(plan.head_id), on=day)


@opens(PLANNING, into="student")
def wishes(request: HttpRequest, student: Student) -> HttpResponse:
    """What the student wants; the student changes it, others read it."""
    basis, kept = _basis(student), wishes_of(student)
    choices = wish_choices(basis, kept)
    if request.method != "POST":
        form = WishesForm(initial=wish_values(kept), choices=choices)
        return _page(request, basis, form)
    form = WishesForm(request.POST, choices=choices)
    if not form.is_valid():
        return _page(request, basis, form, status=422)
    by: Any = request.user
    actions.save_wishes(student=student, by=by, wishes=form.cleaned_data)
    if request.POST.get("then") != "plan":
        messages.success(request, _("What you want is saved. Your next plan follows it."))
        return redirect("plans:wishes", student=student.pk)
    plan = plan_of(student)
    options = {"program": plan.program_id if plan else None}
    job = actions.start_job(student=student, kind="generate", by=by, options=options)
    return redirect("plans:job", job=job.pk)


def _page(
    request: HttpRequest,
    basis: Basis,
    form: WishesForm,
    *,
    said: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    student = basis.student
    context = {
        "page": wishes_page(basis, wishes_of(student), stuck=stuck_job(student)),
        "form": form,
        "student": student,
        "mine": relation_with(request.user, student, "plan.edit") is not None,
        "fixes": relation_with(request.user, student, "plan.fix") is not None,
        "said": said or {},
    }
    return render(request, "plans/wishes.html", context, status=status)


@opens(PLANNING, into="student")
@require_POST
def mark(request: HttpRequest, student: Student) -> HttpResponse:
    """Say something of one course, from the page or from its card in the builder."""
    form, basis = MarkForm(request.POST), _basis(student)
    if not form.is_valid():
        said = {"level": "stop", "title": _("Choose a course first.")}
        return _refused(request, basis, at=str(request.POST.get("at", "")), said=said, status=422)
    by: Any = request.user
    asked = form.cleaned_data
    try:
        words = actions.mark_course(
            basis=basis,
            by=by,
            course=asked["course"],
            mark=Mark(asked["mark"]),
            term=asked["term"],
        )
    except UserError as error:
        said = {"level": "stop", "title": error.message, "text": error.what_to_do}
        return _refused(request, basis, at=asked["at"], said=said, status=error.status)
    if asked["at"] != "builder":
        messages.success(request, words)
        return redirect("plans:wishes", student=student.pk)
    if getattr(request, "htmx", False):
        said = {"level": "done", "title": words}
        return board_of(request, student, said=said, at=asked["course"])
    messages.success(request, words)
    return redirect(f"{reverse('plans:builder')}?at={asked['course']}#{card_id(asked['course'])}")


def _refused(
    request: HttpRequest, basis: Basis, *, at: str, said: dict[str, Any], status: int
) -> HttpResponse:
    if at == "builder":
        return board_of(request, basis.student, said=said, status=status)
    kept = wishes_of(basis.student)
    form = WishesForm(initial=wish_values(kept), choices=wish_choices(basis, kept))
    return _page(request, basis, form, said=said, status=status)


@opens(PLAN_JOBS, into="job")
@require_POST
def fix(request: HttpRequest, job: PlanJob) -> HttpResponse:
    """Carry out one of the changes that would make a plan possible, and ask the same again."""
    by: Any = request.user
    number = str(request.POST.get("number", ""))
    asked = int(number) if number.isdecimal() and len(number) < 4 else NO_FIX
    actions.apply_fix(job=job, number=asked, by=by)
    if relation_with(by, job.student, "plan.edit") is None:
        messages.success(request, _("Done. The plan can be made again now."))
        return redirect("plans:wishes", student=job.student_id)
    kind, options = job.kind, job.options
    if gives_up_program(job, asked):  # a plan without it is a new one, whatever was asked about
        kind, options = PlanJob.Kind.GENERATE, {"program": None}
    again = actions.start_job(student=job.student, kind=kind, by=by, options=options)
    return redirect("plans:job", job=again.pk)


@opens(PLANNING, into="student")
@require_POST
def undo_fix(request: HttpRequest, student: Student) -> HttpResponse:
    """Take the last such change back."""
    by: Any = request.user
    words = actions.undo_fix(student=student, by=by)
    messages.success(request, _("Undone: {words}").format(words=words))
    return redirect("plans:wishes", student=student.pk)
