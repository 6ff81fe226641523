"""What day it is in a district."""

from datetime import date
from typing import Protocol

from django.utils import timezone


class HasDemoDay(Protocol):
    """A district: in a demonstration its day is fixed, so that its records do not age."""

    demo_today: date | None


def today(district: HasDemoDay | None) -> date:
    """The school day it is now: the demo day where one is set, else the local date."""
    if district is not None and district.demo_today is not None:
        return district.demo_today
    return timezone.localdate()
