"""What the database itself decides is shown on both databases, all else on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.conftest import ALSO, HERE, is_for_both


def test_every_file_that_is_listed_is_there() -> None:
    assert [name for name in ALSO if not (HERE / name).is_file()] == []


@pytest.mark.parametrize(
    "name",
    [
        "core/test_events.py",
        "demo/test_load.py",
        "plans/test_concurrency.py",
        "plans/test_jobs.py",
        "plans/test_models.py",
        "records/test_exceptions.py",
    ],
)
def test_races_constraints_and_loading_run_on_both(name: str) -> None:
    assert is_for_both(HERE / name)


@pytest.mark.parametrize(
    ("words", "both"),
    [
        ("with pytest.raises(IntegrityError):", True),
        ("@pytest.mark.django_db(transaction=True)", True),
        ("if connection.vendor == 'sqlite':", True),
        ("assert client.get('/').status_code == 200", False),
    ],
)
def test_a_new_file_is_known_by_what_it_asks(tmp_path: Path, words: str, both: bool) -> None:
    file = tmp_path / "test_new.py"
    file.write_text(f"{words}\n")
    assert is_for_both(file) == both


def test_what_runs_on_one_database_alone_says_so(request: pytest.FixtureRequest) -> None:
    items = [item for item in request.session.items if item.path.is_relative_to(HERE)]
    alone = {item.path for item in items if item.get_closest_marker("one_database")}
    assert not any(is_for_both(file) for file in alone)
    assert all(item.path in alone or is_for_both(item.path) for item in items)
