"""Programs of study in every form: one source, both languages, nothing lost, nothing run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from pathloom.engine.program.content import Content, dumped
from pathloom.portal.accounts.models import District, School
from pathloom.portal.demo.actions.courses import add_courses, add_offerings
from pathloom.portal.demo.actions.district import DEMOS, GEORGIA, ILLINOIS, catalog, programs
from pathloom.portal.programs.exports.shared.ctdl import CONTEXT
from pathloom.portal.programs.exports.shared.open_json import Programs, programs_json, schema
from pathloom.portal.programs.exports.shared.rows import programs_csv
from pathloom.portal.programs.exports.shared.text import WIDTH, program_text
from pathloom.portal.programs.models import LevelNames, ProgramVersion
from pathloom.portal.programs.pdf import booklet, one_page, poster, slides
from pathloom.portal.programs.pdf.fits import fits
from pathloom.portal.programs.pdf.one_page import words
from pathloom.portal.programs.presenters.sharing import (
    school_page,
    shared_program,
    shared_programs,
)
from pathloom.portal.programs.queries.frameworks import OF_STATES
from pathloom.portal.programs.queries.published import published_programs
from tests.portal.programs.making import content, draft, published
from tests.portal.world import World

ORIGIN = "https://portal.example"
SCHEMA = Path(__file__).parents[3] / "docs/reference/program.schema.json"
GOLDEN = Path(__file__).parent / "golden"
HOSTILE = '<script>alert(1)</script> =HYPERLINK("x") #panic("run") \u202e\u05d0\u0627 \U0001f600'

FULL: dict[str, Any] = {
    "rows": [
        {"subject": "english", "grades": {"9": ["LIT9"], "10": ["LIT10"]}},
        {"subject": "mathematics", "grades": {"9": ["ALG1"], "10": ["GEO"]}},
    ],
    "college": [
        {"year": 1, "subject": "pathway", "courses": ["ENR 101 Drafting"], "place": "A college"},
        {"year": 2, "subject": "mathematics", "courses": ["MAT 201 Calculus"]},
    ],
    "credentials": [{"title": "Drafter", "issuer": "A board", "after": "certificate"}],
    "occupations": [{"title": "Civil Engineers", "soc": "17-2051.00", "after": "bachelor"}],
    "postsecondary": [{"kind": "bachelor", "title": "Engineering", "place": "A university"}],
    "work": [{"kind": "internship", "title": "Summer in a shop", "hours": 80}],
    "organizations": [{"title": "Robot builders"}],
    "skills": [{"title": "Read a drawing"}],
    "partners": ["Lind Machines"],
    "contact": {"name": "Devon Lind", "email": "devon.lind@magnolia.example"},
    "words": {"es": {"Robots": "Robots y más", "Read a drawing": "Leer un plano"}},
}

CROWDED = [{"title": f"A club for whoever likes the thing of number {n}"} for n in range(150)]


@pytest.fixture
def robots(world: World) -> ProgramVersion:
    return made(world)


def made(
    world: World, *, slug: str = "robots", title: str = "Robots", **parts: Any
) -> ProgramVersion:
    holds = content(**(FULL | parts))
    people = (world["lind"], world["halvorsen"])
    return published(world.school, *people, slug=slug, title=title, holds=holds)


def shared(version: ProgramVersion, language: str = "en") -> dict[str, Any]:
    with override(language):
        return shared_program(version, origin=ORIGIN)


def pdf_text(data: bytes) -> str:
    """The words of all pages, with single spaces: line breaks are the typesetter's."""
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("of", DEMOS)
def test_every_demo_program_is_one_tagged_page_with_nothing_left_out(world: World, of: str) -> None:
    school = world.school if of == GEORGIA else prairie_high()
    for data in programs(of):
        version = published(
            school,
            world["lind"],
            world["halvorsen"],
            slug=f"demo-{data.slug}",
            title=data.title,
            holds=content_of(data),
            framework=OF_STATES[of],
            cluster=data.cluster,
            pathway=data.pathway,
        )
        for language in ("en", "es"):
            assert_is_one_whole_page(version, language)


def prairie_high() -> School:
    """A school of Illinois that offers what the second demo district does."""
    district = District.objects.create(
        slug="kettle-prairie", name="Kettle Prairie", jurisdiction=ILLINOIS
    )
    school = School.objects.create(
        district=district, slug="prairie-high", name="Prairie High School", level="high"
    )
    courses = add_courses(district=district, catalog=catalog(ILLINOIS), about={})
    add_offerings({school: list(courses)}, courses=courses)
    return school


