"""A state's own projections are read as the operator's file says, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.occupations import (
    OccupationError,
    compile_folder,
    default_thresholds,
    labels_of,
    merge,
)
from pathloom.engine.occupations.publishers.reading import Reading
from pathloom.engine.occupations.publishers.state import load_mapping, read_state
from tests.engine.occupations import publishers

HEAD = ["SOC", "Name", "Jobs", "Percent", "Openings", "Degree"]
ROWS = [
    ["000000", "All", "4,800,000", "9.1", "600,000", ""],
    ["17-0000", "Engineers", "90", "1.0", "2", ""],
    ["17-2051", "Civil engineers", "9,870", "12.5%", "800", "Bachelor's degree"],
    ["31-1120.00", "Aides", "*", "-3.25", "*", "*"],
    ["Source: the state", "", "", "", "", ""],
]
MAPPING = """
area: US-GA
years: 2022-32
title: Long-term projections
publisher: A state agency
url: https://example.org/projections
license: Public record
columns:
  code: SOC
  title: Name
  employment: Jobs
  growth: Percent
  openings: Openings
  education: Degree
"""


@pytest.fixture
def base(tmp_path: Path) -> dict[str, str]:
    folder = publishers.everything(tmp_path / "raw")
    return dict(compile_folder(folder, names=publishers.NAMES).files)


def read(tmp_path: Path, base: dict[str, str], *rows: list[str], mapping: str = MAPPING) -> Reading:
    file, says = tmp_path / "state.csv", tmp_path / "columns.yaml"
    publishers.comma(file, HEAD, *(rows or ROWS))
    says.write_text(mapping, encoding="utf-8")
    return read_state(file, mapping=load_mapping(says), base=base)


def test_a_state_stands_before_the_nation_and_gaps_are_filled(
    tmp_path: Path, base: dict[str, str]
) -> None:
    found = merge(base, [read(tmp_path, base)])
    home = found.book("US-GA")
    civil, aides = home.by_code["17-2051.00"].bls, home.by_code["31-1121.00"].bls
    counselors = home.by_code["21-1011.00"].bls
    assert civil is not None
    assert aides is not None
    assert counselors is not None
    assert (civil.employment, civil.growth, civil.openings) == (9870, 125, 800)
    assert (civil.area, civil.years, civil.wage_area) == ("US-GA", "2022-32", "US")
    assert (aides.employment, aides.growth, aides.education) == (None, -33, "high_school")
    assert (counselors.area, counselors.years) == ("US", "2024-34")
    assert home.everyone.employment == 4_800_000
    assert found.book().by_code["17-2051.00"].bls != civil


def test_sums_and_notes_are_left_out_by_name(tmp_path: Path, base: dict[str, str]) -> None:
    found = read(tmp_path, base)
    assert [each.where for each in found.left_out] == ["state.csv:3", "state.csv:6"]
    assert found.dataset.tables[0].rows == 3
    assert found.dataset.publisher == "A state agency"


def test_thousands_and_shares_are_understood(tmp_path: Path, base: dict[str, str]) -> None:
    row = ["17-2051", "Civil engineers", "9.87", "0.125", ".8", ""]
    mapping = f"{MAPPING}\nemployment_in: thousands\ngrowth_in: share\n"
    home = merge(base, [read(tmp_path, base, row, mapping=mapping)]).book("US-GA")
    civil = home.by_code["17-2051.00"].bls
    assert civil is not None
    assert (civil.employment, civil.growth, civil.openings) == (9870, 125, 800)


def test_every_wrong_row_is_named_and_nothing_is_taken(
    tmp_path: Path, base: dict[str, str]
) -> None:
    rows = [
        ["17-2051", "Civil engineers", "many", "1", "2", ""],
        ["21-1018", "Counselors", "5", "1", "2", "Some school"],
        ["31-1120", "Aides", "5", "1", "2", ""],
        ["31-1120", "Aides again", "5", "1", "-2", ""],
    ]
    with pytest.raises(OccupationError) as error:
        read(tmp_path, base, *rows)
    assert [problem.where for problem in error.value.problems] == [
        "state.csv:2",
        "state.csv:3",
        "state.csv:5",
    ]


def test_a_file_of_something_else_is_refused(tmp_path: Path, base: dict[str, str]) -> None:
    with pytest.raises(OccupationError, match="no row has the code of an occupation"):
        read(tmp_path, base, ["Fulton", "County", "1", "2", "3", ""])
    with pytest.raises(OccupationError, match="no column 'Work'"):
        read(tmp_path, base, mapping=MAPPING.replace("Jobs", "Work"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("area: US-GA", "area: Georgia", "'Georgia' is not a state"),
        ("years: 2022-32", "years: long-term", "are not two years"),
        ("growth: Percent", "groth: Percent", "unknown key 'groth'"),
        ("publisher: A state agency", "", "'publisher' is missing"),
    ],
)
def test_mistakes_in_the_operators_file_are_named_with_their_line(
    tmp_path: Path, base: dict[str, str], old: str, new: str, message: str
) -> None:
    with pytest.raises(OccupationError, match=message) as error:
        read(tmp_path, base, mapping=MAPPING.replace(old, new))
    assert "columns.yaml:" in error.value.where


def test_labels_of_a_state_name_the_nation_for_what_the_state_does_not_say(
    tmp_path: Path, base: dict[str, str]
) -> None:
    home = merge(base, [read(tmp_path, base)]).book("US-GA")
    thresholds = default_thresholds(home)
    assert (thresholds.growth, thresholds.openings) == (91, 800)
    sources = {
        (code, reason.measure): (reason.area, reason.year)
        for code in ("17-2051.00", "31-1121.00")
        for label in labels_of(home.by_code[code], thresholds)
        for reason in label.reasons
    }
    assert sources["17-2051.00", "openings"] == ("US-GA", "2022-32")
    assert sources["17-2051.00", "education"] == ("US-GA", "2022-32")
    assert sources["17-2051.00", "apprenticeship"] == ("US", "2024-34")
    assert sources["31-1121.00", "education"] == ("US", "2024-34")
    assert sources["17-2051.00", "wage"] == ("US", "2024")
