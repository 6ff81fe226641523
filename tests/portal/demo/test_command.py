"""The command that loads the demo district, where there is no demonstration."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from pathloom.portal.accounts.models import District, User


@pytest.mark.django_db
def test_demo_people_are_refused_outside_a_demonstration(settings: Settings) -> None:
    settings.PATHLOOM_DEMO = False
    with pytest.raises(CommandError, match="Set PATHLOOM_DEMO=true"):
        call_command("load_demo")
    assert not User.objects.exists()
    assert not District.objects.exists()
