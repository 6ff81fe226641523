"""The pages on which programs of study are written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pathloom.portal.programs.actions.drafts import Place, start_program
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.authoring_lines import TABS
from tests.portal.world import World

PLACE = Place("georgia", "stem", "engineering-and-technology")
ENGINEERING = "template:georgia-engineering@1"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


@pytest.fixture
def started(world: World) -> ProgramVersion:
    """Mr. Lind's draft from Georgia's template of engineering."""
    return start_program(
        home=world.school, by=world["lind"], title="", place=Place("", ""), base=ENGINEERING
    )


def tab(draft: ProgramVersion, name: str = "sequence") -> str:
    return reverse("programs:draft_tab", args=[draft.pk, name])


def send(client: Client, draft: ProgramVersion, part: str, **data: Any) -> Any:
    draft.refresh_from_db()
    sent = {"revision": draft.revision, "key": ""} | data
    return client.post(reverse("programs:line", args=[draft.pk, part]), sent)


@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_for_its_author(world: World, started: ProgramVersion, name: str) -> None:
    response = signed_in(world, "lind").get(tab(started, name))
    assert response.status_code == 200
    assert "Engineering and Technology" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["authoring", "authoring_csv", "new_program", "coverage", "coverage_csv"]
)
def test_every_list_opens_for_staff_and_for_nobody_else(world: World, name: str) -> None:
    address = reverse(f"programs:{name}")
    assert signed_in(world, "lind").get(address).status_code == 200
    assert signed_in(world, "whitcomb").get(address).status_code == 200
    for person in ("maya", "dana"):
        assert signed_in(world, person).get(address).status_code == 403
    partner = signed_in(world, "kessler").get(address).status_code
    assert partner == (200 if name.startswith("authoring") else 403)


def test_every_part_has_a_form(world: World, started: ProgramVersion) -> None:
    client = signed_in(world, "lind")
    for name, parts in TABS.items():
        for part in parts:
            words = client.get(f"{tab(started, name)}?edit={part}:").content.decode()
            assert 'name="revision"' in words
            if part not in ("about",):
                assert f'/lines/{part}/"' in words, part


def test_a_line_is_added_changed_moved_and_taken_out(
    world: World, started: ProgramVersion
) -> None:
    client = signed_in(world, "lind")
    response = send(client, started, "credentials", title="Welder", after="certificate")
    assert response.status_code == 302
    assert "Welder" in client.get(tab(started, "outcomes")).content.decode()
    send(client, started, "credentials", key="welder", title="Welder 2", after="certificate")
    page = client.get(tab(started, "outcomes")).content.decode()
    assert "Welder 2" in page
    started.refresh_from_db()
    sent = {"revision": started.revision, "key": "welder"}
    client.post(reverse("programs:line_remove", args=[started.pk, "credentials"]), sent)
    assert "Welder 2" not in client.get(tab(started, "outcomes")).content.decode()
