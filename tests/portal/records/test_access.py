"""Who sees a student and the records: the policy row by row, for the object and for the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from pathloom.portal.accounts.models import RoleGrant, User
from pathloom.portal.core.access import AccessRule
from pathloom.portal.records.access import COURSE_RECORDS, STUDENTS, related, relations_to
from pathloom.portal.records.models import (
    CaseloadAssignment,
    CourseRecord,
    Enrollment,
    Guardianship,
    Student,
)
from pathloom.portal.records.roles import Relation, adult_if_born_by
from tests.portal.records.cast import TODAY, YESTERDAY, Cast

# Written from the policy by hand: person -> the students that person sees.
SEES: dict[str, set[str]] = {
    "mira": {"mira"},
    "noah": {"noah"},
    "ada": {"ada"},
    "kit": {"kit"},
    "zed": {"zed"},
    "gail": {"mira"},  # Ada is 18: her guardian sees nothing yet
    "greg": {"mira"},
    "bo": set(),
    "ed": set(),
    "una": {"noah"},
    "carla": {"mira", "ada"},
    "sam": set(),
    "finn": set(),
    "olga": set(),
    "tess": set(),
    "pia": {"mira", "noah", "ada"},
    "otto": set(),
    "paul": set(),
    "dana": {"mira", "noah", "ada", "kit"},
    "zack": {"zed"},
    "zora": {"zed"},
    "zoe": {"zed"},
    "zia": {"zed"},
}


def names(cast: Cast, user: User) -> set[str]:
    listed = set(STUDENTS.may_list(user).values_list("pk", flat=True))
    return {name for name, student in cast.students.items() if student.pk in listed}


def test_everybody_lists_exactly_the_students_of_the_policy(cast: Cast) -> None:
    assert set(SEES) == set(cast.users)
    assert {name: names(cast, cast.user(name)) for name in SEES} == SEES


@pytest.mark.parametrize("rule", [STUDENTS, COURSE_RECORDS], ids=lambda rule: rule.name)
def test_what_a_person_can_list_is_what_that_person_can_open(
    cast: Cast, rule: AccessRule[Student]
) -> None:
    everything = list(rule.may_list(cast.user("mira")).model._default_manager.all())
    assert len(everything) >= 5
    for user in User.objects.all():
        listed = set(rule.may_list(user))
        assert {each for each in everything if rule.may_open(user, each)} == listed


def test_course_records_follow_the_student(cast: Cast) -> None:
    for name, seen in SEES.items():
        listed = COURSE_RECORDS.may_list(cast.user(name))
        owners = {cast.students[each].pk for each in seen if each != "kit"}
        assert set(listed.values_list("student", flat=True)) == owners


def test_a_visitor_who_is_not_signed_in_sees_nobody(cast: Cast) -> None:
    assert not STUDENTS.may_list(AnonymousUser()).exists()
    assert not COURSE_RECORDS.may_list(AnonymousUser()).exists()
    assert relations_to(AnonymousUser(), cast.student("mira")) == ()


def test_a_person_without_a_district_sees_nobody(cast: Cast) -> None:
    User.objects.filter(pk=cast.users["dana"].pk).update(district=None)
    assert names(cast, cast.user("dana")) == set()


def bar(cast: Cast) -> None:
    Guardianship.objects.filter(guardian=cast.users["gail"]).update(barred_by_order=True)


def end_link(cast: Cast) -> None:
    Guardianship.objects.filter(guardian=cast.users["gail"]).update(ends_on=TODAY)


def birthday(cast: Cast) -> None:
    Student.objects.filter(pk=cast.students["mira"].pk).update(born_on=date(2008, 9, 15))


def unassign(cast: Cast) -> None:
    CaseloadAssignment.objects.filter(counselor=cast.users["carla"]).update(ends_on=TODAY)


def transfer(cast: Cast) -> None:
    mira = cast.students["mira"]
    Enrollment.objects.filter(student=mira).update(ends_on=TODAY)
    Enrollment.objects.create(
        student=mira, school=cast.other_high, grade=11, school_year="2026-27", starts_on=TODAY
    )


def end_role(name: str) -> Callable[[Cast], None]:
    def end(cast: Cast) -> None:
        RoleGrant.objects.filter(user=cast.users[name]).update(ends_on=YESTERDAY)

    return end


def deactivate(name: str) -> Callable[[Cast], None]:
    def close(cast: Cast) -> None:
        User.objects.filter(pk=cast.users[name].pk).update(is_active=False)

    return close


def move_away(name: str) -> Callable[[Cast], None]:
    def move(cast: Cast) -> None:
        User.objects.filter(pk=cast.users[name].pk).update(district=cast.other_district)

    return move


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("gail", bar),
        ("gail", end_link),
        ("gail", birthday),
        ("carla", unassign),
        ("carla", transfer),
        ("pia", transfer),
        *((name, end_role(name)) for name in ("mira", "gail", "carla", "pia", "dana")),
        *((name, deactivate(name)) for name in ("mira", "gail", "carla", "pia", "dana")),
        *((name, move_away(name)) for name in ("mira", "gail", "carla", "pia", "dana")),
    ],
)
def test_a_right_ends_in_the_request_in_which_the_relation_ends(
    cast: Cast, name: str, end: Callable[[Cast], None]
) -> None:
    mira = cast.student("mira")
    signed_in = cast.user(name)
    assert STUDENTS.may_open(signed_in, mira)
    end(cast)
    assert not STUDENTS.may_open(cast.user(name), cast.student("mira"))
    assert relations_to(cast.user(name), cast.student("mira")) == ()


def test_after_a_transfer_the_counselor_of_the_new_school_sees_the_student(cast: Cast) -> None:
    transfer(cast)
    assert names(cast, cast.user("olga")) == {"mira"}
    assert names(cast, cast.user("otto")) == {"mira"}
    assert names(cast, cast.user("dana")) == SEES["dana"]


def test_relations_are_told_apart(cast: Cast) -> None:
    mira = cast.student("mira")
    assert relations_to(cast.user("mira"), mira) == (Relation.OWN,)
    assert relations_to(cast.user("gail"), mira) == (Relation.CHILD,)
    assert relations_to(cast.user("carla"), mira) == (Relation.CASE,)
    assert relations_to(cast.user("pia"), mira) == (Relation.SCHOOL,)
    assert relations_to(cast.user("dana"), mira) == (Relation.DISTRICT,)
    assert relations_to(cast.user("zia"), mira) == ()
    assert not related(cast.user("dana")).exists()


@pytest.mark.parametrize("name", ["gail", "carla"])
def test_a_link_across_the_district_line_counts_for_nothing(cast: Cast, name: str) -> None:
    zed = cast.students["zed"]
    Guardianship.objects.create(guardian=cast.users["gail"], student=zed, relation="parent")
    CaseloadAssignment.objects.create(
        counselor=cast.users["carla"], student=zed, starts_on=YESTERDAY
    )
    Enrollment.objects.filter(student=zed).update(school=cast.high)
    assert names(cast, cast.user(name)) == SEES[name]
    assert relations_to(cast.user(name), cast.student("zed")) == ()
    assert not COURSE_RECORDS.may_list(cast.user(name)).filter(student=zed).exists()


def test_a_district_role_granted_at_one_school_reaches_no_student(cast: Cast) -> None:
    grant = RoleGrant.objects.filter(user=cast.users["dana"])
    grant.update(district=None, school=cast.high)
    assert names(cast, cast.user("dana")) == set()
    assert relations_to(cast.user("dana"), cast.student("mira")) == ()


def test_the_list_of_students_is_two_queries(
    cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    dana = cast.user("dana")
    assert dana.district is not None
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(STUDENTS.may_list(dana)) == 4


def test_the_adult_day_counts_leap_years(cast: Cast) -> None:
    assert adult_if_born_by(date(2026, 9, 15)) == date(2008, 9, 15)
    assert adult_if_born_by(date(2028, 2, 29)) == date(2010, 2, 28)
    assert CourseRecord.objects.filter(student=cast.students["zed"]).count() == 3
