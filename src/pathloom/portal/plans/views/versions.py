"""Versions of a plan: the list, one to read, two compared, the printed one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathloom.portal.core.access import opens
from pathloom.portal.plans.access import PLAN_VERSIONS
from pathloom.portal.plans.forms import CommentForm, ReturnForm, SignForm
from pathloom.portal.plans.models import GraduationPlan, PlanVersion, SignOff
from pathloom.portal.plans.pdf import plan_pdf
from pathloom.portal.plans.presenters.pages import document_of, reading_page
from pathloom.portal.plans.presenters.reading import change_rows, comment_rows, version_rows
from pathloom.portal.plans.queries import comments_of, compare, versions_of
from pathloom.portal.plans.roles import SIGNS_AS
from pathloom.portal.plans.views.own import loaded, me, my_plan, own_page
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.models import Student
from pathloom.portal.records.roles import Relation, permits


@own_page
def own_versions(request: HttpRequest) -> HttpResponse:
    """All versions of the student's own plan, newest first."""
    plan = my_plan(request)
    if plan is None:
        return redirect("plans:start")
    rows = version_rows(versions_of(plan, user=request.user), head=plan.head_id)
    return render(request, "plans/versions.html", {"rows": rows, "student": plan.student})


@own_page
def own_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version of the student's own plan."""
    student = me(request)
    found = PLAN_VERSIONS.find(request.user, plan__student=student, number=number)
    return read_version(request, found)


@own_page
def compared(request: HttpRequest) -> HttpResponse:
    """What changed between two versions of the student's own plan, in words."""
    plan = my_plan(request)
    if plan is None:
        return redirect("plans:start")
    numbers = [request.GET.get("a", ""), request.GET.get("b", "")]
    if not all(number.isdecimal() for number in numbers):
        return redirect("plans:versions")
    old, new = (_numbered(request, plan, int(number)) for number in numbers)
    context = {
        "old": old.number,
        "new": new.number,
        "changes": change_rows(compare(old, new)),
        "versions": versions_of(plan, user=request.user).values_list("number", flat=True),
    }
    return render(request, "plans/compare.html", context)


def _numbered(request: HttpRequest, plan: GraduationPlan, number: int) -> PlanVersion:
    found = PLAN_VERSIONS.may_list(request.user).filter(plan=plan, number=number).first()
    if found is None:
        raise Http404
    return found


@opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
def version(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """One version to read; those whose turn it is sign or send back below it."""
    return read_version(request, version)


@opens(PLAN_VERSIONS, into="version", plan__student_id="student", number="number")
def pdf(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """One version as a tagged PDF."""
    made = plan_pdf(document_of(loaded(version.pk)))
    response = HttpResponse(made, content_type="application/pdf")
    name = f"plan-{version.plan.student.number}-version-{version.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def read_version(
    request: HttpRequest,
    version: PlanVersion,
    *,
    said: dict[str, Any] | None = None,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one version, with what its reader may do there."""
    version = loaded(version.pk)
    student = version.plan.student
    relations = relations_to(request.user, student)
    role = signing_role(relations)
    page = reading_page(version, before=_seen_before(version, request.user), my_role=role)
    mine = any(row["mine"] for row in page["signatures"])
    can_sign = mine and role != SignOff.Role.STUDENT and version.state == "submitted"
    context = {
        "page": page,
        "student": student,
        "own": Relation.OWN in relations,
        "role": role,
        "said": said or {},
        "comments": comment_rows(
            comments_of(version, user=request.user), reader_id=request.user.pk or 0
        ),
        "sign_form": _sign_form(version) if can_sign else None,
        "return_form": ReturnForm(auto_id="return_%s")
        if can_sign and _may("plan.return", relations)
        else None,
        "comment_form": CommentForm() if _may("plan.comment", relations) else None,
        "sees_comments": any(relation != Relation.DISTRICT for relation in relations),
    }
    return render(request, "plans/version.html", context | (forms or {}), status=status)


def signing_role(relations: tuple[Relation, ...]) -> str:
    """The role in which a reader would sign; empty for those who never do."""
    held = (str(role) for role, relation in SIGNS_AS.items() if relation in relations)
    return next(held, "")


def _may(permission: str, relations: tuple[Relation, ...]) -> bool:
    return any(permits(relation, permission) for relation in relations)


def _sign_form(version: PlanVersion) -> SignForm:
    initial = {
        "version": version.pk,
        "seen_hash": version.content_hash,
        "key": SignForm.new_key(),
    }
    return SignForm(initial=initial)


def _seen_before(version: PlanVersion, user: Any) -> PlanVersion | None:
    """The newest earlier version that this person signed: what "since last time" means."""
    return (
        PlanVersion.objects.filter(
            plan=version.plan_id, number__lt=version.number, sign_offs__signer=user
        )
        .select_related("plan__student")
        .order_by("-number")
        .first()
    )


def address_of(version: PlanVersion, student: Student, *, own: bool) -> tuple[str, list[int]]:
    """URL name and arguments of a version's page for its reader."""
    if own:
        return "plans:own_version", [version.number]
    return "plans:version", [student.pk, version.number]
