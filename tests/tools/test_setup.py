"""The set-up names what a machine lacks, and stops."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pathloom_setup", ROOT / "tools/setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMPS", tmp_path)
    return module


def test_a_missing_test_program_is_named_with_its_package(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup, "TEST_PROGRAMS", {"chromium": ("Chromium", ["/nowhere/chromium"])})
    with pytest.raises(SystemExit, match="apt-get install chromium"):
        setup.test_programs()


def test_a_program_that_is_there_needs_nothing(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup, "TEST_PROGRAMS", {"bash": ("a shell", ["/bin/ba*"])})
    setup.test_programs()
    assert capsys.readouterr().out == ""


def test_a_missing_venv_module_is_named_with_its_package(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup, "VENV", tmp_path / "none")
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        setup.environment("run")


def test_a_failing_step_shows_its_output_and_stops(
    setup: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="making the environment failed"):
        setup.command(["sh", "-c", "echo no space left; exit 1"], why="making the environment")
    assert "no space left" in capsys.readouterr().err


def test_a_step_is_done_again_when_its_inputs_change(setup: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("one")
    setup.done("environment-run", setup.fingerprint(lock))
    assert setup.is_done("environment-run", setup.fingerprint(lock))
    lock.write_text("two")
    assert not setup.is_done("environment-run", setup.fingerprint(lock))


def test_an_unknown_kind_is_refused(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.sys, "argv", ["setup.py", "everything"])
    with pytest.raises(SystemExit, match=r"setup.py run, or setup.py test"):
        setup.main()
