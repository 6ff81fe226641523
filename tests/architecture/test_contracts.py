"""The import contracts hold, and each can fail: a planted violation breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

PLANTED = {
    "portal": ("portal/programs/queries.py", "import pathloom.portal.records.models"),
    "engine": ("engine/rules/matchers.py", "import pathloom.engine.audit.result"),
    "pure": ("engine/audit/explain.py", "import django.utils.timezone"),
    "solver": ("engine/planner/check.py", "import ortools.sat.python.cp_model"),
    "columnar": ("engine/audit/explain.py", "import pyarrow.parquet"),
    "checkers": ("engine/audit/evaluate.py", "import pathloom.engine.audit.allocate"),
    "vocabulary": ("portal/plans/queries.py", "import pathloom.portal.plans.views"),
    "views": ("portal/plans/views.py", "import pathloom.engine.audit.result"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source that may be spoiled."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / "lint-imports"), "--no-cache", *arguments],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(tree: Path) -> None:
    run = lint_imports(tree)
    assert run.returncode == 0, run.stdout
    assert f"Contracts: {len(PLANTED)} kept, 0 broken." in run.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_the_contract(tree: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    path = tree / "src/pathloom" / name
    path = path if path.exists() else path.with_suffix("") / "__init__.py"
    path.write_text(f"{path.read_text()}\n{line}\n")
    run = lint_imports(tree, "--contract", contract)
    assert run.returncode == 1, run.stdout
    assert "1 broken" in run.stdout, run.stdout


@pytest.mark.parametrize(
    "place", ["portal/newcomer/__init__.py", "engine/newcomer.py", "portal/plans/utils.py"]
)
def test_a_module_nobody_declared_is_refused(tree: Path, place: str) -> None:
    path = tree / "src/pathloom" / place
    path.parent.mkdir(exist_ok=True)
    path.write_text('"""Undeclared."""\n')
    run = lint_imports(tree)
    assert run.returncode == 1, run.stdout
    assert Path(place).stem in run.stdout or "newcomer" in run.stdout, run.stdout


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("from datetime import date\nprint_me = date.today()", "TID251"),
        ("from datetime import datetime\nprint_me = datetime.now()", "TID251"),
        ("import time\nprint_me = time.time()", "TID251"),
        ("import random\nprint_me = random.random()", "TID251"),
        ("import os\nprint_me = os.environ", "TID251"),
    ],
)
def test_a_clock_or_chance_in_the_engine_is_refused(tree: Path, line: str, rule: str) -> None:
    path = tree / "src/pathloom/engine/units.py"
    path.write_text(f'"""Planted."""\n\n{line}\n')
    run = subprocess.run(
        [str(BIN / "ruff"), "check", "--no-cache", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rule in run.stdout
