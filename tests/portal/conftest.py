"""The world that portal tests walk in, and the databases they walk on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.portal.once import made_once
from tests.portal.world import World, build_world

HERE = Path(__file__).parent
# What the database itself decides runs on SQLite too, all else in `make test` on PostgreSQL alone
# (decision 42): files that await a refusal, commit, race or ask which database it is, …
SIGNS = re.compile(r"\b(IntegrityError|OperationalError|transaction=True|shared_database|vendor\b)")
# … and files on searching in text, on loading the demo district and on the world itself.
ALSO = (
    "catalog/test_courses.py",
    "demo/test_command.py",
    "demo/test_load.py",
    "test_world.py",
)


def is_for_both(file: Path) -> bool:
    """Whether the tests of a file depend on the database they run on."""
    listed = file.is_relative_to(HERE) and str(file.relative_to(HERE)) in ALSO
    return listed or SIGNS.search(file.read_text(encoding="utf-8")) is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if item.path.is_relative_to(HERE)]
    both = {file for file in {item.path for item in here} if is_for_both(file)}
    for item in here:
        if item.path not in both:
            item.add_marker("one_database")
    refuse_mixed_files(here)


def refuse_mixed_files(items: list[pytest.Item]) -> None:
    """A test that commits empties the tables, and cannot while a file's world stands in them."""
    commits = {item.path for item in items if is_transactional(item)}
    stands = {item.path for item in items if "districts" in getattr(item, "fixturenames", ())}
    if mixed := sorted(str(file) for file in commits & stands):
        raise pytest.UsageError(
            f"{mixed[0]}: one test commits and another walks in the world. Put them into two files."
        )


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="module")
def districts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with made_once(build_world, django_db_blocker) as world:
        yield world


@pytest.fixture
def world(districts: World, db: None) -> World:
    """Two districts with about twenty people; see ``world.py`` for who is who."""
    return deepcopy(districts)
