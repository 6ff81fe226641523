"""The steward's workbooks, with small ones of our own making."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from pathloom.engine import workbook
from pathloom.engine.taxonomy import FrameworkError, load_framework
from pathloom.engine.taxonomy.load import PACKAGED
from pathloom.engine.taxonomy.table import Table, TableRow, load_table, write_table
from pathloom.engine.taxonomy.workbook import normal, read_workbook, workbooks_in

FRAMEWORK = load_framework(PACKAGED / "national-2024.yaml")
HEAD = ("SOC Code", "Occupation Title", "Career Cluster", "Sub-Cluster")
ROWS = (
    ("25-2021", "Teachers", "Education", "Teaching, Training, & Facilitation"),
    ("45-2091", "Irrigators", "Agriculture", "water systems"),
    ("45-2091", "Irrigators", "Agriculture", "Plant Systems"),
)


def make(
    path: Path,
    rows: Sequence[Sequence[object]] = ROWS,
    *,
    head: Sequence[object] = HEAD,
    title: str = "SOC - CC - Sub-Clusters",
    beside: bool = True,
) -> Path:
    """A workbook as the steward makes them: an overview, the table, and a summary beside it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Overview"
    sheet.append([None, None, "What this workbook holds"])
    table = book.create_sheet(title)
    for line in (head, *rows):
        table.append(list(line))
    if beside:
        wide = book.create_sheet("Wide")
        wide.append(["SOC Code", "Occupation Title", "Career Cluster", "Career Cluster"])
    book.save(path)
    return path


def read(path: Path) -> Table:
    return read_workbook(path, FRAMEWORK, read_on="2026-11-22")


def problems(path: Path) -> list[str]:
    with pytest.raises(FrameworkError) as caught:
        read(path)
    return [str(each) for each in caught.value.problems]


def test_codes_find_their_places_however_the_label_is_written(tmp_path: Path) -> None:
    table = read(make(tmp_path / "soc.xlsx"))
    assert (table.kind, table.framework, table.source) == ("soc", "national-2024", "soc.xlsx")
    assert table.rows == (
        TableRow("25-2021", "education", "teaching-training-facilitation"),
        TableRow("45-2091", "agriculture", "plant-systems"),
        TableRow("45-2091", "agriculture", "water-systems"),
    )


def test_labels_are_the_same_without_case_marks_and_and() -> None:
    assert normal("Local, State, & Federal Services") == normal("local state and federal services")
    assert normal("Data Science & AI") != normal("Data Science")


def test_empty_rows_are_nothing_and_whole_numbers_are_read_as_written(tmp_path: Path) -> None:
    head = ("Career Cluster", "Sub-Cluster", "2-Digit NAICS", "NAICS title")
    rows = [("Construction", "Skilled Trades", 23, "Construction"), (None, None, None, None)]
    table = read(make(tmp_path / "n.xlsx", rows, head=head, title="CC - NAICS"))
    assert table.kind == "naics"
    assert [row.code for row in table.rows] == ["23"]


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    rows = [
        ("25-2021", "Teachers", "Education", None),
        ("252021", "Teachers", "Education", "Learner Support & Community Engagement"),
        ("25-2021", "Teachers", "Schooling", "Anything"),
        ("25-2021", "Teachers", "Education", "Teaching & Training"),
        (None, "Teachers", "Education", "Teaching"),
    ]
    where = "soc.xlsx: sheet 'SOC - CC - Sub-Clusters' row"
    assert problems(make(tmp_path / "soc.xlsx", rows)) == [
        f"{where} 2: the cell 'Sub-Cluster' is empty. Fill it, or delete the row.",
        f"{where} 3: '252021' is no SOC Code. Write it as text, like 17-2051.",
        f"{where} 4: no cluster is called 'Schooling'. Take the workbook for this framework.",
        f"{where} 5: 'Education' has no sub-cluster 'Teaching & Training'. "
        "Did you mean 'Teaching, Training & Facilitation'?",
        f"{where} 6: the cell 'SOC Code' is empty. Fill it, or delete the row.",
    ]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    path = make(tmp_path / "soc.xlsx", head=("SOC Code", "Title", "Career Cluster", "Group"))
    assert problems(path) == [
        "soc.xlsx: no sheet(s) have a column 'SOC Code' or 'CIP Code (2020)' or '2-Digit NAICS' "
        "beside cluster and sub-cluster. "
        "Take the steward's crosswalk workbook of SOC, CIP or NAICS, as published."
    ]


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    assert problems(make(tmp_path / "soc.xlsx", [])) == [
        "soc.xlsx: sheet 'SOC - CC - Sub-Clusters': no row holds anything. "
        "Fetch the workbook again."
    ]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "soc.xlsx"
    path.write_text("SOC Code,Career Cluster\n", encoding="utf-8")
    (what,) = problems(path)
    assert what.startswith("soc.xlsx: not a whole workbook (BadZipFile). Save it as an Excel")


