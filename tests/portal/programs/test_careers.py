"""The first page about careers: the families of jobs of the district, and all frameworks."""

from __future__ import annotations

import pytest
from django.test import Client

from pathloom.portal.accounts.models import District

pytestmark = pytest.mark.django_db
STEM, LIST = 'href="/careers/georgia/stem/"', 'href="/careers/illinois/"'


def test_careers_start_with_the_families_of_the_only_district(client: Client) -> None:
    District.objects.create(slug="one", name="One Schools", jurisdiction="us-ga")
    page = client.get("/careers/").content.decode()
    assert "Families of jobs" in page
    assert STEM in page
    assert LIST in page


@pytest.mark.parametrize("districts", [0, 2])
def test_careers_prefer_no_district_among_several(client: Client, districts: int) -> None:
    for name in ("one", "two")[:districts]:
        District.objects.create(slug=name, name=f"{name} Schools", jurisdiction="us-ga")
    page = client.get("/careers/").content.decode()
    assert STEM not in page
    assert LIST in page
