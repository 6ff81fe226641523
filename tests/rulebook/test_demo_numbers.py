"""The invented district uses real course numbers only where a source gives them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

from pathloom.engine.rules.load import PACKAGED
from pathloom.engine.rules.pathways import load_numbers, pattern_of

CATALOG = PACKAGED.parent / "portal" / "demo" / "catalog.csv"


def without_source(courses: Iterable[Mapping[str, str]]) -> list[str]:
    known = load_numbers(PACKAGED / "us-ga" / "numbers.yaml").titles()
    return [
        course["id"]
        for course in courses
        if course["number"] and pattern_of(course["number"]) not in known
    ]


def courses() -> list[dict[str, str]]:
    with CATALOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_number_of_the_demo_catalog_has_a_source() -> None:
    assert sum(bool(course["number"]) for course in courses()) > 20
    assert without_source(courses()) == []


def test_an_invented_number_is_noticed() -> None:
    assert without_source([{"id": "X", "number": "27.0999900"}]) == ["X"]
