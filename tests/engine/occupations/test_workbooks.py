"""The publishers' workbooks are read as they are published, also inside a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pathloom.engine.occupations import (
    Compiled,
    OccupationError,
    compile_folder,
    merge,
    update_from,
)
from pathloom.engine.occupations.publishers.reading import Reading
from pathloom.engine.occupations.publishers.state import load_mapping, read_state
from tests.engine.occupations import publishers
from tests.engine.occupations.publishers import NAMES
from tests.engine.occupations.test_state import HEAD, MAPPING

Rows = Sequence[Sequence[object]]
WAGES, TABLE = "national_M2024_dl.xlsx", "occupation.xlsx"
LONG_HEADS = [
    *("2024 National Employment Matrix title", "2024 National Employment Matrix code"),
    *("Occupation type", "Employment, 2024", "Employment, 2034"),
    "Employment change, percent, 2024\u201334",
    "Occupational openings, 2024\u201334 annual average",
    "Typical education needed for entry",
    "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]


def book(path: Path, **sheets: Rows) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def numbers(rows: Sequence[Sequence[str]]) -> list[list[object]]:
    """Numbers as a workbook holds them; codes, words and marks stay text."""
    return [[_number(cell) for cell in row] for row in rows]


def _number(cell: str) -> object:
    plain = cell.lstrip("-").replace(".", "", 1)
    return float(cell) if plain.isdigit() and cell != "000000" else cell


def table(path: Path, rows: Sequence[Sequence[str]] = publishers.PROJECTIONS) -> Path:
    """Table 1.2 among others, below a title, with notes under it."""
    title = ["Table 1.2 Occupational projections, 2024\u201334 (Employment in thousands)"]
    notes = [["[1] Data are from another program."], [], ["Source: the publisher."]]
    other = [["Table 1.3 Fastest growing"], LONG_HEADS[:2], ["Civil engineers", "17-2051"]]
    return book(
        path,
        Index=[["Tables"], ["Table 1.2"]],
        Table_1_3=other,
        Table_1_2=[title, LONG_HEADS, *numbers(rows), *notes],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return publishers.everything(tmp_path / "raw")


def compiled(folder: Path) -> Compiled:
    return compile_folder(folder, names=NAMES)


def in_workbooks(folder: Path) -> Path:
    """The same three data sets, as their publishers offer them."""
    (folder / "ep_table_1_2.csv").unlink()
    table(folder / TABLE)
    (folder / "oews_national_M2024.csv").unlink()
    book(
        folder / WAGES,
        national_M2024_dl=[publishers.WAGE_HEAD, *numbers(publishers.WAGES)],
        Field_Descriptions=[["Field", "Description"], ["OCC_CODE", "The code"]],
    )
    (folder / "CIP2020_SOC2018_Crosswalk.csv").unlink()
    heads = ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"]
    rows = [
        ["14.0801", "Civil Engineering, General.", "17-2051", "Civil Engineers"],
        ["01.0508", "Taxidermy.", "99-9999", "NO MATCH"],
    ]
    book(
        folder / "CIP2020_SOC2018_Crosswalk.xlsx",
        File_guide=[["file_name", "description"], ["CIP-SOC", "By field"]],
        CIP_SOC=[heads, *rows],
        SOC_CIP=[[*heads[2:], *heads[:2]], *([*row[2:], *row[:2]] for row in rows)],
    )
    return folder


def test_workbooks_give_the_same_tables_as_text(folder: Path) -> None:
    before = compiled(folder).files
    after = compiled(in_workbooks(folder)).files
    assert {name for name in before if before[name] != after[name]} == {"manifest.yaml"}
    assert "occupation.xlsx" in after["manifest.yaml"]


def test_a_zip_of_a_workbook_is_read_with_what_systems_put_beside_it(
    folder: Path, tmp_path: Path
) -> None:
    before = compiled(folder).files
    packed = tmp_path / "oesm24nat.zip"
    with zipfile.ZipFile(packed, "w") as out:
        out.write(in_workbooks(folder) / WAGES, f"oesm24nat/{WAGES}")
        out.writestr(f"__MACOSX/oesm24nat/._{WAGES}", b"\0\5\26\7")
        out.writestr(f"oesm24nat/~${WAGES}", b"somebody")
        out.writestr("oesm24nat/field_descriptions.xlsx", b"")
    after = update_from(packed, base=before, names=NAMES)
    assert [each.id for each in after.fresh] == ["wages-us"]
    assert after.files["wages-us.csv"] == before["wages-us.csv"]
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    packed.rename(downloads / packed.name)
    within = update_from(downloads, base=before, names=NAMES)
    assert [each.id for each in within.fresh] == ["wages-us"]
    alone = update_from(folder / WAGES, base=before, names=NAMES)
    assert alone.files["wages-us.csv"] == before["wages-us.csv"]


def test_a_state_is_read_out_of_the_workbook_of_all_states(folder: Path, tmp_path: Path) -> None:
    home = [["2", "GA", *row[2:]] for row in publishers.WAGES[2:4]]
    home[0][8], home[1][8] = "88,000", "**"
    away = [["2", "AL", *row[2:]] for row in publishers.WAGES[2:4]]
    states = book(tmp_path / "state_M2024_dl.xlsx", all=[publishers.WAGE_HEAD, *home, *away])
    made = update_from(states, base=compiled(folder).files, names=NAMES, state="GA").book("US-GA")
    civil, counselors = made.by_code["17-2051.00"].bls, made.by_code["21-1011.00"].bls
    assert civil is not None
    assert counselors is not None
    assert (civil.wage, civil.wage_area, civil.wage_year) == (88000, "US-GA", "2024")
    assert (counselors.wage, counselors.wage_area) == (59190, "US")


def test_mistakes_in_a_workbook_are_named_by_sheet_and_row(folder: Path) -> None:
    rows = [list(row) for row in publishers.PROJECTIONS]
    rows[2][3], rows[3][7] = "many", "College"
    (folder / "ep_table_1_2.csv").unlink()
    table(folder / TABLE, rows)
    with pytest.raises(OccupationError) as error:
        compiled(folder)
    assert [problem.where for problem in error.value.problems] == [
        "occupation.xlsx: sheet 'Table 1 2' row 5",
        "occupation.xlsx: sheet 'Table 1 2' row 6",
    ]


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def old(path: Path) -> None:
    path.rename(path.with_suffix(".xls")).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def letter(path: Path) -> None:
    path.write_bytes(b"Dear all,")


def other(path: Path) -> None:
    book(path, Letters=[["Dear", "all"], ["", "of you"]])


def empty(path: Path) -> None:
    book(path, Nothing=[])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (torn, "occupation.xlsx: not a whole workbook"),
        (old, "occupation.xls: a workbook of an old Excel (.xls). Save it as .xlsx."),
        (letter, "occupation.xlsx: not a whole workbook"),
        (other, "occupation.xlsx: sheet 'Letters' row 1: no column 'title', 'code'"),
        (empty, "occupation.xlsx: no row below its head"),
    ],
)
def test_a_broken_workbook_is_named_with_what_to_do(
    folder: Path, spoil: object, message: str
) -> None:
    in_workbooks(folder)
    spoil(folder / TABLE)  # type: ignore[operator]
    with pytest.raises(OccupationError) as error:
        compiled(folder)
    assert message in str(error.value)


def test_a_workbook_that_unpacks_to_far_too_much_is_not_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathloom.engine.workbook.MOST_BYTES", 1_000_000)
    in_workbooks(folder)
    with zipfile.ZipFile(folder / TABLE, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/more.xml", "0" * 2_000_000)
    with pytest.raises(OccupationError, match="unpacks to 2 MB"):
        compiled(folder)


@pytest.fixture
def base(folder: Path) -> dict[str, str]:
    return dict(compiled(folder).files)


def of_state(path: Path, base: dict[str, str], mapping: str = MAPPING) -> Reading:
    says = path.parent / "columns.yaml"
    says.write_text(mapping, encoding="utf-8")
    return read_state(path, mapping=load_mapping(says), base=base)


def test_heads_in_two_rows_below_a_title_are_read_in_a_workbook_and_in_csv(
    tmp_path: Path, base: dict[str, str]
) -> None:
    rows = [
        ["Long-term projections", *[""] * 6],
        ["SOC", "Name", "Employment", "", "Change", "", "Openings"],
        ["", "", "2022", "2032", "Number", "Percent", ""],
        ["17-2051", "Civil engineers", "9,870", "11,104", "1,234", "12.5", "800"],
        ["Source: the state", *[""] * 6],
    ]
    mapping = MAPPING.replace("Jobs", "Employment 2022").replace(": Percent", ": Change Percent")
    mapping = mapping.replace("  education: Degree\n", "")
    publishers.comma(tmp_path / "state.csv", *rows)
    merged = book(tmp_path / "state.xlsx", Long=[[each or None for each in row] for row in rows])
    sheets = load_workbook(merged)
    sheets["Long"].merge_cells("C2:D2")
    sheets["Long"].merge_cells("E2:F2")
    sheets.save(merged)
    found = [of_state(path, base, mapping) for path in (merged, tmp_path / "state.csv")]
    assert found[0].tables == found[1].tables
    civil = merge(base, found[:1]).book("US-GA").by_code["17-2051.00"].bls
    assert civil is not None
    assert (civil.employment, civil.growth, civil.openings) == (9870, 125, 800)


def test_a_cell_shown_as_percent_is_read_as_it_is_shown(
    tmp_path: Path, base: dict[str, str]
) -> None:
    path = book(tmp_path / "state.xlsx", All=[HEAD, ["17-2051", "Civil", 9870, 0.07, 800.0, None]])
    made = load_workbook(path)
    made["All"]["D2"].number_format = "0.0%"
    made.save(path)
    for way in ("percent", "share"):
        read = of_state(path, base, f"{MAPPING}\ngrowth_in: {way}\n")
        civil = merge(base, [read]).book("US-GA").by_code["17-2051.00"].bls
        assert civil is not None
        assert (civil.employment, civil.growth, civil.openings) == (9870, 70, 800)


def test_the_operator_names_the_sheet_and_the_signs_of_the_state(
    tmp_path: Path, base: dict[str, str]
) -> None:
    north = [HEAD, ["17-2051", "Civil engineers", 1, 2, 3, None]]
    whole = [HEAD, ["17-2051", "Civil engineers", "confidential", 12.5, "c", None]]
    path = book(tmp_path / "state.xlsx", North=north, Whole_state=whole)
    signs = f"{MAPPING}\nsheet: Whole state\nnot_published: [confidential, c]\n"
    civil = merge(base, [of_state(path, base, signs)]).book("US-GA").by_code["17-2051.00"].bls
    assert civil is not None
    assert (civil.employment, civil.growth, civil.openings) == (None, 125, None)
    with pytest.raises(OccupationError, match=r"no sheet 'South'.*North, Whole state"):
        of_state(path, base, f"{MAPPING}\nsheet: South\n")
    with pytest.raises(OccupationError, match="sheet 'Whole state' row 2: 'confidential'"):
        of_state(path, base, f"{MAPPING}\nsheet: Whole state\n")


def test_a_head_that_stands_twice_is_not_guessed(tmp_path: Path, base: dict[str, str]) -> None:
    twice = [[*HEAD, "Percent"], ["17-2051", "Civil engineers", 1, 2, 3, None, 4]]
    with pytest.raises(OccupationError, match="the column 'Percent' stands 2 times"):
        of_state(book(tmp_path / "state.xlsx", All=twice), base)


def test_a_folder_of_several_files_is_no_file_of_a_state(
    tmp_path: Path, base: dict[str, str]
) -> None:
    several = tmp_path / "several"
    several.mkdir()
    with pytest.raises(OccupationError, match="an empty folder"):
        of_state(several, base)
    for name in ("a.csv", "b.csv"):
        publishers.comma(several / name, HEAD)
    with pytest.raises(OccupationError, match="two files of one data set"):
        of_state(several, base)
