"""A copy of a portal for the school's own server: made beside the pages, kept, downloaded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pathloom.portal.accounts.models import District
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions import copies as actions
from pathloom.portal.programs.exports.copies import make_copy
from pathloom.portal.programs.exports.portal import ExportedFile, ExportError
from pathloom.portal.programs.models import PortalCopy, PortalCopyFile
from pathloom.portal.programs.queries.copies import changed_since, finished_copy
from tests.portal.world import World

SCHOOL = "magnolia-high"
PAGE = f"/schools/{SCHOOL}/portal/copy/"
ZIP = f"/schools/{SCHOOL}/portal/portal.zip"
HTMX = {"HTTP_HX_REQUEST": "true"}
FILES = (ExportedFile("index.html", b"<p>front"), ExportedFile("es/index.html", b"<p>es" * 99))


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """Copies have two files; ``between`` happens between them."""
    plot: dict[str, Callable[[], None]] = {"between": lambda: None}

    def export(_school: object, *, seen: Callable[[int, int], None]) -> Iterator[ExportedFile]:
        yield FILES[0]
        seen(1, 2)
        plot["between"]()
        yield FILES[1]
        seen(2, 2)

    monkeypatch.setattr("pathloom.portal.programs.exports.copies.export_portal", export)
    return plot


def visitor(world: World, name: str = "halvorsen") -> Client:
    client = Client()
    client.force_login(world[name])
    return client


def waiting(world: World, **changes: Any) -> PortalCopy:
    """A copy that no worker has taken yet, or as the changes say."""
    values = {"school": world.school, "asked_by": world["halvorsen"], "asked_at": timezone.now()}
    return PortalCopy.objects.create(**(values | changes))


def running(world: World) -> PortalCopy:
    now = timezone.now()
    return waiting(
        world, state="running", started_at=now, heartbeat=now, done=1, of=9, doing="Copying"
    )


def made(world: World) -> PortalCopy:
    return actions.start_copy(world.school, by=world["halvorsen"], make=make_copy)


def something_public(world: World) -> None:
    record_event(
        by=world["halvorsen"],
        action="programs.publish_portal",
        obj=world.school,
        district_id=world.district.pk,
    )


def events() -> list[str]:
    return list(Event.objects.values_list("action", flat=True))


def test_an_administrator_asks_for_a_copy_and_downloads_it(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    client = visitor(world)
    assert PAGE in client.get(f"/schools/{SCHOOL}/portal/").text
    before = client.get(PAGE).text
    assert "There is no copy yet" in before
    assert ZIP not in before
    assert client.get(ZIP).headers["Location"] == PAGE
    assert client.post(PAGE).headers["Location"] == PAGE
    page = client.get(PAGE).text
    assert "2 files" in page
    assert "Nothing was changed since" in page
    assert ZIP in page
    answer = client.get(ZIP)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{SCHOOL}.zip"'
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            file.name: file.content for file in FILES
        }


def test_a_copy_is_told_of_without_making_itself_old(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    copy = made(world)
    assert events() == ["programs.start_copy", "programs.keep_copy"]
    assert set(Event.objects.values_list("student_id", flat=True)) == {None}
    assert not changed_since(copy)
    assert made(world) != copy, "who wants it anew gets it anew"
    something_public(world)
    assert changed_since(PortalCopy.objects.get())


def test_what_changes_while_a_copy_is_made_may_not_be_in_it(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    during["between"] = lambda: something_public(world)
    made(world)
    page = visitor(world).get(PAGE).text
    assert "The portal may have changed since this copy was made." in page
    assert "Nothing was changed since" not in page
    assert ZIP in page
    during["between"] = lambda: None
    visitor(world).post(PAGE)
    assert "Nothing was changed since" in visitor(world).get(PAGE).text


def test_another_district_does_not_make_a_copy_old(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    copy, elsewhere = made(world), District.objects.exclude(pk=world.district.pk).get()
    record_event(by=None, action="x", obj=copy, district_id=elsewhere.pk)
    assert not changed_since(copy)


def test_of_older_copies_nothing_is_left_once_a_new_one_is_there(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    first = made(world)
    still_there: list[PortalCopy | None] = []
    during["between"] = lambda: still_there.append(finished_copy(world.school))
    second = made(world)
    assert still_there == [first], "until then the one before can be downloaded"
    assert list(PortalCopy.objects.all()) == [second]
    assert [file.copy for file in PortalCopyFile.objects.all()] == [second]


def test_a_school_has_its_own_copy(world: World, during: dict[str, Callable[[], None]]) -> None:
    copy = made(world)
    other = visitor(world, "whitcomb").get(ZIP.replace(SCHOOL, world.other_school.slug))
    assert other.headers["Location"] == PAGE.replace(SCHOOL, world.other_school.slug)
    actions.start_copy(world.other_school, by=world["whitcomb"], make=make_copy)
    assert finished_copy(world.school) == copy, "a copy of another school leaves it alone"


def test_two_who_ask_at_once_get_one_copy(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    copy = running(world)
    again = actions.start_copy(world.school, by=world["whitcomb"], make=make_copy)
    assert again == copy
    assert events() == []


def test_the_page_says_how_far_a_copy_is_and_looks_again(world: World) -> None:
    running(world)
    page = visitor(world).get(PAGE).text
    assert "Copying the portal of Magnolia High School" in page
    assert "2 of 9 files found so far" in page
    assert f'hx-get="{PAGE}"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert f'action="{PAGE}cancel/"' in page
    part = visitor(world).get(PAGE, **HTMX).text
    assert "<html" not in part
    assert "2 of 9" in part


def test_when_a_copy_is_finished_the_page_opens_anew(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    made(world)
    assert visitor(world).get(PAGE, **HTMX).headers["HX-Redirect"] == PAGE


def test_a_copy_that_is_cancelled_stops_and_the_one_before_stays(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    first, client = made(world), visitor(world)
    during["between"] = lambda: client.post(f"{PAGE}cancel/") and None
    client.post(PAGE)
    page = client.get(PAGE).text
    assert "This was stopped. Nothing was changed." in page
    assert ZIP in page
    assert list(PortalCopyFile.objects.values_list("copy", flat=True)) == [first.pk]
    assert events()[-2:] == ["programs.start_copy", "programs.cancel_copy"]
    assert client.post(f"{PAGE}cancel/").headers["Location"] == PAGE, "it has ended already"


def test_a_copy_whose_worker_died_is_not_waited_for(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    lost = running(world)
    PortalCopy.objects.update(heartbeat="2026-01-01T00:00:00Z")
    page = visitor(world).get(PAGE).text
    assert "The work on this stopped." in page
    assert "hx-get" not in page
    assert visitor(world).post(PAGE).status_code == 302
    assert not PortalCopy.objects.filter(pk=lost.pk).exists()
    assert finished_copy(world.school) is not None


def test_a_page_that_cannot_be_copied_is_named_with_what_to_do(
    world: World, during: dict[str, Callable[[], None]]
) -> None:
    def broken() -> None:
        raise ExportError("/schools/x/: this page cannot be shown (500).", "Open it.")

    during["between"] = broken
    copy = made(world)
    assert copy.state == "failed"
    page = visitor(world).get(PAGE).text
    assert "/schools/x/: this page cannot be shown (500)." in page
    assert "Open it." in page
    assert not PortalCopyFile.objects.exists()


@pytest.mark.parametrize("name", ["maya", "dana", "ortiz", "lind", "kessler"])
def test_nobody_else_makes_or_downloads_a_copy(
    world: World, during: dict[str, Callable[[], None]], name: str
) -> None:
    made(world)
    client = visitor(world, name)
    assert {client.get(PAGE).status_code, client.get(ZIP).status_code} == {403}
    assert {client.post(PAGE).status_code, client.post(f"{PAGE}cancel/").status_code} == {403}
    with pytest.raises(UserError, match="may not copy"):
        actions.start_copy(world.school, by=world[name], make=make_copy)
    assert Client().get(ZIP).status_code == 302
