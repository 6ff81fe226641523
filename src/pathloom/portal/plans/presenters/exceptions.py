"""Staff exceptions in words: what was decided, by whom, why, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult, Measure, RequirementResult
from pathloom.engine.record import CourseRecord, ExceptionKind
from pathloom.engine.record import StaffException as Decision
from pathloom.engine.units import format_credits
from pathloom.portal.plans.presenters.amounts import amount
from pathloom.portal.plans.presenters.audit_courses import ON_RECORD
from pathloom.portal.plans.presenters.audit_rows import Reading
from pathloom.portal.plans.presenters.document import day_words
from pathloom.portal.plans.presenters.loom import title_of_record
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.records.models import StaffException
from pathloom.portal.records.snapshot import exception_value

KINDS = tuple(str(kind) for kind in ExceptionKind)


class ExceptionRow(TypedDict):
    """One exception; ``state`` is holds, proposed, ended or idle. The urls are empty for a no."""

    id: int
    requirement: str
    record: str
    what: str
    who: str
    why: str
    until: str
    state: str
    state_words: str
    note: str
    grant_url: str
    end_url: str
    end_words: str


class Decide(TypedDict):
    """The form of an exception: where it stands and what it offers.

    ``place`` is requirement or course; ``whole``: only all of it can be excused.
    ``missing`` is the credit that is short, the amount to begin with.
    """

    kind: str
    at: str
    place: str
    title: str
    text: str
    courses: list[tuple[str, str]]
    whole: bool
    missing: str


@dataclass(frozen=True, slots=True)
class Powers:
    """What the reader may do with exceptions of this student."""

    propose: bool = False
    grant: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The words for what an exception names: requirements and courses by id."""

    requirements: Mapping[str, RequirementResult] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, result: AuditResult, courses: Mapping[str, str]) -> Names:
        return cls({each.id: each for each in result.walk()}, courses)


def exception_rows(
    rows: Iterable[StaffException],
    result: AuditResult,
    *,
    names: Names,
    powers: Powers,
    day: date,
) -> list[ExceptionRow]:
    """The exceptions of a student: those that hold first, then proposed, then ended ones."""
    notes = {each.exception.id: each for each in result.exceptions}
    found = []
    for row in rows:
        decided = notes.get(str(row.pk))
        state = _state(row, day)
        if state == "holds" and (decided is None or not decided.in_effect):
            state = "idle"
        found.append(_row(row, state, decided.note if decided else "", names, powers, day))
    order = ("holds", "idle", "proposed", "ended")
    return sorted(found, key=lambda each: order.index(each["state"]))


def _state(row: StaffException, day: date) -> str:
    if row.ended_at is not None or (row.until is not None and row.until < day):
        return "ended"
    return "proposed" if row.granted_at is None else "holds"


def _row(
    row: StaffException, state: str, note: str, names: Names, powers: Powers, day: date
) -> ExceptionRow:
    words = {
        "holds": _("in force"),
        "idle": _("no effect"),
        "proposed": _("asked for"),
        "ended": _("ended"),
    }
    may_end = powers.propose if state == "proposed" else powers.grant
    open_ = state != "ended"
    arguments = [row.student_id, row.pk]
    value = exception_value(row, on=day)
    return {
        "id": row.pk,
        "requirement": row.requirement,
        "record": value.record,
        "what": what_words(value, names),
        "who": _who(row),
        "why": row.why,
        "until": until_words(row.until),
        "state": state,
        "state_words": words[state],
        "note": note if state == "idle" else "",
        "grant_url": reverse("plans:grant_exception", args=arguments)
        if powers.grant and state == "proposed"
        else "",
        "end_url": reverse("plans:end_exception", args=arguments) if may_end and open_ else "",
        "end_words": _("Turn down") if state == "proposed" else _("End it"),
    }


