"""How each cell of the matrix is asked: a page that is opened, a form that is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pathloom.portal.catalog.queries import planning_of
from pathloom.portal.plans.queries.school import fingerprint_of
from pathloom.portal.programs.queries.agreements import seen_hash
from tests.portal.matrix.people import Stage, address
from tests.portal.plans import desk


def page(name: str, *arguments: Any) -> Callable[[Stage, Client], HttpResponse]:
    return lambda stage, client: client.get(reverse(name, args=arguments))


def student_page(who: str) -> Callable[[Stage, Client], HttpResponse]:
    def get(stage: Stage, client: Client) -> HttpResponse:
        return client.get(reverse("plans:student", args=[stage.cast.students[who].pk]))

    return get


def version_page(name: str) -> Callable[[Stage, Client], HttpResponse]:
    return lambda stage, client: client.get(address(stage, name))


def sends(name: str, **data: str) -> Callable[[Stage, Client], HttpResponse]:
    return lambda stage, client: client.post(address(stage, name), data)


def sends_signature(stage: Stage, client: Client) -> HttpResponse:
    version = stage.plan_version
    data = {
        "version": version.pk,
        "seen_hash": version.content_hash,
        "key": uuid4().hex,
        "read": "on",
    }
    return client.post(address(stage, "plans:sign"), data)


def hands_in(stage: Stage, client: Client) -> HttpResponse:
    version = stage.plan_version
    data = {
        "version": version.pk,
        "seen_hash": version.content_hash,
        "key": uuid4().hex,
        "read": "on",
    }
    return client.post(reverse("plans:submit"), data)


def edits(stage: Stage, client: Client) -> HttpResponse:
    data = {"head": stage.plan_version.pk, "course": "ENG-2", "term": desk.FALL}
    return client.post(reverse("plans:move"), data)


def audit_page(stage: Stage, client: Client) -> HttpResponse:
    response = client.get(reverse("plans:audit", args=[stage.cast.students["mira"].pk]))
    shown = "canary-words-of-an-exception" in response.content.decode()
    assert shown == (response.status_code == 200), "the page and the exception go together"
    return response


def asks_for_exception(stage: Stage, client: Client) -> HttpResponse:
    data = {"kind": "excuse", "at": "science", "why": "A reason.", "do": "save"}
    address = reverse("plans:exceptions", args=[stage.cast.students["mira"].pk])
    return client.post(address, data)


def decides(name: str) -> Callable[[Stage, Client], HttpResponse]:
    def post(stage: Stage, client: Client) -> HttpResponse:
        exception = stage.extra["exception"]
        return client.post(reverse(name, args=[exception.student_id, exception.pk]))

    return post


def job_page(stage: Stage, client: Client) -> HttpResponse:
    return client.get(reverse("plans:job", args=[stage.extra["job"].pk]))


def cancels_job(stage: Stage, client: Client) -> HttpResponse:
    return client.post(reverse("plans:cancel_job", args=[stage.extra["job"].pk]))


def pages_of_changes(stage: Stage, client: Client) -> HttpResponse:
    """All three pages; the last one answers for them."""
    mira = stage.cast.students["mira"].pk
    names = ("plans:student_alternatives", "plans:student_repair", "plans:student_change")
    answers = [client.get(reverse(name, args=[mira])) for name in names]
    assert len({answer.status_code for answer in answers}) == 1
    return answers[-1]


def works_out(stage: Stage, client: Client) -> HttpResponse:
    mira = stage.cast.students["mira"].pk
    return client.post(reverse("plans:student_alternatives_start", args=[mira]))


def takes_repair(stage: Stage, client: Client) -> HttpResponse:
    mira = stage.cast.students["mira"].pk
    head = {"head": stage.plan_version.pk}
    return client.post(reverse("plans:student_repair_take", args=[mira]), head)


def wishes_page(stage: Stage, client: Client) -> HttpResponse:
    return client.get(reverse("plans:wishes", args=[stage.cast.students["mira"].pk]))


def sends_wishes(name: str, **data: str) -> Callable[[Stage, Client], HttpResponse]:
    def post(stage: Stage, client: Client) -> HttpResponse:
        return client.post(reverse(name, args=[stage.cast.students["mira"].pk]), data)

    return post


def applies_fix(stage: Stage, client: Client) -> HttpResponse:
    return client.post(reverse("plans:fix", args=[stage.extra["stuck"].pk]), {"number": "0"})


def college_pages(stage: Stage, client: Client) -> HttpResponse:
    """The page; the file beside it has to answer in the same way."""
    student = stage.cast.students["mira"].pk
    response = client.get(reverse("plans:student_college", args=[student]))
    beside = client.get(reverse("plans:student_college_csv", args=[student]))
    assert beside.status_code == response.status_code
    return response


def says_how_a_school_plans(stage: Stage, client: Client) -> HttpResponse:
    data = {
        "seen": fingerprint_of(planning_of(stage.cast.high)),
        "periods": "7",
        "most": "4",
        "limits-TOTAL_FORMS": "0",
        "limits-INITIAL_FORMS": "0",
    }
    return client.post(reverse("plans:school_planning", args=["juniper-high"]), data)


def names_levels(stage: Stage, client: Client) -> HttpResponse:
    words = {"pathway_en": "Strand", "pathways_en": "Strands"}
    return client.post(reverse("programs:framework_levels"), words)


def sets_labels(stage: Stage, client: Client) -> HttpResponse:
    data = {"education": "award", "wage": "50000", "growth": "3", "openings": "1000", "do": "save"}
    return client.post(reverse("programs:thresholds"), data)


def writes_portal(stage: Stage, client: Client) -> HttpResponse:
    data = {"seen": "0", "name": "A name", "monogram": "A", "brand_color": "#123456"}
    address = reverse("programs:portal", args=["juniper-high"])
    return client.post(address, data | {"languages": "en"})


def portal_pages(stage: Stage, client: Client) -> HttpResponse:
    """The page; the one of its copy has to answer in the same way."""
    response = client.get(reverse("programs:portal", args=["juniper-high"]))
    beside = client.get(reverse("programs:portal_copy", args=["juniper-high"]))
    assert beside.status_code == response.status_code
    return response


def copies_portal(stage: Stage, client: Client) -> HttpResponse:
    stopped = client.post(reverse("programs:portal_copy_cancel", args=["juniper-high"]))
    response = client.post(reverse("programs:portal_copy", args=["juniper-high"]))
    assert stopped.status_code == response.status_code
    return response


def writes_agreements(step: str) -> Callable[[Stage, Client], HttpResponse]:
    def post(stage: Stage, client: Client) -> HttpResponse:
        data = {"seen": seen_hash(stage.extra["agreements"]), "why": "Why?", "title": "Moss"}
        return client.post(f"/agreements/1/{step}/", data)

    return post


def program_page(stage: Stage, client: Client) -> HttpResponse:
    """Every tab; the last one answers for them, and all answer alike."""
    names = ("sequence", "talk", "review")
    draft = stage.extra["program"].pk
    answers = [client.get(reverse("programs:draft_tab", args=[draft, name])) for name in names]
    assert len({answer.status_code for answer in answers}) == 1
    return answers[-1]


def writes_program(name: str, *more: Any, **data: str) -> Callable[[Stage, Client], HttpResponse]:
    """Send something to a draft of a program, on the revision that is there."""

    def post(stage: Stage, client: Client) -> HttpResponse:
        draft = stage.extra["program"]
        people = {"person": stage.cast.user("paul").pk} if name == "programs:invite" else {}
        sent = {"revision": draft.revision, "key": "", **people, **data}
        return client.post(reverse(name, args=[draft.pk, *more]), sent)

    return post


SEES: dict[tuple[str, str], Callable[[Stage, Client], HttpResponse]] = {
    ("public_pages", "see"): page("accounts:roles"),
    ("student", "see"): student_page("mira"),
    ("adult_student", "see"): student_page("ada"),
    ("plan_draft", "see"): version_page("plans:version"),
    ("plan_submitted", "see"): version_page("plans:version"),
    ("plan_signed", "see"): version_page("plans:version"),
    ("plan_signed", "print"): version_page("plans:pdf"),
    ("comments", "see"): version_page("plans:version"),
    ("plan_job", "see"): job_page,
    ("plan_wishes", "see"): wishes_page,
    ("plan_changes", "see"): pages_of_changes,
    ("college_credit", "see"): college_pages,
    ("exception_asked", "see"): audit_page,
    ("exception_granted", "see"): audit_page,
    ("student_home", "see"): page("plans:home"),
    ("children_list", "see"): page("plans:children"),
    ("school_planning", "see"): page("plans:school_planning", "juniper-high"),
    ("occupation_labels", "see"): page("programs:thresholds"),
    ("district_framework", "see"): page("programs:framework_move", "national-2024"),
    ("agreements", "see"): page("programs:agreements"),
    ("agreements_draft", "see"): page("programs:agreements_version", 1),
    ("agreements_in_review", "see"): page("programs:agreements_version", 1),
    ("caseload_list", "see"): page("plans:caseload"),
    ("staff_landing", "see"): page("accounts:staff"),
    ("partner_landing", "see"): page("accounts:partner"),
    ("program_draft", "see"): program_page,
    ("program_in_review", "see"): program_page,
    ("program_published", "see"): program_page,
    ("program_list", "see"): page("programs:authoring"),
    ("school_portal", "see"): portal_pages,
    ("school_portal", "download"): page("programs:portal_zip", "juniper-high"),
}
CHANGES: dict[tuple[str, str], Callable[[Stage, Client], HttpResponse]] = {
    ("school_portal", "change"): writes_portal,
    ("school_portal", "copy"): copies_portal,
    ("program_draft", "edit"): writes_program("programs:line", "partners", text="Moss Works"),
    ("program_draft", "comment"): writes_program("programs:remark", text="A thought."),
    ("program_draft", "propose"): writes_program("programs:propose", kind="skill", title="Sawing"),
    ("program_draft", "invite"): writes_program(
        "programs:invite", kind="college", organization="Fern College"
    ),
    ("program_draft", "submit"): writes_program("programs:submit_program"),
    ("program_in_review", "return"): writes_program("programs:return_program", words="Look again."),
    ("program_in_review", "publish"): writes_program("programs:publish_program"),
    ("program_in_review", "take_back"): writes_program("programs:submit_program", do="take_back"),
    ("program_published", "confirm"): writes_program("programs:program_decision", "still-right"),
    ("program_published", "renew"): writes_program("programs:program_decision", "draft"),
    ("program_published", "retire"): writes_program("programs:program_decision", "retire"),
    ("plan_draft", "edit"): edits,
    ("plan_draft", "submit"): hands_in,
    ("plan_draft", "comment"): sends("plans:comment", text="A thought."),
    ("plan_submitted", "sign"): sends_signature,
    ("plan_submitted", "return"): sends("plans:return", text="Please look again."),
    ("plan_submitted", "comment"): sends("plans:comment", text="A thought."),
    ("plan_job", "cancel"): cancels_job,
    ("plan_wishes", "change"): sends_wishes("plans:wishes", college="some", fuller="0"),
    ("plan_wishes", "mark"): sends_wishes(
        "plans:mark", course="BAND", mark="lock", term=desk.FALL, at="wishes"
    ),
    ("plan_wishes", "fix"): applies_fix,
    ("plan_wishes", "undo"): sends_wishes("plans:undo_fix"),
    ("school_planning", "change"): says_how_a_school_plans,
    ("occupation_labels", "change"): sets_labels,
    ("district_framework", "change"): names_levels,
    ("agreements_draft", "change"): writes_agreements("colleges/add"),
    ("agreements_draft", "submit"): writes_agreements("submit"),
    ("agreements_draft", "discard"): writes_agreements("discard"),
    ("agreements_in_review", "return"): writes_agreements("return"),
    ("agreements_in_review", "publish"): writes_agreements("publish"),
    ("plan_changes", "work_out"): works_out,
    ("plan_changes", "take"): takes_repair,
    ("exception_asked", "propose"): asks_for_exception,
    ("exception_asked", "grant"): decides("plans:grant_exception"),
    ("exception_asked", "end"): decides("plans:end_exception"),
    ("exception_granted", "end"): decides("plans:end_exception"),
}
