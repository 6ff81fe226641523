"""Every cell of policy/matrix.yaml, asked of the running portal.

The matrix is written by hand from the policy; nothing here reads the portal's own access rules to
decide what to expect. A cell that the matrix does not list is no.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from ruamel.yaml import YAML

from pathloom.portal.accounts.models import RoleGrant
from pathloom.portal.core.access import rules
from pathloom.portal.plans.actions import start_job
from pathloom.portal.plans.actions.wishes import FIX_FIELDS
from pathloom.portal.plans.models import (
    Comment,
    GraduationPlan,
    PlanJob,
    PlanVersion,
    PlanWishes,
    SchoolPlanning,
    SignOff,
)
from pathloom.portal.plans.queries.school import fingerprint_of, planning_of
from pathloom.portal.programs.models import PortalVersion
from pathloom.portal.records.actions import add_exception
from pathloom.portal.records.models import CaseloadAssignment, StaffException
from tests.portal.plans import desk
from tests.portal.records.cast import LONG_AGO, TODAY, Cast, person, set_the_stage

MATRIX = YAML(typ="safe").load(Path(__file__).resolve().parents[2] / "policy/matrix.yaml")
PERSONAS = {
    "anonymous": "",
    "student_self": "mira",
    "student_same_school": "noah",
    "student_other_district": "zed",
    "guardian_linked": "gail",
    "guardian_unlinked": "una",
    "guardian_barred": "bo",
    "guardian_ended": "ed",
    "counselor_case": "carla",
    "counselor_same_school": "sam",
    "counselor_former": "finn",
    "counselor_other_school": "olga",
    "counselor_other_district": "zack",
    "teacher": "tess",
    "school_admin": "pia",
    "school_admin_other_school": "otto",
    "school_admin_ended": "perry",
    "district_admin": "dana",
    "district_admin_other": "zia",
    "partner": "paul",
    "deactivated": "dex",
}
FORBIDDEN, HIDDEN = 403, 404


@dataclass
class Stage:
    """The cast, and the plan in the state that the cell is about."""

    cast: Cast
    version: PlanVersion | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def plan_version(self) -> PlanVersion:
        assert self.version is not None
        return self.version


@pytest.fixture
def stage(db: None) -> Stage:
    cast = set_the_stage()
    perry = person(cast, "perry", "school_admin", school=cast.high)
    RoleGrant.objects.filter(user=perry).update(ends_on=TODAY)
    dex = person(cast, "dex", "counselor", school=cast.high)
    for name in ("mira", "ada"):
        CaseloadAssignment.objects.create(
            counselor=dex, student=cast.students[name], starts_on=LONG_AGO
        )
    return Stage(cast)


def visitor(stage: Stage, persona: str, *, of: str = "mira") -> Client:
    """A signed-in browser; the deactivated person signed in before the account was closed."""
    client = Client()
    name = of if persona == "student_self" else PERSONAS[persona]
    if name:
        client.force_login(stage.cast.user(name))
    if persona == "deactivated":
        get_user_model().objects.filter(username="dex").update(is_active=False)
    return client


def address(stage: Stage, name: str) -> str:
    version = stage.plan_version
    return reverse(name, args=[version.plan.student_id, version.number])


def draft(stage: Stage) -> None:
    desk.begin(stage.cast)
    desk.add(stage.cast, "ENG-2", desk.SPRING)
    stage.version = desk.head_of(stage.cast)


def handed_in(stage: Stage) -> None:
    stage.version = desk.submitted(stage.cast)


def signed(stage: Stage) -> None:
    stage.version = desk.signed(stage.cast)


def with_comment(stage: Stage) -> None:
    handed_in(stage)
    Comment.objects.create(
        version=stage.plan_version,
        author=stage.cast.user("gail"),
        author_name="Gail",
        author_role="guardian",
        text="canary-words-of-a-comment",
        written_at="2026-09-15T12:00:00Z",
    )


def asked(stage: Stage) -> None:
    _ask(stage, "carla")


def granted(stage: Stage) -> None:
    _ask(stage, "pia")


def _ask(stage: Stage, who: str) -> None:
    stage.extra["exception"] = add_exception(
        student=stage.cast.student("mira"),
        by=stage.cast.user(who),
        kind="excuse",
        requirement="fitness",
        why="canary-words-of-an-exception",
    )


def being_made(stage: Stage) -> None:
    """A plan that waits to be made."""
    stage.extra["job"] = PlanJob.objects.create(
        student=stage.cast.student("mira"),
        kind="generate",
        options={"program": None},
        inputs_hash="a" * 64,
        asked_by=stage.cast.user("mira"),
        asked_at="2026-09-15T12:00:00Z",
    )


def worked_out(stage: Stage) -> None:
    """A draft with a gap, and the repair that fills it."""
    draft(stage)
    mira = stage.cast.student("mira")
    job = start_job(student=mira, kind="repair", by=stage.cast.user("mira"))
    assert job.result["changes"], "there is nothing to take"


def ruled_out(stage: Stage) -> None:
    """A course that the diploma needs is ruled out: there is no plan, and the last fix is kept."""
    mira = stage.cast.user("mira")
    row = PlanWishes.objects.create(student=stage.cast.student("mira"), bans=["ENG-2"])
    stage.extra["stuck"] = start_job(
        student=stage.cast.student("mira"), kind="generate", by=mira, options={"program": None}
    )
    row.fix, row.before_fix = "Take less.", {name: getattr(row, name) for name in FIX_FIELDS}
    row.save()


PREPARE: dict[str, Callable[[Stage], None]] = {
    "plan_draft": draft,
    "plan_submitted": handed_in,
    "plan_signed": signed,
    "comments": with_comment,
    "plan_job": being_made,
    "plan_wishes": ruled_out,
    "plan_changes": worked_out,
    "exception_asked": asked,
    "exception_granted": granted,
}


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


def writes_portal(stage: Stage, client: Client) -> HttpResponse:
    data = {"seen": "0", "name": "A name", "monogram": "A", "brand_color": "#123456"}
    address = reverse("programs:portal", args=["juniper-high"])
    return client.post(address, data | {"languages": "en"})


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
    ("caseload_list", "see"): page("plans:caseload"),
    ("staff_landing", "see"): page("accounts:staff"),
    ("partner_landing", "see"): page("accounts:partner"),
    ("program_draft", "see"): lambda stage, client: client.get(
        reverse("programs:program", args=["juniper-high", "draft-program"])
    ),
    ("school_portal", "see"): page("programs:portal", "juniper-high"),
}
CHANGES: dict[tuple[str, str], Callable[[Stage, Client], HttpResponse]] = {
    ("school_portal", "change"): writes_portal,
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
    ("plan_changes", "work_out"): works_out,
    ("plan_changes", "take"): takes_repair,
    ("exception_asked", "propose"): asks_for_exception,
    ("exception_asked", "grant"): decides("plans:grant_exception"),
    ("exception_asked", "end"): decides("plans:end_exception"),
    ("exception_granted", "end"): decides("plans:end_exception"),
}


def expected(kind: str, action: str, persona: str) -> bool:
    listed = MATRIX["objects"][kind][action]
    return listed == "everyone" or persona in listed


MODELS: tuple[type[Model], ...] = (
    PortalVersion,
    GraduationPlan,
    PlanJob,
    PlanVersion,
    PlanWishes,
    SchoolPlanning,
    SignOff,
    Comment,
    StaffException,
)


def digest() -> str:
    """The tables that people change, as they are; equal before and after a denied write."""
    text = "".join(
        serializers.serialize("json", model._default_manager.order_by("pk")) for model in MODELS
    )
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")


def denial(kind: str, persona: str, response: HttpResponse) -> str:
    """What is wrong with the way a cell says no; empty when it is right."""
    if persona in {"anonymous", "deactivated"}:
        return "" if asked_to_sign_in(response) else f"{response.status_code}, not the sign-in"
    wanted = {"hidden": HIDDEN, "forbidden": FORBIDDEN}[MATRIX["objects"][kind]["denied"]]
    return "" if response.status_code == wanted else f"{response.status_code}, not {wanted}"


def test_every_cell_of_the_matrix_is_asked() -> None:
    cells = {
        (kind, action)
        for kind, entry in MATRIX["objects"].items()
        for action in entry
        if action not in {"words", "denied"}
    }
    assert cells == set(SEES) | set(CHANGES)
    assert set(MATRIX["personas"]) == set(PERSONAS)
    named = {
        name
        for entry in MATRIX["objects"].values()
        for action, listed in entry.items()
        if action not in {"words", "denied"} and listed != "everyone"
        for name in listed
    }
    assert named <= set(PERSONAS)
    assert len(cells) * len(PERSONAS) >= 400


@pytest.mark.parametrize(("kind", "action"), SEES)
def test_who_may_see(stage: Stage, kind: str, action: str) -> None:
    if kind == "program_draft":
        stage.extra["draft"] = unpublished(stage.cast)
    PREPARE.get(kind, lambda stage: None)(stage)
    wrong = []
    for persona in PERSONAS:
        with undone():
            client = visitor(stage, persona, of="ada" if kind == "adult_student" else "mira")
            response = SEES[kind, action](stage, client)
            words = response.content.decode(errors="replace")
            if kind == "comments" and response.status_code == 200:
                shown = "canary-words-of-a-comment" in words
                fault = "" if shown == expected(kind, action, persona) else f"shown: {shown}"
            elif expected(kind, action, persona):
                fault = "" if response.status_code == 200 else f"{response.status_code}, not 200"
            elif kind == "program_draft":
                fault = "" if response.status_code == HIDDEN else f"{response.status_code}"
            else:
                fault = denial(kind, persona, response)
                if "Mira" in words and persona != "student_self":
                    fault += " and the answer names the student"
        if fault:
            wrong.append(f"{persona}: {fault}")
    assert not wrong, f"{kind} / {action}:\n" + "\n".join(wrong)


def unpublished(cast: Cast) -> None:
    from pathloom.portal.programs.models import ProgramOfStudy, ProgramVersion

    program = ProgramOfStudy.objects.create(
        school=cast.high,
        slug="draft-program",
        framework="national-2008",
        cluster="health-science",
        pathway="",
    )
    ProgramVersion.objects.create(
        program=program, number=1, title="A draft", content={}, author=cast.users["tess"]
    )


@pytest.mark.parametrize(("kind", "action"), CHANGES)
def test_who_may_change(stage: Stage, kind: str, action: str) -> None:
    PREPARE.get(kind, lambda stage: None)(stage)
    before, wrong = digest(), []
    for persona in PERSONAS:
        with undone():
            client = visitor(stage, persona)
            response = CHANGES[kind, action](stage, client)
            changed = digest() != before
            if expected(kind, action, persona):
                done = changed and response.status_code == 302 and not asked_to_sign_in(response)
                fault = "" if done else f"{response.status_code}, changed: {changed}"
            elif changed:
                fault = f"{response.status_code}, and something was written"
            elif response.status_code == 200:
                fault = "200 for a refused change"
            elif expected(kind, "see", persona) or action in {"edit", "submit"}:
                fault = ""
            else:
                fault = denial(kind, persona, response)
        if fault:
            wrong.append(f"{persona}: {fault}")
    assert not wrong, f"{kind} / {action}:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("rule", "kind", "prepare"),
    [
        ("students", "student", None),
        ("course records", "student", None),
        ("plan versions", "plan_draft", draft),
        ("plan versions", "plan_submitted", handed_in),
        ("plan versions", "plan_signed", signed),
        ("plan comments", "comments", with_comment),
        ("plan jobs", "plan_job", being_made),
        ("planning of students", "plan_changes", None),
        ("staff exceptions", "exception_asked", asked),
        ("staff exceptions", "exception_granted", granted),
    ],
)
def test_one_rule_answers_for_the_list_and_for_the_object(
    stage: Stage, rule: str, kind: str, prepare: Callable[[Stage], None] | None
) -> None:
    if prepare:
        prepare(stage)
    found = next(one for one in rules() if one.name == rule)
    of_mira = {
        "students": {"pk": stage.cast.students["mira"].pk},
        "course records": {"student": stage.cast.students["mira"]},
        "plan versions": {"plan__student": stage.cast.students["mira"]},
        "plan jobs": {"student": stage.cast.students["mira"]},
        "planning of students": {"pk": stage.cast.students["mira"].pk},
        "staff exceptions": {"student": stage.cast.students["mira"]},
        "plan comments": {"version__plan__student": stage.cast.students["mira"]},
    }[rule]
    wrong = []
    for persona, name in PERSONAS.items():
        with undone():
            if persona == "deactivated":
                visitor(stage, persona)
            user = stage.cast.user(name) if name else AnonymousUser()
            listed = list(found.may_list(user).filter(**of_mira))
            everything = list(found.may_list(user).model._default_manager.filter(**of_mira))
            opened = [one for one in everything if found.may_open(user, one)]
            if {one.pk for one in listed} != {one.pk for one in opened}:
                wrong.append(f"{persona}: lists {listed} but opens {opened}")
            newest = bool(listed) and (kind != "plan_draft" or listed[-1].pk == everything[-1].pk)
            if newest != expected(kind, "see", persona):
                wrong.append(f"{persona}: {'sees' if newest else 'does not see'}")
    assert not wrong, f"{rule} for {kind}:\n" + "\n".join(wrong)
