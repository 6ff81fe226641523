"""The cast as a fixture: made once for a module, and for each test as it was."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.portal.once import made_once
from tests.portal.records.cast import Cast, set_the_stage


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with made_once(set_the_stage, django_db_blocker) as cast:
        yield cast


@pytest.fixture
def cast(stage: Cast, db: None) -> Cast:
    return deepcopy(stage)
