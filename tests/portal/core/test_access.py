"""Access: denied unless declared; one rule for the list and for the object."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from pathloom.portal.accounts.models import RoleGrant, School
from pathloom.portal.core.access import AccessRule, opens, public, register, rules, signed_in
from pathloom.portal.core.errors import UndeclaredViewError
from tests.portal.core.planted_urls import KNOWN_SCHOOLS, OWN_SCHOOLS, undeclared
from tests.portal.world import TODAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.core.planted_urls")]


def signed(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


def without_token(html: str) -> str:
    """The page without the masked token of its sign-out form, which is new in every answer."""
    return re.sub(r'value="\w{64}"', "", html)


def test_a_view_that_declares_nothing_raises_in_tests(client: Client) -> None:
    with pytest.raises(UndeclaredViewError, match=r"planted_urls\.undeclared: declares no access"):
        client.get("/planted/undeclared/")


def test_a_view_that_declares_nothing_is_denied_in_service(
    world: World, settings: Settings
) -> None:
    settings.PATHLOOM_STRICT = False
    for client in (Client(), signed(world, "whitcomb")):
        answer = client.get("/planted/undeclared/")
        assert answer.status_code == 403
        assert "a secret" not in answer.text


def test_a_stranger_is_asked_to_sign_in_whether_the_thing_exists_or_not(world: World) -> None:
    addresses = ("own/magnolia-high/a/", "own/no-school/a/", "people/", "counselors/")
    for address in addresses:
        answer = Client().get(f"/planted/{address}")
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next=/planted/{address}"


def test_everybody_opens_a_public_page(world: World) -> None:
    assert Client().get("/planted/public/").text == "hello"
    assert signed(world, "zed").get("/planted/public/").text == "hello"


def test_who_is_signed_in_opens_a_page_for_people(world: World) -> None:
    assert signed(world, "maya").get("/planted/people/").text == "Maya Ellison"


def test_a_page_of_a_role_is_forbidden_to_other_roles(world: World) -> None:
    assert signed(world, "ortiz").get("/planted/counselors/").status_code == 200
    for name in ("maya", "dana", "lind", "whitcomb", "kessler", "zed"):
        assert signed(world, name).get("/planted/counselors/").status_code == 403


def test_the_view_receives_the_object_and_the_other_arguments(world: World) -> None:
    answer = signed(world, "ortiz").get("/planted/own/magnolia-high/left/")
    assert answer.text == "Magnolia High School left"


def test_not_there_and_not_yours_look_the_same(world: World) -> None:
    client = signed(world, "ortiz")
    not_yours = client.get("/planted/own/cypress-bend-high/a/")
    not_there = client.get("/planted/own/nothing/a/")
    assert not_yours.status_code == not_there.status_code == 404
    assert without_token(not_yours.text) == without_token(not_there.text)
    assert sorted(not_yours.headers) == sorted(not_there.headers)


def test_a_known_object_of_others_is_forbidden_and_a_missing_one_not_found(world: World) -> None:
    client = signed(world, "ortiz")
    assert client.get(f"/planted/known/{world.stranger_school.pk}/").status_code == 403
    assert client.get("/planted/known/999999/").status_code == 404


def test_a_role_ends_in_the_same_request_in_which_the_grant_ends(world: World) -> None:
    client = signed(world, "ortiz")
    assert client.get("/planted/counselors/").status_code == 200
    assert client.get("/planted/own/magnolia-high/a/").status_code == 200
    RoleGrant.objects.filter(user=world["ortiz"]).update(ends_on=TODAY - timedelta(days=1))
    assert client.get("/planted/counselors/").status_code == 403
    assert client.get("/planted/own/magnolia-high/a/").status_code == 404


def test_a_deactivated_person_is_a_stranger_in_the_next_request(world: World) -> None:
    client = signed(world, "ortiz")
    world["ortiz"].is_active = False
    world["ortiz"].save()
    answer = client.get("/planted/counselors/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("rule", [OWN_SCHOOLS, KNOWN_SCHOOLS])
def test_what_a_person_may_list_is_what_that_person_may_open(
    world: World, rule: AccessRule[School]
) -> None:
    for person in world.people.values():
        listed = set(rule.may_list(person))
        opened = {school for school in School.objects.all() if rule.may_open(person, school)}
        assert listed == opened


def test_a_view_may_declare_only_once() -> None:
    with pytest.raises(ValueError, match="declares access twice"):
        signed_in(public(undeclared))


def test_a_rule_is_registered_once() -> None:
    name = rules()[0].name
    with pytest.raises(ValueError, match="registered twice"):
        register(AccessRule(name, listing=lambda user: School.objects.none()))


def test_the_rule_of_a_view_is_named_on_it() -> None:
    view: Any = opens(OWN_SCHOOLS, into="school")(undeclared)
    assert view.access_declaration.rule == "own schools"
