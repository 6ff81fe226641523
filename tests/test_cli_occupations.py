"""``pathloom occupations``: files in, tables out; bad input leaves with 2 and nothing written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pathloom.cli import app
from pathloom.engine.occupations import load_occupations, read_tables
from pathloom.engine.occupations.tables import PACKAGED
from tests.engine.occupations import publishers
from tests.engine.occupations.test_state import HEAD, MAPPING, ROWS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["occupations", *map(str, arguments)])


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The publishers' files with a cluster and a pathway that the framework of 2008 has."""
    folder = publishers.everything(tmp_path / "raw")
    with (folder / "onet_clusters16_long.csv").open("w", newline="") as out:
        csv.writer(out).writerows(
            [
                ["cluster", "pathway", "onet_soc", "title"],
                ["Health Science", "Therapeutic Services", "31-1121.00", "Home Health Aides"],
            ]
        )
    return folder


def test_compiling_says_what_it_read_and_made(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("compile", raw, "--out", out, "--read-on", "2026-11-21")
    assert result.exit_code == 0, result.output
    assert "O*NET Database, 29.3:" in result.output
    assert "5 occupations" in result.output
    book = load_occupations(out)
    (aides,) = book.in_place("national-2008", "health-science", "therapeutic-services")
    assert aides.code == "31-1121.00"


def test_a_dry_run_checks_and_writes_nothing(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("compile", raw, "--out", out, "--dry-run")
    assert result.exit_code == 0
    assert "nothing was written" in result.output
    assert not out.exists()


def test_a_wrong_folder_leaves_the_tables_as_they_were(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("compile", raw, "--out", out)
    before = read_tables(out)
    for command in ("compile", "update"):
        wrong = tmp_path / "wrong"
        wrong.mkdir(exist_ok=True)
        result = run(command, wrong, "--out", out)
        assert result.exit_code == 2
        assert str(wrong) in result.output
    (raw / "onet" / "Interests.txt").unlink()
    result = run("update", raw, "--out", out)
    assert result.exit_code == 2
    assert "'Interests.txt' is missing" in result.output
    assert read_tables(out) == before
    assert run("compile", raw, "--out", out, "--read-on", "soon").exit_code == 2


def test_an_update_starts_from_the_packaged_tables(tmp_path: Path) -> None:
    fresh, out = tmp_path / "fresh", tmp_path / "out"
    fresh.mkdir()
    lines = (PACKAGED / "wages-us.csv").read_text(encoding="utf-8").splitlines()
    rows = [
        ["1", "US", "000000", code, title, "total" if code == "00-0000" else "detailed", *pays]
        for code, title, *pays, _area, _year in csv.reader(lines[1:])
    ]
    plain = [[cell.replace("239200+", "#") for cell in row] for row in rows]
    publishers.comma(fresh / "national_M2026_dl.csv", publishers.WAGE_HEAD, *plain)
    result = run("update", fresh, "--out", out)
    assert result.exit_code == 0, result.output
    civil = load_occupations(out).by_code["17-2051.00"].bls
    assert civil is not None
    assert (civil.wage, civil.wage_year) == (99590, "2026")
    changed = {
        name for name, text in read_tables(PACKAGED).items() if read_tables(out)[name] != text
    }
    assert changed == {"wages-us.csv", "manifest.yaml"}


def test_a_state_is_added_and_left_out_rows_are_named(raw: Path, tmp_path: Path) -> None:
    out, mapping = tmp_path / "out", tmp_path / "columns.yaml"
    run("compile", raw, "--out", out)
    publishers.comma(tmp_path / "state.csv", HEAD, *ROWS)
    mapping.write_text(MAPPING, encoding="utf-8")
    result = run("region", tmp_path / "state.csv", "--mapping", mapping, "--out", out)
    assert result.exit_code == 0, result.output
    assert "2 row(s) left out, named above." in result.output
    assert load_occupations(out, area="US-GA").area == "US-GA"
    assert "A state agency" in run("sources", out).output


def test_the_sources_of_the_packaged_tables_are_said() -> None:
    result = run("sources")
    assert result.exit_code == 0
    assert "O*NET Database, 29.3 (US): CC BY 4.0" in result.output
