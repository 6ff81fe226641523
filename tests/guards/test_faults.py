"""The list of planted faults is sound: each fits the code of today, and none was dropped."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
FAULTS = YAML(typ="safe").load(Path(__file__).with_name("faults.yaml"))["faults"]
NAMED = sorted({name for fault in FAULTS for name in fault["tests"]})
FAULTS_AT_LEAST = 600  # only ever raised
KEYS = {"guard", "file", "text", "instead", "tests"}


def misplaced(fault: dict[str, str], root: Path) -> str:
    """Why a fault cannot be planted; empty when it can."""
    path = root / fault["file"]
    if not path.is_file():
        return "no such file"
    times = path.read_text(encoding="utf-8").count(fault["text"])
    if times != 1:
        return f"the text stands there {times} times"
    if fault["instead"] == fault["text"]:
        return "nothing is changed"
    return "" if fault["file"].startswith("src/") else "a fault is planted in the product only"


def undefined(names: Sequence[str], root: Path) -> list[str]:
    """Of tests named as ``file`` or ``file::test``, those that nobody wrote."""
    known: dict[str, set[str]] = {}
    for file in {name.partition("::")[0] for name in names}:
        path = root / file
        tree = ast.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
        known[file] = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    parts = {name: name.partition("::") for name in names}
    return [
        name
        for name, (file, _, test) in parts.items()
        if not any(each.startswith("test_") and each == (test or each) for each in known[file])
    ]


def collected(names: list[str]) -> subprocess.CompletedProcess[str]:
    """What pytest says to running these tests, without running them."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_fault_was_dropped_and_each_guard_stands_once() -> None:
    names = [fault["guard"] for fault in FAULTS]
    assert len(names) >= FAULTS_AT_LEAST
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["guard"])
def test_a_fault_can_be_planted_and_names_its_tests(fault: dict[str, str]) -> None:
    assert set(fault) == KEYS
    assert fault["tests"]
    assert misplaced(fault, ROOT) == ""


def test_every_test_that_is_named_exists() -> None:
    assert undefined([name for name in NAMED if "[" not in name], ROOT) == []


def test_every_case_that_is_named_exists() -> None:
    run = collected([name for name in NAMED if "[" in name])
    assert run.returncode == 0, run.stderr


def test_a_test_that_does_not_exist_is_noticed() -> None:
    here = "tests/guards/test_faults.py"
    written = [here, f"{here}::test_a_test_that_does_not_exist_is_noticed"]
    gone = [f"{here}::test_that_nobody_wrote", f"{here}::misplaced", "tests/guards/test_gone.py"]
    assert undefined([*written, *gone], ROOT) == gone
    assert collected([f"{here}::test_that_nobody_wrote[x]"]).returncode != 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"file": "src/gone.py"}, "no such file"),
        ({"text": "b"}, "the text stands there 0 times"),
        ({"text": "a"}, "the text stands there 2 times"),
        ({"instead": "a = a"}, "nothing is changed"),
        ({"file": "tests/x.py"}, "a fault is planted in the product only"),
    ],
)
def test_a_fault_that_cannot_be_planted_is_noticed(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    for folder in ("src", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.py").write_text("a = a")
    fault = {"file": "src/x.py", "text": "a = a", "instead": "c = d"}
    assert misplaced(fault, tmp_path) == ""
    assert misplaced(fault | change, tmp_path) == message
