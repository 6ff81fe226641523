"""The balanced curriculum of ``benchmarks/bacp.py`` in small: read, posed and proved."""

from __future__ import annotations

from importlib import import_module
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pathloom.engine.planner.types import Proof

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
SMALL = """
//three periods
p=3; a=2; /* least */
b=9;
c=1; /* fewest
        courses = 9 */
d=3;
courses = { one, two ,three,
  four, five, six };
credit = [ 1, 2, 3, 3, 2, 3 ];
prereq = { <two,one>, <three , two>, <three,two>, <six,four> };
"""


@pytest.fixture
def bacp(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("bacp")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.dat"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_an_instance_is_read(bacp: ModuleType, small: Path) -> None:
    read = bacp.read(small)

    assert (read.periods, read.credits, read.courses) == (3, (2, 9), (1, 3))
    assert read.worth == {"one": 1, "two": 2, "three": 3, "four": 3, "five": 2, "six": 3}
    assert read.needs == {"two": ("one",), "three": ("two",), "six": ("four",)}


def test_the_most_balanced_plan_is_proved(bacp: ModuleType, small: Path) -> None:
    read = bacp.read(small)
    found, _ = bacp.solved(read)

    (goal,) = found.goals
    assert found.proof is Proof.OPTIMAL
    assert goal.value == goal.bound == 100 * _lightest(read)
    assert len(found.placements) == len(read.worth)


def _lightest(read: Any) -> int:
    """The heaviest period of the best of all ways to place the courses, tried one by one."""
    worth, needs = read.worth, read.needs
    best = sum(worth.values())
    for way in product(range(3), repeat=len(worth)):
        at = dict(zip(worth, way, strict=True))
        if all(at[name] > at[first] for name, many in needs.items() for first in many):
            loads = [sum(worth[one] for one in worth if at[one] == each) for each in range(3)]
            if min(loads) >= 2 and max(way.count(each) for each in range(3)) <= 3:
                best = min(best, max(loads))
    return best
