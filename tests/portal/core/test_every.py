"""What must hold on every page and in every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from pathloom.portal.core.access import declaration_of
from tests.portal.world import World

PORTAL = Path(__file__).resolve().parents[3] / "src/pathloom/portal"
TEMPLATES = sorted(PORTAL.glob("*/templates/**/*.html"))
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
INLINE = (
    re.compile(r"<style\b", re.I),
    re.compile(r"\sstyle\s*=", re.I),
    re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    re.compile(r"javascript:", re.I),
    re.compile(r"(?:src|action|data)\s*=\s*[\"']\s*(?:https?:)?//", re.I),
    re.compile(r"<link\b[^>]*href\s*=\s*[\"']\s*(?:https?:)?//", re.I),
    re.compile(r"\|\s*safe\b|autoescape\s+off"),
    re.compile(r"hx-on", re.I),
)


def inline(text: str) -> list[str]:
    """What the content security policy would refuse, or what would run a person's words."""
    return [match.group() for pattern in INLINE for match in pattern.finditer(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_nothing_inline(path: Path) -> None:
    assert inline(path.read_text()) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<style>p{}</style>",
        '<p style="color:red">',
        "<script>alert(1)</script>",
        '<p onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="https://elsewhere.example/a.png">',
        '<script src="//elsewhere.example/a.js"></script>',
        '<link rel="stylesheet" href="https://elsewhere.example/a.css">',
        "{{ words|safe }}",
        "{% autoescape off %}",
        '<p hx-on:click="go()">',
    ],
)
def test_a_planted_inline_fault_is_found(fault: str) -> None:
    assert inline(f"<p>before</p>{fault}<p>after</p>")


def test_no_stylesheet_asks_another_origin() -> None:
    for path in PORTAL.glob("*/static/*/*.css"):
        assert not re.search(r"(?:https?:)?//(?!\*)[a-z]", path.read_text()), path.name


def views(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += views(pattern.url_patterns)
        else:
            found.append(pattern)
    return found


def test_every_view_of_the_url_map_declares_who_may_open_it() -> None:
    patterns = views(get_resolver().url_patterns)
    assert len(patterns) > 10
    assert [str(p.pattern) for p in patterns if declaration_of(p.callback) is None] == []


@pytest.mark.django_db
@pytest.mark.urls("tests.portal.core.planted_urls")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/gallery/", 200),
        ("/healthz", 200),
        ("/sign-in/", 200),
        ("/people/roles/", 200),
        ("/schools/magnolia-high/brand.css", 200),
        ("/static/core/tokens.css", 200),
        ("/", 302),
        ("/staff/", 302),
        ("/nothing/", 404),
        ("/planted/missing/", 404),
        ("/planted/undeclared/", 403),
        ("/planted/conflict/", 409),
        ("/planted/error/", 422),
        ("/planted/defect/", 500),
    ],
)
def test_every_answer_carries_the_security_headers(
    address: str, status: int, world: World, settings: Settings
) -> None:
    settings.PATHLOOM_STRICT = False
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer.getvalue() is not None  # read to its end, a file is closed


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/gallery/", "/people/roles/", "/schools/", "/careers/"])
def test_a_public_page_sets_no_cookie_and_may_be_kept(address: str, world: World) -> None:
    answer = Client().get(address)
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kept"),
    [("/sign-in/", "no-store"), ("/nothing/", "no-cache"), ("/staff/", "no-cache")],
)
def test_a_form_an_error_and_the_way_to_sign_in_are_not_kept(
    address: str, kept: str, world: World
) -> None:
    assert Client().get(address)["Cache-Control"] == kept


@pytest.mark.django_db
def test_the_health_check_is_never_kept() -> None:
    assert "no-store" in Client().get("/healthz")["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/staff/", "/nothing/"])
def test_a_page_of_a_signed_in_person_is_never_kept(address: str, world: World) -> None:
    client = Client()
    client.force_login(world["lind"])
    assert client.get(address)["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_over_plain_http_a_service_sends_people_to_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    assert Client().get("/healthz")["Location"] == "https://testserver/healthz"
    answer = Client().get("/healthz", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
