"""Plant a fault behind every guard and require that the guard's test catches it.

``tests/guards/faults.yaml`` lists the faults: a text in a file, what to put in its place, and the
tests that must then fail. Each is planted in a copy of the tree as it was at the start. A text
that is not found exactly once, a test that already fails without the fault, and a test that does
not even start are all failures: a guard that was not shown to bite counts as none.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import track
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests", "benchmarks", "policy", "docs", "tools", "pyproject.toml", "README.md")
FAILED = re.compile(r"\b\d+ failed\b")  # in pytest's last line; an error before a test is none


@dataclass(frozen=True)
class Fault:
    """One planted fault: in ``file``, ``text`` becomes ``instead``; then ``tests`` must fail."""

    guard: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]


def read_faults() -> tuple[Fault, ...]:
    entries = YAML(typ="safe").load(ROOT / "tests/guards/faults.yaml")
    return tuple(Fault(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries["faults"])


def copy_tree(tree: Path, folder: Path) -> None:
    for name in COPIED:
        source = tree / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)


def run(folder: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PATHLOOM")
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {"PYTHONPATH": str(folder / "src"), "HYPOTHESIS_PROFILE": "found"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def said(result: subprocess.CompletedProcess[str]) -> str:
    """The end of what pytest printed, also where it could not even start."""
    return f"{result.stdout[-1500:]}{result.stderr[-1500:]}"


def try_fault(fault: Fault, *, tree: Path) -> str:
    """Return what is wrong with the guard, or nothing when the fault was caught."""
    with tempfile.TemporaryDirectory(prefix="pathloom-guard-") as name:
        folder = Path(name)
        copy_tree(tree, folder)
        path = folder / fault.file
        source = path.read_text()
        if source.count(fault.text) != 1:
            return f"{fault.file} holds the text {source.count(fault.text)} times, not once"
        path.write_text(source.replace(fault.text, fault.instead))
        result = run(folder, fault.tests)
        if result.returncode == 0:
            return f"{', '.join(fault.tests)} still passes"
        if not FAILED.search(result.stdout[-200:]):
            return f"the tests did not run:\n{said(result)}"
    return ""


def try_all(faults: tuple[Fault, ...], *, tree: Path, console: Console) -> Iterable[str]:
    """What is wrong with each guard, in the order of the faults; two are tried at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = pool.map(partial(try_fault, tree=tree), faults)
        yield from track(
            verdicts, total=len(faults), description="planting faults", console=console
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only guards whose name holds one of these words")
    words = parser.parse_args().words
    console = Console()
    faults = tuple(
        fault for fault in read_faults() if not words or any(word in fault.guard for word in words)
    )
    with tempfile.TemporaryDirectory(prefix="pathloom-guards-") as name:
        tree = Path(name)
        copy_tree(ROOT, tree)
        result = run(tree, tuple(sorted({test for fault in faults for test in fault.tests})))
        if result.returncode != 0:
            console.print(f"red without any fault:\n{said(result)}", markup=False)
            return 1
        missed = 0
        for fault, what in zip(faults, try_all(faults, tree=tree, console=console), strict=True):
            if what:
                missed += 1
                console.print(f"MISSED  {fault.guard}: {what}", markup=False)
    console.print(f"{len(faults) - missed} passed, {missed} failed")
    return 1 if missed or not faults else 0


if __name__ == "__main__":
    sys.exit(main())