def _who(row: StaffException) -> str:
    lines = []
    if row.granted_by_name:
        lines.append(
            _("Decided by %(name)s on %(day)s.")
            % {"name": row.granted_by_name, "day": day_words(row.holds_from or row.proposed_at)}
        )
    if row.granted_by_id != row.proposed_by_id:
        lines.append(_("Asked for by %(name)s.") % {"name": row.proposed_by_name})
    if row.ended_at is not None:
        lines.append(
            _("Ended by %(name)s on %(day)s.")
            % {"name": row.ended_by_name, "day": day_words(row.ended_at)}
        )
    return " ".join(lines)


def what_words(decision: Decision, names: Names) -> str:
    """What an exception says, as one sentence; ids stand where the rules know no name."""
    found = names.requirements.get(decision.requirement)
    values = {
        "requirement": found.title if found else decision.requirement,
        "course": names.courses.get(decision.record, decision.record),
        "credits": format_credits(decision.credits),
        "amount": amount(decision.credits, found.measure if found else Measure.CREDIT),
    }
    if decision.kind is ExceptionKind.SUBSTITUTE:
        return _("%(course)s may count in %(requirement)s.") % values
    if decision.kind is ExceptionKind.CREDIT_OVERRIDE:
        return _("%(course)s counts as %(credits)s credit.") % values
    words = (
        _("%(amount)s of %(requirement)s is excused.") % values
        if decision.credits
        else _("%(requirement)s is excused.") % values
    )
    if decision.lowers_total:
        return _("%(words)s Fewer credits are needed in all.") % {"words": words}
    return words


def until_words(day: date | None) -> str:
    """``until June 30, 2027``; empty for no end."""
    return _("until %(day)s") % {"day": day_words(day)} if day else ""


def deciding(kind: str, at: str, reading: Reading) -> Decide | None:
    """What the form of an exception needs; None where the audit knows no such place."""
    titles = title_of_record(reading.record, reading.result)
    courses = [course for course in reading.record.courses if course.state in ON_RECORD]
    if kind == ExceptionKind.CREDIT_OVERRIDE:
        known = at in {course.id for course in courses}
        title = _("Another amount of credit for %(course)s") % {"course": titles.get(at, at)}
        text = _("The course then counts with this amount, everywhere.")
        return _decide(kind, at, "course", title, text, courses=()) if known else None
    rule = reading.requirement(at)
    result = next((each for each in reading.result.walk() if each.id == at), None)
    if rule is None or result is None or kind not in KINDS:
        return None
    if kind == ExceptionKind.SUBSTITUTE:
        title = _("Let a course count in %(requirement)s") % {"requirement": result.title}
        text = _("The course may then count here as well. It still counts in one place only.")
        return _decide(kind, at, "requirement", title, text, courses=courses)
    title = _("Excuse from %(requirement)s") % {"requirement": result.title}
    text = _("What is excused need not be fulfilled. It is printed on the audit.")
    whole = rule.condition is not None or result.measure is not Measure.CREDIT
    found = _decide(kind, at, "requirement", title, text, courses=())
    missing = format_credits(result.short) if result.short and not whole else ""
    return {**found, "whole": whole, "missing": missing}


def _decide(
    kind: str, at: str, place: str, title: str, text: str, *, courses: Iterable[CourseRecord]
) -> Decide:
    return {
        "kind": kind,
        "at": at,
        "place": place,
        "title": title,
        "text": text,
        "courses": [
            (
                course.id,
                ", ".join(
                    part
                    for part in (
                        course.title,
                        term_label(course.term) if course.term else "",
                        format_credits(course.credits),
                    )
                    if part
                ),
            )
            for course in courses
        ],
        "whole": False,
        "missing": "",
    }


def decided_lines(result: AuditResult, courses: Mapping[str, str]) -> list[str]:
    """The exceptions in effect in an audit, a line each, as they are printed with a plan."""
    names = Names.of(result, courses)
    return [
        " ".join(
            part
            for part in (
                what_words(each.exception, names),
                _("%(name)s, %(day)s: “%(why)s”")
                % {
                    "name": each.exception.by,
                    "day": day_words(each.exception.on),
                    "why": each.exception.why,
                },
                until_words(each.exception.until),
            )
            if part
        )
        for each in result.exceptions
        if each.in_effect
    ]
