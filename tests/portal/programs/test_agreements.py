"""Agreements with colleges: published by the district, checked, and what a school's plans use."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from pathloom.engine.catalog import Agreements
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.programs.actions.agreements import publish_agreements
from pathloom.portal.programs.models import CollegeAgreements, ProgramVersion
from pathloom.portal.programs.queries.agreements import seen_hash
from pathloom.portal.programs.snapshot import agreements_for, catalog_with_families
from tests.portal.records.cast import Cast, set_the_stage

CONTENT: dict[str, Any] = {
    "institutions": [
        {
            "id": "fern",
            "title": "Fern College",
            "courses": [{"code": "ENG 1", "title": "Engineering", "hours": 3}],
        }
    ],
    "agreements": [
        {
            "id": "eng",
            "kind": "articulated",
            "course": "ENG-1",
            "institution": "fern",
            "college_course": "ENG 1",
            "valid_from": "2024-25",
            "source": {"url": "https://fern.example/", "read_on": "2026-09-01"},
        }
    ],
}


@pytest.fixture
def cast(db: None) -> Cast:
    return set_the_stage()


def draft(cast: Cast, *, number: int = 1, **parts: Any) -> CollegeAgreements:
    return CollegeAgreements.objects.create(
        district=cast.high.district,
        number=number,
        content=CONTENT | parts,
        author=cast.user("tess"),
        submitted_at=timezone.now(),
    )


def publish(version: CollegeAgreements, *, by: User) -> None:
    publish_agreements(version, by=by, seen=seen_hash(version))


def test_agreements_hold_once_the_district_has_published_them(cast: Cast) -> None:
    version = draft(cast)
    assert agreements_for(cast.high.district_id) is None

    publish(version, by=cast.user("dana"))

    found = agreements_for(cast.high.district_id)
    assert isinstance(found, Agreements)
    assert [each.id for each in found.agreements] == ["eng"]
    event = Event.objects.get(action="publish_agreements")
    assert event.data == {"number": 1}


def test_agreements_of_one_district_are_none_of_another(cast: Cast) -> None:
    publish(draft(cast), by=cast.user("dana"))
    assert agreements_for(cast.user("zia").district_id) is None


def test_the_newest_published_version_holds(cast: Cast) -> None:
    first, second = draft(cast), draft(cast, number=2, agreements=[])
    publish(first, by=cast.user("dana"))
    publish(second, by=cast.user("dana"))
    draft(cast, number=3)

    found = agreements_for(cast.high.district_id)
    assert found is not None
    assert found.agreements == ()


@pytest.mark.parametrize("name", ["pia", "tess", "carla", "zia", "gail"])
def test_only_the_district_publishes_its_agreements(cast: Cast, name: str) -> None:
    version = draft(cast)
    with pytest.raises(UserError, match="may not publish agreements"):
        publish(version, by=cast.user(name))
    assert agreements_for(cast.high.district_id) is None


def test_nobody_publishes_agreements_that_they_wrote(cast: Cast) -> None:
    version = draft(cast)
    CollegeAgreements.objects.update(author=cast.user("dana"))
    with pytest.raises(UserError, match="You wrote this version"):
        publish(version, by=cast.user("dana"))


def test_agreements_are_published_once_and_in_order(cast: Cast) -> None:
    first, second = draft(cast), draft(cast, number=2)
    publish(second, by=cast.user("dana"))
    with pytest.raises(UserError, match="published already"):
        publish(second, by=cast.user("dana"))
    with pytest.raises(UserError, match="A later version is published"):
        publish(first, by=cast.user("dana"))


def test_mistakes_hold_back_publication_all_at_once(cast: Cast) -> None:
    wrong = CONTENT["agreements"][0] | {"course": "ENG-9", "college_course": "ENG 2"}
    version = draft(cast, agreements=[wrong])
    with pytest.raises(UserError) as caught:
        publish(version, by=cast.user("dana"))
    assert "ENG-9" in caught.value.message
    assert "ENG 2" in caught.value.message


def test_agreements_of_a_wrong_form_are_refused(cast: Cast) -> None:
    version = draft(cast, instituitons=[])
    with pytest.raises(UserError, match="instituitons"):
        publish(version, by=cast.user("dana"))


def _program_says(cast: Cast, **parts: Any) -> None:
    steps = [{"courses": ["TEC-1"], "grade": 11}, {"courses": ["TEC-2"], "grade": 12}]
    earned = [{"title": "End test", "grade": 12}, {"title": "Diploma", "after": "associate"}]
    content = {"steps": steps, "credentials": earned} | parts
    ProgramVersion.objects.filter(publication__isnull=False).update(content=content, title="Tech")


def test_a_catalog_names_the_credentials_that_published_programs_prepare_for(cast: Cast) -> None:
    _program_says(cast)
    (found,) = catalog_with_families(cast.high).credentials
    assert (found.title, found.courses) == ("End test: Tech", ("TEC-1", "TEC-2"))


def test_a_program_with_a_choice_of_courses_names_no_credential(cast: Cast) -> None:
    _program_says(cast, steps=[{"courses": ["TEC-1", "TEC-2"], "grade": 11}])
    assert catalog_with_families(cast.high).credentials == ()
