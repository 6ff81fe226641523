"""A kept rulebook is the same one, for as long as nothing has changed, and runs no code."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.kept import keep
from pathloom.engine.rules import load
from pathloom.engine.rules.cache import key_of, read_kept
from pathloom.engine.rules.load import PACKAGED, load_rulebook, rule_files
from pathloom.engine.rules.nodes import Kind, Rulebook
from tests.engine.rules.right import RIGHT


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    """Files are read once per process; these tests want to read them again."""
    load._load_rulebook.cache_clear()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "us-sc").mkdir(parents=True)
    (folder / "us-sc" / "diploma.yaml").write_text(RIGHT, encoding="utf-8")
    return folder


def again(root: Path, cache: Path) -> Rulebook:
    load._load_rulebook.cache_clear()
    return load_rulebook(root, cache=cache)


def test_what_is_kept_equals_what_is_read(tmp_path: Path) -> None:
    first = load_rulebook(cache=tmp_path / "kept")
    second = again(PACKAGED, tmp_path / "kept")

    assert second is not first
    assert second == first == load_rulebook()


def test_the_second_time_no_rule_file_is_parsed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rulebook(root, cache=tmp_path / "kept")
    monkeypatch.setattr(load, "_read_rulebook", None)

    assert again(root, tmp_path / "kept").files[0].id == "us-sc/diploma"


def test_what_is_kept_is_read_in_every_python(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11.2 writes members of enumerations as calls of ``getattr``, later ones do not."""
    by_name = lambda self, _: (getattr, (type(self), self.name))  # noqa: E731
    monkeypatch.setattr(Kind, "__reduce_ex__", by_name)
    load_rulebook(root, cache=tmp_path / "kept")
    monkeypatch.setattr(load, "_read_rulebook", None)

    assert again(root, tmp_path / "kept").files[0].id == "us-sc/diploma"


def test_a_change_of_a_file_is_seen(root: Path, tmp_path: Path) -> None:
    load_rulebook(root, cache=tmp_path / "kept")
    path = root / "us-sc" / "diploma.yaml"
    path.write_text(RIGHT.replace("A Diploma", "Another Diploma"), encoding="utf-8")

    assert again(root, tmp_path / "kept").files[0].title == "Another Diploma"


def test_a_new_file_is_seen(root: Path, tmp_path: Path) -> None:
    load_rulebook(root, cache=tmp_path / "kept")
    text = RIGHT.replace("us-sc", "us-nc")
    (root / "us-nc").mkdir()
    (root / "us-nc" / "diploma.yaml").write_text(text, encoding="utf-8")

    assert len(again(root, tmp_path / "kept").files) == 2


def test_a_mistake_is_said_and_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    (root / "us-sc" / "diploma.yaml").write_text("a: [", encoding="utf-8")

    with pytest.raises(RuleError):
        load_rulebook(root, cache=tmp_path / "kept")

    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"KEY\n", b"KEY\nnonsense", b"KEY\n\x80\x05"]
)
def test_a_broken_cache_is_no_cache(root: Path, tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "kept"
    key = key_of(rule_files(root))
    kept.write_bytes(content.replace(b"KEY", key.encode()))

    assert read_kept(kept, key) is None


class Bomb:
    """A pickle that would write a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_a_cache_that_would_run_code_is_refused(tmp_path: Path) -> None:
    struck = tmp_path / "struck"
    kept = tmp_path / "kept"
    kept.write_bytes(b"key\n" + pickle.dumps(Bomb(struck)))

    assert read_kept(kept, "key") is None
    assert not struck.exists()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(root: Path, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "kept"

    assert load_rulebook(root, cache=missing).files[0].id == "us-sc/diploma"
    assert not missing.exists()


def test_no_half_written_file_stays(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    keep(folder / "kept", "key", load_rulebook(root))

    assert [path.name for path in folder.iterdir()] == ["kept"]


def test_the_code_that_reads_is_part_of_the_key(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code" / "rules"
    code.mkdir(parents=True)
    for name in ("nodes.py", "../units.py"):
        (code / name).write_text("before", encoding="utf-8")
    monkeypatch.setattr("pathloom.engine.rules.cache._CODE", code)
    before = key_of(rule_files(root))
    (code / "nodes.py").write_text("after!", encoding="utf-8")

    assert key_of(rule_files(root)) != before
    shutil.rmtree(code)
