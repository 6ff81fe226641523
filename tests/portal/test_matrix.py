"""Every cell of policy/matrix.yaml, asked of the running portal.

The matrix is written by hand from the policy; nothing here reads the portal's own access rules to
decide what to expect. A cell that the matrix does not list is no.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse

from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.core.access import rules
from pathloom.portal.plans.models import (
    Comment,
    GraduationPlan,
    PlanJob,
    PlanVersion,
    PlanWishes,
    SignOff,
)
from pathloom.portal.programs.models import (
    CollegeAgreements,
    DistrictThresholds,
    Invitation,
    LevelNames,
    PortalCopy,
    PortalVersion,
    ProgramVersion,
    Proposal,
    Remark,
    Review,
)
from pathloom.portal.records.models import StaffException
from tests.portal.matrix.doors import CHANGES, SEES
from tests.portal.matrix.people import (
    MATRIX,
    PERSONAS,
    PREPARE,
    Stage,
    agreements_written,
    asked,
    being_made,
    draft,
    granted,
    handed_in,
    program_handed_in,
    program_published,
    program_written,
    set_up,
    signed,
    visitor,
    with_comment,
)

FORBIDDEN, HIDDEN = 403, 404


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Mira, her plans, and everybody who may see them or not; a copy of the portal is empty."""
    export = "pathloom.portal.programs.exports.copies.export_portal"
    monkeypatch.setattr(export, lambda school, **_options: iter(()))
    return set_up()


def expected(kind: str, action: str, persona: str) -> bool:
    listed = MATRIX["objects"][kind][action]
    return listed == "everyone" or persona in listed


MODELS: tuple[type[Model], ...] = (
    PortalCopy,
    PortalVersion,
    GraduationPlan,
    PlanJob,
    PlanVersion,
    PlanWishes,
    SchoolPlanning,
    SignOff,
    CollegeAgreements,
    DistrictThresholds,
    Invitation,
    LevelNames,
    ProgramVersion,
    Proposal,
    Remark,
    Review,
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
            else:
                fault = denial(kind, persona, response)
                if "Mira" in words and persona != "student_self":
                    fault += " and the answer names the student"
        if fault:
            wrong.append(f"{persona}: {fault}")
    assert not wrong, f"{kind} / {action}:\n" + "\n".join(wrong)


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
        ("college agreements", "agreements_draft", agreements_written),
        ("program drafts", "program_draft", program_written),
        ("program drafts", "program_in_review", program_handed_in),
        ("program drafts", "program_published", program_published),
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
        "college agreements": {"district": stage.cast.district},
        "program drafts": {"program__slug": "draft-program"},
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
