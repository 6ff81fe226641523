"""The public pages: what they show, to whom, and what they never do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pathloom.portal.catalog
import pathloom.portal.programs
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Offering
from pathloom.portal.programs.presenters.program import program_page
from pathloom.portal.programs.queries.frameworks import framework, state_pathway
from pathloom.portal.programs.queries.published import published_program
from tests.portal.programs.making import content, draft, published
from tests.portal.world import World

HOME = "/schools/magnolia-high/"
PROGRAM = f"{HOME}programs/engineering-and-technology/"
PAGES = (
    "/careers/",
    "/careers/national-2008/",
    "/careers/georgia/",
    "/careers/georgia/stem/",
    "/careers/georgia/energy/",
    "/careers/georgia/stem/engineering-and-technology/",
    "/schools/",
    HOME,
    f"{HOME}?q=engineer",
    f"{HOME}?q=zzzz",
    "/search/",
    "/search/?q=enginering",
    f"{HOME}subjects/",
    f"{HOME}subjects/mathematics/",
    f"{HOME}courses/ENGCON/",
    PROGRAM,
    f"{PROGRAM}one-page.pdf",
)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_opens_the_page_gets_no_cookie_and_may_cache_it(
    world: World, client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_public_page_is_the_same_for_everybody_and_asks_for_no_cookie(
    world: World, client: Client, language: str
) -> None:
    person = Client()
    person.force_login(world["maya"])
    for address in PAGES:
        of_a_stranger, answer = client.get(language + address), person.get(language + address)
        assert answer.content == of_a_stranger.content, address
        assert answer.headers["Cache-Control"] == "public, max-age=300", address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert not answer.cookies, address


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(
    world: World, client: Client, address: str
) -> None:
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.content
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/careers/mars/",
        "/careers/georgia/magic/",
        "/careers/mars/stem/",
        "/careers/georgia/stem/magic/",
        "/careers/georgia/magic/engineering-and-technology/",
        "/schools/nowhere/",
        "/schools/nowhere/courses/BIO/",
        f"{HOME}courses/NOSUCH/",
        f"{HOME}programs/nosuch/",
        "/schools/cypress-bend-high/programs/engineering-and-technology/",
        "/schools/pine-hollow-high/programs/engineering-and-technology/one-page.pdf",
    ],
)
def test_what_is_not_there_is_not_found(world: World, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", [None, "lind", "halvorsen", "whitcomb", "maya", "yates"])
def test_an_unpublished_program_has_no_address(
    world: World, client: Client, name: str | None
) -> None:
    draft(world.school, world["lind"], title="Secret Robots")
    if name:
        client.force_login(world[name])
    assert client.get(f"{HOME}programs/robots/").status_code == 404
    assert client.get(f"{HOME}programs/robots/one-page.pdf").status_code == 404
    for address in (HOME, f"{HOME}?q=secret", "/careers/georgia/stem/", f"{HOME}courses/FET/"):
        assert "Secret Robots" not in text(client, address)


def test_a_draft_after_a_published_version_changes_nothing_in_public(
    world: World, client: Client
) -> None:
    draft(
        world.school,
        world["lind"],
        slug="engineering-and-technology",
        number=2,
        title="Secret Engineering",
    )
    assert "Secret Engineering" not in text(client, PROGRAM)


def test_the_clusters_of_the_national_framework_are_sixteen_tiles(
    world: World, client: Client
) -> None:
    page = text(client, "/careers/national-2008/")
    assert page.count('class="cluster-tile') == 16
    assert "16 career clusters, 79 career pathways" in page
    assert "Advance CTE" in page


def test_georgia_has_seventeen_tiles_and_counts_the_programs(world: World, client: Client) -> None:
    page = text(client, "/careers/georgia/")
    assert page.count('class="cluster-tile') == 17
    assert "1 program here" in page


def test_a_cluster_without_pathways_and_programs_says_so(world: World, client: Client) -> None:
    page = text(client, "/careers/georgia/energy/")
    assert "No pathway is listed here yet." in page
    assert "No school has published a program in this cluster." in page


def test_a_cluster_lists_its_pathways_and_the_programs_of_all_schools(
    world: World, client: Client
) -> None:
    page = text(client, "/careers/georgia/architecture/")
    assert "Carpentry" in page
    assert "Pine Hollow High School" in page
    assert f'href="{HOME}' not in page


def test_a_pathway_of_the_state_names_its_courses_and_their_numbers_with_the_source(
    world: World, client: Client
) -> None:
    page = text(client, "/careers/georgia/stem/engineering-and-technology/")
    assert "Foundations of Engineering and Technology" in page
    assert "21.42500" in page
    assert "DeKalb County School District" in page


def test_a_number_that_no_source_gives_is_said_to_be_unknown(world: World, client: Client) -> None:
    assert "number not known" in text(client, "/careers/georgia/architecture/carpentry/")


def test_every_pathway_of_the_state_with_courses_is_one_of_its_framework() -> None:
    georgia = framework("georgia")
    assert georgia is not None
    named = {(each.id, pathway.id) for each in georgia.clusters for pathway in each.pathways}
    with_courses = {
        place
        for place in named
        if state_pathway("georgia", cluster=place[0], pathway=place[1]) is not None
    }
    assert len(with_courses) >= 10
    assert state_pathway("national-2008", cluster="stem", pathway="magic") is None


def test_the_school_page_wears_the_school_s_face(world: World, client: Client) -> None:
    page = text(client, "/schools/cypress-bend-high/")
    assert "Cypress Bend Schools" in page
    assert "Magnolia" not in page
    assert "This school has published no program yet." in page


def test_interest_finds_programs_by_the_jobs_they_lead_to(world: World, client: Client) -> None:
    page = text(client, f"{HOME}?q=Civil+Engineers")
    assert PROGRAM in page


def test_interest_finds_courses_and_clusters(world: World, client: Client) -> None:
    page = text(client, f"{HOME}?q=health")
    assert f"{HOME}courses/HEALTH/" in page
    assert "/careers/georgia/health-science/" in page


def test_interest_that_finds_nothing_offers_a_way_on(world: World, client: Client) -> None:
    page = text(client, f"{HOME}?q=zzzz")
    assert "Nothing here fits “zzzz”." in page
    assert "All programs of this school" in page


def test_words_of_a_visitor_are_shown_as_words(world: World, client: Client) -> None:
    page = text(client, f"{HOME}?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


def test_the_course_page_says_what_it_needs_and_what_it_serves(
    world: World, client: Client
) -> None:
    page = text(client, f"{HOME}courses/ENGCON/")
    assert "21.47100" in page
    assert f'<a href="{HOME}courses/FET/" lang="en">Foundations of Engineering' in page
    assert PROGRAM in page


def test_a_course_that_a_program_names_and_the_school_does_not_offer_says_so(
    world: World, client: Client
) -> None:
    there = text(client, f"{HOME}courses/FET/")
    Offering.objects.filter(school=world.school, course__code="FET").delete()
    page = text(client, f"{HOME}courses/FET/")
    assert "Magnolia High School does not offer this course now." not in there
    assert "Magnolia High School does not offer this course now." in page
    assert "Magnolia High School no ofrece" in text(client, f"/es{HOME}courses/FET/")
    assert f"{HOME}courses/FET/" not in text(client, f"{HOME}courses/")


def test_a_course_without_prerequisite_and_program_says_so(world: World, client: Client) -> None:
    page = text(client, f"{HOME}courses/DRIVER/")
    assert "You need no other course first." in page
    assert "No program of this school names this course." in page


def test_the_program_page_shows_the_whole_way(world: World, client: Client) -> None:
    page = text(client, PROGRAM)
    for words in (
        "Foundations of Engineering and Technology",
        "Grade 12",
        "Ninth Grade Literature",
        "End of Pathway Assessment",
        "Civil Engineers",
        "Robotics club",
        "devon.lind@magnolia.example",
        "Engineering program of the DeKalb County School District",
        f"{PROGRAM}one-page.pdf",
        "/plan/start/",
    ):
        assert words in page


def test_a_program_with_the_least_content_still_has_a_page(world: World, client: Client) -> None:
    published(world.school, world["lind"], world["halvorsen"], holds=content(sources=[]))
    page = text(client, f"{HOME}programs/robots/")
    assert "Where you can go from here" not in page


def test_local_courses_are_marked_and_others_are_not(world: World, client: Client) -> None:
    steps = [{"courses": ["IHS"], "grade": 9}, {"courses": ["PATCARE"], "grade": 11}]
    holds = content(steps=steps, local_courses=["PATCARE"])
    version = published(world.school, world["lind"], world["halvorsen"], holds=holds)
    page = program_page(version)
    marked = [
        course["code"]
        for column in page["columns"]
        for step in column["steps"]
        for course in step["courses"]
        if course["local"]
    ]
    assert marked == ["PATCARE"]
    assert 'class="weave-local"' in text(client, f"{HOME}programs/robots/")


def test_a_course_the_catalog_lost_is_shown_by_its_code(world: World, client: Client) -> None:
    holds = content(steps=[{"courses": ["GONE"], "grade": 9}])
    published(world.school, world["lind"], world["halvorsen"], holds=holds)
    assert "GONE" in text(client, f"{HOME}programs/robots/")


def test_an_address_of_a_source_that_runs_script_is_not_a_link(
    world: World, client: Client
) -> None:
    sources = [{"title": "Evil", "url": "javascript:alert(1)", "read_on": "2026-11-21"}]
    published(world.school, world["lind"], world["halvorsen"], holds=content(sources=sources))
    assert "javascript:" not in text(client, f"{HOME}programs/robots/")


def add_programs(world: World, number: int, school: School) -> None:
    for index in range(number):
        published(
            school,
            world["lind"],
            world["halvorsen"],
            slug=f"more-{number}-{index}",
            title=f"More {index}",
        )


@pytest.mark.parametrize(
    "address",
    [
        "/careers/georgia/",
        "/careers/georgia/stem/",
        "/careers/georgia/stem/engineering-and-technology/",
        "/schools/",
        HOME,
        f"{HOME}?q=more",
        "/search/?q=more",
        f"{HOME}subjects/cte/",
        f"{HOME}courses/ENGCON/",
        PROGRAM,
    ],
)
def test_50_programs_take_as_many_queries_as_5(world: World, client: Client, address: str) -> None:
    add_programs(world, 5, world.school)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add_programs(world, 45, world.school)
    client.get(address)  # what is found by words is indexed anew, once
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
    assert len(few) <= 12


def test_page_and_engine_show_the_same_pathway_courses(world: World) -> None:
    version = published_program("magnolia-high", "engineering-and-technology")
    assert version is not None
    shown = [
        course["code"]
        for column in program_page(version)["columns"]
        for step in column["steps"]
        for course in step["courses"]
    ]
    assert shown == ["FET", "ENGCON", "ENGAPP", "RDPM"]


def test_no_public_module_imports_a_student_or_a_plan() -> None:
    for package in (pathloom.portal.catalog, pathloom.portal.programs):
        for path in Path(str(package.__file__)).parent.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in getattr(node, "names", [])]
                names.append(getattr(node, "module", None) or "")
                wrong = [n for n in names if re.match(r"pathloom\.portal\.(records|plans)", n)]
                assert not wrong, path
