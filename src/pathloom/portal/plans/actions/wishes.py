"""What a student wants of a plan, what staff fix in it, and the changes that make one possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from pathloom.engine.planner.types import Change, ChangeKind
from pathloom.portal.accounts.models import User
from pathloom.portal.core.errors import UserError
from pathloom.portal.core.events import record_event
from pathloom.portal.core.queries import today
from pathloom.portal.plans.checks import acting_role, term_to_come, title_in
from pathloom.portal.plans.jobs import is_current
from pathloom.portal.plans.models import PlanJob, PlanWishes
from pathloom.portal.plans.queries.terms import term_words
from pathloom.portal.plans.queries.wishes import rule_sets
from pathloom.portal.plans.snapshot import Basis
from pathloom.portal.records.access import relation_with
from pathloom.portal.records.models import Student
from pathloom.portal.records.snapshot import record_of

OWN, STAFF = "plan.edit", "plan.fix"
# The wishes that the page asks for as a whole; marks of courses are set one by one.
ASKED = (
    "every_year",
    "study_halls",
    "college",
    "credentials",
    "also",
    "finish",
    "most",
    "more_terms",
    "fuller",
    "lighter",
    "given_up",
)
_CHANGES = TypeAdapter(tuple[Change, ...])
FIX_FIELDS = ("bans", "staff_bans", "locks", "staff_locks", *ASKED)


class Mark(StrEnum):
    """What can be said of a course; only the last three by staff."""

    WANT = "want"
    LIKE = "like"
    AVOID = "avoid"
    PLAIN = "plain"  # takes back what was said
    BAN = "ban"
    LOCK = "lock"
    UNLOCK = "unlock"


_LISTS = {
    Mark.WANT: "wanted",
    Mark.LIKE: "liked",
    Mark.AVOID: "avoided",
    Mark.BAN: "bans",
}


@transaction.atomic
def mark_course(*, basis: Basis, by: User, course: str, mark: Mark, term: str = "") -> str:
    """Say of a course that it is wanted, liked, avoided, ruled out, or fixed in a term.

    The student says it for the student's own plan; staff only fix a course, rule it out, and take
    back what staff said.

    Args:
        basis: of the plan concerned, read on this day.
        term: of a lock or the one to take off, as ``2026-27 fall``.
    Returns:
        What was done, in a sentence.
    Raises:
        UserError: no right to say this now, no such course, a term that has begun, or against what
            staff have fixed.
    """
    student = basis.student
    role, staff = _acting(by, student)
    title = title_in(basis, course)
    found = basis.catalog.course(course)
    again = found is not None and found.repeatable
    kept = _held(student)
    if staff:
        words = _mark_by_staff(kept, course, mark, term, again=again)
    else:
        _not_against_staff(kept, course, mark, title)
        words = _mark_by_student(kept, course, mark, term, again=again)
    if mark is Mark.LOCK:
        term_to_come(basis, term)
    _keep(kept)
    said = words.format(course=title, term=term_words(term))
    data = {"course": course, "mark": str(mark), "term": term, "words": said}
    _record(by, role, "mark_course", kept, data)
    return said


def _mark_by_student(kept: PlanWishes, course: str, mark: Mark, term: str, *, again: bool) -> str:
    if mark is Mark.LOCK:
        kept.bans = _without(kept.bans, course)
        kept.avoided = _without(kept.avoided, course)
        kept.locks = _locked(kept.locks, course, term, again=again)
        return _("{course} is locked in {term}.")
    if mark is Mark.UNLOCK:
        kept.locks = _without(kept.locks, [course, term])
        return _("{course} is not locked in {term} any more.")
    for name in _LISTS.values():
        setattr(kept, name, _without(getattr(kept, name), course))
    if mark in _LISTS:
        name = _LISTS[mark]
        setattr(kept, name, [*getattr(kept, name), course])
    if mark is Mark.BAN:
        kept.locks = [lock for lock in kept.locks if lock[0] != course]
    return _SAID[mark]()


def _mark_by_staff(kept: PlanWishes, course: str, mark: Mark, term: str, *, again: bool) -> str:
    if mark is Mark.LOCK:
        kept.staff_bans = _without(kept.staff_bans, course)
        kept.staff_locks = _locked(kept.staff_locks, course, term, again=again)
        return _("The school fixed {course} in {term}.")
    if mark is Mark.UNLOCK:
        kept.staff_locks = _without(kept.staff_locks, [course, term])
        return _("{course} is not fixed in {term} any more.")
    if mark is Mark.BAN:
        kept.staff_locks = [lock for lock in kept.staff_locks if lock[0] != course]
        kept.staff_bans = [*_without(kept.staff_bans, course), course]
        return _("The school ruled {course} out.")
    if mark is Mark.PLAIN:
        kept.staff_bans = _without(kept.staff_bans, course)
        return _("The school allows {course} again.")
    raise UserError(
        _("Only the student says what the student wants."),
        _("Fix a course, or rule it out, or write a comment."),
    )


_SAID: dict[Mark, Callable[[], str]] = {
    Mark.WANT: lambda: _("You want {course}."),
    Mark.LIKE: lambda: _("You would like {course}."),
    Mark.AVOID: lambda: _("You would rather not take {course}."),
    Mark.BAN: lambda: _("{course} is ruled out."),
    Mark.PLAIN: lambda: _("Nothing special is said of {course} any more."),
}


def _locked(locks: list[Any], course: str, term: str, *, again: bool) -> list[Any]:
    """With a lock more; a course that cannot be taken again is locked in one term only."""
    others = [lock for lock in locks if lock[0] != course or (again and lock[1] != term)]
    return [*others, [course, term]]


def _not_against_staff(kept: PlanWishes, course: str, mark: Mark, title: str) -> None:
    """What staff decided holds; a student cannot say the opposite."""
    fixed = any(lock[0] == course for lock in kept.staff_locks)
    if mark is Mark.BAN and fixed:
        raise UserError(
            _("The school fixed {course} in your plan.").format(course=title),
            _("Ask your counselor to take that off first."),
        )
    if mark in (Mark.LOCK, Mark.WANT) and course in kept.staff_bans:
        raise UserError(
            _("The school ruled {course} out for you.").format(course=title),
            _("Ask your counselor to allow it."),
        )


@transaction.atomic
def save_wishes(*, student: Student, by: User, wishes: Mapping[str, Any]) -> PlanWishes:
    """Keep what the page asks for as a whole (``ASKED``); what it does not name stays.

    Raises:
        UserError: no right to say this now.
    """
    role = acting_role(by, student, OWN)
    kept = _held(student)
    changed = {
        name: wishes[name]
        for name in ASKED
        if name in wishes and wishes[name] != getattr(kept, name)
    }
    for name, value in changed.items():
        setattr(kept, name, value)
    _keep(kept)
    _record(by, role, "save_wishes", kept, {"changed": changed})
    return kept


@transaction.atomic
def apply_fix(*, job: PlanJob, number: int, by: User) -> PlanWishes:
    """Carry out one of the changes that a job without a plan offers; ``undo_fix`` takes it back.

    Args:
        number: the place of the fix in the job's answer, from 0.
    Raises:
        UserError: no right to decide this now, no such fix, or not offered any more because what
            it rests on has changed.
    """
    student = job.student
    role, staff = _acting(by, student)
    fixes = (job.result or {}).get("fixes", [])
    if number >= len(fixes) or not fixes[number]["changes"] or not is_current(job):
        raise UserError(
            _("This is not offered any more: something has changed since."),
            _("Make the plan again to see what helps now."),
        )
    fix = fixes[number]
    _decides(staff, fix["staff"])
    kept = _held(student)
    before = model_to_dict(kept, fields=FIX_FIELDS)
    for change in _CHANGES.validate_python(fix["changes"]):
        _apply(kept, change, job)
    kept.before_fix, kept.fix = before | {"staff": fix["staff"]}, fix["sentence"]
    kept.save()
    _record(by, role, "apply_fix", kept, {"job": job.pk, "fix": fix["sentence"]})
    return kept


def _decides(staff: bool, for_staff: bool) -> None:
    """What staff decided staff take back, and nobody else; the rest is the student's."""
    if for_staff and not staff:
        raise UserError(_("This is not for you to decide."), _("Ask your counselor."))
    if staff and not for_staff:
        raise UserError(_("The student decides this."), _("Write a comment on the plan instead."))


