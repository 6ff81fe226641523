"""Tables are put in place whole, or not at all; a broken one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.occupations import OccupationError, parse_tables, read_tables, write_tables
from pathloom.engine.occupations.tables import MANIFEST, PACKAGED, rows_of

OLD = {"cips.csv": "code,title\n", MANIFEST: "[]\n"}


def test_tables_take_the_place_of_older_ones(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_tables({**OLD, "titles.csv": "code,titles\n"}, out)
    write_tables(OLD, out)
    assert sorted(each.name for each in out.iterdir()) == ["cips.csv", MANIFEST]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_fault_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_tables(OLD, out)
    unwritable = {**OLD, "folder/that/is/not/there.csv": "x"}
    with pytest.raises(OccupationError, match="cannot be written"):
        write_tables(unwritable, out)
    assert read_tables(out) == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OccupationError, match=r"thesis\.txt"):
        write_tables(OLD, tmp_path)
    (tmp_path / "thesis.txt").rename(tmp_path / "file")
    with pytest.raises(OccupationError, match="not a folder"):
        write_tables(OLD, tmp_path / "file")


def test_a_folder_without_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(OccupationError, match="no compiled occupations in this folder"):
        read_tables(tmp_path)


def test_a_broken_table_is_named_with_its_line() -> None:
    with pytest.raises(OccupationError, match=r"cips\.csv:1: the columns are not code, title"):
        rows_of("cips.csv", "code\n")
    with pytest.raises(OccupationError, match=r"cips\.csv:2: 1 cells in a row of 2"):
        rows_of("cips.csv", "code,title\n14.0801\n")
    files = read_tables(PACKAGED)
    spoiled = files | {"occupations.csv": files["occupations.csv"].replace(",636,", ",many,", 1)}
    with pytest.raises(OccupationError, match="a broken table"):
        parse_tables(spoiled)
