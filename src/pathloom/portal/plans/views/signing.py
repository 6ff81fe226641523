"""Hand in, sign, send back, comment; a redirect follows each, so that Back repeats nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.access import COMMENTS, PLAN_VERSIONS
from pathloom.portal.plans.actions import (
    comment_on_plan,
    return_plan,
    sign_plan,
    submit_plan,
    withdraw_comment,
)
from pathloom.portal.plans.actions.signing import statement
from pathloom.portal.plans.forms import CommentForm, ReturnForm, SignForm
from pathloom.portal.plans.models import Comment, GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.presenters.pages import reading_page
from pathloom.portal.plans.views.own import loaded, my_plan, own_page
from pathloom.portal.plans.views.versions import (
    address_of,
    read_version,
    signing_role,
)
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.roles import Relation


@own_page
def submit(request: HttpRequest) -> HttpResponse:
    """The student reads exactly what is signed, then hands it in."""
    plan = my_plan(request)
    if plan is None or plan.head is None:
        return redirect("plans:start")
    if request.method == "POST":
        return _submit(request, plan)
    if plan.head.state != PlanVersion.State.DRAFT:
        return redirect("plans:own_version", plan.head.number)
    return _submit_page(request, plan.head)


def _submit_page(
    request: HttpRequest,
    version: PlanVersion,
    *,
    form: SignForm | None = None,
    said: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    version = loaded(version.pk)
    initial = {
        "version": version.pk,
        "seen_hash": version.content_hash,
        "key": SignForm.new_key(),
    }
    context = {
        "page": reading_page(version, before=None, my_role=SignOff.Role.STUDENT),
        "student": version.plan.student,
        "statement": statement(version),
        "stops": [found for found in version.findings if found["level"] == "stop"],
        "form": form or SignForm(initial=initial),
        "said": said or {},
    }
    return render(request, "plans/submit.html", context, status=status)


def _submit(request: HttpRequest, plan: GraduationPlan) -> HttpResponse:
    form = SignForm(request.POST)
    head = plan.head
    if head is None:
        return redirect("plans:start")
    if not form.is_valid():
        return _submit_page(request, head, form=form, status=422)
    sent = form.cleaned_data
    try:
        signed = submit_plan(
            plan=plan,
            expected_head=sent["version"],
            by=_user(request),
            seen_hash=sent["seen_hash"],
            key=sent["key"],
        )
    except UserError as error:
        said = _refused(error)
        if head.state == PlanVersion.State.DRAFT:
            return _submit_page(request, head, said=said, status=error.status)
        return read_version(request, head, said=said, status=error.status)
    number = signed.version.number
    messages.success(
        request, _("You signed version %(number)s. It is on its way.") % {"number": number}
    )
    return redirect("plans:own_version", number)


def _user(request: HttpRequest) -> Any:
    return request.user


def _refused(error: UserError) -> dict[str, Any]:
    return {
        "level": "stop",
        "title": error.message,
        "text": error.what_to_do,
        "changes": getattr(error, "changes", ()),
    }


@opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
@require_POST
def sign(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Sign as guardian or counselor."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return read_version(request, version, forms={"sign_form": form}, status=422)
    sent = form.cleaned_data
    relations = relations_to(request.user, version.plan.student)

    def signs() -> str:
        sign_plan(
            version=version,
            role=signing_role(relations),
            by=_user(request),
            seen_hash=sent["seen_hash"],
            key=sent["key"],
        )
        return _("You signed version %(number)s.") % {"number": version.number}

    return _act(request, version, signs)


@opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
@require_POST
def send_back(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Send the version back to the student with words."""
    form = ReturnForm(request.POST, auto_id="return_%s")
    if not form.is_valid():
        return read_version(request, version, forms={"return_form": form}, status=422)

    def returns() -> str:
        return_plan(version=version, by=_user(request), text=form.cleaned_data["text"])
        name = version.plan.student.first_name
        return _("You sent version %(number)s back to %(name)s.") % {
            "number": version.number,
            "name": name,
        }

    return _act(request, version, returns)


@opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
@require_POST
def comment(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Say something about the version."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return read_version(request, version, forms={"comment_form": form}, status=422)

    def comments() -> str:
        comment_on_plan(version=version, by=_user(request), text=form.cleaned_data["text"])
        return _("Your comment is there.")

    return _act(request, version, comments)


@opens(COMMENTS, into="comment")
@require_POST
def withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take back one's own comment."""

    def withdraws() -> str:
        withdraw_comment(comment=comment, by=_user(request))
        return _("Your comment is taken back.")

    return _act(request, comment.version, withdraws)


def _act(request: HttpRequest, version: PlanVersion, action: Callable[[], str]) -> HttpResponse:
    """Carry out one action on a version: its words on the next page, or why it was refused."""
    try:
        words = action()
    except UserError as error:
        return read_version(request, version, said=_refused(error), status=error.status)
    messages.success(request, words)
    student = version.plan.student
    own = Relation.OWN in relations_to(request.user, student)
    name, arguments = address_of(version, student, own=own)
    return redirect(name, *arguments)
