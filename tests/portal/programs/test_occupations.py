"""Occupations in the portal: what the pages say, where a school leads, what a district sets."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from pathloom.engine.occupations import read_tables, write_tables
from pathloom.engine.occupations.tables import PACKAGED
from pathloom.engine.taxonomy.table import Table, TableRow, write_table
from pathloom.portal.accounts.models import District
from pathloom.portal.core.days import day_said
from pathloom.portal.programs.actions.occupations import set_thresholds
from pathloom.portal.programs.presenters.occupation_pictures import growth_picture, pay_picture
from pathloom.portal.programs.queries import occupations as queries
from tests.portal.programs.making import content, published
from tests.portal.records.cast import Cast, set_the_stage

LIST, CIVIL = "/careers/occupations/", "/careers/occupations/17-2051.00/"
AT_SCHOOL = "/schools/juniper-high/occupations/17-2051.00/"
BOOK = queries.load_occupations()
NAMES_IT = {"occupations": [{"title": "Civil Engineers", "soc": "17-2051.00"}]}


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return re.sub(r"\s+", " ", answer.content.decode())


def titles(client: Client, query: str) -> list[str]:
    rows = csv.DictReader(
        io.StringIO(client.get(f"/careers/occupations.csv?{query}").content.decode())
    )
    return [row["title"] for row in rows]


def test_the_page_says_pay_outlook_and_the_way_there(cast: Cast, client: Client) -> None:
    page = text(client, CIVIL)
    assert "Most people start with a four-year degree." in page
    assert "Half of the people in it earn $99,590 a year or more." in page
    assert "About 23,600 jobs open up each year (United States)." in page
    assert page.count('role="img"') == 2
    assert '<th scope="row">Half earn less, half earn more than</th><td>$99,590</td>' in page
    assert "Wage statistics, May 2024, United States. People who work for themselves" in page
    assert "Employment projections 2024-34, United States." in page
    assert "Civil Engineering, General" in page
    assert "Transportation Engineers" in page
    assert "/careers/national-2008/architecture/design-pre-construction/" in page


def test_a_figure_of_a_larger_group_is_said_to_be_one(cast: Cast, client: Client) -> None:
    assert 'larger group of jobs: <span lang="en">Home health and personal care aides' in text(
        client, "/careers/occupations/31-1121.00/"
    )
    assert 'larger group of jobs: <span lang="en">Computer occupations, all other' in text(
        client, "/careers/occupations/15-1299.05/"
    )
    assert "a larger group" not in text(client, CIVIL)
    assert '<span lang="es">Otros trabajos de computación</span>' in text(
        client, "/es/careers/occupations/15-1299.05/"
    )


def test_what_is_not_published_is_said(cast: Cast, client: Client) -> None:
    soldier = text(client, "/careers/occupations/55-3016.00/")
    assert "This is a job in the military." in soldier
    assert "No outlook is published" in soldier
    assert "No yearly pay is published" in text(client, "/careers/occupations/27-2011.00/")
    assert "$239,200 or more" in text(client, "/careers/occupations/29-1211.00/")


@pytest.mark.parametrize("code", ["99-9999.00", "17-2051", "<script>", "x" * 300])
def test_an_unknown_code_leads_to_the_search(cast: Cast, client: Client, code: str) -> None:
    for start in (LIST, "/schools/juniper-high/occupations/"):
        page = text(client, f"{start}{code}/", status=404)
        assert 'role="search"' in page
        assert "<script>" not in page


def test_the_list_is_searched_filtered_and_sorted(cast: Cast, client: Client) -> None:
    assert len(titles(client, "")) == 1016
    assert titles(client, "q=civil+engineer")[0] == "Civil Engineers"
    assert "Nurse Anesthetists" in titles(client, "q=CRNA")
    two_year = titles(client, "education=associate&cluster=health-science")
    assert "Dental Hygienists" in two_year
    assert "Registered Nurses" not in two_year
    assert "Fast Food and Counter Workers" in titles(client, "zone=1")
    wanted = titles(client, "label=in_demand&sort=-growth")
    growth = [
        each.bls.growth
        for title in wanted
        for each in BOOK.occupations
        if each.title == title and each.bls
    ]
    assert growth == sorted(growth, key=lambda value: -(value or 0))
    assert titles(client, "sort=wage")[-1] not in titles(client, "label=high_wage")
    assert titles(client, "zone=abc&education=zz&label=zz&cluster=!!&sort=zz") == titles(client, "")
    assert titles(client, "q=zzzz") == []
    assert "No job fits your search." in text(client, f"{LIST}?q=zzzz")


def test_the_list_comes_in_sheets_that_hold_every_occupation_once(
    cast: Cast, client: Client
) -> None:
    seen, address = [], LIST
    while address:
        page = text(client, address)
        assert len(page) < 250_000
        seen += re.findall(r'href="/careers/occupations/(\d\d-\d{4}\.\d\d)/"', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"{LIST}{after[1]}" if after else ""
    assert len(seen) == len(set(seen)) == 1016
    assert "Page 17 of 17" in text(client, f"{LIST}?page=900")


def test_a_school_shows_its_programs_that_name_the_occupation_then_those_near(
    cast: Cast, client: Client
) -> None:
    assert "No program of this school names this job yet." in text(client, AT_SCHOOL)
    by = (cast.high, cast.user("tess"), cast.user("pia"))
    place = {"framework": "national-2008", "cluster": "architecture"}
    published(*by, slug="bridges", title="Bridges", holds=content(**NAMES_IT))
    published(*by, slug="plans", title="House plans", pathway="design-pre-construction", **place)
    published(*by, slug="walls", title="Walls", pathway="construction", **place)
    page = text(client, AT_SCHOOL)
    assert page.index("Bridges") < page.index("lead to jobs like it") < page.index("House plans")
    assert "Walls" not in page
    assert "How to get there at Juniper High" in page
    assert "/schools/juniper-high/occupations/17-2051.01/" in page


def test_what_no_person_published_leads_nowhere(cast: Cast, client: Client) -> None:
    version = published(
        cast.high,
        cast.user("tess"),
        cast.user("pia"),
        title="Secret bridges",
        holds=content(**NAMES_IT),
    )
    version.publication.delete()
    assert "Secret bridges" not in text(client, AT_SCHOOL)


def test_the_pages_ask_the_database_little_whatever_is_there(cast: Cast, client: Client) -> None:
    text(client, AT_SCHOOL)
    with CaptureQueriesContext(
        connection,
    ) as before:
        text(client, AT_SCHOOL)
    for number in range(4):
        published(
            cast.high,
            cast.user("tess"),
            cast.user("pia"),
            slug=f"b{number}",
            holds=content(**NAMES_IT),
        )
    with CaptureQueriesContext(connection) as after:
        text(client, AT_SCHOOL)
    assert len(after) == len(before)


def test_the_list_filters_by_the_clusters_of_every_framework(cast: Cast, client: Client) -> None:
    page = text(client, f"{LIST}?cluster=national-2008/architecture&q=civil+engineers")
    assert '<option value="national-2008/architecture" lang="en" selected>' in page
    assert '<option value="georgia/architecture"' in page
    assert "In this list of clusters" not in page
    assert ">Civil Engineers</a>" in page
    page = text(client, f"{LIST}?cluster=national-2024/construction&q=civil+engineers")
    assert ">carried over, " in page
    assert "No job fits" in text(client, f"{LIST}?cluster=national-2024/agriculture&q=civil+eng")
    assert "No job fits" in text(client, f"{LIST}?cluster=nowhere/nothing")


@pytest.mark.parametrize("wild", ["architecture", "a/b/c", "<b>/x", "/x", "x/"])
def test_a_cluster_that_makes_no_sense_asks_for_nothing(
    cast: Cast, client: Client, wild: str
) -> None:
    assert ">Accountants and Auditors</a>" in text(client, f"{LIST}?cluster={wild}")


def test_the_list_of_a_school_has_its_district_s_framework_and_labels(
    cast: Cast, client: Client
) -> None:
    here = "/schools/juniper-high/occupations/"
    page = text(client, f"{here}?q=civil+engineers")
    assert f'<a href="{here}17-2051.00/" lang="en">Civil Engineers</a>' in page
    assert page.count("<optgroup") == 1
    assert f'action="{here}"' in page
    assert 'href="/schools/juniper-high/occupations.csv?q=civil+engineers"' in page
    strict = replace(queries.thresholds_of(None), wage=99_591)
    asked = "?label=high_wage&q=civil+engineers"
    assert "Civil Engineers</a>" in text(client, here + asked)
    set_thresholds(district=cast.district, thresholds=strict, by=cast.user("dana"))
    assert "Civil Engineers</a>" not in text(client, here + asked)
    assert "Civil Engineers" not in text(client, "/schools/juniper-high/occupations.csv" + asked)
    assert "Civil Engineers</a>" in text(client, LIST + asked)


def test_jobs_have_spanish_names_on_spanish_pages_with_the_english_one_beside(
    cast: Cast, client: Client
) -> None:
    page = text(client, f"/es{LIST}?q=civil+engineers")
    assert 'lang="es">Ingenieros civiles</a>' in page
    assert "Civil Engineers" not in page
    page = text(client, f"/es{LIST}17-2051.00/")
    assert '<h1 lang="es">Ingenieros civiles</h1>' in page
    assert 'En inglés: <span lang="en">Civil Engineers</span>' in page
    assert "Civil Engineers</h1>" in text(client, f"{LIST}17-2051.00/")
    assert "In English:" not in text(client, f"{LIST}17-2051.00/")


def test_the_list_is_in_the_order_of_the_names_that_are_shown(cast: Cast, client: Client) -> None:
    shown = re.findall(r'lang="es">([^<]+)</a>', text(client, f"/es{LIST}?zone=5"))
    assert len(shown) > 50
    assert shown == sorted(shown, key=_alphabet)


def _alphabet(title: str) -> list[str]:
    letters = unicodedata.normalize("NFD", title).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"\w+", letters)


def test_places_of_another_framework_are_carried_and_say_how_sure_that_is(cast: Cast) -> None:
    civil = BOOK.by_code["17-2051.00"]
    assert {each.kind for each in queries.places_in(BOOK, civil, "national-2008")} == {"exact"}
    carried = queries.places_in(BOOK, civil, "national-2024")
    assert carried
    assert all((each.kind, each.confidence) != ("exact", "high") for each in carried)


def test_an_imported_workbook_places_an_occupation_exactly(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.PATHLOOM_DATA = tmp_path
    row = TableRow("17-2051", "construction", "architecture-civil-engineering")
    table = Table("soc", "national-2024", "book.xlsx", "0" * 64, "2026-11-21", (row,))
    write_table(tmp_path / "frameworks", table)
    queries._imported.cache_clear()
    try:
        (place,) = queries.places_in(BOOK, BOOK.by_code["17-2051.01"], "national-2024")
        assert (place.place.cluster, place.kind) == ("construction", "exact")
        assert queries.places_in(BOOK, BOOK.by_code["29-1141.00"], "national-2024") == ()
    finally:
        queries._imported.cache_clear()


def test_a_district_sees_its_states_figures_where_an_operator_has_added_them(
    cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    files = read_tables(PACKAGED)
    head = files["projections-us.csv"].splitlines()[0]
    home = '17-2051,"Civil engineers",9870,125,800,,,,US-GA,2022-32'
    settings.PATHLOOM_DATA = tmp_path
    District.objects.filter(pk=cast.district.pk).update(jurisdiction="us-ga-alder")
    write_tables(files | {"projections-us-ga.csv": f"{head}\n{home}\n"}, tmp_path / "occupations")
    page = text(client, AT_SCHOOL)
    assert "About 800 jobs open up each year (Georgia)." in page
    assert "Employment projections 2022-32, Georgia." in page
    assert "Wage statistics, May 2024, United States. People who work for themselves" in page
    assert "23,600 jobs open up each year (United States)" in text(client, CIVIL)


def test_the_page_of_sources_names_every_data_set_with_license_and_attribution(
    cast: Cast, client: Client
) -> None:
    page = text(client, "/careers/sources/")
    for each in queries.data_sets():
        day = day_said(each.read_on)
        for said in (each.title, each.version, day, each.license, each.attribution):
            assert said.replace("'", "&#x27;") in page
    for address in (LIST, CIVIL, AT_SCHOOL):
        assert "/careers/sources/" in text(client, address)


def test_pictures_stay_in_their_frame_for_every_occupation() -> None:
    shown = 0
    for each in BOOK.occupations:
        if each.bls is None:
            continue
        for picture in (
            pay_picture(each.bls, BOOK.everyone),
            growth_picture(each.bls, BOOK.everyone),
        ):
            places = [float(found) for found in re.findall(r"'(-?\d+\.\d)%'", str(picture))]
            assert all(0 <= place <= 100 for place in places), each.title
            shown += picture is not None
    assert shown > 1900


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("civil enginer", "17-2051.00"),
        ("registred nurse", "29-1141.00"),
        ("électrician", "47-2111.00"),
        ("17-2051.00", "17-2051.00"),
    ],
)
def test_the_list_forgives_typos_and_accents(
    cast: Cast, client: Client, asked: str, wanted: str
) -> None:
    for start in (LIST, "/schools/juniper-high/occupations/"):
        for language in ("", "/es"):
            page = text(client, f"{language}{start}?q={asked}")
            assert f'href="{language}{start}{wanted}/"' in page


def test_the_list_says_what_was_meant_and_when_only_some_words_fit(
    cast: Cast, client: Client
) -> None:
    page = text(client, f"{LIST}?q=electrcian&zone=3")
    assert '<a href="?q=electricians&amp;zone=3">electricians</a>?' in page
    assert "Did you mean" not in text(client, f"{LIST}?q=electrician")
    page = text(client, f"{LIST}?q=electrician+qqqq")
    assert "Nothing has all of your words. This has some of them." in page
    assert "Electricians" in page
    for asked in ("enfermeros", "enfermeroz", "ENFERMERAS"):
        assert "/occupations/29-1141.00/" in text(client, f"/es{LIST}?q={asked}")
