"""The hash-chained event log: writing one event, and finding the first broken link."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from pathloom.portal.core.models import ChainHead, Event

GENESIS = "0" * 64
SYSTEM = "system"


class Actor(Protocol):
    """Whoever acts: a person with a name and the role they lead with."""

    pk: Any

    def get_full_name(self) -> str: ...

    @property
    def leading_role(self) -> str: ...


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a chain that is not what was written."""

    district_id: int
    number: int
    what: str

    def __str__(self) -> str:
        return f"district {self.district_id}, event {self.number}: {self.what}"


def record_event(
    *,
    by: Actor | None,
    action: str,
    obj: models.Model,
    district_id: int,
    student_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    role: str = "",
) -> Event:
    """Append one event to the district's chain, inside the caller's transaction.

    Writers take turns: the update of the head row holds a row lock on PostgreSQL and the
    write lock on SQLite until the transaction ends.

    Args:
        by: the person; None is the system itself.
        obj: what was acted on; only its type and primary key are kept.
        data: JSON values without floats, so that the hash does not depend on number formats.
        role: the role acted in, where the person's leading role is not the one.
    """
    event = Event(
        district_id=district_id,
        at=timezone.now(),
        actor_id=None if by is None else by.pk,
        actor_name=SYSTEM if by is None else by.get_full_name(),
        actor_role=role or (SYSTEM if by is None else by.leading_role),
        action=action,
        object_type=obj._meta.label,
        object_id=str(obj.pk),
        student_id=student_id,
        data=_plain(dict(data or {})),
    )
    with transaction.atomic():
        _append(event)
    return event


def _append(event: Event) -> None:
    ChainHead.objects.get_or_create(district_id=event.district_id, defaults={"hash": GENESIS})
    heads = ChainHead.objects.filter(district_id=event.district_id)
    heads.update(length=F("length") + 1)
    head = heads.get()
    event.number = head.length
    event.previous_hash = head.hash
    event.hash = hash_of(event)
    event.save(force_insert=True)
    public = {"public": event.hash} if event.student_id is None else {}
    heads.update(hash=event.hash, **public)


def hash_of(event: Event) -> str:
    """SHA-256 over the previous hash and every field, in canonical JSON."""
    fields = {
        field.attname: _json_value(getattr(event, field.attname))
        for field in Event._meta.concrete_fields
        if field.attname not in ("id", "hash")
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data as the database will give it back; refuses what would not come back equal."""

    def refuse_float(text: str) -> Any:
        raise ValueError(f"event data holds the float {text}. Record credits in hundredths.")

    plain: dict[str, Any] = json.loads(json.dumps(data), parse_float=refuse_float)
    return plain


def chain_of(district_id: int) -> Iterator[Event]:
    """The events of a district in the order of the chain."""
    return Event.objects.filter(district_id=district_id).order_by("number", "id").iterator()


def first_broken_link(district_id: int) -> BrokenLink | None:
    """Walk the chain from its start; None when every link holds and the end is where it was."""
    previous, expected = GENESIS, 1
    for event in chain_of(district_id):
        what = _fault(event, previous=previous, expected=expected)
        if what:
            return BrokenLink(district_id, min(event.number, expected), what)
        previous, expected = event.hash, expected + 1
    head = ChainHead.objects.filter(district_id=district_id).first()
    if head is None:
        return None if expected == 1 else BrokenLink(district_id, expected, "the head is missing")
    if head.length != expected - 1 or head.hash != previous:
        return BrokenLink(district_id, expected, "events are missing at the end of the chain")
    return None


def _fault(event: Event, *, previous: str, expected: int) -> str:
    if event.number != expected:
        return f"event {expected} is missing, {event.number} stands in its place"
    if event.previous_hash != previous:
        return "it does not continue the event before it"
    if event.hash != hash_of(event):
        return "its content is not what was recorded"
    return ""


def districts_with_events() -> list[int]:
    """Every district that has a chain, or the head of one."""
    with_events = set(Event.objects.values_list("district_id", flat=True).distinct())
    with_heads = set(ChainHead.objects.values_list("district_id", flat=True))
    return sorted(with_events | with_heads)
