"""Whom the event log names."""

from __future__ import annotations

from pathloom.portal.core.events import record_event
from tests.portal.world import World


def test_an_event_names_the_leading_role_where_none_is_said(world: World) -> None:
    event = record_event(by=world["ortiz"], action="look", obj=world.school, district_id=1)
    assert event.actor_role == "counselor"
    nobody = record_event(by=None, action="look", obj=world.school, district_id=1)
    assert (nobody.actor_id, nobody.actor_role) == (None, "system")
