"""The audit of a student: the page, its tables as CSV, and what staff decide about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathloom.portal.core.access import opens
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.tables import table
from pathloom.portal.plans.actions import refresh_audits
from pathloom.portal.plans.exports import audit_lines, course_lines
from pathloom.portal.plans.forms import ExceptionForm
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.audit_courses import COLUMNS, course_cells
from pathloom.portal.plans.presenters.audit_page import (
    Asked,
    AuditPage,
    Trial,
    audit_page,
    preview,
)
from pathloom.portal.plans.presenters.exceptions import Powers
from pathloom.portal.plans.presenters.what_if import Ask
from pathloom.portal.plans.queries import Standing, versions_of, where_i_stand
from pathloom.portal.plans.snapshot import Ground, ground_of
from pathloom.portal.plans.views.own import loaded
from pathloom.portal.programs.snapshot import programs_for
from pathloom.portal.records.access import STAFF_EXCEPTIONS, STUDENTS, relations_to
from pathloom.portal.records.actions import (
    add_exception,
    check_exception,
    drafted_exception,
    end_exception,
    grant_exception,
)
from pathloom.portal.records.models import StaffException, Student
from pathloom.portal.records.queries import exceptions_of
from pathloom.portal.records.roles import Relation, may_grant, may_propose
from pathloom.portal.records.snapshot import with_exception


@dataclass(frozen=True, slots=True)
class _Visit:
    """One reader at one student's audit."""

    request: HttpRequest
    student: Student
    relations: tuple[Relation, ...]
    standing: Standing
    version: PlanVersion | None
    ground: Ground

    @property
    def powers(self) -> Powers:
        return Powers(
            propose=may_propose(self.relations),
            grant=may_grant(self.relations, self.student.district),
        )

    def page(self, *, decide: str = "", at: str = "") -> AuditPage:
        query = self.request.GET
        own = Relation.OWN in self.relations
        ask = Ask(
            rules=query.get("rules", ""),
            program=query.get("program", ""),
            tracks=tuple(query.getlist("track")),
        )
        shared = query.copy()
        for name in ("show", "decide", "at", "courses", "sort"):
            shared.pop(name, None)
        asked = Asked(
            ask=ask,
            powers=self.powers,
            show=query.get("show", ""),
            query=shared.urlencode(),
            name="" if own else self.student.first_name,
            decide=decide,
            at=at,
            staff=not {Relation.OWN, Relation.CHILD}.intersection(self.relations),
        )
        return audit_page(
            self.standing,
            self.ground,
            asked,
            programs=programs_for(self.ground.school),
            exceptions=exceptions_of(self.student),
        )


def _visit(request: HttpRequest, student: Student) -> _Visit | None:
    """Read everything once; None before planning begins and where no rules hold."""
    standing = where_i_stand(student)
    if standing.audit is None:
        return None
    versions = versions_of(standing.plan, user=request.user) if standing.plan else None
    newest = versions.first() if versions is not None else None
    version = loaded(newest.pk) if newest else None
    return _Visit(
        request=request,
        student=student,
        relations=relations_to(request.user, student),
        standing=standing,
        version=version,
        ground=ground_of(student, version=version, on=standing.as_of),
    )


@opens(STUDENTS, into="student")
def audit(request: HttpRequest, student: Student) -> HttpResponse:
    """What counts where and why, what is missing, and other rules tried without saving."""
    visit = _visit(request, student)
    if visit is None:
        return render(request, "plans/no_audit.html", {"standing": where_i_stand(student)})
    page = visit.page(decide=request.GET.get("decide", ""), at=request.GET.get("at", ""))
    form = _form(page) if page["decide"] else None
    return _render(visit, page, form=form)


@opens(STUDENTS, into="student")
def audit_csv(request: HttpRequest, student: Student) -> HttpResponse:
    """The requirements of the same page as CSV."""
    return _csv(request, student, lambda page: audit_lines(page["rows"]), name="audit")


@opens(STUDENTS, into="student")
def courses_csv(request: HttpRequest, student: Student) -> HttpResponse:
    """The courses of the same page, and where each counts, as CSV."""
    return _csv(request, student, lambda page: course_lines(page["courses"]), name="courses")


