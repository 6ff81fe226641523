"""Tests that share what takes long to make stay in one process, and begin before all others."""

from __future__ import annotations

import pytest

from tests.scheduling import LONGEST, scope, turn

WALK, OTHER_WALK = "tests/journeys/test_audit.py::test_a[b]", "tests/journeys/test_staff.py::test_c"
KERNEL = "tests/engine/audit/batch/test_rejects.py::test_d"
PLAIN = "tests/engine/audit/test_exact.py::test_e[tests/journeys/]"


def test_all_walks_share_a_process_and_other_tests_that_of_their_file() -> None:
    assert scope(WALK) == scope(OTHER_WALK)
    assert scope(PLAIN) == "tests/engine/audit/test_exact.py"
    assert len({scope(WALK), scope(KERNEL), scope(PLAIN)}) == 3


def test_the_longest_begin_first() -> None:
    assert sorted([PLAIN, KERNEL, WALK], key=turn) == [WALK, KERNEL, PLAIN]


@pytest.mark.parametrize("place", LONGEST)
def test_what_takes_longest_is_there(place: str, pytestconfig: pytest.Config) -> None:
    path = pytestconfig.rootpath / place
    assert path.is_file() or list(path.glob("test_*.py"))


def test_the_processes_are_given_their_work_by_this(pytestconfig: pytest.Config) -> None:
    hooks = pytestconfig.hook.pytest_xdist_make_scheduler.get_hookimpls()
    here = str(pytestconfig.rootpath / "tests/conftest.py")
    assert here in [str(each.plugin_name) for each in hooks]
