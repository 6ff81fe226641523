"""Homes: the student's, the guardian's, the counselor's; and one student for those around."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pathloom.portal.accounts.queries import holds_role
from pathloom.portal.accounts.roles import COUNSELOR, GUARDIAN, SCHOOL_ADMIN
from pathloom.portal.core.access import holds, opens
from pathloom.portal.plans.access import NEAR, PLANNING
from pathloom.portal.plans.exports import caseload_lines
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.pages import where_page
from pathloom.portal.plans.presenters.people import (
    case_rows,
    caseload_sentence,
    child_cards,
    children_sentence,
    filter_rows,
    filters,
    first_filter,
    people_around,
)
from pathloom.portal.plans.queries import (
    StudentRow,
    caseload_of,
    children_of,
    versions_of,
    where_i_stand,
)
from pathloom.portal.plans.queries.planned import planned_areas
from pathloom.portal.plans.queries.wishes import stuck_job
from pathloom.portal.plans.views.own import loaded, me, own_page
from pathloom.portal.records.access import STUDENTS, relations_to
from pathloom.portal.records.models import Student
from pathloom.portal.records.queries import assignments_of, guardianships_of
from pathloom.portal.records.roles import Relation


@own_page
def home(request: HttpRequest) -> HttpResponse:
    """The student's home: where I stand, what is next."""
    standing = where_i_stand(me(request))
    head = standing.plan.head_id if standing.plan else None
    page = where_page(standing, version=loaded(head) if head else None)
    people = people_around(assignments_of(standing.student), guardianships_of(standing.student))
    return render(
        request, "plans/home.html", {"page": page, "people": people, "standing": standing}
    )


@opens(STUDENTS, into="student")
def student(request: HttpRequest, student: Student) -> HttpResponse:
    """Where a student stands, for guardians, counselors and administrators."""
    standing = where_i_stand(student)
    versions = versions_of(standing.plan, user=request.user) if standing.plan else None
    newest = versions.first() if versions is not None else None
    relations = relations_to(request.user, student)
    near = PLANNING.may_open(request.user, student)
    context = {
        "student": student,
        "standing": standing,
        "page": where_page(
            standing,
            version=loaded(newest.pk) if newest else None,
            name=student.first_name,
            explores=any(relation in NEAR for relation in relations),
        ),
        "version": newest,
        "back": _back(relations),
        "sees_wishes": near and standing.audit is not None,
        "stuck": stuck_job(student) if near else None,
        "people": people_around(assignments_of(student), guardianships_of(student)),
    }
    return render(request, "plans/student.html", context)


def _back(relations: tuple[Relation, ...]) -> str:
    if Relation.CHILD in relations:
        return "plans:children"
    if Relation.CASE in relations or Relation.SCHOOL in relations:
        return "plans:caseload"
    return ""


@holds("guardian", lambda user: holds_role(user, GUARDIAN))
def children(request: HttpRequest) -> HttpResponse:
    """The guardian's home: each child, what changed, what to sign."""
    rows = children_of(request.user)
    signed = _last_signed(rows, user=request.user)
    context = {
        "sentence": children_sentence(rows),
        "children": child_cards(rows, signed=signed),
    }
    return render(request, "plans/children.html", context)


def _last_signed(rows: tuple[StudentRow, ...], *, user: Any) -> dict[int, PlanVersion]:
    """Plan id -> the newest version that this person signed."""
    plans = [row.plan.pk for row in rows if row.plan]
    given = PlanVersion.objects.filter(plan__in=plans, sign_offs__signer=user)
    return {version.plan_id: version for version in given.order_by("number")}


def _sees_a_caseload(user: Any) -> bool:
    return holds_role(user, COUNSELOR) or holds_role(user, SCHOOL_ADMIN)


def _caseload(request: HttpRequest) -> tuple[StudentRow, ...]:
    counselor = holds_role(request.user, COUNSELOR)
    relation = Relation.CASE if counselor else Relation.SCHOOL
    return caseload_of(request.user, relation=relation)


@holds("caseload", _sees_a_caseload)
def caseload(request: HttpRequest) -> HttpResponse:
    """The counselor's home: one line a student, who needs a person first."""
    everyone = _caseload(request)
    words = request.GET.get("q", "")
    show = request.GET.get("show", "all" if words else first_filter(everyone))
    rows = filter_rows(everyone, show=show, words=words)
    context = {
        "sentence": caseload_sentence(everyone),
        "rows": case_rows(rows, planned=planned_areas(rows)),
        "count": len(rows),
        "filters": filters(everyone, show=show, words=words),
        "show": show,
        "words": words,
        "query": request.GET.urlencode(),
    }
    return render(request, "plans/caseload.html", context)


@holds("caseload", _sees_a_caseload)
def caseload_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as CSV."""
    rows = filter_rows(
        _caseload(request),
        show=request.GET.get("show", "all"),
        words=request.GET.get("q", ""),
    )
    response = HttpResponse(
        caseload_lines(rows, planned=planned_areas(rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="caseload.csv"'
    return response
