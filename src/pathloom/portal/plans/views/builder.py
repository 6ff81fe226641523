"""The builder: start a plan, lay it out, edit it; every edit is one form, script or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.errors import Conflict, UserError
from pathloom.portal.core.queries import today
from pathloom.portal.plans.actions import (
    add_course,
    move_course,
    remove_course,
    start_job,
    start_plan,
    swap_course,
    undo_edit,
)
from pathloom.portal.plans.forms import EditForm, ProgramForm
from pathloom.portal.plans.models import GraduationPlan, PlanVersion
from pathloom.portal.plans.presenters.board import card_id
from pathloom.portal.plans.presenters.choosing import choices
from pathloom.portal.plans.presenters.pages import builder_page
from pathloom.portal.plans.presenters.requests import request_words
from pathloom.portal.plans.queries import plan_of
from pathloom.portal.plans.snapshot import basis_of_version
from pathloom.portal.plans.views.own import loaded, me, my_plan, own_page
from pathloom.portal.programs.models import ProgramOfStudy
from pathloom.portal.records.models import Student

Edit = Callable[[GraduationPlan, dict[str, Any], Any], PlanVersion]


@own_page
def start(request: HttpRequest) -> HttpResponse:
    """Choose a program of study, or none yet."""
    return _start(request, {})


def _start(request: HttpRequest, answer: dict[str, Any], *, status: int = 200) -> HttpResponse:
    student = me(request)
    plan = plan_of(student)
    asked = str(answer.get("program") or request.GET.get("program", ""))
    wanted = int(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else None
    page = choices(student, plan=plan, wanted=wanted)
    context = {"page": page, "answer": answer, "plan": plan}
    return render(request, "plans/start.html", context, status=status)


@own_page
@require_POST
def generate(request: HttpRequest) -> HttpResponse:
    """Ask for a plan for the chosen program, or begin an empty one."""
    student = me(request)
    form = ProgramForm(request.POST)
    if not form.is_valid():
        return _start(request, {"message": _("Choose a program, or “No program yet”.")}, status=422)
    wanted = form.cleaned_data["program"]
    program = ProgramOfStudy.objects.filter(pk=wanted).select_related("school").first()
    if wanted and program is None:
        return _start(request, {"message": _("This program is not there any more.")}, status=422)
    try:
        if form.cleaned_data["by_hand"]:
            start_plan(student=student, program=program, by=_user(request), as_of=_day(student))
            return redirect("plans:builder")
        job = start_job(
            student=student, kind="generate", by=_user(request), options={"program": wanted}
        )
    except UserError as error:
        answer = {"message": error.message, "what_to_do": error.what_to_do}
        return _start(request, answer, status=error.status)
    return redirect("plans:job", job=job.pk)


def _user(request: HttpRequest) -> Any:
    return request.user


def _day(student: Any) -> Any:
    return today(student.district)


@own_page
def builder(request: HttpRequest) -> HttpResponse:
    """The newest version of the student's plan, laid out for editing."""
    plan = my_plan(request)
    if plan is None:
        return redirect("plans:start")
    grade = _grade(request.GET.get("grade", ""))
    return _board(request, plan, grade=grade, at=request.GET.get("at", ""))


def _grade(text: str) -> int | None:
    return int(text) if text in {"9", "10", "11", "12"} else None


