"""The commands that measure still find what they measure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def run(code: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", code]
    return subprocess.run(words, cwd=BENCHMARKS, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(path.stem for path in BENCHMARKS.glob("[a-z]*.py")))
def test_each_command_can_be_started(name: str) -> None:
    done = run(f"import {name}")
    assert done.returncode == 0, done.stderr


def test_the_students_of_the_demo_have_their_catalog() -> None:
    done = run("from students import demo_catalog; print(len(demo_catalog().programs))")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
