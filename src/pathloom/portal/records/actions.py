"""Staff exceptions: asking for one, granting it, ending it.

All are keyword-only, take ``by``, the person who acts, and record exactly one event. They raise
``UserError`` when the request cannot be done now.
"""

from __future__ import annotations

from datetime import date
from typing import Required, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pathloom.engine.audit import audit
from pathloom.engine.audit.result import Decided
from pathloom.engine.errors import RecordError, RuleError
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.core.queries import today
from pathloom.portal.records.access import relations_to
from pathloom.portal.records.models import CourseRecord, StaffException, Student
from pathloom.portal.records.roles import ROLE_OF, Relation, may_grant, may_propose
from pathloom.portal.records.snapshot import (
    exception_value,
    record_of,
    ruleset_for,
    with_exception,
)

LONGEST = 2000
Kind = StaffException.Kind


class Said(TypedDict, total=False):
    """What an exception says (``StaffException``); only ``kind`` and ``why`` are always there."""

    kind: Required[str]
    why: Required[str]
    requirement: str
    record: CourseRecord | None
    credits: int
    lowers_total: bool
    until: date | None


@transaction.atomic
def add_exception(*, student: Student, by: User, **said: Unpack[Said]) -> StaffException:
    """Ask for a staff exception; it holds at once where the person who asks may grant it.

    Args:
        said: ``requirement`` is an id of the rules that hold for the student, ``record`` a course
            record of the student, ``credits`` hundredths (0 excuses all), ``until`` the last day.
    Raises:
        UserError: no right to ask now, no reason, a field that does not go with the kind, a day
            that is over, the same exception twice, or one that the rules would not heed.
    """
    relations = relations_to(by, student)
    if not may_propose(relations):
        raise _not_yours(student)
    asked = drafted_exception(student=student, by=by, **said)
    check_exception(asked)
    if may_grant(relations, student.district):
        _grant(asked, by=by)
    asked.save(force_insert=True)
    _record(asked, by=by, action="add_exception", relations=relations)
    return asked


def drafted_exception(*, student: Student, by: User, **said: Unpack[Said]) -> StaffException:
    """Make an exception that is not saved, to be checked and previewed; see ``add_exception``."""
    return StaffException(
        student=student,
        proposed_by=by,
        proposed_by_name=by.get_full_name(),
        proposed_at=timezone.now(),
        **{**said, "why": _words(said["why"])},
    )


@transaction.atomic
def grant_exception(*, exception: StaffException, by: User) -> StaffException:
    """Let a proposed exception hold from today on.

    Raises:
        UserError: no right to grant now, granted or ended already, or not heeded by the rules.
    """
    student = exception.student
    relations = relations_to(by, student)
    if not may_grant(relations, student.district):
        raise _not_yours(student)
    held = (
        StaffException.objects.select_for_update(of=("self",))
        .select_related("student")
        .get(pk=exception.pk)
    )
    if held.granted_at is not None or held.ended_at is not None:
        raise UserError(
            _("This exception was already granted or ended."), _("There is nothing to do.")
        )
    check_exception(held)
    _grant(held, by=by)
    held.save(update_fields=("granted_by", "granted_by_name", "granted_at", "holds_from"))
    _record(held, by=by, action="grant_exception", relations=relations)
    return held


@transaction.atomic
def end_exception(*, exception: StaffException, by: User) -> StaffException:
    """End an exception, or turn a proposed one down; it stays on the record as ended.

    Who may grant ends a granted one; who may ask ends one that is only proposed.

    Raises:
        UserError: no right to end it now, or ended already.
    """
    student = exception.student
    relations = relations_to(by, student)
    held = (
        StaffException.objects.select_for_update(of=("self",))
        .select_related("student")
        .get(pk=exception.pk)
    )
    granted = held.granted_at is not None
    allowed = may_grant(relations, student.district) if granted else may_propose(relations)
    if not allowed:
        raise _not_yours(student)
    if held.ended_at is not None:
        raise UserError(_("This exception has already ended."), _("There is nothing to do."))
    held.ended_by, held.ended_by_name, held.ended_at = by, by.get_full_name(), timezone.now()
    held.save(update_fields=("ended_by", "ended_by_name", "ended_at"))
    _record(held, by=by, action="end_exception", relations=relations)
    return held