def _board(
    request: HttpRequest,
    plan: GraduationPlan,
    *,
    grade: int | None,
    said: dict[str, Any] | None = None,
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    version = loaded(plan.head_id or 0)
    basis = basis_of_version(version, on=_day(plan.student))
    context = {
        "page": builder_page(version, basis, grade=grade, at=at),
        "student": plan.student,
        "said": said or {},
    }
    partial = bool(getattr(request, "htmx", False))
    template = "plans/_board.html" if partial else "plans/builder.html"
    # htmx swaps only what comes with 200; the message itself says what was refused.
    return render(request, template, context, status=200 if partial else status)


def board_of(
    request: HttpRequest,
    student: Student,
    *,
    said: dict[str, Any],
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    """The board of a student's own plan with a message, after something else than an edit."""
    plan = plan_of(student)
    if plan is None or plan.head_id is None:
        return redirect("plans:start")
    return _board(request, plan, grade=None, said=said, at=at, status=status)


def _edit(request: HttpRequest, name: str, edit: Edit) -> HttpResponse:
    """Carry out one edit and show the board again; a conflict keeps what was asked for."""
    plan = my_plan(request)
    if plan is None:
        return redirect("plans:start")
    form = EditForm(request.POST)
    if not form.is_valid():
        said = {"level": "stop", "title": _("The form is incomplete. Try again.")}
        return _board(request, plan, grade=None, said=said, status=422)
    asked = form.cleaned_data
    try:
        version = edit(plan, asked, request.user)
    except Conflict as error:
        said = _conflict(plan, name, asked, error)
        return _board(request, _fresh(plan), grade=asked["grade"], said=said, status=error.status)
    except UserError as error:
        said = {"level": "stop", "title": error.message, "text": error.what_to_do}
        return _board(request, plan, grade=asked["grade"], said=said, status=error.status)
    return _edited(request, plan, version, asked)


def _edited(
    request: HttpRequest, plan: GraduationPlan, version: PlanVersion, asked: dict[str, Any]
) -> HttpResponse:
    code = asked["instead"] or asked["course"]
    if getattr(request, "htmx", False):
        said = {"level": "done", "title": version.why}
        return _board(request, _fresh(plan), grade=asked["grade"], said=said, at=code)
    messages.success(request, version.why)
    where = {"at": code, "grade": asked["grade"] or ""}
    query = urlencode({key: value for key, value in where.items() if value})
    anchor = f"#{card_id(code)}" if code else ""
    return redirect(f"{reverse('plans:builder')}?{query}{anchor}")


def _fresh(plan: GraduationPlan) -> GraduationPlan:
    return plan_of(plan.student) or plan


def _conflict(
    plan: GraduationPlan, name: str, asked: dict[str, Any], error: Conflict
) -> dict[str, Any]:
    fresh = _fresh(plan)
    return {
        "level": "stop",
        "title": error.message,
        "changes": error.changes,
        "asked": request_words(name, asked, district_id=plan.student.district_id),
        "url": reverse(f"plans:{name}"),
        "form": EditForm(initial={**asked, "head": fresh.head_id}, auto_id=False),
    }


@own_page
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move a planned course into another term."""
    return _edit(
        request,
        "move",
        lambda plan, asked, user: move_course(
            plan=plan,
            expected_head=asked["head"],
            course=asked["course"],
            term=asked["term"],
            from_term=asked["from_term"],
            by=user,
        ),
    )


@own_page
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a course of the catalog to a term."""
    return _edit(
        request,
        "add",
        lambda plan, asked, user: add_course(
            plan=plan,
            expected_head=asked["head"],
            course=asked["course"],
            term=asked["term"],
            by=user,
        ),
    )


@own_page
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a planned course out."""
    return _edit(
        request,
        "remove",
        lambda plan, asked, user: remove_course(
            plan=plan,
            expected_head=asked["head"],
            course=asked["course"],
            from_term=asked["from_term"],
            by=user,
        ),
    )


@own_page
@require_POST
def swap(request: HttpRequest) -> HttpResponse:
    """Put another course in the place of a planned one."""
    return _edit(
        request,
        "swap",
        lambda plan, asked, user: swap_course(
            plan=plan,
            expected_head=asked["head"],
            course=asked["course"],
            instead=asked["instead"],
            from_term=asked["from_term"],
            by=user,
        ),
    )


@own_page
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Go back one step."""
    return _edit(
        request,
        "undo",
        lambda plan, asked, user: undo_edit(plan=plan, expected_head=asked["head"], by=user),
    )
