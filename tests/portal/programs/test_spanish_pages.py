"""Spanish pages: what is not in Spanish says so, or is the name of somebody or something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from pathloom.portal.accounts.models import School
from pathloom.portal.demo.actions.district import ILLINOIS, programs
from pathloom.portal.programs.models import ProgramVersion
from tests.portal.programs.making import published
from tests.portal.programs.test_sharing import content_of, made
from tests.portal.world import World

# Small words and everyday ones that stand in nearly every English text, and in no Spanish one.
_ENGLISH = """
about after all an and are as at be before by can course courses credit do each for from grade
have here how if in into is job jobs learn more not of on one or other our pathway people
program read school see skills sources source student students take teacher that the their them
they this to two up what when where which who why with work year years you your other search
next edit publish show list page college certificate degree career pay growth openings label
"""
ENGLISH = frozenset(_ENGLISH.split())
READ_OUT = ("aria-label", "title", "alt", "placeholder", "label")
EMPTY = frozenset({"meta", "link", "img", "input", "br", "hr", "source", "wbr", "area", "col"})
PLACE = "/es/careers/georgia/stem/"
HOME = "/es/schools/magnolia-high/"
JOB = "17-2051.00/"
ADDRESSES = (
    "/es/schools/",
    "/es/people/roles/",
    "/es/careers/",
    "/es/careers/sources/",
    "/es/careers/occupations/",
    "/es/careers/occupations/?q=zzzz",
    "/es/careers/occupations/?cluster=national-2024/construction",
    f"/es/careers/occupations/{JOB}",
    "/es/careers/georgia/",
    "/es/careers/illinois/",
    "/es/careers/national-2008/",
    "/es/careers/national-2024/",
    "/es/careers/national-2024/to/national-2008/",
    "/es/careers/illinois/to/georgia/",
    PLACE,
    f"{PLACE}engineering-and-technology/",
    "/es/careers/georgia/health-science/therapeutic-services-sports-medicine/",
    "/es/careers/national-2008/finance/",
    "/es/careers/national-2008/finance/insurance/",
    "/es/search/",
    "/es/search/?q=ingenieros",
    "/es/search/?q=zzzz",
    HOME,
    f"{HOME}?q=robots",
    f"{HOME}a-to-z/",
    f"{HOME}subjects/",
    f"{HOME}subjects/cte/",
    f"{HOME}courses/",
    f"{HOME}courses/ENGCON/",
    f"{HOME}occupations/",
    f"{HOME}occupations/{JOB}",
    f"{HOME}programs/robots/",
    f"{HOME}programs/of-georgia/",
    f"{HOME}programs/of-illinois/",
    "/es/nothing/",
)


class Reader(HTMLParser):
    """Gathers the texts of a page, seen and read out, that do not stand in English parts of it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []  # elements with the language inside them
        self.texts: list[str] = []

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.language
        if language != "en":
            self.texts += [text for name in READ_OUT if (text := given.get(name))]
        if tag not in EMPTY:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _language) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        silent = any(tag in ("script", "style", "title") for tag, _language in self.open)
        if data.strip() and self.language != "en" and not silent:
            self.texts.append(" ".join(data.split()))


def english_in(page: str, names: tuple[str, ...] = ()) -> Iterator[str]:
    """The texts of a page that look English and do not say that they are.

    A single such word is enough. Addresses are not read, nor ``names`` of schools, people, firms.
    """
    reader = Reader()
    reader.feed(page)
    for text in reader.texts:
        rest = re.sub(r"https?://\S+", "", text)
        for name in names:
            rest = rest.replace(name, "")
        words = set(re.findall(r"[^\W\d_]+", rest.casefold()))
        if words & ENGLISH:
            yield text


def names_of(world: World, contents: Iterable[Any]) -> tuple[str, ...]:
    """Names that stay as they are: schools, districts, firms and people of the programs."""
    found = {world.school.district.name, "Georgia High School Diploma"}
    found |= set(School.objects.values_list("name", flat=True))
    for content in contents:
        found |= {*content.get("partners", ())}
        for each in content.get("advisors", ()):
            found |= {each["name"], each.get("organization", "")}
        for part in ("skills", "credentials"):
            found |= {each.get("proposed_by", "") for each in content.get(part, ())}
    return tuple(sorted(found - {""}, key=len, reverse=True))


@pytest.fixture
def demo_programs(world: World) -> list[ProgramVersion]:
    """A program of each demo district, and one with most parts untranslated."""
    people = (world["lind"], world["halvorsen"])
    found = [made(world)]
    for slug, data in (("of-georgia", programs()[0]), ("of-illinois", programs(ILLINOIS)[0])):
        holds = content_of(data)
        found.append(published(world.school, *people, slug=slug, title=data.title, holds=holds))
    return found


def test_no_spanish_page_has_english_that_is_not_marked(
    world: World, client: Client, demo_programs: list[ProgramVersion]
) -> None:
    names = names_of(world, [version.content for version in demo_programs])
    found = {}
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == (404 if "nothing" in address else 200), address
        assert '<html lang="es"' in answer.text, address
        left = sorted(set(english_in(answer.text, names)))
        if left:
            found[address] = left
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Where you can study this</p>",
        '<p lang="en">Sure</p><p>Search</p>',
        '<div lang="en"><br><p lang="es">See the courses</p></div>',
        '<button aria-label="Next page">›</button>',
        '<input placeholder="What you like">',
        "<svg><title>x</title><text>Growth</text></svg>",
    ],
)
def test_planted_english_is_found(planted: str) -> None:
    assert list(english_in(f'<html lang="es"><p>Hola</p>{planted}</html>'))


@pytest.mark.parametrize(
    "fine",
    [
        "<p>Dónde se puede estudiar esto</p>",
        '<p lang="en">Where you <b>can</b> study</p>',
        '<p>En <span lang="en">Work and Study</span> hay más</p>',
        "<p>Academy of the Arts tiene 3 cursos</p>",
        "<script>for (const each of all) use(each)</script>",
    ],
)
def test_spanish_and_what_is_marked_are_fine(fine: str) -> None:
    names = ("Academy of the Arts",)
    assert list(english_in(f'<html lang="es">{fine}</html>', names)) == []
