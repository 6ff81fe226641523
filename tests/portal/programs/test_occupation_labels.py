"""Labels of occupations: each says why it stands there; a district sets what they ask for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions.occupations import set_thresholds
from pathloom.portal.programs.models import DistrictThresholds
from pathloom.portal.programs.queries import occupations as queries
from tests.portal.programs.test_occupations import AT_SCHOOL, CIVIL, text
from tests.portal.records.cast import Cast, set_the_stage


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


def test_every_label_says_figure_threshold_source_and_year(cast: Cast, client: Client) -> None:
    page = text(client, CIVIL)
    assert "High-wage: yes" in page
    assert "<td>$99,590</td><td>$49,500</td><td>yes</td>" in page
    assert "Wage statistics 2024, United States" in page
    assert "No law sets these thresholds; they are ours." in page


def test_the_labels_of_a_school_follow_the_thresholds_of_its_district(
    cast: Cast, client: Client
) -> None:
    strict = replace(queries.thresholds_of(None), wage=99_590)
    set_thresholds(district=cast.district, thresholds=strict, by=cast.user("dana"))
    assert "High-wage: yes" in text(client, AT_SCHOOL)
    assert f"Set by {cast.district.name}." in text(client, AT_SCHOOL)
    stricter = replace(strict, wage=99_591)
    set_thresholds(district=cast.district, thresholds=stricter, by=cast.user("dana"))
    assert "High-wage: no" in text(client, AT_SCHOOL)
    assert "High-wage: yes" in text(client, CIVIL)
    events = Event.objects.filter(action="set_thresholds", district_id=cast.district.pk)
    assert [event.data["wage"] for event in events] == [99_590, 99_591]


@pytest.mark.parametrize("who", ["pia", "tess", "carla", "mira", "zia"])
def test_only_an_administrator_of_the_district_sets_thresholds(cast: Cast, who: str) -> None:
    with pytest.raises(UserError):
        set_thresholds(
            district=cast.district, thresholds=queries.thresholds_of(None), by=cast.user(who)
        )
    assert not DistrictThresholds.objects.exists()


def test_a_threshold_out_of_range_is_refused_everywhere(cast: Cast) -> None:
    wild = replace(queries.thresholds_of(None), wage=2_000_000)
    with pytest.raises(ValidationError):
        set_thresholds(district=cast.district, thresholds=wild, by=cast.user("dana"))
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictThresholds.objects.create(
            district=cast.district,
            education="award",
            wage=1,
            set_by=cast.user("dana"),
            set_at=timezone.now(),
        )


def sent(**changed: str) -> dict[str, str]:
    fields = {
        "education": "bachelor",
        "apprenticeship": "on",
        "wage": "60000",
        "growth": "5.5",
        "openings": "1000",
        "do": "save",
    }
    return fields | changed


def test_the_administrator_counts_first_and_then_saves(cast: Cast, client: Client) -> None:
    client.force_login(cast.user("dana"))
    page = text(client, "/staff/labels/")
    assert "these are the defaults" in page
    assert "of 1,016 jobs are High-wage" in page
    tried = client.post("/staff/labels/", sent(do="count", wage="1000000"))
    assert "Nothing is saved yet." in tried.content.decode()
    assert re.search(r'threshold-count">0</strong>', tried.content.decode())
    assert not DistrictThresholds.objects.exists()
    assert client.post("/staff/labels/", sent()).status_code == 302
    kept = DistrictThresholds.objects.get()
    assert (kept.education, kept.wage, kept.growth, kept.openings) == ("bachelor", 60000, 55, 1000)
    assert "district’s own" in text(client, "/staff/labels/")
    client.post("/staff/labels/", sent(growth=""))
    kept.refresh_from_db()
    assert kept.growth is None
    unticked = sent()
    del unticked["apprenticeship"]
    client.post("/staff/labels/", unticked)
    kept.refresh_from_db()
    assert (kept.growth, kept.apprenticeship) == (55, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"wage": "-1"},
        {"wage": "much"},
        {"wage": ""},
        {"wage": "9" * 40},
        {"growth": "5.55"},
        {"growth": "NaN"},
        {"growth": "-100.1"},
        {"growth": "1e9"},
        {"openings": "-5"},
        {"openings": "9" * 30},
        {"education": "kindergarten"},
        {"growth": "", "openings": ""},
    ],
)
def test_a_wrong_threshold_is_named_and_nothing_is_saved(
    cast: Cast, client: Client, wrong: dict[str, str]
) -> None:
    client.force_login(cast.user("dana"))
    answer = client.post("/staff/labels/", sent(**wrong))
    assert answer.status_code == 422
    assert "Nothing is saved." in answer.content.decode()
    assert not DistrictThresholds.objects.exists()
