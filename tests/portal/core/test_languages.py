"""The address says the language; a school's own host shows the school."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from pathloom.portal.core.languages import in_language, language_of
from tests.portal.world import World

PATHS = st.lists(st.sampled_from(["es", "en", "schools", "espanol", "a"]), max_size=4).map(
    lambda parts: "/" + "".join(f"{part}/" for part in parts)
)


@given(PATHS)
def test_a_page_keeps_its_address_through_another_language_and_back(path: str) -> None:
    english = in_language(path, "en")
    assert in_language(in_language(path, "es"), "en") == english
    assert language_of(in_language(path, "es")) == "es"
    assert in_language(path, language_of(path)) == path


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en"), ("/es/", "es"), ("/es", "es"), ("/especially/", "en"), ("/schools/es/", "en")],
)
def test_only_the_first_part_of_a_path_is_a_language(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize("address", ["/schools/", "/careers/georgia/stem/?q=a%26b"])
def test_the_switch_stays_on_the_page(world: World, client: Client, address: str) -> None:
    spanish = f"/es{address}"
    page = client.get(address).text
    assert '<html lang="en">' in page
    assert f'lang="es" hreflang="es" href="{spanish}"' in page
    other = client.get(spanish).text
    assert '<html lang="es">' in other
    assert f'lang="en" hreflang="en" href="{address}"' in other
    for each in (page, other):
        assert f'hreflang="en" href="http://testserver{address}"' in each
        assert f'hreflang="es" href="http://testserver{spanish}"' in each


@pytest.mark.parametrize("header", ["es", "es-MX,es;q=0.9"])
def test_neither_browser_nor_cookie_changes_the_language(
    world: World, client: Client, header: str
) -> None:
    client.cookies["django_language"] = "es"
    answer = client.get("/schools/", headers={"Accept-Language": header})
    assert '<html lang="en">' in answer.text
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_links_of_a_spanish_page_stay_in_spanish(world: World, client: Client) -> None:
    page = client.get("/es/schools/magnolia-high/").text
    assert 'href="/es/schools/magnolia-high/courses/"' in page
    assert 'href="/schools/magnolia-high/brand.css?v=' in page  # the same file for both


def test_pages_behind_the_sign_in_are_in_one_language(world: World, client: Client) -> None:
    client.force_login(world["lind"])
    assert '<html lang="en">' in client.get("/es/staff/").text


def test_an_address_that_is_not_there_is_said_in_its_language(world: World, client: Client) -> None:
    answer = client.get("/es/nothing/")
    assert answer.status_code == 404
    assert '<html lang="es">' in answer.text


@pytest.mark.parametrize("host", ["oak.example.org", "magnolia-high.schools.example.org"])
def test_a_host_of_a_school_opens_on_the_school(
    world: World, settings: Settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["oak.example.org", ".schools.example.org"]
    settings.PORTAL_HOSTS = {"oak.example.org": "magnolia-high"}
    settings.PORTAL_DOMAIN = "schools.example.org"
    client = Client(headers={"Host": host})
    for address, language in (("/", "en"), ("/es/", "es")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Magnolia High School" in answer.text
        assert f'<html lang="{language}">' in answer.text
        assert f'hreflang="es" href="http://{host}/es/"' in answer.text
        assert "testserver" not in answer.text
    assert client.get("/schools/magnolia-high/courses/").status_code == 200


def test_a_host_that_nobody_named_is_refused(world: World, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org", ".schools.example.org"]
    settings.PORTAL_DOMAIN = "schools.example.org"
    refused = Client(headers={"Host": "evil.example.com"})
    assert refused.get("/schools/").status_code == 400
    nobody = Client(headers={"Host": "no-such-school.schools.example.org"})
    assert nobody.get("/").status_code == 404
    assert Client(headers={"Host": "portal.example.org"}).get("/").status_code == 302
