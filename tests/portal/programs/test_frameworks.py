"""A district moves from the framework of 2008 to that of 2024."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.plans.actions import start_plan
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.programs.actions.drafts import start_draft
from pathloom.portal.programs.actions.frameworks import move_framework
from pathloom.portal.programs.models import FrameworkMove, ProgramOfStudy, ProgramPlace
from pathloom.portal.programs.queries.frameworks import (
    framework,
    framework_of,
    framework_of_district,
    place_now,
    place_of,
)
from pathloom.portal.programs.queries.moves import NOWHERE
from pathloom.portal.programs.queries.places import beside
from pathloom.portal.programs.queries.published import programs_per_cluster, published_in
from tests.portal.plans import desk
from tests.portal.programs import making
from tests.portal.programs.moved import NEW, OLD, decisions, lines, moved, names, stage, version
from tests.portal.records.cast import TODAY, Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return stage()


def test_the_preview_says_where_each_program_goes_and_what_people_must_decide(cast: Cast) -> None:
    found = lines(cast)
    cows, lab, bricks = found["cows"], found["lab"], found["bricks"]
    assert cows.proposed is not None
    assert cows.proposed.place.path == "agriculture/animal-systems"
    assert (cows.proposed.kind, cows.proposed.confidence) == ("exact", "medium")
    assert lab.proposed is None
    assert (lab.options, [each.kind for each in lab.reasons]) == ((), ["none"])
    assert bricks.proposed is None
    assert len(bricks.options) == 2


def test_nothing_moves_while_a_program_is_undecided(cast: Cast) -> None:
    chosen = decisions(cast)
    chosen.pop(lines(cast)["lab"].program.pk)
    with pytest.raises(UserError, match=r"1 program has no place yet\."):
        move_framework(cast.high.district, NEW, decisions=chosen, by=cast.user("dana"))
    assert not FrameworkMove.objects.exists()


def test_a_place_that_is_none_is_no_decision(cast: Cast) -> None:
    with pytest.raises(UserError, match=r"1 program has no place yet\."):
        moved(cast, cows="agriculture/dragons")


def test_after_the_move_programs_stand_in_the_new_framework(cast: Cast) -> None:
    before = list(ProgramOfStudy.objects.order_by("pk").values())
    moved(cast)
    assert names(place_now(version("cows"))) == [
        "National Career Clusters Framework (2024)",
        "Agriculture",
        "Animal Systems",
    ]
    assert framework_of(cast.high) == framework_of_district(cast.high.district) == framework(NEW)
    assert programs_per_cluster(NEW, cast.high)["agriculture"] == 1
    assert [each.program.slug for each in published_in(NEW, cluster="public-service-safety")] == [
        "fire"
    ]
    assert list(ProgramOfStudy.objects.order_by("pk").values()) == before


def test_programs_stand_beside_each_other_where_both_stand_today(cast: Cast) -> None:
    assert beside(version("cows")) == []
    moved(cast, fire="agriculture/animal-systems")
    assert beside(version("cows")) == ["Fire"]

    second = start_draft(version("fire").program, by=cast.user("tess"))
    second.framework, second.cluster, second.pathway = NEW, "agriculture", "plant-systems"
    second.save()
    assert beside(second) == [], "what says itself where it stands is not carried as well"


def test_what_was_carried_nowhere_stands_beside_nothing(cast: Cast) -> None:
    moved(cast, fire=NOWHERE, lab=NOWHERE)
    assert beside(version("lab")) == []
    assert names(place_now(version("lab"))) == ["National Career Clusters Framework (2024)"]


def test_what_was_written_keeps_its_place_in_the_framework_it_was_written_in(cast: Cast) -> None:
    moved(cast)
    assert names(place_of(version("cows"))) == [
        "National Career Clusters Framework (2008)",
        "Agriculture, Food & Natural Resources",
        "Animal Systems",
    ]
    assert [each.program.slug for each in published_in(OLD, cluster="stem")] == ["lab", "tech"]


def test_a_program_by_hand_says_so_and_one_by_the_crosswalk_says_how_sure(cast: Cast) -> None:
    moved(cast)
    found = {place.program.slug: place for place in ProgramPlace.objects.select_related("program")}
    assert (found["fire"].kind, found["fire"].confidence) == ("close", "medium")
    assert found["fire"].why == "The names share emergencies."
    assert (found["lab"].by_hand, found["lab"].cluster) == (True, "")
    assert (found["tech"].by_hand, found["tech"].kind) == (True, "")


def test_a_signed_plan_names_the_place_its_program_was_written_in(cast: Cast) -> None:
    mira = cast.student("mira")
    start_plan(student=mira, program=cast.program, by=cast.user("mira"), as_of=TODAY)
    desk.add(cast, "ENG-2", desk.SPRING)
    plan = desk.submit(cast).version
    for signer, role in (("gail", "guardian"), ("carla", "counselor")):
        desk.sign(cast, plan, signer, role)
    before = _reading(cast, plan)
    assert "Engineering &amp; Technology (Science, Technology" in before
    assert "National Career Clusters Framework (2008)" in before
    moved(cast)
    assert _reading(cast, plan) == before


def _reading(cast: Cast, plan: PlanVersion) -> str:
    """The page of a plan's version, less the token of its forms."""
    client = Client()
    client.force_login(cast.user("carla"))
    answer = client.get(reverse("plans:version", args=[plan.plan.student_id, plan.number]))
    assert answer.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


@pytest.mark.parametrize("who", ["tess", "pia", "carla", "mira", "zia"])
def test_only_an_administrator_of_the_district_moves_it(cast: Cast, who: str) -> None:
    with pytest.raises(UserError, match="You may not choose the framework"):
        move_framework(cast.high.district, NEW, decisions={}, by=cast.user(who))


@pytest.mark.parametrize(
    ("to", "words"), [(OLD, "The district uses this framework"), ("nope", "There is no such")]
)
def test_there_must_be_another_framework_to_move_to(cast: Cast, to: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        move_framework(cast.high.district, to, decisions={}, by=cast.user("dana"))


def test_a_place_without_the_crosswalk_s_words_was_chosen_by_hand(cast: Cast) -> None:
    move = moved(cast)
    program = ProgramOfStudy.objects.get(slug="cows")
    ProgramPlace.objects.filter(move=move, program=program).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramPlace.objects.create(move=move, program=program, cluster="agriculture")


def test_the_preview_asks_as_often_for_many_programs_as_for_few(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        lines(cast)
    for number in range(12):
        making.published(
            cast.high, cast.user("tess"), cast.user("pia"), slug=f"more-{number}", framework=OLD,
            cluster="law", pathway="legal-services",
        )  # fmt: skip
    with django_assert_num_queries(2):
        lines(cast)


def test_another_district_is_not_touched(cast: Cast) -> None:
    moved(cast)
    other = District.objects.exclude(pk=cast.high.district_id).first()
    assert other is not None
    assert framework_of_district(other) != framework(NEW)
    assert User.objects.filter(district=other).exists()
