"""Publishing a program of study: who may, when it is refused, what stays."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from pathloom.portal.accounts.models import RoleGrant
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import first_broken_link
from pathloom.portal.core.models import Event
from pathloom.portal.programs.access import PROGRAM_VERSIONS, may_publish
from pathloom.portal.programs.actions.publish import publish_program
from pathloom.portal.programs.models import ProgramVersion, Publication
from pathloom.portal.programs.queries.published import published_program, published_programs
from tests.portal.programs.making import content, draft
from tests.portal.world import TODAY, World


def refused(version: ProgramVersion, world: World, name: str) -> str:
    with pytest.raises(UserError) as caught:
        publish_program(version, by=world[name])
    return str(caught.value)


def test_an_administrator_of_the_school_publishes_another_person_s_version(world: World) -> None:
    version = draft(world.school, world["lind"])
    assert published_program(world.school.slug, "robots") is None
    publish_program(version, by=world["halvorsen"])
    shown = published_program(world.school.slug, "robots")
    assert shown == version
    assert shown.reviewer == world["halvorsen"]
    assert shown.published_at is not None


def test_publishing_is_one_event_in_an_unbroken_chain(world: World) -> None:
    version = draft(world.school, world["lind"])
    publish_program(version, by=world["halvorsen"])
    event = Event.objects.get(action="publish_program")
    assert event.actor_id == world["halvorsen"].pk
    assert event.district_id == world.district.pk
    assert event.object_id == str(version.pk)
    assert event.data == {"program": "robots", "number": 1}
    assert first_broken_link(world.district.pk) is None


def test_publishing_twice_is_refused_and_leaves_one_event(world: World) -> None:
    version = draft(world.school, world["lind"])
    publish_program(version, by=world["halvorsen"])
    assert "published already" in refused(version, world, "halvorsen")
    assert Event.objects.filter(action="publish_program").count() == 1


def test_the_author_cannot_publish_their_own_version(world: World) -> None:
    version = draft(world.school, world["halvorsen"])
    assert "You wrote this version." in refused(version, world, "halvorsen")
    publish_program(version, by=world["whitcomb"])


def test_the_database_refuses_a_reviewer_who_is_the_author(world: World) -> None:
    version = draft(world.school, world["lind"])
    publish_program(version, by=world["halvorsen"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(reviewer=world["lind"])


def test_the_database_refuses_a_published_version_without_a_reviewer(world: World) -> None:
    version = draft(world.school, world["lind"])
    publish_program(version, by=world["halvorsen"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramVersion.objects.filter(pk=version.pk).update(reviewer=None)


@pytest.mark.parametrize(
    "name", ["maya", "dana", "ortiz", "tate", "kessler", "zed", "quill", "yates"]
)
def test_nobody_else_may_publish(world: World, name: str) -> None:
    version = draft(world.school, world["lind"])
    assert not may_publish(world[name], version)
    assert "You may not publish" in refused(version, world, name)
    assert published_program(world.school.slug, "robots") is None


def test_an_administrator_whose_role_ended_may_not_publish(world: World) -> None:
    version = draft(world.school, world["lind"])
    grants = RoleGrant.objects.filter(user=world["halvorsen"])
    grants.update(ends_on=TODAY.replace(day=TODAY.day - 1))
    assert "You may not publish" in refused(version, world, "halvorsen")


def test_a_version_with_a_stop_finding_is_not_published(world: World) -> None:
    version = draft(world.school, world["lind"], holds=content(sources=[]))
    assert "no source says" in refused(version, world, "halvorsen")
    version.refresh_from_db()
    assert version.published_at is None


def test_the_next_version_takes_the_place_of_the_earlier_one_which_stays(world: World) -> None:
    first = draft(world.school, world["lind"])
    publish_program(first, by=world["halvorsen"])
    second = draft(world.school, world["lind"], number=2, title="Robots and drones")
    assert published_program(world.school.slug, "robots") == first
    publish_program(second, by=world["halvorsen"])
    assert published_program(world.school.slug, "robots") == second
    first.refresh_from_db()
    assert first.published_at is not None
    assert Publication.objects.filter(program=first.program).count() == 1


def test_a_program_has_one_open_version(world: World) -> None:
    draft(world.school, world["lind"])
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(world.school, world["lind"], number=2)


def test_the_version_before_is_retired_when_the_next_is_published(world: World) -> None:
    first = draft(world.school, world["lind"])
    publish_program(first, by=world["halvorsen"])
    second = draft(world.school, world["lind"], number=2)
    publish_program(second, by=world["halvorsen"])
    first.refresh_from_db()
    assert first.state == "retired"
    assert published_program(world.school.slug, "robots") == second


def test_everybody_may_see_what_is_published_and_staff_of_the_school_the_drafts(
    world: World,
) -> None:
    version = draft(world.school, world["lind"])
    may_see = {
        name for name, person in world.people.items() if PROGRAM_VERSIONS.may_open(person, version)
    }
    assert may_see == {"ortiz", "hale", "lind", "halvorsen", "whitcomb"}
    publish_program(version, by=world["halvorsen"])
    assert all(PROGRAM_VERSIONS.may_open(person, version) for person in world.people.values())
    assert PROGRAM_VERSIONS.may_open(None, version)


def test_what_a_person_may_list_is_what_that_person_may_open(world: World) -> None:
    draft(world.school, world["lind"])
    draft(world.other_school, world["lind"], slug="other")
    for person in (None, *world.people.values()):
        listed = set(PROGRAM_VERSIONS.may_list(person))
        opened = {
            version
            for version in ProgramVersion.objects.all()
            if PROGRAM_VERSIONS.may_open(person, version)
        }
        assert listed == opened


def test_a_school_lists_only_its_own_published_programs(world: World) -> None:
    draft(world.school, world["lind"])
    listed = [version.program.slug for version in published_programs(world.school)]
    assert listed == ["engineering-and-technology"]
    assert [v.program.slug for v in published_programs(world.other_school)] == ["welding"]
    assert not published_programs(world.stranger_school)
