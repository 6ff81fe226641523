"""The event log: a chain that nobody alters unseen, and that writers never fork."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from pathloom.portal.accounts.models import District, User
from pathloom.portal.core.events import GENESIS, first_broken_link, hash_of, record_event
from pathloom.portal.core.models import ChainHead, Event

MAGNOLIA, CYPRESS = 1, 2


def write(count: int, district_id: int = MAGNOLIA, **more: object) -> list[Event]:
    thing = District(pk=7)
    return [
        record_event(
            by=None,
            action=f"thing {number}",
            obj=thing,
            district_id=district_id,
            data={"number": number, "words": ["é", "\u2019"], **more},
        )
        for number in range(count)
    ]


@pytest.mark.django_db
def test_every_event_continues_the_one_before_it() -> None:
    first, second = write(2)
    assert (first.number, first.previous_hash) == (1, GENESIS)
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert first_broken_link(MAGNOLIA) is None


@pytest.mark.django_db
def test_each_district_has_its_own_chain() -> None:
    write(3)
    stranger = write(1, CYPRESS)[0]
    assert (stranger.number, stranger.previous_hash) == (1, GENESIS)
    assert first_broken_link(CYPRESS) is None


@pytest.mark.django_db
def test_an_event_says_who_acted_and_in_which_role() -> None:
    person = User.objects.create(username="ortiz", display_name="Rosa Ortiz")
    event = record_event(by=person, action="look", obj=person, district_id=1, role="counselor")
    assert (event.actor_id, event.actor_name, event.actor_role) == (
        person.pk,
        "Rosa Ortiz",
        "counselor",
    )
    assert (event.object_type, event.object_id) == ("accounts.User", str(person.pk))


@pytest.mark.django_db
def test_a_float_in_an_event_is_refused() -> None:
    with pytest.raises(ValueError, match="Record credits in hundredths"):
        write(1, credits=0.5)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_event_of_a_failed_action_is_not_recorded() -> None:
    with pytest.raises(ZeroDivisionError):
        _write_then_fail()
    assert not Event.objects.exists()
    write(1)
    assert first_broken_link(MAGNOLIA) is None


@transaction.atomic
def _write_then_fail() -> None:
    write(1)
    raise ZeroDivisionError


def _changed(field: str, value: object) -> Callable[[], None]:
    def plant() -> None:
        Event.objects.filter(district_id=MAGNOLIA, number=3).update(**{field: value})

    return plant


def _deleted(number: int) -> Callable[[], None]:
    def plant() -> None:
        Event.objects.filter(district_id=MAGNOLIA, number=number).delete()

    return plant


def _truncated_in_the_middle() -> None:
    Event.objects.filter(district_id=MAGNOLIA, number__in=(2, 3)).delete()
    Event.objects.filter(district_id=MAGNOLIA, number=4).update(number=2)


def _inserted() -> None:
    false = Event.objects.get(district_id=MAGNOLIA, number=3)
    for event in Event.objects.filter(district_id=MAGNOLIA, number__gte=3).order_by("-number"):
        Event.objects.filter(pk=event.pk).update(number=event.number + 1)
    false.pk = None
    false.action = "never happened"
    false.previous_hash = "1" * 64
    false.hash = "2" * 64
    false.save(force_insert=True)


def _reordered() -> None:
    rows = Event.objects.filter(district_id=MAGNOLIA)
    for number, other in ((3, 99), (4, 3), (99, 4)):
        rows.filter(number=number).update(number=other)


def _forged(event: Event, **change: object) -> None:
    """Change an event and make its own hash right again, as one who knows the program can."""
    for field, value in change.items():
        setattr(event, field, value)
    event.hash = hash_of(event)
    event.save()


def _rewritten_with_its_hash() -> None:
    _forged(Event.objects.get(district_id=MAGNOLIA, number=3), action="another thing")


def _deleted_and_joined_again() -> None:
    _deleted(3)()
    previous = Event.objects.get(district_id=MAGNOLIA, number=2)
    for event in Event.objects.filter(district_id=MAGNOLIA, number__gt=3).order_by("number"):
        _forged(event, previous_hash=previous.hash)
        previous = event
    ChainHead.objects.filter(district_id=MAGNOLIA).update(hash=previous.hash)


PLANTED: dict[str, tuple[Callable[[], None], int]] = {
    "action changed": (_changed("action", "another thing"), 3),
    "data changed": (_changed("data", {"number": 9}), 3),
    "time changed": (_changed("at", "2020-01-01T00:00:00Z"), 3),
    "person changed": (_changed("actor_name", "Somebody else"), 3),
    "student changed": (_changed("student_id", 12), 3),
    "hash changed": (_changed("hash", "f" * 64), 3),
    "first deleted": (_deleted(1), 1),
    "middle deleted": (_deleted(3), 3),
    "last deleted": (_deleted(5), 5),
    "truncated in the middle": (_truncated_in_the_middle, 2),
    "inserted": (_inserted, 3),
    "rewritten with its hash": (_rewritten_with_its_hash, 4),
    "deleted and joined again": (_deleted_and_joined_again, 3),
    "reordered": (_reordered, 3),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_at_its_place(fault: str) -> None:
    write(5)
    write(2, CYPRESS)
    plant, number = PLANTED[fault]
    plant()
    broken = first_broken_link(MAGNOLIA)
    assert broken is not None
    assert broken.number == number
    assert first_broken_link(CYPRESS) is None


OTHER: dict[type, object] = {int: 987_654, str: "other", dict: {"other": 1}, type(None): 987_654}
FIELDS = [field.attname for field in Event._meta.concrete_fields if field.attname != "id"]


@pytest.mark.django_db
@given(field=st.sampled_from(FIELDS), number=st.integers(1, 4))
def test_a_change_of_any_field_of_any_event_is_found(field: str, number: int) -> None:
    with transaction.atomic():
        event = write(4)[number - 1]
        value = getattr(event, field)
        other = value + timedelta(microseconds=1) if field == "at" else OTHER[type(value)]
        Event.objects.filter(pk=event.pk).update(**{field: other})
        assert first_broken_link(MAGNOLIA) is not None
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_chain_without_its_head_is_broken() -> None:
    write(2)
    ChainHead.objects.all().delete()
    broken = first_broken_link(MAGNOLIA)
    assert broken is not None
    assert broken.what == "the head is missing"


@pytest.mark.django_db
def test_the_command_says_that_every_link_holds(capsys: pytest.CaptureFixture[str]) -> None:
    write(2)
    write(2, CYPRESS)
    call_command("verify_events")
    assert "2 chains verified; every link holds." in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_names_the_first_broken_link_and_fails() -> None:
    write(4)
    _changed("action", "another thing")()
    with pytest.raises(CommandError, match="district 1, event 3: its content is not") as raised:
        call_command("verify_events")
    assert raised.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_never_fork_the_chain() -> None:
    threads = [threading.Thread(target=_write_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.count() == 20
    assert first_broken_link(MAGNOLIA) is None


def _write_and_close() -> None:
    try:
        for _ in range(5):
            with transaction.atomic():
                write(1)
    finally:
        connection.close()


@pytest.mark.django_db
def test_the_database_refuses_a_fork() -> None:
    first = write(2)[0]
    fork = Event.objects.get(pk=first.pk)
    fork.pk, fork.number, fork.hash = None, 9, "3" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save(force_insert=True)