def test_a_torn_workbook_is_told(tmp_path: Path) -> None:
    path = make(tmp_path / "soc.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    (what,) = problems(path)
    assert what.startswith("soc.xlsx: not a whole workbook")


def test_a_workbook_in_which_a_byte_is_wrong_is_told_or_read_as_it_was(tmp_path: Path) -> None:
    path = make(tmp_path / "soc.xlsx")
    whole, rows = path.read_bytes(), read(path).rows
    told = set()
    for place in range(0, len(whole), 17):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0xFF
        path.write_bytes(spoiled)
        try:
            assert read(path).rows == rows
        except FrameworkError as error:
            told |= {str(each).partition(" (")[0].partition(" at ")[0] for each in error.problems}
    assert {"soc.xlsx: not a whole workbook", "soc.xlsx: the workbook is damaged"} <= told


def test_a_workbook_damaged_inside_is_told(tmp_path: Path) -> None:
    path, plain = make(tmp_path / "soc.xlsx"), tmp_path / "plain.xlsx"
    with ZipFile(path) as packed, ZipFile(plain, "w") as unpacked:
        for name in packed.namelist():
            unpacked.writestr(name, packed.read(name))
    plain.write_bytes(plain.read_bytes().replace(b"45-2091", b"45-2092", 1))
    (what,) = problems(plain)
    assert what.startswith("plain.xlsx: the workbook is damaged at 'xl/")


def test_a_zip_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "soc.xlsx"
    with ZipFile(path, "w") as packed:
        packed.writestr("letter.txt", "Dear all")
    (what,) = problems(path)
    assert what.startswith("soc.xlsx: not a workbook that can be read")


def test_a_file_that_unpacks_to_far_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1_000_000)
    path = make(tmp_path / "soc.xlsx")
    with ZipFile(path, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/more.xml", "0" * 2_000_000)
    assert path.stat().st_size < 100_000
    (what,) = problems(path)
    assert what == "soc.xlsx: the workbook unpacks to 2 MB. Fetch the publisher's own file."


def test_the_workbooks_of_a_folder_are_found_without_those_that_are_open(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in workbooks_in(tmp_path)] == ["a.xlsx", "b.xlsx"]
    with pytest.raises(FrameworkError, match=r"no workbook \(\.xlsx\) is in this folder"):
        workbooks_in(make_folder(tmp_path / "empty"))
    with pytest.raises(FrameworkError, match="no such file or folder"):
        workbooks_in(tmp_path / "absent")


def make_folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_table_is_read_back_as_it_was_written_and_is_none_before(tmp_path: Path) -> None:
    assert load_table(tmp_path / "new", "soc") is None
    table = read(make(tmp_path / "soc.xlsx"))
    path = write_table(tmp_path / "new", table)
    assert load_table(tmp_path / "new", "soc") == table
    assert load_table(tmp_path / "new", "cip") is None
    assert [each.name for each in path.parent.iterdir()] == ["soc.json"]
    assert json.loads(path.read_text())["count"] == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept["rows"].pop(),
        lambda kept: kept["rows"][0].pop(),
        lambda kept: kept.pop("count"),
        lambda kept: kept.update(kind="sock"),
        lambda kept: kept.update(rows=None),
    ],
)
def test_a_spoiled_table_is_refused(tmp_path: Path, spoil: object) -> None:
    path = write_table(tmp_path, read(make(tmp_path / "soc.xlsx")))
    kept = json.loads(path.read_text())
    spoil(kept)  # type: ignore[operator]
    path.write_text(json.dumps(kept))
    with pytest.raises(FrameworkError):
        load_table(tmp_path, "soc")
