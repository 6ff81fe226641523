"""The search over everything: typos, accents, plurals, languages, and what it must not do."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pathloom.engine.occupations import load_occupations
from pathloom.portal.catalog.models import Course
from pathloom.portal.programs.models import LevelNames
from pathloom.portal.programs.presenters.search import SHOWN
from pathloom.portal.programs.queries.frameworks import frameworks
from pathloom.portal.programs.queries.search import (
    _framework_index,
    everything_for,
    get_ready,
    occupation_index,
)
from pathloom.portal.programs.queries.search_index import (
    Entry,
    Index,
    search,
    singular,
    typos,
)
from pathloom.portal.programs.queries.words import spoken_words, without_accents
from tests.portal.programs.making import content, published
from tests.portal.world import World

HOME = "/schools/magnolia-high/"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
BOOK = load_occupations()
NAMES = [
    *(each.title for each in BOOK.occupations),
    *(
        name
        for framework in frameworks()
        for cluster in framework.clusters
        for name in (cluster.name, *(pathway.name for pathway in cluster.pathways))
    ),
]
OCCUPATIONS = Index(Entry(each.title, each, also=each.alternates) for each in BOOK.occupations)
TITLES = Index(Entry(name, name) for name in dict.fromkeys(NAMES))


@st.composite
def one_typo(draw: st.DrawFn, word: str) -> str:
    """The word with a letter missing, too many, wrong, or swapped with the next."""
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    before, here, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[:1] + here + after[1:]
    return draw(
        st.sampled_from(
            [before + after, before + letter + here + after, before + letter + after, swapped]
        )
    )


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_a_title_with_one_typo_in_any_long_word_is_on_the_first_page(
    data: st.DataObject, name: str
) -> None:
    words = spoken_words(name)
    long = [place for place, word in enumerate(words) if len(word) >= 5]
    assume(long)
    place = data.draw(st.sampled_from(long))
    words[place] = data.draw(one_typo(without_accents(words[place])))
    found = search([TITLES], " ".join(words))
    assert name in [hit.entry.title for hit in found.hits[:SHOWN]]


@settings(max_examples=150, deadline=None)
@given(data=st.data(), occupation=st.sampled_from(BOOK.occupations))
def test_one_word_of_a_title_with_one_typo_finds_it(
    data: st.DataObject, occupation: object
) -> None:
    words = [without_accents(word) for word in spoken_words(occupation.title) if len(word) >= 5]  # type: ignore[attr-defined]
    assume(words)
    wrong = data.draw(one_typo(data.draw(st.sampled_from(words))))
    assume(not OCCUPATIONS.whole(wrong))  # it is another word of the jobs now, and finds that
    found = search([OCCUPATIONS], wrong)
    assert occupation in [hit.entry.value for hit in found.hits]


@example(one="abc", other="acb")
@given(one=st.text("abc", max_size=5), other=st.text("abc", max_size=5))
def test_typos_are_counted_as_a_search_through_all_edits_counts_them(one: str, other: str) -> None:
    counted = typos(one, other, most=1)
    assert (counted == 0) == (one == other)
    assert (counted <= 1) == (other in edits(one) | {one})


def edits(word: str) -> set[str]:
    """Every word that is one letter missing, too many, wrong or swapped away; brute force."""
    made = set()
    for place, letter in product(range(len(word) + 1), "abc"):
        before, after = word[:place], word[place:]
        made |= {before + letter + after}
        if after:
            made |= {before + after[1:], before + letter + after[1:]}
        if len(after) > 1:
            made |= {before + after[1] + after[0] + after[2:]}
    return made


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("nurses", "nurse"),
        ("libraries", "library"),
        ("coaches", "coach"),
        ("boxes", "box"),
        ("classes", "class"),
        ("glass", "glass"),
        ("analysis", "analysis"),
        ("gas", "gas"),
    ],
)
def test_a_plural_is_told_by_its_letters(word: str, one: str) -> None:
    assert singular(word) == one


def test_the_same_word_comes_before_a_beginning_and_a_beginning_before_a_typo() -> None:
    index = Index(Entry(name, name) for name in ("Marketing", "Market", "Markers", "Barket"))
    assert titles(index, "market") == ["Market", "Marketing"]
    assert titles(index, "markt") == ["Market"]
    assert titles(index, "marke") == ["Markers", "Market", "Marketing"]


def test_a_title_comes_before_another_name_and_that_before_what_is_said() -> None:
    index = Index(
        [
            Entry("Said", 1, about=("a robot",)),
            Entry("Called", 2, also=("robot",)),
            Entry("Robot", 3),
        ]
    )
    assert titles(index, "robots") == ["Robot", "Called", "Said"]


def test_words_that_say_nothing_are_not_asked_for() -> None:
    index = Index([Entry("Mathematics", 1)])
    assert titles(index, "I like math") == ["Mathematics"]
    assert titles(index, "me gusta math") == ["Mathematics"]
    assert titles(index, "the") == []


def test_where_nothing_has_all_words_the_most_count() -> None:
    index = Index(Entry(name, name) for name in ("Welding and cutting", "Welding", "Cooking"))
    found = search([index], "welding cutting spaceships")
    assert found.some
    assert [hit.entry.title for hit in found.hits] == ["Welding and cutting"]
    assert not search([index], "welding").some


def test_a_typo_is_told_and_the_word_itself_is_not() -> None:
    index = Index([Entry("Ingeniería", 1)])
    assert search([index], "ingenieria").meant == ""
    assert search([index], "inginieria").meant == "ingeniería"
    assert search([index], "ingen").meant == ""


def titles(index: Index[object], text: str) -> list[str]:
    return [hit.entry.title for hit in search([index], text).hits]


def test_one_search_finds_families_pathways_programs_courses_and_jobs(
    world: World, client: Client
) -> None:
    page = client.get("/search/?q=engineering").text
    for kind in ("clusters", "pathways", "programs", "courses", "occupations"):
        assert f'id="found-{kind}"' in page
    assert "Foundations of Engineering and Technology" in page
    assert "/careers/occupations/17-2051.00/" in client.get("/search/?q=civil engineers").text


def test_a_school_finds_its_own_subjects_courses_and_ways_to_jobs(
    world: World, client: Client
) -> None:
    page = client.get(f"{HOME}?q=mathematics").text
    assert f"{HOME}subjects/mathematics/" in page
    assert "/schools/pine-hollow" not in page
    assert f"{HOME}occupations/29-1141.00/" in client.get(f"{HOME}?q=nurses").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("enginering", "Engineering and Technology"),
        ("matemáticas", "Mathematics"),
        ("matematicas", "Mathematics"),
        ("salud", "Health Science"),
        ("RN", "Registered Nurses"),
        ("17-2051.00", "Civil Engineers"),
    ],
)
def test_typos_accents_spanish_and_what_people_say_find_it(
    world: World, client: Client, asked: str, found: str
) -> None:
    assert found in client.get(HOME, {"q": asked}).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("enfermera", "Enfermeros registrados"),
        ("mecanico de aviones", "Mecánicos y técnicos de servicio de aviones"),
        ("injenieros civiles", "Ingenieros civiles"),
        ("registered nurses", "Enfermeros registrados"),
        ("RN", "Enfermeros registrados"),
        ("carpinteria", ">Carpintería</a>"),
        ("bienes raices", ">Bienes raíces</a>"),
        ("welding", ">Soldadura</a>"),
    ],
)
def test_on_spanish_pages_spanish_names_find_jobs_and_pathways_and_english_ones_too(
    world: World, client: Client, asked: str, found: str
) -> None:
    page = client.get("/es/search/", {"q": asked}).text
    assert found in page.split("</form>")[-1]


def test_a_spanish_word_that_is_right_is_not_called_a_typo(world: World, client: Client) -> None:
    assert "Quiso decir" not in client.get("/es/search/?q=plomera").text
    assert "Quiso decir" in client.get("/es/search/?q=plomexa").text


def test_did_you_mean_leads_to_the_corrected_words(world: World, client: Client) -> None:
    page = client.get("/search/?q=auto+mecanic").text
    assert 'Did you mean <a href="/search/?q=auto+mechanic">auto mechanic</a>?' in page


def test_what_finds_nothing_offers_ways_on(world: World, client: Client) -> None:
    page = client.get("/search/?q=zzzz").text
    assert "Nothing here fits “zzzz”." in page
    for way in ("/careers/", "/careers/occupations/", "/schools/"):
        assert f'<li><a class="tall-link" href="{way}">' in page
    assert client.get("/search/").status_code == 200


@pytest.mark.parametrize("address", ["/search/", HOME])
def test_a_text_too_long_is_refused_kindly(world: World, client: Client, address: str) -> None:
    answer = client.get(address, {"q": "word " * 2000})
    assert answer.status_code == 422
    assert "That is too long for us to search." in answer.text
    assert "word word" not in answer.text


@pytest.mark.parametrize("address", ["/search/", HOME])
def test_a_sign_that_no_text_has_is_called_that(world: World, client: Client, address: str) -> None:
    answer = client.get(address, {"q": "nur\x00se"})
    assert answer.status_code == 422
    assert "There is a sign in it that we cannot read." in answer.text
    assert "too long" not in answer.text


def test_what_is_found_at_a_school_stands_under_its_districts_names(
    world: World, client: Client
) -> None:
    words = {"en": {"cluster": ["Field", "Fields of work"], "pathway": ["Path", "Paths of study"]}}
    LevelNames.objects.create(district=world.district, framework="georgia", words=words)
    page = client.get(HOME, {"q": "engineering"}).text
    assert "Paths of study <span" in page
    assert "Paths of study" not in client.get("/search/", {"q": "engineering"}).text
    assert "Fields of work <span" in client.get(HOME, {"q": "stem"}).text


def test_the_index_is_made_before_somebody_searches(world: World) -> None:
    made = (_framework_index, occupation_index)
    for index in made:
        index.cache_clear()
    get_ready()
    before = [index.cache_info().misses for index in made]
    everything_for("nurse")
    assert [index.cache_info().misses for index in made] == before


@pytest.mark.parametrize("address", ["/search/", HOME])
def test_html_in_a_search_is_text(world: World, client: Client, address: str) -> None:
    text = '"><script>alert(1)</script>'
    page = client.get(address, {"q": text}).text
    assert text not in page
    assert escape(text) in page


@pytest.mark.parametrize("text", ["%", "\\", "' OR 1=1", "..", "♥", "\x00", "a" * 80, "-" * 80])
def test_odd_texts_are_answered(world: World, client: Client, text: str) -> None:
    assert client.get("/search/", {"q": text}).status_code in (200, 422)


@pytest.mark.parametrize("more", ["kind=nothing", "page=0", "page=x", "page=999&kind=occupations"])
def test_a_kind_or_sheet_that_makes_no_sense_is_no_error(
    world: World, client: Client, more: str
) -> None:
    assert "Registered Nurses" in client.get(f"/search/?q=nurses&{more}").text


def test_one_kind_is_shown_sheet_by_sheet(world: World, client: Client) -> None:
    first = client.get("/search/?q=managers&kind=occupations").text
    second = client.get("/search/?q=managers&kind=occupations&page=2").text
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert first.count('class="found-row"') == 30
    assert "Back to everything that fits" in first


def test_a_changed_course_and_a_new_program_are_found_at_once(world: World, client: Client) -> None:
    assert "Nothing here fits" in client.get("/search/?q=kaleidoscopes").text
    Course.objects.filter(code="BIO", district=world.district).update(title="Kaleidoscopes")
    assert f"{HOME}courses/BIO/" in client.get("/search/?q=kaleidoscopes").text
    published(
        world.school,
        world["lind"],
        world["halvorsen"],
        slug="gliders",
        title="Gliders",
        holds=content(words={"es": {"Gliders": "Planeadores"}}),
    )
    assert f"{HOME}programs/gliders/" in client.get("/search/?q=planeador").text


def test_a_search_takes_as_many_queries_whatever_it_finds(world: World, client: Client) -> None:
    counted = set()
    for words in ("engineering", "zzzz", "a", "nurse"):
        client.get("/search/", {"q": words})
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": words})
        counted.add(len(queries))
    assert max(counted) <= 5
