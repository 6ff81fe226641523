"""The frame, the landing pages, and who can see what."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from pathloom.portal.accounts.presenters import NAVIGATION, navigation
from pathloom.portal.accounts.roles import ROLES
from tests.portal.world import World


def page(world: World, name: str, address: str) -> str:
    client = Client()
    client.force_login(world[name])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_every_entry_of_the_navigation_leads_somewhere() -> None:
    assert set(NAVIGATION) == {"", *ROLES}
    for entries in NAVIGATION.values():
        assert all(reverse(name) for _label, name in entries)
    assert all(reverse(role.home) for role in ROLES.values())


@pytest.mark.django_db
@pytest.mark.parametrize("code", ROLES)
def test_the_home_of_a_role_stands_first_in_its_navigation(code: str) -> None:
    assert navigation([code], "/")[0]["url"] == reverse(ROLES[code].home)


@pytest.mark.django_db
def test_two_roles_have_the_entries_of_both_each_once() -> None:
    urls = [entry["url"] for entry in navigation(["guardian", "teacher"], "/")]
    assert len(urls) == len(set(urls))
    assert {reverse("plans:children"), reverse("accounts:staff")} <= set(urls)


@pytest.mark.django_db
def test_only_the_nearest_entry_is_current() -> None:
    path = reverse("programs:careers") + "georgia/"
    current = [entry["url"] for entry in navigation(["student"], path) if entry["current"]]
    assert current == [reverse("programs:careers")]
    assert not any(entry["current"] for entry in navigation(["student"], "/people/roles/"))


def test_the_frame_wears_the_face_of_the_persons_school(world: World) -> None:
    html = page(world, "lind", "/staff/")
    assert "Magnolia High School" in html
    assert 'href="/schools/magnolia-high/brand.css?v=' in html
    assert "Devon Lind" in html


def test_the_frame_of_a_stranger_shows_no_person(world: World) -> None:
    html = Client().get("/people/roles/").text
    assert "My page" in html
    assert not any(person.display_name in html for person in world.people.values())


def test_my_page_leads_everybody_to_the_right_door(world: World) -> None:
    assert Client().get("/me/").headers["Location"] == "/sign-in/?next=/me/"
    client = Client()
    client.force_login(world["lind"])
    assert client.get("/me/").headers["Location"] == "/staff/"


def test_the_staff_page_shows_the_schools_of_the_role(world: World) -> None:
    school = page(world, "halvorsen", "/staff/")
    assert "Magnolia High School" in school
    assert "Pine Hollow" not in school
    district = page(world, "whitcomb", "/staff/")
    assert "Magnolia High School" in district
    assert "Pine Hollow" in district
    assert "Cypress" not in school + district
    assert "/schools/magnolia-high/portal/" in school
    assert "/schools/magnolia-high/portal/" not in page(world, "lind", "/staff/")


def test_the_partner_page_names_no_student(world: World) -> None:
    html = page(world, "kessler", "/partner/")
    assert "Magnolia High School" in html
    assert "Cypress" not in html
    for student in world.students.values():
        assert student.last_name not in html


@pytest.mark.parametrize(
    ("name", "address"),
    [("maya", "/staff/"), ("dana", "/staff/"), ("kessler", "/staff/"), ("lind", "/partner/")],
)
def test_a_landing_page_is_for_its_roles(world: World, name: str, address: str) -> None:
    client = Client()
    client.force_login(world[name])
    assert client.get(address).status_code == 403


def test_a_stranger_at_the_first_page_is_led_to_the_public_portal(world: World) -> None:
    assert Client().get("/")["Location"] == reverse("programs:schools")


def test_a_person_without_a_role_is_told_who_can_see_what(world: World) -> None:
    world["lind"].district = world.stranger_district
    world["lind"].save()
    client = Client()
    client.force_login(world["lind"])
    assert client.get("/")["Location"] == reverse("accounts:roles")


@pytest.mark.django_db
def test_who_can_see_what_names_every_role_and_every_private_thing() -> None:
    html = Client().get("/people/roles/").text
    for role in ROLES.values():
        assert str(role.title) in html
    assert "A plan that is not submitted" in html
    plan = html.split("A plan that is not submitted")[1].split("</section>")[0]
    assert "A guardian linked to the student" in plan
    assert "barred" not in plan
    assert "partner" not in plan


@pytest.mark.django_db
def test_who_can_see_what_stands_without_the_policy_file(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.ROOT = tmp_path_factory.mktemp("elsewhere")
    answer = Client().get("/people/roles/")
    assert answer.status_code == 200
    assert "Each thing" not in answer.text


def test_the_frame_costs_a_fixed_number_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(world["lind"])
    with django_assert_max_num_queries(5):
        client.get("/gallery/")


def test_a_page_has_one_title_one_main_and_a_way_to_skip_to_it(world: World) -> None:
    for html in (Client().get("/sign-in/").text, page(world, "lind", "/staff/")):
        assert len(re.findall(r"<h1\b", html)) == 1
        assert len(re.findall(r"<main\b", html)) == 1
        assert html.index('href="#main"') < html.index("<header")
