"""Tables sort by their heads; CSV stays text."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pathloom.portal.core.tables import Column, csv_text, inert, original, table

COLUMNS = (
    Column("name", "Student", heading=True),
    Column("grade", "Grade", numeric=True),
    Column("why", "Why", sortable=False),
)
ROWS = (
    {"name": {"text": "lena", "url": "/1/"}, "grade": 12, "why": "b"},
    {"name": {"text": "Amir", "url": "/2/"}, "grade": 9, "why": "c"},
    {"name": {"ui": "status", "state": "met", "sort": ""}, "grade": 10, "why": "a"},
)


def sorted_by(query: str) -> list[int]:
    request = RequestFactory().get(f"/?{query}")
    made = table(request, caption="Students", columns=COLUMNS, rows=ROWS)
    return [row["grade"] for row in made["rows"]]


@pytest.mark.parametrize(
    ("query", "grades"),
    [
        ("", [12, 9, 10]),
        ("sort=grade", [9, 10, 12]),
        ("sort=-grade", [12, 10, 9]),
        ("sort=name", [9, 12, 10]),
        ("sort=why", [12, 9, 10]),
        ("sort=nothing", [12, 9, 10]),
    ],
)
def test_rows_are_sorted_as_the_address_asks(query: str, grades: list[int]) -> None:
    assert sorted_by(query) == grades


def test_a_head_turns_the_order_around_and_keeps_the_filter() -> None:
    request = RequestFactory().get("/?grade=9&sort=grade")
    heads = {
        head["key"]: head
        for head in table(request, caption="S", columns=COLUMNS, rows=ROWS)["columns"]
    }
    assert heads["grade"]["sorted"] == "ascending"
    assert heads["grade"]["sort_url"] == "?grade=9&sort=-grade"
    assert heads["name"]["sort_url"] == "?grade=9&sort=name"
    assert heads["why"]["sort_url"] == ""


@given(st.text())
def test_a_cell_never_begins_like_a_formula_and_can_be_read_back(text: str) -> None:
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert original(inert(text)) == text


def test_csv_says_the_names_first_and_an_empty_cell_for_nothing() -> None:
    text = csv_text(("name", "why"), [("Amir", None), ('=HYPERLINK("x")', "a, b")])
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "why"],
        ["Amir", ""],
        ['\'=HYPERLINK("x")', "a, b"],
    ]
