"""The proof itself: it says which guard did not bite, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.prove_guards import COPIED, Fault, try_fault

TEST = """
from pathlib import Path

def test_limit():
    assert "LIMIT = 1" in Path("src/limit.py").read_text()
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one guard: the limit is 1."""
    for name in COPIED:
        if Path(name).suffix:
            (tmp_path / name).write_text("")
        else:
            (tmp_path / name).mkdir()
    (tmp_path / "src/limit.py").write_text("LIMIT = 1\nOTHER = 1\n")
    (tmp_path / "tests/test_limit.py").write_text(TEST)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "test", "verdict"),
    [
        ("LIMIT = 1", "tests/test_limit.py::test_limit", ""),
        ("OTHER = 1", "tests/test_limit.py::test_limit", "test_limit still passes"),
        ("= 1", "tests/test_limit.py::test_limit", "holds the text 2 times, not once"),
        ("LIMIT = 1", "tests/test_limit.py::test_gone", "the tests did not run"),
    ],
)
def test_a_guard_counts_only_when_its_test_fails_with_the_fault(
    tree: Path, text: str, test: str, verdict: str
) -> None:
    fault = Fault("the limit", "src/limit.py", text, "NOTHING = 0", (test,))
    found = try_fault(fault, tree=tree)
    assert verdict in found
    assert bool(found) == bool(verdict)
    assert (tree / "src/limit.py").read_text() == "LIMIT = 1\nOTHER = 1\n"
