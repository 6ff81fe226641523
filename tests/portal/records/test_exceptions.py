"""Staff exceptions: who may ask for, grant and end one, what the rules heed, what stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pathloom.portal.accounts.models import District
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.models import Event
from pathloom.portal.records.actions import add_exception, end_exception, grant_exception
from pathloom.portal.records.models import CourseRecord, StaffException
from pathloom.portal.records.snapshot import record_hash, record_of, records_of
from tests.portal.records.cast import TODAY, YESTERDAY, Cast, give

WHY = "The course was not offered."
Fields = dict[str, Any]


def ask(cast: Cast, by: str = "carla", **said: Any) -> StaffException:
    fields: Fields = {"kind": "excuse", "requirement": "fitness", "why": WHY} | said
    return add_exception(student=cast.student("mira"), by=cast.user(by), **fields)


def drawing(cast: Cast) -> CourseRecord:
    return cast.student("mira").course_records.get(title="Drawing")


def let_counselors_grant(cast: Cast) -> None:
    District.objects.filter(pk=cast.district.pk).update(counselors_grant=True)


def last_event() -> Event:
    return Event.objects.order_by("number").last()  # type: ignore[return-value]


def test_a_counselor_asks_and_nothing_holds_before_the_school_grants_it(cast: Cast) -> None:
    asked = ask(cast)
    assert (asked.proposed_by_name, asked.granted_at, asked.holds_from) == ("Carla", None, None)
    assert record_of(cast.student("mira")).exceptions == ()
    granted = grant_exception(exception=asked, by=cast.user("pia"))
    held = record_of(cast.student("mira")).exceptions
    assert [(each.by, each.on, each.why) for each in held] == [("Pia", TODAY, WHY)]
    assert granted.holds_from == TODAY


def test_the_school_decides_at_once(cast: Cast) -> None:
    asked = ask(cast, "pia")
    assert (asked.granted_by_name, asked.holds_from) == ("Pia", TODAY)
    assert last_event().action == "records.add_exception"
    assert last_event().actor_role == "school_admin"


def test_a_district_may_let_the_counselor_decide(cast: Cast) -> None:
    let_counselors_grant(cast)
    asked = ask(cast)
    assert asked.granted_by_name == "Carla"
    ended = end_exception(exception=asked, by=cast.user("carla"))
    assert ended.ended_by_name == "Carla"


@pytest.mark.parametrize(
    "who", ["mira", "gail", "sam", "finn", "olga", "tess", "otto", "dana", "zack", "zora", "zia"]
)
def test_nobody_else_asks_grants_or_ends(cast: Cast, who: str) -> None:
    let_counselors_grant(cast)
    asked = ask(cast, "pia", requirement="science")
    waiting = StaffException.objects.create(
        **{**values(cast), "requirement": "fitness", "why": WHY}
    )
    before = StaffException.objects.count()
    for act in (
        lambda: ask(cast, who, requirement="technology"),
        lambda: grant_exception(exception=waiting, by=cast.user(who)),
        lambda: end_exception(exception=asked, by=cast.user(who)),
    ):
        with pytest.raises(UserError, match="You may not decide this"):
            act()
    assert StaffException.objects.count() == before
    assert not StaffException.objects.filter(pk=waiting.pk, granted_at__isnull=False).exists()
    assert not StaffException.objects.filter(ended_at__isnull=False).exists()


def test_an_ended_exception_stays_and_holds_no_more(cast: Cast) -> None:
    asked = ask(cast, "pia")
    end_exception(exception=asked, by=cast.user("pia"))
    assert record_of(cast.student("mira")).exceptions == ()
    kept = StaffException.objects.get(pk=asked.pk)
    assert (kept.why, kept.ended_by_name) == (WHY, "Pia")
    with pytest.raises(UserError, match="already ended"):
        end_exception(exception=asked, by=cast.user("pia"))


def test_a_counselor_may_take_back_what_is_only_asked_for(cast: Cast) -> None:
    asked = ask(cast)
    end_exception(exception=asked, by=cast.user("carla"))
    with pytest.raises(UserError, match="already granted or ended"):
        grant_exception(exception=asked, by=cast.user("pia"))


def test_each_action_records_one_event_without_the_words(cast: Cast) -> None:
    count = Event.objects.count()
    asked = ask(cast)
    grant_exception(exception=asked, by=cast.user("pia"))
    end_exception(exception=asked, by=cast.user("pia"))
    made = list(Event.objects.order_by("number"))[count:]
    assert [event.action for event in made] == [
        "records.add_exception",
        "records.grant_exception",
        "records.end_exception",
    ]
    assert [event.data["holds"] for event in made] == [False, True, False]
    assert all(event.student_id == cast.student("mira").pk for event in made)
    assert WHY not in str([event.data for event in made])


def test_an_exception_holds_through_its_last_day(cast: Cast) -> None:
    ask(cast, "pia", until=TODAY + timedelta(days=2))
    for days, held in ((0, 1), (2, 1), (3, 0)):
        record = record_of(cast.student("mira"), on=TODAY + timedelta(days=days))
        assert len(record.exceptions) == held


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"why": "  "}, "The reason is missing"),
        ({"why": "x" * 2001}, "2001 characters"),
        ({"kind": "wish"}, "no such exception"),
        ({"requirement": ""}, "not clear which requirement"),
        ({"requirement": "gymnastic"}, "gymnastic"),
        ({"until": YESTERDAY}, "This day is over"),
        ({"kind": "substitute", "requirement": "science"}, "not clear which course"),
        ({"kind": "credit_override", "requirement": ""}, "not clear which course"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, said: Fields, message: str) -> None:
    with pytest.raises(UserError, match=message):
        ask(cast, "pia", **said)
    assert not StaffException.objects.exists()


def test_a_course_of_another_student_is_refused(cast: Cast) -> None:
    strange = give(cast.student("noah"), "BAND", term="2025-26 fall")
    with pytest.raises(UserError, match="not on the student’s record"):
        ask(cast, "pia", kind="substitute", requirement="science", record=strange)


def test_the_same_exception_is_not_asked_for_twice(cast: Cast) -> None:
    asked = ask(cast)
    with pytest.raises(UserError, match="there already"):
        ask(cast)
    end_exception(exception=asked, by=cast.user("carla"))
    assert ask(cast).pk != asked.pk


def test_a_substitute_and_another_credit_reach_the_engine(cast: Cast) -> None:
    course = drawing(cast)
    ask(cast, "pia", kind="substitute", requirement="technology", record=course)
    ask(cast, "pia", kind="credit_override", requirement="", record=course, credits=150)
    first, second = record_of(cast.student("mira")).exceptions
    assert (first.kind, first.requirement, first.record) == (
        "substitute",
        "technology",
        str(course.pk),
    )
    assert (second.kind, second.record, second.credits) == (
        "credit_override",
        str(course.pk),
        150,
    )


def test_exceptions_of_many_students_are_read_at_once(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    ask(cast, "pia")
    students = [cast.student(name) for name in ("mira", "noah", "ada")]
    with django_assert_num_queries(4):
        records = records_of(students)
    assert [len(records[student.pk].exceptions) for student in students] == [1, 0, 0]


def test_an_exception_is_part_of_what_the_record_says(cast: Cast) -> None:
    before = record_hash(record_of(cast.student("mira")))
    asked = ask(cast, "pia")
    assert record_hash(record_of(cast.student("mira"))) != before
    end_exception(exception=asked, by=cast.user("pia"))
    assert record_hash(record_of(cast.student("mira"))) == before


def values(cast: Cast) -> Fields:
    return {
        "student": cast.student("mira"),
        "kind": "excuse",
        "requirement": "science",
        "why": WHY,
        "proposed_by": cast.user("carla"),
        "proposed_by_name": "Carla",
        "proposed_at": timezone.now(),
    }


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "wish"},
        {"requirement": ""},
        {"why": ""},
        {"proposed_by_name": ""},
        {"kind": "substitute"},
        {"kind": "credit_override"},
        {"granted_at": "2026-09-15T12:00:00Z"},
        {"holds_from": TODAY},
        {"granted_by_name": "Pia"},
        {"ended_at": "2026-09-15T12:00:00Z"},
        {"ended_by_name": "Pia"},
    ],
)
def test_the_database_refuses_half_an_exception(cast: Cast, fault: Fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffException.objects.create(**{**values(cast), **fault})


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "excuse"},
        {"requirement": "", "kind": "substitute"},
        {"credits": 50, "kind": "substitute"},
        {"lowers_total": True, "kind": "substitute"},
        {"requirement": "science", "kind": "credit_override"},
        {"requirement": "", "kind": "credit_override", "lowers_total": True},
    ],
)
def test_the_database_refuses_fields_of_another_kind(cast: Cast, fault: Fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffException.objects.create(**{**values(cast), "record": drawing(cast), **fault})


def test_the_database_refuses_an_end_before_the_start(cast: Cast) -> None:
    granted = {"granted_by": cast.user("pia"), "granted_by_name": "Pia", "holds_from": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffException.objects.create(
            **{**values(cast), **granted, "granted_at": timezone.now(), "until": YESTERDAY}
        )


@pytest.mark.parametrize(
    "change",
    [
        {"why": "Another reason."},
        {"requirement": "english"},
        {"credits": 50},
        {"lowers_total": True},
        {"until": date(2030, 1, 1)},
        {"proposed_by_name": "Somebody"},
        {"granted_by_name": "Somebody"},
        {"holds_from": date(2020, 1, 1)},
        {"ended_by_name": "Somebody"},
        {"ended_by": None, "ended_by_name": "", "ended_at": None},
    ],
)
def test_what_was_decided_is_never_rewritten(cast: Cast, change: Fields) -> None:
    asked = end_exception(exception=ask(cast, "pia"), by=cast.user("pia"))
    row = StaffException.objects.filter(pk=asked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**change)
    assert row.get().why == WHY
