"""The world that portal tests walk in."""

from __future__ import annotations

import pytest

from tests.portal.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """Two districts with about twenty people; see ``world.py`` for who is who."""
    return build_world()