def assert_is_one_whole_page(version: ProgramVersion, language: str) -> None:
    named = f"{version.title} ({language})"
    with override(language):
        page = shared_program(version, origin=ORIGIN)
        found = PdfReader(io.BytesIO(one_page(page)))
        shortened = words()["shortened"]
    written = found.pages[0].extract_text()
    assert len(found.pages) == 1, named
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"], named
    assert found.trailer["/Root"]["/Lang"] == language
    assert "\ufffd" not in written, named
    assert not re.search(r"\?[a-z]|\?$", written), f"{named}: a letter has no sign"
    assert shortened not in " ".join(written.split()), named
    assert "not in the catalog" not in written, named


def content_of(data: Any) -> dict[str, Any]:
    return dumped(data.content) if isinstance(data.content, Content) else data.content


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_text_of_the_printed_forms_is_as_agreed(robots: ProgramVersion, language: str) -> None:
    page = shared(robots, language)
    with override(language):
        forms = {"one-page": one_page(page), "slides": slides(page)}
        texts = {name: pdf_text(data) for name, data in forms.items()}
        texts["text"] = program_text(page)
    for name, text in texts.items():
        golden = GOLDEN / f"{name}-{language}.txt"
        assert f"{text.strip()}\n" == golden.read_text(encoding="utf-8"), (
            f"{golden.name} says something else"
        )


def test_plain_text_is_narrow_and_marks_what_is_not_translated(robots: ProgramVersion) -> None:
    with override("es"):
        text = program_text(shared_program(robots, origin=ORIGIN))
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= WIDTH
    assert "Robots y más\n" in text
    assert "Leer un plano\n" in text
    assert "Summer in a shop [" in text


def test_college_years_stand_beside_high_school_and_pay_beside_jobs(robots: ProgramVersion) -> None:
    written = pdf_text(one_page(shared(robots)))
    for told in ("Grade 9", "First year after high school", "Drafting", "Calculus", "$"):
        assert told in written


def test_the_booklet_has_a_cover_the_contents_a_page_each_and_an_index(
    robots: ProgramVersion, world: World
) -> None:
    pages = [shared(robots), shared(world_version(world))]
    found = PdfReader(io.BytesIO(booklet(school_page(world.school, origin=ORIGIN), pages)))
    texts = [page.extract_text() for page in found.pages]
    assert len(texts) == 2 + len(pages) + 1
    assert "Magnolia High School" in texts[0]
    assert "Robots" in texts[1]
    assert "Engineering" in texts[3]
    assert "Civil Engineers" in texts[4]
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def world_version(world: World) -> ProgramVersion:
    return ProgramVersion.objects.get(program=world.program, publication__isnull=False)


def test_a_booklet_of_no_program_is_a_cover_and_contents(world: World) -> None:
    data = booklet(school_page(world.school, origin=ORIGIN), [])
    assert len(PdfReader(io.BytesIO(data)).pages) == 2


def test_the_open_file_has_the_form_its_schema_says(robots: ProgramVersion, client: Client) -> None:
    answer = client.get("/es/schools/magnolia-high/programs/robots/program.json")
    found = Programs.model_validate_json(answer.content)
    assert found.language == "es"
    assert found.programs[0].title.text == "Robots y más"
    assert found.programs[0].title.lang == "es"
    assert found.programs[0].exits[0].credentials[0].title.lang == "en"
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()


