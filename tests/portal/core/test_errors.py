"""Pages for errors: what happened, what to do, and never what is behind it."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.portal.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.core.planted_urls")]


def test_a_defect_shows_a_reference_number_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = Client(raise_request_exception=False).get("/planted/defect/")
    assert answer.status_code == 500
    found = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert found is not None
    record = next(record for record in caplog.records if found[1] in record.getMessage())
    assert record.exc_info
    assert "ZeroDivisionError" not in answer.text


def test_a_conflict_says_what_the_other_one_changed() -> None:
    answer = Client().get("/planted/conflict/")
    assert answer.status_code == 409
    assert "Somebody was first." in answer.text
    assert "Look, then try again." in answer.text
    assert "Biology moved." in answer.text


def test_a_user_error_says_what_to_do() -> None:
    answer = Client().get("/planted/error/")
    assert answer.status_code == 422
    assert "This plan is signed." in answer.text
    assert "Make a new version." in answer.text


@pytest.mark.parametrize(
    ("page", "back"),
    [("http://testserver/form/", True), ("http://elsewhere.example/form/", False), ("", False)],
)
def test_a_refused_form_leads_back_to_its_page_and_never_elsewhere(page: str, back: bool) -> None:
    answer = Client().post("/planted/error/", headers={"referer": page} if page else {})

    assert ("Back to the page before" in answer.text) is back
    assert not page or (f'href="{page}"' in answer.text) is back


def test_a_missing_page_does_not_say_why() -> None:
    one, other = Client().get("/nothing/"), Client().get("/planted/missing/")
    assert one.status_code == 404
    assert one.content == other.content


def test_a_form_without_its_token_changes_nothing_and_says_so(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world["maya"])
    answer = client.post("/sign-out/")
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.text
    assert client.get("/planted/people/").status_code == 200


def test_a_message_of_every_level_is_shown_in_its_tone(world: World, settings: Settings) -> None:
    settings.MESSAGE_LEVEL = 10
    client = Client()
    client.force_login(world["maya"])
    html = client.get("/planted/messages/").text
    assert re.findall(r"alert-(note|warn|stop|done)", html) == [
        "note",
        "note",
        "done",
        "warn",
        "stop",
    ]
    assert html.count("&lt;b&gt;message") == 5
