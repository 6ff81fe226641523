"""What day it is."""

from __future__ import annotations

from datetime import date

import time_machine

from pathloom.portal.accounts.models import District
from pathloom.portal.core.queries import today


@time_machine.travel("2026-11-22T03:30:00Z", tick=False)
def test_today_is_the_local_day_of_the_server() -> None:
    assert today(District()) == date(2026, 11, 21)
    assert today(None) == date(2026, 11, 21)


def test_a_demo_district_stays_on_its_day() -> None:
    assert today(District(demo_today=date(2026, 9, 1))) == date(2026, 9, 1)
