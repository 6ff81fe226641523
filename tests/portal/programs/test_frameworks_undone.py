"""A move to another framework is taken back, or gone back on, and what was written since stays."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions.drafts import start_draft
from pathloom.portal.programs.actions.frameworks import move_framework, undo_move
from pathloom.portal.programs.models import (
    FrameworkMove,
    ProgramOfStudy,
    ProgramVersion,
)
from pathloom.portal.programs.queries.frameworks import framework, framework_of, place_now, place_of
from pathloom.portal.programs.queries.published import programs_per_cluster, published_in
from tests.portal.programs import making
from tests.portal.programs.moved import NEW, OLD, lines, moved, names, stage, version
from tests.portal.records.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return stage()


def test_undo_brings_the_framework_before_back_and_keeps_the_history(cast: Cast) -> None:
    move = moved(cast)
    undo_move(move, by=cast.user("dana"))
    assert framework_of(cast.high) == framework(OLD)
    assert names(place_now(version("cows"))) == names(place_of(version("cows")))
    assert not published_in(NEW).exists()
    kept = FrameworkMove.objects.get()
    assert kept.undone_by == cast.user("dana")
    actions = [each.action for each in Event.objects.filter(action__contains="framework")]
    assert actions == ["move_framework", "undo_framework_move"]


def test_a_move_is_undone_once_and_only_the_newest(cast: Cast) -> None:
    first = moved(cast)
    back = {line.program.pk: line.written.path for line in lines(cast, OLD).values()}
    second = move_framework(cast.high.district, OLD, decisions=back, by=cast.user("dana"))
    with pytest.raises(UserError, match="This move does not hold any more"):
        undo_move(first, by=cast.user("dana"))
    undo_move(second, by=cast.user("dana"))
    assert framework_of(cast.high) == framework(NEW)
    undo_move(first, by=cast.user("dana"))
    with pytest.raises(UserError, match="This move does not hold any more"):
        undo_move(first, by=cast.user("dana"))


def test_moving_back_finds_every_program_exactly_where_it_was_written(cast: Cast) -> None:
    moved(cast)
    for line in lines(cast, OLD).values():
        assert line.proposed is not None
        assert (line.proposed.place, line.proposed.kind) == (line.written, "exact")


def test_a_move_is_not_undone_when_a_program_was_written_in_the_new_framework(cast: Cast) -> None:
    move = moved(cast)
    making.draft(
        cast.high, cast.user("tess"), slug="drones", framework=NEW, cluster="digital-technology",
        pathway="unmanned-vehicle-technology",
    )  # fmt: skip
    with pytest.raises(UserError, match="Programs were written in the new framework since: drones"):
        undo_move(move, by=cast.user("dana"))
    assert lines(cast, OLD)["drones"].options == ()


def next_version(cast: Cast, slug: str) -> ProgramVersion:
    """The next version of a program, written now and the one the public sees."""
    draft = start_draft(ProgramOfStudy.objects.get(slug=slug), by=cast.user("tess"))
    ProgramVersion.objects.filter(publication__program=draft.program).update(
        state=ProgramVersion.State.RETIRED
    )
    making.publish(draft, cast.user("pia"))
    return version(slug)


def test_a_version_written_after_the_move_names_the_new_place_and_no_old_one(
    cast: Cast, client: Client
) -> None:
    first = version("cows")
    moved(cast)
    second = next_version(cast, "cows")
    assert second.place == (NEW, "agriculture", "animal-systems")
    assert names(place_of(second)) == names(place_now(second))
    assert names(place_of(second))[0] == "National Career Clusters Framework (2024)"
    assert first.place == (OLD, "agriculture", "animal-systems")
    page = client.get("/schools/juniper-high/programs/cows/").content.decode()
    assert "Carried over from" not in page
    assert programs_per_cluster(NEW, cast.high)["agriculture"] == 1
    for framework_id in (NEW, OLD):
        cluster = client.get(f"/careers/{framework_id}/agriculture/").content.decode()
        assert cluster.count("/schools/juniper-high/programs/cows/") == 1


def test_moving_back_carries_what_was_written_in_the_new_framework(
    cast: Cast, client: Client
) -> None:
    moved(cast)
    next_version(cast, "cows")
    back = {line.program.pk: line.written.path for line in lines(cast, OLD).values()}
    move_framework(cast.high.district, OLD, decisions=back, by=cast.user("dana"))
    found = version("cows")
    assert names(place_of(found))[0] == "National Career Clusters Framework (2024)"
    assert names(place_now(found))[0] == "National Career Clusters Framework (2008)"
    assert (
        "Carried over from" in client.get("/schools/juniper-high/programs/cows/").content.decode()
    )
    assert next_version(cast, "cows").place == (OLD, "agriculture", "animal-systems")


def test_a_program_without_a_place_keeps_the_one_it_was_written_in(cast: Cast) -> None:
    moved(cast)
    assert next_version(cast, "lab").place == (OLD, "stem", "science-mathematics")


def test_a_move_is_not_undone_when_a_version_was_written_in_the_new_framework(cast: Cast) -> None:
    move = moved(cast)
    start_draft(ProgramOfStudy.objects.get(slug="cows"), by=cast.user("tess"))
    with pytest.raises(UserError, match="Programs were written in the new framework since: cows"):
        undo_move(move, by=cast.user("dana"))


def test_a_version_has_a_whole_place_or_none(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramVersion.objects.filter(program__slug="cows").update(framework=NEW)