def gives_up_program(job: PlanJob, number: int) -> bool:
    """Whether a fix of a job's answer plans without the program."""
    changes = (job.result or {})["fixes"][number]["changes"]
    return any(change["kind"] == ChangeKind.NO_PROGRAM for change in changes)


@transaction.atomic
def undo_fix(*, student: Student, by: User) -> str:
    """Put the wishes back to what they were before the last fix; returns the fix in words.

    Raises:
        UserError: no right to decide this now, or nothing to undo.
    """
    role, staff = _acting(by, student)
    kept = _held(student)
    if kept.before_fix is None:
        raise UserError(_("There is nothing to undo."), _("Look at what you want, below."))
    _decides(staff, kept.before_fix.get("staff", False))
    words = kept.fix
    for name in FIX_FIELDS:
        setattr(kept, name, kept.before_fix[name])
    kept.before_fix, kept.fix = None, ""
    kept.save()
    _record(by, role, "undo_fix", kept, {"fix": words})
    return words


def _apply(kept: PlanWishes, change: Change, job: PlanJob) -> None:
    """One change of a request, as it is kept; see ``ChangeKind``."""
    match change.kind:
        case ChangeKind.UNLOCK:
            lock = [change.course, str(change.term)]
            kept.locks = _without(kept.locks, lock)
            kept.staff_locks = _without(kept.staff_locks, lock)
        case ChangeKind.ALLOW:
            kept.bans = _without(kept.bans, change.course)
            kept.staff_bans = _without(kept.staff_bans, change.course)
        case ChangeKind.LIGHTER:
            kept.lighter = True
        case ChangeKind.FULLER:
            kept.fuller += change.amount
        case ChangeKind.SUMMER | ChangeKind.ONLINE | ChangeKind.LATER:
            kept.more_terms = [*_without(kept.more_terms, str(change.term)), str(change.term)]
        case ChangeKind.NO_FINISH:
            kept.finish = ""
        case ChangeKind.WITHOUT:
            kept.also = _still_asked(kept.also, change.course, job)
        case ChangeKind.NO_LIMIT:
            kept.given_up = [*_without(kept.given_up, change.course), change.course]
        case ChangeKind.NO_PROGRAM:
            pass  # the next job is asked without it: see ``gives_up_program``


