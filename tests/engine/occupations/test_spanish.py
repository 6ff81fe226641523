"""The titles of occupations in Spanish."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from pathloom.engine.occupations import load_occupations, of_women
from pathloom.engine.occupations.spanish import PACKAGED, spanish_title

BOOK = load_occupations()
# Words that the English titles have, too, and that are as much at home in Spanish.
_SHARED = """
a audio audiovisual baristas blockchain cargo chefs civil control dental detectives gas general
hardware hotel industrial labor legal mental metal motor nuclear personal radio sheriff social
software solar video web
"""
SHARED = frozenset(_SHARED.split())


def rows() -> list[list[str]]:
    with PACKAGED.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def test_every_occupation_stands_once_in_the_translation_with_its_title_of_today() -> None:
    head, *translated = rows()
    assert head == ["code", "title", "es"]
    assert [row[:2] for row in translated] == [[each.code, each.title] for each in BOOK.occupations]


def test_every_occupation_has_a_spanish_title_of_its_own() -> None:
    titles = [each.es_title for each in BOOK.occupations]
    assert all(title and title == title.strip() for title in titles)
    assert [title for title, number in Counter(titles).items() if number > 1] == []
    assert [title for title in titles if not title[0].isupper()] == []


def test_no_english_is_left_in_a_spanish_title() -> None:
    english = set().union(*(words(each.title) for each in BOOK.occupations)) - SHARED
    left = {each.es_title: words(each.es_title) & english for each in BOOK.occupations}
    assert {title: found for title, found in left.items() if found} == {}


def test_a_title_that_its_publisher_has_changed_has_no_spanish_until_it_is_translated() -> None:
    assert spanish_title("29-1141.00", "Registered Nurses") == "Enfermeros registrados"
    assert spanish_title("29-1141.00", "Licensed Nurses") == ""
    assert spanish_title("99-9999.00", "Registered Nurses") == ""


@pytest.mark.parametrize(
    ("title", "women"),
    [
        ("Enfermeros registrados", "Enfermeras registradas"),
        ("Técnicos en sensores remotos", "Técnicas"),
        ("Directores ejecutivos", "Directoras ejecutivas"),
        ("Dentistas generales", "Dentistas generales"),
        ("Maestros de kínder, excepto de educación especial", "Maestras"),
    ],
)
def test_the_people_of_a_title_are_women_as_well(title: str, women: str) -> None:
    assert of_women(title) == women
