"""Frameworks, names of levels and moves on pages and in files."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pathloom.portal.core.errors import UserError
from pathloom.portal.programs.actions.frameworks import name_levels
from pathloom.portal.programs.queries.frameworks import framework, framework_of, levels_in
from tests.portal.programs.moved import NEW, OLD, decisions, lines, moved, stage
from tests.portal.records.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    return stage()


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
    words = refused.content.decode()
    assert "5 programs have no place yet" in words
    assert words.count('href="#place-') == 5, "each is named, and leads to its line"
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
