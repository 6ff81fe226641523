"""``pathloom frameworks`` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pathloom.cli import app
from tests.engine.taxonomy.test_workbook import make

RUN = CliRunner()


def test_check_counts_every_framework_and_crosswalk() -> None:
    result = RUN.invoke(app, ["frameworks", "check"])
    assert result.exit_code == 0
    assert "national-2024: 14 clusters, 72 pathways, 6 groups." in result.stdout
    assert "national-2008-2024: 112 rows." in result.stdout


def test_an_import_says_what_it_read_and_where_it_wrote_it(tmp_path: Path) -> None:
    make(tmp_path / "soc.xlsx")
    data = tmp_path / "data"
    result = RUN.invoke(app, ["frameworks", "import", str(tmp_path), "--data", str(data)])
    assert result.exit_code == 0, result.stderr
    assert "soc.xlsx: 3 rows, 2 SOC codes, 3 sub-clusters." in result.stdout
    assert (data / "frameworks/soc.json").exists()
    shown = RUN.invoke(app, ["frameworks", "imported", "--data", str(data)]).stdout
    assert "soc: 3 rows for national-2024, from soc.xlsx, read " in shown
    assert "cip: not imported. Run: pathloom frameworks import FOLDER" in shown


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "soc.xlsx")
    data = tmp_path / "data"
    options = ["--data", str(data), "--dry-run"]
    result = RUN.invoke(app, ["frameworks", "import", str(tmp_path), *options])
    assert result.exit_code == 0
    assert "Dry run: nothing was written." in result.stdout
    assert not data.exists()


def test_one_broken_workbook_stops_the_import_of_all(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"torn")
    data = tmp_path / "data"
    result = RUN.invoke(app, ["frameworks", "import", str(tmp_path), "--data", str(data)])
    assert result.exit_code == 2
    assert "b.xlsx: not a whole workbook" in result.stderr
    assert not data.exists()


def test_two_workbooks_of_one_kind_are_refused(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx")
    make(tmp_path / "b.xlsx")
    result = RUN.invoke(app, ["frameworks", "import", str(tmp_path), "--data", str(tmp_path / "d")])
    assert result.exit_code == 2
    assert "b.xlsx: holds SOC codes, as a.xlsx does." in result.stderr


def test_imported_data_stay_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "soc.xlsx")
    monkeypatch.setenv("PATHLOOM_DATA", str(tmp_path / "kept"))
    RUN.invoke(app, ["frameworks", "import", str(tmp_path / "soc.xlsx")])
    assert (tmp_path / "kept/frameworks/soc.json").exists()
