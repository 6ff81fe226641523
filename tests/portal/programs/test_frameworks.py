"""A district moves from the framework of 2008 to that of 2024, and back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.plans.actions import start_plan
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.programs.actions.drafts import start_draft
from pathloom.portal.programs.actions.frameworks import (
    move_framework,
    name_levels,
    undo_move,
)
from pathloom.portal.programs.models import (
    FrameworkMove,
    ProgramOfStudy,
    ProgramPlace,
    ProgramVersion,
)
from pathloom.portal.programs.queries.frameworks import (
    framework,
    framework_of,
    framework_of_district,
    levels_in,
    place_now,
    place_of,
)
from pathloom.portal.programs.queries.moves import NOWHERE, Line, preview
from pathloom.portal.programs.queries.published import (
    programs_per_cluster,
    published_in,
    published_program,
)
from tests.portal.plans import desk
from tests.portal.programs import making
from tests.portal.records.cast import TODAY, Cast, set_the_stage

NEW, OLD = "national-2024", "national-2008"
PLACES = {
    "cows": ("agriculture", "animal-systems"),
    "fire": ("law", "emergency-fire-management-services"),
    "lab": ("stem", "science-mathematics"),
    "bricks": ("architecture", "construction"),
}


@pytest.fixture
def cast(db: None) -> Cast:
    """A district on the framework of 2008: four programs, one of them without a counterpart."""
    found = set_the_stage()
    ProgramOfStudy.objects.filter(slug="tech").update(
        cluster="stem", pathway="engineering-technology"
    )
    for slug, (cluster, pathway) in PLACES.items():
        making.published(
            found.high,
            found.user("tess"),
            found.user("pia"),
            slug=slug,
            title=slug.title(),
            framework=OLD,
            cluster=cluster,
            pathway=pathway,
        )
    return found


def lines(cast: Cast, to: str = NEW) -> dict[str, Line]:
    found = framework(to)
    assert found is not None
    return {line.program.slug: line for line in preview(cast.high.district, found)}


def decisions(cast: Cast, **chosen: str) -> dict[int, str]:
    """What the page proposes, and by hand what it leaves open."""
    by_hand = {
        "lab": NOWHERE,
        "bricks": "construction/skilled-trades",
        "tech": "advanced-manufacturing",
    }
    return {
        line.program.pk: {**by_hand, **chosen}.get(slug)
        or (line.proposed.place.path if line.proposed else "")
        for slug, line in lines(cast).items()
    }


def moved(cast: Cast, **chosen: str) -> FrameworkMove:
    return move_framework(
        cast.high.district, NEW, decisions=decisions(cast, **chosen), by=cast.user("dana")
    )


def version(slug: str) -> ProgramVersion:
    found = published_program("juniper-high", slug)
    assert found is not None
    return found


def names(parts: tuple[Any, ...]) -> list[str]:
    return [each.title if hasattr(each, "title") else each.name for each in parts if each]


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
    with pytest.raises(UserError, match=r"1 program has no place yet: Lab\."):
        move_framework(cast.high.district, NEW, decisions=chosen, by=cast.user("dana"))
    assert not FrameworkMove.objects.exists()


def test_a_place_that_is_none_is_no_decision(cast: Cast) -> None:
    with pytest.raises(UserError, match=r"1 program has no place yet: Cows\."):
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


def test_the_public_page_names_both_places_and_how_sure_it_is(cast: Cast, client: Client) -> None:
    moved(cast)
    page = client.get("/schools/juniper-high/programs/fire/").content.decode()
    assert "Emergency Response" in page
    assert "Carried over from" in page
    assert "/careers/national-2008/law/emergency-fire-management-services/" in page
    assert "likely: the names agree" in page
    lab = client.get("/schools/juniper-high/programs/lab/").content.decode()
    assert "It has no place in National Career Clusters Framework (2024) yet." in lab
    cluster = client.get("/careers/national-2024/public-service-safety/").content.decode()
    assert "/schools/juniper-high/programs/fire/" in cluster


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


def test_a_district_renames_a_level_and_keeps_the_others(cast: Cast) -> None:
    district, old = cast.high.district, framework(OLD)
    assert old is not None
    words = {"en": {"pathway": ("Strand", "Strands"), "cluster": ("", "")}}
    name_levels(district, old, words=words, by=cast.user("dana"))
    found = levels_in(district, old).levels
    assert (found.pathway.one, found.pathway.many) == ("Strand", "Strands")
    assert found.cluster == old.levels.cluster
    with pytest.raises(UserError, match="One of two words is missing"):
        name_levels(district, old, words={"en": {"pathway": ("Strand", "")}}, by=cast.user("dana"))


def test_the_words_of_the_district_stand_wherever_a_level_is_named(cast: Cast) -> None:
    old, visitor = framework(OLD), Client()
    assert old is not None
    pages = {
        "/schools/juniper-high/": ("Families of jobs", "Guilds"),
        "/schools/juniper-high/a-to-z/": ("family of jobs", "guild"),
        "/schools/juniper-high/programs/fire/": ("Career pathway", "Strand"),
        "/schools/juniper-high/occupations/33-2011.00/": ("Families of jobs", "Guilds"),
    }
    for address, (plain, _own) in pages.items():
        assert re.search(rf">{plain}</", visitor.get(address).content.decode()), address
    words = {"en": {"pathway": ("Strand", "Strands"), "cluster": ("Guild", "Guilds")}}
    name_levels(cast.high.district, old, words=words, by=cast.user("dana"))
    for address, (plain, own) in pages.items():
        page = visitor.get(address).content.decode()
        assert re.search(rf">{own}</", page), address
        assert not re.search(rf">{plain}</", page), address
        assert f'lang="en">{own}</' in visitor.get(f"/es{address}").content.decode(), address


def dana(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.user("dana"))
    return client


def test_the_administrator_moves_and_undoes_on_the_pages(cast: Cast) -> None:
    client = dana(cast)
    page = client.get(f"/staff/framework/to/{NEW}/")
    assert "Decide this one: nothing is known to correspond." in page.content.decode()
    refused = client.post(f"/staff/framework/to/{NEW}/", {})
    assert refused.status_code == 422
    assert "5 programs have no place yet" in refused.content.decode()
    fields = {f"place-{program}": place for program, place in decisions(cast).items()}
    assert client.post(f"/staff/framework/to/{NEW}/", fields).status_code == 302
    shown = client.get("/staff/framework/").content.decode()
    assert "Undo this move" in shown
    assert client.post("/staff/framework/undo/1/").status_code == 302
    assert framework_of(cast.high) == framework(OLD)


def test_a_refused_move_comes_back_with_what_was_chosen(cast: Cast) -> None:
    program = lines(cast)["lab"].program.pk
    page = dana(cast).post(
        f"/staff/framework/to/{NEW}/", {f"place-{program}": "digital-technology/web-cloud"}
    )
    assert page.status_code == 422
    assert '<option value="digital-technology/web-cloud" selected>' in page.content.decode()


def test_names_of_levels_are_saved_on_the_page_and_shown_on_a_program(
    cast: Cast, client: Client
) -> None:
    fields = {"pathway_en": "Strand<b>", "pathways_en": "Strands"}
    assert dana(cast).post("/staff/framework/levels/", fields).status_code == 302
    page = client.get("/schools/juniper-high/programs/fire/").content.decode()
    assert "Strand&lt;b&gt;" in page
    half = dana(cast).post("/staff/framework/levels/", {"pathway_en": "Strand"})
    assert half.status_code == 422
    assert "One of two words is missing." in half.content.decode()


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


def test_another_district_is_not_touched(cast: Cast) -> None:
    moved(cast)
    other = District.objects.exclude(pk=cast.high.district_id).first()
    assert other is not None
    assert framework_of_district(other) != framework(NEW)
    assert User.objects.filter(district=other).exists()


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        (
            "/careers/national-2024/all.csv",
            "text/csv; charset=utf-8",
            "Unmanned Vehicle Technology",
        ),
        ("/careers/illinois/all.json", "application/json", "Endorsement area"),
        (
            "/careers/national-2008/to/national-2024/all.csv",
            "text/csv; charset=utf-8",
            "stem/science-mathematics,Science & Mathematics,,,none,high",
        ),
        ("/careers/georgia/to/national-2024/all.json", "application/json", '"kind": "part"'),
    ],
)
def test_frameworks_and_crosswalks_are_taken_away_as_files(
    client: Client, db: None, address: str, kind: str, words: str
) -> None:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == kind
    assert words in answer.content.decode()
    assert not answer.cookies


def test_a_public_page_names_levels_groups_statements_and_counterparts(
    client: Client, db: None
) -> None:
    page = client.get("/careers/national-2024/agriculture/animal-systems/").content.decode()
    for words in (
        "Sub-cluster",
        "What people here know and can do",
        "They plan feed, breeding and clean, safe stables.",
        "In other frameworks",
        "The same; likely: the names agree",
    ):
        assert words in page
    split = client.get("/careers/illinois/").content.decode()
    assert split.count("Transportation, Distribution &amp; Logistics") == 2
    assert "Endorsement area" in split


def test_a_crosswalk_of_a_framework_with_itself_or_none_is_not_found(
    client: Client, db: None
) -> None:
    assert client.get("/careers/georgia/to/georgia/").status_code == 404
    assert client.get("/careers/georgia/to/nowhere/").status_code == 404
