"""Kept frameworks are the same ones, for as long as nothing has changed, and run no code."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from pathloom.engine import kept
from pathloom.engine.taxonomy import PACKAGED, FrameworkError, Taxonomy, load_taxonomy, packaged


@pytest.fixture(scope="module")
def read() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One framework, without a crosswalk."""
    folder = tmp_path / "frameworks"
    folder.mkdir()
    shutil.copy(PACKAGED / "illinois.yaml", folder)
    return folder


def test_what_is_kept_equals_what_is_read(read: Taxonomy, tmp_path: Path) -> None:
    load_taxonomy(cache=tmp_path / "kept")
    again = load_taxonomy(cache=tmp_path / "kept")

    assert again is not read
    assert again == read
    assert [each.id for each in read.frameworks] == sorted(each.id for each in read.frameworks)
    assert read.crosswalks


def test_the_second_time_no_file_is_parsed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_taxonomy(root, cache=tmp_path / "kept")
    monkeypatch.setattr(packaged, "_read", None)

    assert load_taxonomy(root, cache=tmp_path / "kept").frameworks[0].id == "illinois"


def test_a_change_of_a_file_is_seen(root: Path, tmp_path: Path) -> None:
    before = load_taxonomy(root, cache=tmp_path / "kept").frameworks[0]
    path = root / "illinois.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before.title, "Other", 1), "utf-8")

    assert load_taxonomy(root, cache=tmp_path / "kept").frameworks[0].title == "Other"


def test_a_mistake_is_said_and_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    (root / "illinois.yaml").write_text("a: [", encoding="utf-8")

    with pytest.raises(FrameworkError):
        load_taxonomy(root, cache=tmp_path / "kept")

    assert not (tmp_path / "kept").exists()


class Bomb:
    """A pickle that would write a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_a_cache_that_would_run_code_is_read_anew(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, struck = tmp_path / "kept", tmp_path / "struck"
    load_taxonomy(root, cache=place)
    key, _, _rest = place.read_bytes().partition(b"\n")
    place.write_bytes(key + b"\n" + pickle.dumps(Bomb(struck)))

    assert load_taxonomy(root, cache=place).frameworks[0].id == "illinois"
    assert not struck.exists()


def test_only_the_values_that_are_named_are_made(tmp_path: Path) -> None:
    kept.keep(tmp_path / "kept", "key", (1, Path("a")))

    assert kept.read_kept(tmp_path / "kept", "key", kind=tuple, made=()) is None
    assert kept.read_kept(tmp_path / "kept", "other", kind=tuple, made=()) is None
