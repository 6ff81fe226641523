"""Walks over every address of the portal: nothing leaks, nothing is forgotten, no GET writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from pytest_django.fixtures import Settings

from pathloom.portal.accounts.models import School
from pathloom.portal.core.access import declaration_of
from pathloom.portal.plans.models import Comment, PlanJob, PlanVersion
from pathloom.portal.programs.actions.comments import add_remark, invite
from pathloom.portal.programs.actions.drafts import Place, start_program
from pathloom.portal.programs.actions.proposals import propose
from pathloom.portal.programs.models import (
    CollegeAgreements,
    Invitation,
    ProgramVersion,
    Proposal,
    Remark,
)
from pathloom.portal.records.actions import add_exception
from pathloom.portal.records.models import StaffException
from tests.portal.plans import desk
from tests.portal.programs.test_agreements import CONTENT
from tests.portal.records.cast import Cast, person, set_the_stage

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
CANARY = "canary-words-of-a-comment"
DRAFTED = "canary-words-in-a-draft-of-a-program"
STRANGERS = ("zed", "zoe", "zack", "zora", "zia", "noah", "una", "bo", "ed", "finn", "otto", "paul")
ADDRESSES_AT_LEAST = 40
FRAMEWORK = "national-2008"
# The front door leads on; demo sign-in and sign-out take a POST only.
NOT_A_PAGE = {
    "accounts:home",
    "accounts:demo_sign_in",
    "accounts:sign_out",
    "accounts:logo_png",  # only where a school has a picture for a logo
}


@pytest.fixture
def cast(db: None, settings: Settings) -> Cast:
    """Mira has a submitted plan with a comment and an exception; everybody else is a stranger.

    Outside demo mode: there the sign-in page names the people to sign in as.
    """
    settings.PATHLOOM_DEMO = False
    cast = set_the_stage()
    School.objects.filter(pk=cast.high.pk).update(logo=LOGO)
    version = desk.submitted(cast)
    Comment.objects.create(
        version=version,
        author=cast.user("gail"),
        author_name="Gail",
        author_role="guardian",
        text=CANARY,
        written_at="2026-09-15T12:00:00Z",
    )
    add_exception(
        student=cast.student("mira"),
        by=cast.user("carla"),
        kind="excuse",
        requirement="fitness",
        why=CANARY,
    )
    CollegeAgreements.objects.create(
        district=cast.district, number=version.number, content=CONTENT, author=cast.user("pia")
    )
    PlanJob.objects.create(
        student=cast.student("mira"),
        kind="generate",
        inputs_hash="a" * 64,
        asked_by=cast.user("mira"),
        asked_at="2026-09-15T12:00:00Z",
        options={"program": None},
    )
    _program_draft(cast)
    return cast


def _program_draft(cast: Cast) -> None:
    """Tess writes a program of study, with a comment, a proposal and an invitation."""
    tess = cast.user("tess")
    place = Place(FRAMEWORK, "health-science")
    draft = start_program(home=cast.high, by=tess, title="A draft", place=place)
    add_remark(draft, by=tess, text=DRAFTED)
    propose(draft, by=tess, kind="skill", title=DRAFTED)
    pete = person(cast, "pete", "partner", school=cast.high)
    invite(draft, by=tess, person=pete, kind="business", organization=DRAFTED)


def patterns(within: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal with its full name."""
    for entry in (within or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


def arguments(cast: Cast) -> dict[str, Any]:
    """Mira's own ids, for whatever an address asks."""
    version = PlanVersion.objects.get(plan__student=cast.students["mira"], state="submitted")
    draft = ProgramVersion.objects.get(state=ProgramVersion.State.DRAFT)
    return {
        "student": cast.students["mira"].pk,
        "number": version.number,
        "comment": Comment.objects.get().pk,
        "exception": StaffException.objects.get().pk,
        "job": PlanJob.objects.get().pk,
        "draft": draft.pk,
        "part": "partners",
        "tab": "talk",
        "decision": "owner",
        "remark": Remark.objects.get().pk,
        "proposal": Proposal.objects.get().pk,
        "invitation": Invitation.objects.get().pk,
        "district": cast.district.pk,
        "agreement": "eng",
        "college": "fern",
        "school": "juniper-high",
        "program": "tech",
        "code": "ENG-1",
        "framework": FRAMEWORK,
        "other": "national-2024",
        "to": "national-2024",
        "cluster": "health-science",
        "pathway": "therapeutic-services",
        "occupation": "17-2051.00",
        "subject": "english",
    }


def build(name: str, entry: URLPattern, known: dict[str, Any]) -> str:
    """The address with every argument filled; an argument nobody thought of is a failure."""
    wanted = entry.pattern.converters
    unknown = set(wanted) - set(known)
    assert not unknown, f"{name}: the walker has no value for {sorted(unknown)}. Add one."
    return reverse(name, kwargs={argument: known[argument] for argument in wanted})


def every_address(cast: Cast) -> list[tuple[str, str, str]]:
    """(name, address, declared kind of access) of every address."""
    found = []
    known = arguments(cast)
    for name, entry in patterns():
        declared = declaration_of(entry.callback)
        assert declared is not None, f"{name}: the view declares no access"
        found.append((name, build(name, entry, known), declared.kind))
    assert len(found) >= ADDRESSES_AT_LEAST
    return found


def digest() -> str:
    """All rows of all tables but sessions."""
    rows = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - {"django_session"}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            rows.update(repr(cursor.fetchall()).encode())
    return rows.hexdigest()


def without_token(content: bytes) -> bytes:
    """A page without the token of its forms, which is another one each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def leaks(response: HttpResponse, *, reads_drafts: bool = False) -> list[str]:
    """What of Mira, or of a draft of a program, stands in an answer."""
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        return ["a PDF"] if response.resolver_match.app_name != "programs" else []
    # A random token spells a short name now and then.
    words = without_token(response.content).decode(errors="replace")
    secret = ("Mira", "N-mira", CANARY) if reads_drafts else ("Mira", "N-mira", CANARY, DRAFTED)
    return [word for word in secret if word in words]


def signed_in(cast: Cast, name: str, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(cast.user(name))
    return client


def test_public_pages_open_for_everybody_and_set_no_cookie(cast: Cast) -> None:
    wrong = []
    for name, address, kind in every_address(cast):
        response = Client().get(address)
        if kind != "public" or name in NOT_A_PAGE:
            continue
        if response.status_code != 200:
            wrong.append(f"{name}: {response.status_code}")
        if response.cookies and name != "accounts:sign_in":
            wrong.append(f"{name}: sets {list(response.cookies)}")
    assert not wrong, "\n".join(wrong)


def test_a_visitor_who_is_not_signed_in_gets_no_private_page(cast: Cast) -> None:
    wrong = []
    for name, address, kind in every_address(cast):
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            if leaks(response):
                wrong.append(f"{method} {name}: holds {leaks(response)}")
            if kind == "public":
                continue
            location = response.headers.get("Location", "")
            if response.status_code != 302 or not location.startswith("/sign-in/"):
                wrong.append(f"{method} {name}: {response.status_code} {location}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", STRANGERS)
def test_no_address_shows_a_stranger_anything_of_mira(cast: Cast, name: str) -> None:
    wrong = []
    for label, address, kind in every_address(cast):
        for method in ("get", "post"):
            response = getattr(signed_in(cast, name), method)(address)
            # Finn is no counselor of Mira's any more, but still on the staff of her school.
            if found := leaks(response, reads_drafts=name == "finn"):
                wrong.append(f"{method} {label}: holds {found}")
            if kind == "opens" and "/students/" in address and response.status_code != 404:
                wrong.append(f"{method} {label}: {response.status_code}, not 404")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["mira", "finn", "zed"])
def test_opening_a_page_writes_nothing(cast: Cast, name: str) -> None:
    wrong = []
    client = signed_in(cast, name)
    before = digest()
    for label, address, _kind in every_address(cast):
        client.get(address)
        after = digest()
        if after != before:
            wrong.append(label)
        before = after
    assert not wrong, "\n".join(wrong)


def test_a_record_that_does_not_exist_looks_like_one_of_somebody_else(cast: Cast) -> None:
    client = signed_in(cast, "zack")
    foreign = client.get(reverse("plans:student", args=[cast.students["mira"].pk]))
    absent = client.get(reverse("plans:student", args=[987_654]))
    assert foreign.status_code == absent.status_code == 404
    assert without_token(foreign.content) == without_token(absent.content)


def test_every_change_needs_the_token_of_its_own_page(cast: Cast) -> None:
    wrong = []
    tried = 0
    for name, address, _kind in every_address(cast):
        client = signed_in(cast, "mira", enforce_csrf_checks=True)
        before = digest()
        response = client.post(address, {"text": "forged"})
        tried += 1
        if digest() != before:
            wrong.append(f"{name}: a forged POST wrote something")
        if response.status_code not in {403, 404, 405}:
            wrong.append(f"{name}: {response.status_code} for a forged POST")
    assert tried >= ADDRESSES_AT_LEAST
    assert not wrong, "\n".join(wrong)


def test_every_answer_carries_the_content_policy(cast: Cast) -> None:
    for name, address, _kind in every_address(cast):
        for client in (Client(), signed_in(cast, "mira")):
            policy = client.get(address).headers.get("Content-Security-Policy", "")
            assert "default-src 'self'" in policy, name
            assert "unsafe" not in policy, name


def test_the_walker_refuses_an_address_it_cannot_build(cast: Cast) -> None:
    planted = path(
        "planted/<int:mystery>/", lambda request, mystery: HttpResponse(), name="planted"
    )
    with pytest.raises(AssertionError, match="no value for"):
        build("planted", planted, arguments(cast))


@pytest.mark.parametrize(
    "planted",
    [
        lambda: HttpResponse("Mira"),
        lambda: HttpResponse(CANARY),
        lambda: HttpResponse("number N-mira"),
    ],
)
def test_the_walker_sees_a_leak(planted: Callable[[], HttpResponse]) -> None:
    response = planted()
    response.request = {"PATH_INFO": "/"}  # type: ignore[attr-defined]
    assert leaks(response)