def test_the_graph_names_its_context_and_all_parts_of_the_pathway(
    robots: ProgramVersion, client: Client
) -> None:
    answer = client.get("/schools/magnolia-high/programs/robots/program.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    found = json.loads(answer.content)
    assert found["@context"] == CONTEXT
    ids = [node["@id"] for node in found["@graph"]]
    assert len(ids) == len(set(ids))
    pathway = next(node for node in found["@graph"] if node["@type"] == "ceterms:Pathway")
    assert set(pathway["ceterms:hasPart"]) | {pathway["@id"], *pathway["ceterms:ownedBy"]} == set(
        ids
    )
    job = next(node for node in found["@graph"] if node["@type"] == "ceterms:JobComponent")
    assert job["ceterms:occupationType"][0]["ceterms:codedNotation"] == "17-2051.00"


def test_rows_say_the_same_courses_as_the_page(robots: ProgramVersion, client: Client) -> None:
    answer = client.get("/schools/magnolia-high/programs/robots/program.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = {row["code"] for row in rows if row["part"] == "high school"}
    assert told == {"FET", "ENGCON", "ENGAPP", "LIT9", "LIT10", "ALG1", "GEO"}
    assert {row["title"] for row in rows if row["part"] == "college"} == {
        "ENR 101 Drafting",
        "MAT 201 Calculus",
    }


FORMS = (
    "one-page.pdf",
    "poster.pdf",
    "slides.pdf",
    "program.txt",
    "program.csv",
    "program.json",
    "program.jsonld",
)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_are_words_in_every_form(world: World, client: Client, form: str) -> None:
    long = (HOSTILE * 4)[:200]
    made(
        world,
        title=long,
        activities=[{"title": long}] * 40,
        partners=[long, ""],
        skills=[{"title": "x" * 200}, {"title": ""}],
    )
    answer = client.get(f"/schools/magnolia-high/programs/robots/{form}")
    assert answer.status_code == 200
    if form in ("one-page.pdf", "poster.pdf"):
        assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    if form == "program.csv":
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode())) for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    "form", ["booklet.pdf", "programs.csv", "programs.json", "programs.jsonld"]
)
@pytest.mark.parametrize("language", ["", "/es"])
def test_a_school_shares_all_its_programs(
    robots: ProgramVersion, client: Client, form: str, language: str
) -> None:
    answer = client.get(f"{language}/schools/magnolia-high/{form}")
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_published_is_not_shared(world: World, client: Client, form: str) -> None:
    assert client.get(f"/schools/magnolia-high/programs/nothing/{form}").status_code == 404


def test_the_pages_lead_to_every_form(robots: ProgramVersion, client: Client) -> None:
    page = client.get("/schools/magnolia-high/programs/robots/").content.decode()
    assert all(f"/programs/robots/{form}" in page for form in FORMS)
    assert (
        "/schools/magnolia-high/booklet.pdf"
        in client.get("/schools/magnolia-high/").content.decode()
    )


def test_the_browser_itself_opens_and_closes_the_menu_of_forms(
    robots: ProgramVersion, client: Client
) -> None:
    """A popover: Escape closes it and the focus goes back to its button, without a script."""
    for address in ("/schools/magnolia-high/programs/robots/", "/schools/magnolia-high/"):
        page = client.get(address).content.decode()
        assert '<button type="button" popovertarget="share-forms">Share' in page
        assert page.count('<ul id="share-forms" popover>') == 1
        assert "<script" not in page


@pytest.mark.parametrize("name", ["The School of a Long Name " * 8, "L" * 200, "Short High"])
def test_the_name_of_a_school_stands_whole_on_every_printed_form(
    robots: ProgramVersion, name: str
) -> None:
    """At the top of the sheet and in its last line, however much else there is."""
    page = shared(robots)
    page["school"] |= {"name": name.strip()}
    for clubs in ([], CROWDED):
        for form in (one_page, poster):
            made = form(page | {"activities": [each | {"about": ""} for each in clubs]})
            printed = re.sub(r"[\s\u200b]+", "", pdf_text(made))
            assert printed.count(re.sub(r"\s+", "", name)) == 2, form
    slide = re.sub(r"[\s\u200b]+", "", pdf_text(slides(page)))
    assert re.sub(r"\s+", "", name) in slide


def test_sharing_many_programs_asks_no_more_often_than_sharing_one(
    robots: ProgramVersion, world: World
) -> None:
    for number in range(5):
        made(world, slug=f"more-{number}")
    versions = list(published_programs(world.school))
    shared_programs(versions[:1], origin=ORIGIN)
    with CaptureQueriesContext(connection) as one:
        shared_programs(versions[:1], origin=ORIGIN)
    with CaptureQueriesContext(connection) as many:
        shared_programs(versions, origin=ORIGIN)
    assert len(versions) == 7
    assert len(many) == len(one), [each["sql"] for each in many]


def test_authors_are_told_which_part_is_too_long_and_by_how_much(world: World) -> None:
    findings = fits(made(world, activities=CROWDED))
    assert [(each.part, each.weight) for each in findings] == [("activities", "warn")]
    said = str(findings[0])
    told = re.search(r"(\d+) lines too many .* about (\d+) characters or drop (\d+) of 151", said)
    assert told, said
    drop = int(told[3])
    fewer = made(world, slug="fewer", activities=CROWDED[: 150 - drop - 8])
    assert fits(fewer) == ()