def check_exception(asked: StaffException) -> None:
    """Refuse an exception that the rules would not heed, or that is there already.

    Raises:
        UserError: the first thing that is wrong with it, in words.
    """
    day = today(asked.student.district)
    _check_fields(asked, day=day)
    same = asked.student.exceptions.filter(
        kind=asked.kind, requirement=asked.requirement, record=asked.record, ended_at__isnull=True
    ).exclude(pk=asked.pk)
    if same.exists():
        raise UserError(
            _("This exception is there already."), _("End it first if it should change.")
        )
    try:
        decided = _decided(asked, day=day)
    except (RecordError, RuleError) as error:
        raise UserError(f"{error.what}.", error.fix) from error
    if not decided.in_effect:
        raise UserError(decided.note, _("Choose another requirement, course or amount."))


def _decided(asked: StaffException, *, day: date) -> Decided:
    record = record_of(asked.student, on=day)
    ruleset = ruleset_for(asked.student, entered=record.entered_grade_9, as_of=day)
    result = audit(with_exception(record, asked, on=day), ruleset, catalog=None, as_of=day)
    name = exception_value(asked, on=day).id
    return next(each for each in result.exceptions if each.exception.id == name)


def _check_fields(asked: StaffException, *, day: date) -> None:
    needs_record = asked.kind != Kind.EXCUSE
    needs_requirement = asked.kind != Kind.CREDIT_OVERRIDE
    if asked.kind not in Kind.values:
        raise UserError(_("There is no such exception."), _("Choose one of the three."))
    if needs_requirement != bool(asked.requirement):
        raise UserError(_("It is not clear which requirement."), _("Choose a requirement."))
    if needs_record != (asked.record is not None):
        raise UserError(_("It is not clear which course."), _("Choose a course of the record."))
    if asked.record is not None and asked.record.student_id != asked.student_id:
        raise UserError(_("This course is not on the student’s record."), _("Choose one that is."))
    if asked.kind == Kind.SUBSTITUTE and asked.credits:
        raise UserError(_("A substitute has no amount of its own."), _("Leave the amount out."))
    if asked.lowers_total and asked.kind != Kind.EXCUSE:
        raise UserError(_("Only an excuse lowers the total."), _("Leave the box empty."))
    if asked.until is not None and asked.until < day:
        raise UserError(_("This day is over."), _("Choose a day to come, or none."))


def _grant(held: StaffException, *, by: User) -> None:
    held.granted_by, held.granted_by_name = by, by.get_full_name()
    held.granted_at = timezone.now()
    held.holds_from = today(held.student.district)


def _record(
    held: StaffException, *, by: User, action: str, relations: tuple[Relation, ...]
) -> None:
    acting = next(relation for relation in relations if may_propose((relation,)))
    record_event(
        by=by,
        role=ROLE_OF[acting],
        action=f"records.{action}",
        obj=held,
        student_id=held.student_id,
        district_id=held.student.district_id,
        data={
            "kind": held.kind,
            "requirement": held.requirement,
            "record": held.record_id,
            "credits": held.credits,
            "holds": held.granted_at is not None and held.ended_at is None,
        },
    )


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise UserError(_("The reason is missing."), _("Write why, in words the family can read."))
    if len(words) > LONGEST:
        raise UserError(
            _("The reason has {count} characters.").format(count=len(words)),
            _("Use at most {most}.").format(most=LONGEST),
        )
    return words


def _not_yours(student: Student) -> UserError:
    return UserError(
        _("You may not decide this for {name} now.").format(name=student.name),
        _("If this is new to you, ask the counseling office."),
    )
