"""Roles: held between two days, in one's own district, and never longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from pathloom.portal.accounts.access import signed_in_as
from pathloom.portal.accounts.models import District, RoleCode, RoleGrant, School, User
from pathloom.portal.accounts.queries import (
    holds_role,
    may,
    role_codes,
    roles_of,
    schools_where,
)
from pathloom.portal.accounts.roles import ROLES
from tests.portal.world import TODAY, World

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


def test_every_role_code_is_described_and_every_description_has_a_code() -> None:
    assert list(ROLES) == RoleCode.values


@pytest.mark.django_db
@given(start=DAYS, length=st.none() | st.integers(0, 900), day=DAYS)
def test_a_role_is_held_from_its_first_day_until_the_day_it_ends(
    start: date, length: int | None, day: date
) -> None:
    with transaction.atomic():
        school = _school("s")
        person = User.objects.create(username="p", district=school.district)
        ends = None if length is None else start + timedelta(days=length)
        RoleGrant.objects.create(
            user=person, role="teacher", school=school, starts_on=start, ends_on=ends
        )
        held = start <= day and (ends is None or day < ends)
        assert holds_role(person, "teacher", on=day) == held
        transaction.set_rollback(True)


def _school(slug: str) -> School:
    district = District.objects.create(slug=f"district-of-{slug}", name=slug, jurisdiction="us-ga")
    return School.objects.create(district=district, slug=slug, name=slug, level="high")


def test_the_first_role_in_the_order_of_precedence_leads(world: World) -> None:
    for role in ("partner", "guardian"):
        RoleGrant.objects.create(
            user=world["lind"], role=role, district=world.district, starts_on=TODAY
        )
    assert role_codes(world["lind"]) == ("guardian", "teacher", "partner")
    assert world["lind"].leading_role == "guardian"


def test_a_grant_in_another_district_counts_for_nothing(world: World) -> None:
    RoleGrant.objects.create(
        user=world["zed"], role="counselor", school=world.school, starts_on=TODAY
    )
    RoleGrant.objects.create(
        user=world["zed"], role="district_admin", district=world.district, starts_on=TODAY
    )
    assert role_codes(world["zed"]) == ("student",)
    assert not schools_where(world["zed"], "counselor").exists()
    assert not schools_where(world["zed"], "district_admin").exists()


def test_a_deactivated_person_and_a_stranger_hold_nothing(world: World) -> None:
    world["ortiz"].is_active = False
    assert role_codes(world["ortiz"]) == ()
    assert not roles_of(AnonymousUser()).exists()
    assert not may(AnonymousUser(), "plan.read")


def test_a_school_role_reaches_one_school_and_a_district_role_all_of_the_district(
    world: World,
) -> None:
    assert set(schools_where(world["halvorsen"], "school_admin")) == {world.school}
    assert set(schools_where(world["whitcomb"], "district_admin")) == {
        world.school,
        world.other_school,
    }
    assert set(schools_where(world["yates"], "district_admin")) == {world.stranger_school}


def test_permissions_are_those_of_the_roles_held(world: World) -> None:
    assert may(world["dana"], "plan.sign")
    assert not may(world["dana"], "plan.edit")
    assert not may(world["kessler"], "plan.read")
    assert not may(world["lind"], "plan.read")


@pytest.mark.parametrize(
    "fault",
    [
        {"role": "wizard"},
        {"district": None, "school": None},
        {"both": True},
        {"ends_on": TODAY - timedelta(days=1)},
    ],
    ids=["unknown role", "no scope", "two scopes", "ends before it starts"],
)
def test_the_database_refuses_a_wrong_grant(world: World, fault: dict[str, object]) -> None:
    values: dict[str, object] = {
        "user": world["lind"],
        "role": "teacher",
        "district": world.district,
        "starts_on": TODAY,
    }
    values |= {"school": world.school} if "both" in fault else fault
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(**values)


def test_the_database_refuses_a_color_that_is_none(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        School.objects.filter(pk=world.school.pk).update(brand_color="red}}x")


def test_a_page_for_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown roles"):
        signed_in_as("wizard")
