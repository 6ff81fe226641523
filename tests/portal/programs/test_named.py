"""What an author may have meant by the name of an occupation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathloom.engine.occupations import Occupation, load_occupations
from pathloom.portal.programs.queries.named import alike, occupation_named

BOOK = load_occupations()


@settings(max_examples=20)
@given(st.sampled_from(BOOK.occupations))
def test_every_title_means_its_occupation_first(occupation: Occupation) -> None:
    assert alike(occupation.title)[0] == occupation.title


def test_a_title_names_its_occupation_whatever_its_case_spaces_and_signs() -> None:
    for each in BOOK.occupations:
        assert occupation_named(each.title) == each
        assert occupation_named(each.title.upper().replace(",", " ;  ")) == each
    assert occupation_named("Civil Engineer") is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("civil engineer", "Civil Engineers"),
        ("civil enginer", "Civil Engineers"),
        ("CEO", "Chief Executives"),
        ("registered NURSE", "Registered Nurses"),
        ("régistered nurse", "Registered Nurses"),
    ],
)
def test_words_other_titles_and_typos_mean_an_occupation(text: str, meant: str) -> None:
    assert alike(text)[0] == meant


@pytest.mark.parametrize("text", ["zzzz", "", " - "])
def test_what_is_no_word_of_an_occupation_means_none(text: str) -> None:
    assert alike(text) == ()
