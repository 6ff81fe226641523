"""Pathways and course numbers of a state: an invented number is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import PACKAGED
from pathloom.engine.rules.pathways import load_numbers, load_pathways, pattern_of, unsourced

SOURCES = """\
sources:
  list: {title: A list, read_on: 2026-11-21, kind: secondary}
rows:
"""
NUMBERS = (
    SOURCES
    + """\
  - {number: "25.44000", title: Essentials of Healthcare, source: list, confidence: high}
  - {number: "27.X992XXX", title: Algebra II, source: list, confidence: high}
"""
)
PATHWAYS = (
    SOURCES
    + """\
  - cluster: health-science
    pathway: patient-care
    title: Patient Care
    source: list
    confidence: medium
    courses:
      - {place: 2, title: Essentials of Healthcare, number: "25.44000"}
      - {place: 3}
"""
)


def mistake(tmp_path: Path, *, numbers: str = NUMBERS, pathways: str = PATHWAYS) -> str:
    (tmp_path / "numbers.yaml").write_text(numbers, encoding="utf-8")
    (tmp_path / "pathways.yaml").write_text(pathways, encoding="utf-8")
    try:
        load_numbers(tmp_path / "numbers.yaml", where="numbers")
        load_pathways(tmp_path / "pathways.yaml", where="pathways")
    except RuleError as error:
        return str(error)
    pytest.fail("no mistake was found")


def test_a_missing_number_or_title_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "numbers.yaml").write_text(NUMBERS, encoding="utf-8")
    (tmp_path / "pathways.yaml").write_text(PATHWAYS, encoding="utf-8")

    (row,) = load_pathways(tmp_path / "pathways.yaml").rows

    assert (row.courses[1].place, row.courses[1].title, row.courses[1].number) == (3, "", "")


def test_an_invented_number_is_caught(tmp_path: Path) -> None:
    text = PATHWAYS.replace("25.44000", "25.44100")

    assert mistake(tmp_path, pathways=text) == (
        "pathways:10: number '25.44100' stands in no source. "
        "Leave it out, or add it with its source to numbers.yaml."
    )


def test_a_real_number_on_another_course_is_caught(tmp_path: Path) -> None:
    text = PATHWAYS.replace("title: Essentials of Healthcare", "title: Sports Medicine")

    assert mistake(tmp_path, pathways=text) == (
        "pathways:10: number '25.44000' belongs to 'Essentials of Healthcare', "
        "not to 'Sports Medicine'. Correct the title or the number."
    )


def test_a_number_twice_is_caught_in_any_delivery(tmp_path: Path) -> None:
    text = NUMBERS + '  - {number: "27.09920", title: Algebra, source: list, confidence: low}\n'

    assert mistake(tmp_path, numbers=text) == (
        "numbers:6: number '27.09920' stands twice (first on line 5). Keep one of them."
    )


def test_a_number_without_source_is_caught(tmp_path: Path) -> None:
    text = NUMBERS.replace("source: list, confidence: high}\n  -", "confidence: high}\n  -")

    assert mistake(tmp_path, numbers=text) == (
        "numbers:4: 'source' is missing in row 1. Add 'source'."
    )


def test_an_unknown_source_is_caught(tmp_path: Path) -> None:
    text = PATHWAYS.replace("source: list", "source: lost")

    assert mistake(tmp_path, pathways=text) == (
        "pathways:7: unknown source 'lost'. Did you mean 'list'?"
    )


def test_an_unknown_key_is_caught(tmp_path: Path) -> None:
    assert mistake(tmp_path, pathways=PATHWAYS.replace("{place: 3}", "{plase: 3}")) == (
        "pathways:11: unknown key 'plase' in row 1. Did you mean 'place'?"
    )


def test_a_malformed_number_is_caught(tmp_path: Path) -> None:
    assert mistake(tmp_path, numbers=NUMBERS.replace('"25.44000"', "25.44000")) == (
        "numbers:4: 'number': '25.44000' is not a course number. "
        "Write it as printed, in quotes: '26.07300'."
    )


def test_numbers_that_the_collected_sources_do_not_hold_are_found(tmp_path: Path) -> None:
    (tmp_path / "numbers.yaml").write_text(NUMBERS, encoding="utf-8")
    book = load_numbers(tmp_path / "numbers.yaml")

    missing = unsourced(book, "somewhere it says 25.44000 Essentials of Healthcare")

    assert [row.number for row in missing] == ["27.X992XXX"]


@pytest.mark.parametrize(
    ("number", "pattern"),
    [
        ("25.44000", "25.X400XXX"),
        ("26.012", "26.X120XXX"),
        ("11.01710", "11.X171XXX"),
        ("27.X992XXX", "27.X992XXX"),
    ],
)
def test_a_printed_number_becomes_the_pattern_of_every_delivery(number: str, pattern: str) -> None:
    assert pattern_of(number) == pattern


def test_the_packaged_numbers_and_pathways_load() -> None:
    folder = PACKAGED / "us-ga"

    assert len(load_numbers(folder / "numbers.yaml").rows) >= 40
    assert len(load_pathways(folder / "pathways.yaml").rows) >= 10
