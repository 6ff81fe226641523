"""The cast, made anew for each test."""

from __future__ import annotations

import pytest

from tests.portal.records.cast import Cast, set_the_stage


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()