@opens(STUDENTS, into="student")
@require_POST
def decide(request: HttpRequest, student: Student) -> HttpResponse:
    """Show what an exception would change (``do=preview``), or add it."""
    visit = _visit(request, student)
    if visit is None:
        return redirect("plans:audit", student.pk)
    page = visit.page(decide=request.POST.get("kind", ""), at=request.POST.get("at", ""))
    if page["decide"] is None:
        raise UserError(
            _("You may not decide this for {name} now.").format(name=student.name),
            _("Open the audit again to see what can be decided."),
        )
    form = _form(page, request.POST)
    if not form.is_valid():
        return _render(visit, page, form=form, status=422)
    record_id = form.record_id()
    said = {
        **form.said(),
        "record": student.course_records.get(pk=record_id) if record_id else None,
    }
    try:
        if request.POST.get("do") == "preview":
            return _render(visit, page, form=form, trial=_preview(visit, said))
        added = add_exception(student=student, by=_user(request), **said)
    except UserError as error:
        return _render(visit, page, form=form, refused=error, status=error.status)
    refresh_audits(students=[student], by=_user(request))
    words = _("The exception holds.") if added.granted_at else _("The school was asked.")
    messages.success(request, words)
    return _back(student)


@opens(STAFF_EXCEPTIONS, into="exception", pk="exception", student_id="student")
@require_POST
def grant(request: HttpRequest, exception: StaffException) -> HttpResponse:
    """Let an exception that was asked for hold from today on."""
    return _act(request, exception, grant_exception, words=_("The exception holds from today on."))


@opens(STAFF_EXCEPTIONS, into="exception", pk="exception", student_id="student")
@require_POST
def end(request: HttpRequest, exception: StaffException) -> HttpResponse:
    """End an exception; it stays in the list as ended."""
    return _act(request, exception, end_exception, words=_("The exception has ended."))


def _preview(visit: _Visit, said: dict[str, Any]) -> Trial:
    drafted = drafted_exception(student=visit.student, by=_user(visit.request), **said)
    check_exception(drafted)
    ground = visit.ground
    return preview(ground, with_exception(ground.record, drafted, on=ground.day))


def _act(
    request: HttpRequest,
    exception: StaffException,
    action: Callable[..., StaffException],
    *,
    words: str,
) -> HttpResponse:
    action(exception=exception, by=_user(request))
    refresh_audits(students=[exception.student], by=_user(request))
    messages.success(request, words)
    return _back(exception.student)


def _form(page: AuditPage, data: Any = None) -> ExceptionForm:
    decide = page["decide"]
    if decide is None:
        raise ValueError("no exception is being decided on this page")
    return ExceptionForm(
        data,
        kind=decide["kind"],
        courses=decide["courses"],
        whole=decide["whole"],
        initial={
            "kind": decide["kind"],
            "at": decide["at"],
            "credits": decide["missing"] or None,
        },
    )


def _render(
    visit: _Visit,
    page: AuditPage,
    *,
    form: ExceptionForm | None,
    trial: Trial | None = None,
    refused: UserError | None = None,
    status: int = 200,
) -> HttpResponse:
    nowhere = visit.request.GET.get("courses") == "nowhere"
    context = {
        "page": page,
        "courses": table(
            visit.request,
            caption=_("Courses and where they count"),
            columns=COLUMNS,
            rows=course_cells(page["courses"], nowhere=nowhere),
        ),
        "nowhere": nowhere,
        "nowhere_count": sum(bool(row["nowhere"]) for row in page["courses"]),
        "student": visit.student,
        "standing": visit.standing,
        "own": Relation.OWN in visit.relations,
        "powers": visit.powers,
        "form": form,
        "preview": trial,
        "refused": refused,
    }
    return render(visit.request, "plans/audit.html", context, status=status)


def _csv(
    request: HttpRequest, student: Student, lines: Callable[[AuditPage], str], *, name: str
) -> HttpResponse:
    visit = _visit(request, student)
    text = lines(visit.page()) if visit else ""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{student.number}.csv"'
    return response


def _back(student: Student) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('plans:audit', args=[student.pk])}#exceptions")


def _user(request: HttpRequest) -> Any:
    return request.user
