"""What the database itself decides is shown on both databases."""

from __future__ import annotations

import re
from pathlib import Path

from tests.portal.conftest import ON_BOTH

HERE = Path(__file__).parent
# A refusal of the database, a test that commits, a race, a question of which database it is.
SIGNS = re.compile(r"\b(IntegrityError|OperationalError|transaction=True|shared_database|vendor\b)")


def decided_by_the_database(folder: Path) -> set[str]:
    """The test files below a folder that ask what only a database can answer."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("test_*.py")
        if path != Path(__file__) and SIGNS.search(path.read_text(encoding="utf-8"))
    }


def test_every_file_that_asks_the_database_runs_on_both() -> None:
    found = decided_by_the_database(HERE)
    assert found
    assert found <= set(ON_BOTH)


def test_every_file_that_is_listed_is_there() -> None:
    assert [name for name in ON_BOTH if not (HERE / name).is_file()] == []


def test_a_file_that_is_not_listed_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "test_new.py").write_text("with pytest.raises(IntegrityError):\n")
    (tmp_path / "test_page.py").write_text("assert client.get('/')\n")
    assert decided_by_the_database(tmp_path) == {"test_new.py"}
