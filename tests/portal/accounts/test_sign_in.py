"""Signing in and out; demonstration sign-ins only in a demonstration."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from pathloom.portal.accounts.roles import ROLES
from tests.portal.world import World

PASSWORD = "twelve knots on a loom"


@pytest.fixture
def ortiz(world: World) -> World:
    world["ortiz"].set_password(PASSWORD)
    world["ortiz"].save()
    return world


def sign_in(name: str = "ortiz", password: str = PASSWORD, **more: str) -> tuple[Client, int, str]:
    client = Client()
    answer = client.post("/sign-in/", {"username": name, "password": password, **more})
    return client, answer.status_code, answer.get("Location", answer.text)


def test_a_right_password_signs_in_and_leads_home(ortiz: World) -> None:
    client, status, where = sign_in()
    assert (status, where) == (302, "/")
    assert client.get("/")["Location"] == reverse("plans:caseload")


def test_a_person_comes_back_to_the_page_asked_for(ortiz: World) -> None:
    assert sign_in(next="/people/roles/")[2] == "/people/roles/"


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:go()", "\\\\elsewhere"],
)
def test_no_sign_in_leads_to_another_server(ortiz: World, address: str) -> None:
    assert sign_in(next=address)[2] == "/"


def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(ortiz: World) -> None:
    _, wrong_password, one = sign_in(password="not that one at all")
    _, wrong_name, other = sign_in(name="nobody", password="not that one at all")
    assert wrong_password == wrong_name == 422
    assert "do not go together" in one
    assert "do not go together" in other
    assert "ortiz" not in other


def test_an_error_is_the_first_thing_on_the_page(ortiz: World) -> None:
    _, _, html = sign_in(password="not that one at all")
    assert 'name="role"' not in html
    assert html.index('role="alert"') < html.index('name="username"')


def test_a_closed_account_gets_the_same_answer(ortiz: World) -> None:
    ortiz["ortiz"].is_active = False
    ortiz["ortiz"].save()
    _, status, page = sign_in()
    assert status == 422
    assert "do not go together" in page


def test_the_session_changes_its_key_at_sign_in(ortiz: World) -> None:
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.post("/sign-in/", {"username": "ortiz", "password": PASSWORD})
    assert client.session.session_key != before


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(ortiz: World) -> None:
    client, _, _ = sign_in()
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_ends_the_session_and_needs_a_form(ortiz: World) -> None:
    client, _, _ = sign_in()
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/staff/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/staff/").status_code == 302


def test_a_demonstration_offers_one_person_per_role(world: World) -> None:
    page = Client().get("/sign-in/").text
    for code in ROLES:
        assert page.count(f'name="role" value="{code}"') == 1
    for name in ("Zed", "Quill"):
        assert name not in page


@pytest.mark.parametrize("code", ROLES)
def test_a_demonstration_signs_in_as_each_role(world: World, code: str) -> None:
    client = Client()
    assert client.post("/sign-in/demo/", {"role": code}).status_code == 302
    assert client.get("/")["Location"] == reverse(ROLES[code].home)


def test_a_demonstration_knows_no_other_role(world: World) -> None:
    client = Client()
    assert client.post("/sign-in/demo/", {"role": "root"}).status_code == 404
    assert client.post("/sign-in/demo/").status_code == 404
    assert "sessionid" not in client.cookies


def test_nobody_is_offered_or_signed_in_outside_a_demonstration(
    world: World, settings: Settings
) -> None:
    settings.PATHLOOM_DEMO = False
    client = Client()
    page = client.get("/sign-in/").text
    assert 'name="role"' not in page
    assert "Maya Ellison" not in page
    assert client.post("/sign-in/demo/", {"role": "student"}).status_code == 404
    assert "sessionid" not in client.cookies