@pytest.mark.parametrize("tab", ["outcomes", "review"])
def test_the_editor_says_beside_the_part_what_to_shorten(
    world: World, client: Client, tab: str
) -> None:
    """On the tab with the part, and before somebody publishes it."""
    holds = content(**FULL | {"activities": CROWDED})
    version = draft(world.school, world["lind"], holds=holds)
    client.force_login(world["halvorsen"])
    page = client.get(reverse("programs:draft_tab", args=[version.pk, tab])).content.decode()
    said = re.search(
        r"Clubs and student organizations: (\d+) lines too many for the printed page in Spanish. "
        r"Shorten by about (\d+) characters or drop (\d+) of 151.",
        page,
    )
    assert said, re.findall(r"[^>]*too many[^<]*", page)
    assert 0 < int(said[3]) < 151
    if tab == "outcomes":
        heading = page.index('id="part-activities"')
        assert heading < said.start() < page.index('id="part-organizations"')
    else:
        assert (
            reverse("programs:draft_tab", args=[version.pk, "outcomes"]) + "#part-activities"
            in page
        )


def test_what_is_too_long_for_one_page_says_on_it_that_it_is_shortened(world: World) -> None:
    written = pdf_text(one_page(shared(made(world, activities=CROWDED))))
    assert "Shortened: all of it stands on the web page." in written
    assert re.search(r"and \d+ more on the web page", written)


@pytest.mark.parametrize(("language", "name"), [("en", "Strand"), ("es", "Hebra")])
def test_every_form_calls_the_levels_what_the_district_does(
    robots: ProgramVersion, world: World, language: str, name: str
) -> None:
    own = {"en": {"pathway": ["Strand", "Strands"]}, "es": {"pathway": ["Hebra", "Hebras"]}}
    LevelNames.objects.create(district=world.district, framework="georgia", words=own)
    page = shared(robots, language)
    with override(language):
        printed = [pdf_text(form(page)) for form in (one_page, poster, slides)]
        texts = [*printed, program_text(page), programs_json([page], language=language)]
    assert all(name in text for text in texts)


def test_standards_of_a_step_stand_in_public_and_in_every_file(
    world: World, client: Client
) -> None:
    first = {"courses": ["FET"], "grade": 9}
    first["standards"] = [{"code": "LOCAL-1", "title": "Draw a part"}, {"code": "LOCAL-2"}]
    version = published(
        world.school, world["lind"], world["halvorsen"], holds=content(steps=[first])
    )
    said = client.get(shared(version)["url"]).content.decode()
    assert "LOCAL-1 Draw a part" in said
    page = shared(version)
    (step,) = json.loads(programs_json([page], language="en"))["programs"][0]["standards"]
    assert [each["code"] for each in step["standards"]] == ["LOCAL-1", "LOCAL-2"]
    assert "- LOCAL-1 Draw a part" in program_text(page)
    assert "LOCAL-1 Draw a part" in pdf_text(one_page(page))
    rows = csv.DictReader(io.StringIO(programs_csv([page])))
    told = [(row["code"], row["title"]) for row in rows if row["part"] == "standards"]
    assert told == [("LOCAL-1", "Draw a part"), ("LOCAL-2", "")]
    assert "LOCAL-1 Draw a part" in pdf_text(slides(page))


def test_the_graph_says_of_each_course_of_a_step_which_standards_it_teaches(
    world: World, client: Client
) -> None:
    steps = [
        {"courses": ["FET"], "grade": 9, "standards": [{"code": "LOCAL-1", "title": "Draw"}]},
        {"courses": ["ENGCON", "ENGAPP"], "grade": 10, "standards": [{"code": "LOCAL-2"}]},
        {"courses": ["ALG1"], "grade": 11},
    ]
    people = (world["lind"], world["halvorsen"])
    published(world.school, *people, slug="taught", holds=content(steps=steps))
    found = json.loads(client.get("/schools/magnolia-high/programs/taught/program.jsonld").content)
    nodes = {node["@id"]: node for node in found["@graph"]}
    assert len(nodes) == len(found["@graph"])
    proxies = {
        node["ceterms:description"]["en"]: nodes[node["ceterms:proxyFor"]]
        for node in found["@graph"]
        if "ceterms:proxyFor" in node
    }
    assert {code: node["@type"] for code, node in proxies.items()} == dict.fromkeys(
        ("FET", "ENGCON", "ENGAPP"), "ceterms:Course"
    )
    taught = {code: node["ceterms:teaches"] for code, node in proxies.items()}
    assert taught["FET"] == [
        {
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNodeName": {"en": "Draw"},
            "ceterms:codedNotation": "LOCAL-1",
        }
    ]
    assert taught["ENGCON"] == taught["ENGAPP"]
    assert taught["ENGAPP"][0]["ceterms:targetNodeName"] == {"en": "LOCAL-2"}
