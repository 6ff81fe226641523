"""The world that portal tests walk in, and the databases they walk on."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.portal.once import made_once
from tests.portal.world import World, build_world

HERE = Path(__file__).parent
# What the database itself decides: locks, constraints, triggers, searching, loading the demo.
# `make test` runs these on SQLite too; all others on PostgreSQL alone (decision 42).
ON_BOTH = (
    "accounts/test_roles.py",
    "catalog/test_courses.py",
    "core/test_events.py",
    "demo/test_command.py",
    "demo/test_load.py",
    "plans/test_concurrency.py",
    "plans/test_jobs.py",
    "plans/test_models.py",
    "plans/test_wishes.py",
    "programs/test_publish.py",
    "records/test_exceptions.py",
    "test_world.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    both = {HERE / name for name in ON_BOTH}
    for item in items:
        if item.path.is_relative_to(HERE) and item.path not in both:
            item.add_marker("one_database")


@pytest.fixture(scope="module")
def districts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with made_once(build_world, django_db_blocker) as world:
        yield world


@pytest.fixture
def world(districts: World, db: None) -> World:
    """Two districts with about twenty people; see ``world.py`` for who is who."""
    return deepcopy(districts)