def _still_asked(also: list[str], ruleset: str, job: PlanJob) -> list[str]:
    """The rule files asked for, without the one whose version is given up."""
    day = today(job.student.district)
    record = record_of(job.student, on=day)
    return [
        name
        for name in also
        if ruleset not in {each.id for each in rule_sets([name], record, as_of=day)}
    ]


def _acting(by: User, student: Student) -> tuple[str, bool]:
    """The role in which somebody acts on the wishes, and whether that is as staff."""
    staff = relation_with(by, student, OWN) is None
    return acting_role(by, student, STAFF if staff else OWN), staff


def _held(student: Student) -> PlanWishes:
    """The student's wishes, locked until the transaction ends."""
    PlanWishes.objects.get_or_create(student=student)
    return PlanWishes.objects.select_for_update().get(student=student)


def _keep(kept: PlanWishes) -> None:
    """Keep a change; what came before the last fix is not what an undo should go back to now."""
    kept.fix, kept.before_fix = "", None
    kept.save()


def _without(values: list[Any], value: Any) -> list[Any]:
    return [each for each in deepcopy(values) if each != value]


def _record(by: User, role: str, action: str, kept: PlanWishes, data: dict[str, Any]) -> None:
    record_event(
        by=by,
        role=role,
        action=f"plans.{action}",
        obj=kept,
        student_id=kept.student_id,
        district_id=kept.student.district_id,
        data=data,
    )
