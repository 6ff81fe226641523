"""Public pages are kept, and never shown once something public has changed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from pathloom.portal.accounts.models import School
from pathloom.portal.core.events import record_event
from pathloom.portal.core.kept import (
    LARGEST,
    KeptPage,
    KeptPages,
    at_stamp,
    newest_stamp,
    while_unchanged,
)
from pathloom.portal.core.models import ChainHead
from pathloom.portal.programs.actions.portal import publish_portal, save_portal
from pathloom.portal.programs.queries.portal import portal_of
from tests.portal.world import World

HOME = "/schools/magnolia-high/"


@pytest.fixture(autouse=True)
def keeping(settings: Settings, world: World) -> None:
    settings.KEEP_PAGES = True
    happens(world.school)


def happens(school: School, *, student: int | None = None) -> None:
    """Something that an action does."""
    record_event(
        by=None, action="x.y", obj=school, district_id=school.district_id, student_id=student
    )


def rename(school: School, name: str) -> None:
    """A change that no action makes."""
    School.objects.filter(pk=school.pk).update(name=name)


def test_a_kept_page_is_answered_by_one_look_at_the_database(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    first = client.get(HOME)
    with django_assert_num_queries(1):
        again = client.get(HOME)
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert again.headers["Cache-Control"].startswith("public")


def test_what_is_published_is_seen_at_once_also_in_another_process(world: World) -> None:
    here, there = Client(), Client()  # each with its own handler: a process of its own
    names = [here.get(HOME).text, there.get(HOME).text]
    content = replace(portal_of(world.school), name="The Plainly New School")
    save_portal(world.school, content, by=world["halvorsen"], seen=0)
    assert "The Plainly New School" not in here.get(HOME).text
    publish_portal(world.school, by=world["halvorsen"])
    for client, before in zip((here, there), names, strict=True):
        assert "The Plainly New School" not in before
        assert "The Plainly New School" in client.get(HOME).text


def test_what_happens_to_a_student_changes_no_public_page(world: World) -> None:
    before = newest_stamp()
    happens(world.school, student=7)
    assert newest_stamp() == before
    happens(world.school)
    assert newest_stamp() != before


def test_a_change_behind_the_portals_back_is_seen_after_a_while(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.get(HOME)
    rename(world.school, "Renamed by Hand")
    assert "Renamed by Hand" not in client.get(HOME).text
    later = time.monotonic() + 61
    monkeypatch.setattr("pathloom.portal.core.kept.time.monotonic", lambda: later)
    assert "Renamed by Hand" in client.get(HOME).text


def test_addresses_languages_and_hosts_are_kept_apart(world: World) -> None:
    client = Client()
    pages = {
        client.get(path, headers={"host": host}).content
        for path in (HOME, f"/es{HOME}", f"{HOME}?q=nurse", f"{HOME}?q=zzzz")
        for host in ("127.0.0.1", "localhost")
        for _twice in range(2)
    }
    assert len(pages) == 8


def test_nothing_private_and_nothing_broken_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    monkeypatch.setattr(KeptPages, "keep", lambda self, address, page: held.append(address))
    client = Client()
    client.force_login(world["halvorsen"])
    for path in (
        "/staff/",
        f"{HOME}portal/",
        "/sign-in/",
        "/sign-in/",
        "/schools/nowhere/",
        f"{HOME}?q=%00",
    ):
        client.get(path)
    client.get(HOME, headers={"hx-request": "true"})
    client.head(HOME)
    client.get(f"{HOME}programs.csv")
    assert held == []
    client.get(HOME)
    assert held == [f"http://testserver{HOME}"]


def test_before_anything_happened_nothing_is_kept(world: World) -> None:
    ChainHead.objects.all().delete()
    client = Client()
    client.get(HOME)
    rename(world.school, "Renamed by Hand")
    assert "Renamed by Hand" in client.get(HOME).text


def page(size: int) -> KeptPage:
    return KeptPage(("a",), time.monotonic() + 60, HttpResponse(b"x" * size).content, ())


def test_pages_that_were_not_asked_for_longest_make_room() -> None:
    pages = KeptPages(most_bytes=100)
    for address in ("one", "two"):
        pages.keep(address, page(40))
    assert pages.find("one", ("a",))
    pages.keep("three", page(40))
    assert [name for name in ("one", "two", "three") if pages.find(name, ("a",))] == [
        "one",
        "three",
    ]
    pages.keep("three", page(41))
    assert pages.bytes == 81
    assert pages.find("one", ("b",)) is None
    pages.keep("huge", page(LARGEST + 1))
    assert pages.find("huge", ("a",)) is None


def test_what_a_query_finds_is_kept_only_for_one_stamp_and_one_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    now = [6000.0]
    monkeypatch.setattr("pathloom.portal.core.kept.time.monotonic", lambda: now[0])

    @while_unchanged(2)
    def doubled(number: int) -> int:
        asked.append(number)
        return number * 2

    assert [doubled(1), doubled(1)] == [2, 2]
    assert asked == [1, 1]
    with at_stamp(("a",)):
        assert [doubled(1), doubled(1), doubled(2), doubled(1)] == [2, 2, 4, 2]
        assert asked == [1, 1, 1, 2]
        assert [doubled(3), doubled(2)] == [6, 4]  # there is room for two
        assert asked == [1, 1, 1, 2, 3, 2]
    with at_stamp(("b",)):
        assert doubled(3) == 6
        now[0] += 61
        assert [doubled(3), doubled(3)] == [6, 6]
    assert asked == [1, 1, 1, 2, 3, 2, 3, 3]
