"""Students in rows: the caseload and the children of a guardian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import Status
from pathloom.engine.units import format_credits
from pathloom.portal.accounts.models import User
from pathloom.portal.plans.models import PlanVersion
from pathloom.portal.plans.presenters.document import listed, role_words
from pathloom.portal.plans.presenters.loom import Strip, strip
from pathloom.portal.plans.presenters.reading import Change, change_rows, version_state
from pathloom.portal.plans.queries import Area, Need, StudentRow, compare
from pathloom.portal.records.models import CaseloadAssignment, Guardianship

LAST_GRADE = 12
TOTAL = "total"  # the last of a row's areas


class CaseRow(TypedDict):
    """One line of the caseload; ``standing`` is the state of the status component."""

    id: int
    name: str
    url: str
    grade: str
    strip: Strip | None
    standing: str
    standing_words: str
    reason: str
    plan: str
    need: str


class Filter(TypedDict):
    key: str
    label: str
    count: int
    current: bool
    url: str


def case_rows(
    rows: Iterable[StudentRow], *, planned: Mapping[int, tuple[Area, ...]]
) -> list[CaseRow]:
    """The lines of a caseload in the order of the query.

    Args:
        planned: student id -> areas with the plan; students without a plan are absent.
    """
    return [_case_row(row, planned.get(row.student.pk, ())) for row in rows]


def _case_row(row: StudentRow, planned: tuple[Area, ...]) -> CaseRow:
    areas = planned or [area for area in row.areas if area.id != TOTAL]
    standing, words = standing_of(row)
    return {
        "id": row.student.pk,
        "name": row.student.name,
        "url": reverse("plans:student", args=[row.student.pk]),
        "grade": grade_words(row),
        "strip": strip(areas) if areas else None,
        "standing": standing,
        "standing_words": words,
        "reason": reason_of(row, areas),
        "plan": plan_words(row),
        "need": row.need.name.lower(),
    }


def grade_words(row: StudentRow) -> str:
    """The grade as printed in a column."""
    if row.enrollment is None:
        return "–"
    return "K" if row.enrollment.grade == 0 else str(row.enrollment.grade)


def standing_of(row: StudentRow) -> tuple[str, str]:
    """State of the status component and its words."""
    match row.need:
        case Need.BROKEN:
            return "broken", _("Off track")
        case Need.SHORT | Need.NO_PLAN:
            return "short", _("At risk") if row.need is Need.SHORT else _("No plan")
        case Need.NOT_YET:
            return "planned", _("Later")
        case _:
            return "met", _("On track")


def reason_of(row: StudentRow, areas: Iterable[Area]) -> str:
    """The first reason to look at this student, as a colleague would say it."""
    match row.need:
        case Need.BROKEN:
            return _stop_of(row)
        case Need.SHORT:
            return _missing_in(areas) or row.first_missing
        case Need.TO_SIGN:
            return _("Waits for your signature")
        case Need.UNSIGNED:
            return _unsigned(row)
        case Need.NO_PLAN:
            return _no_plan(row, areas)
        case Need.ON_TRACK:
            return _("Nothing needed")
        case Need.NOT_YET:
            return _("Planning begins in grade 8")


def _missing_in(areas: Iterable[Area]) -> str:
    """``Mathematics: 1.0 missing; 2 more areas``: the largest gap first."""
    short = sorted((area for area in areas if area.short), key=lambda area: -area.short)
    if not short:
        return ""
    first = _("%(area)s: %(n)s missing") % {
        "area": short[0].title,
        "n": format_credits(short[0].short),
    }
    if len(short) == 1:
        return first
    more = ngettext("%(n)s more area", "%(n)s more areas", len(short) - 1) % {"n": len(short) - 1}
    return f"{first}; {more}"


def _no_plan(row: StudentRow, areas: Iterable[Area]) -> str:
    """In grade 12 the record says what a plan would have to bring; earlier everything is open."""
    missing = _missing_in(areas) if row.enrollment and row.enrollment.grade == LAST_GRADE else ""
    words = _("No plan yet")
    return f"{words}. {missing}" if missing else words


def _stop_of(row: StudentRow) -> str:
    found = row.head.findings if row.head else []
    stops = [finding["what"] for finding in found if finding["level"] == "stop"]
    return f"{stops[0]}." if stops else row.sentence


def _unsigned(row: StudentRow) -> str:
    head = row.head
    if head is not None and head.state == PlanVersion.State.RETURNED:
        return _("Sent back to the student")
    if row.waiting_for:
        names = listed([role_words(role) for role in row.waiting_for])
        return _("Waits for: %(names)s") % {"names": names}
    return _("Draft, not handed in yet")


def plan_words(row: StudentRow) -> str:
    """The state of the plan in a few words."""
    if row.head is None:
        return _("None")
    words = _("Version %(number)s, %(state)s") % {
        "number": row.head.number,
        "state": version_state(row.head),
    }
    if row.current is not None and row.current.pk != row.head.pk:
        words = _("%(words)s; version %(old)s is signed") % {
            "words": words,
            "old": row.current.number,
        }
    return words


NEEDS_A_PERSON = frozenset({Need.BROKEN, Need.SHORT, Need.TO_SIGN, Need.NO_PLAN})
_FILTERS: dict[str, frozenset[Need]] = {
    "needs": NEEDS_A_PERSON,
    "sign": frozenset({Need.TO_SIGN}),
    "unsigned": frozenset({Need.UNSIGNED, Need.TO_SIGN}),
    "no-plan": frozenset({Need.NO_PLAN}),
    "all": frozenset(Need),
}


def filter_rows(rows: Iterable[StudentRow], *, show: str, words: str) -> list[StudentRow]:
    """The rows of one filter whose name or number holds every word; unknown filters show all."""
    wanted = _FILTERS.get(show, _FILTERS["all"])
    parts = words.casefold().split()
    return [
        row
        for row in rows
        if row.need in wanted
        and all(part in f"{row.student.name} {row.student.number}".casefold() for part in parts)
    ]


def filters(rows: Iterable[StudentRow], *, show: str, words: str) -> list[Filter]:
    """The filters with their counts; the choice is in the address."""
    everyone = list(rows)
    labels = {
        "needs": _("Needs a person"),
        "sign": _("To sign"),
        "unsigned": _("Unsigned plans"),
        "no-plan": _("No plan"),
        "all": _("All"),
    }
    query = f"&q={words}" if words else ""
    return [
        {
            "key": key,
            "label": label,
            "count": len(filter_rows(everyone, show=key, words="")),
            "current": key == show,
            "url": f"?show={key}{query}",
        }
        for key, label in labels.items()
    ]


def first_filter(rows: Iterable[StudentRow]) -> str:
    """What a caseload shows when nobody has chosen: who needs a person, else all."""
    return "needs" if any(row.need in NEEDS_A_PERSON for row in rows) else "all"


def caseload_sentence(rows: Iterable[StudentRow]) -> str:
    """The answer of the page: how many need a person first."""
    everyone = list(rows)
    count = sum(row.need in NEEDS_A_PERSON for row in everyone)
    values = {"count": count, "all": len(everyone)}
    if not everyone:
        return _("No students are on your caseload.")
    if not count:
        return _("None of your %(all)s students needs you first.") % values
    return _("%(count)s of your %(all)s students need you first.") % values


class Person(TypedDict):
    name: str
    role: str
    email: str


def people_around(
    assignments: Iterable[CaseloadAssignment], guardianships: Iterable[Guardianship]
) -> list[Person]:
    """Who stands beside a student now: counselors, then guardians."""
    counselors = [_person(assignment.counselor, _("counselor")) for assignment in assignments]
    return counselors + [_person(link.guardian, link.relation) for link in guardianships]


def _person(user: User, role: str) -> Person:
    return {"name": user.get_full_name(), "role": role, "email": user.email}


class ChildCard(TypedDict):
    """One child on the guardian's home; ``to_sign``: whether it is the guardian's turn."""

    name: str
    first_name: str
    where: str
    url: str
    sentence: str
    lines: list[str]
    changes: list[Change]
    changes_since: int | None
    read_url: str
    version: int | None
    to_sign: bool
    signed: bool
    strip: Strip | None


def child_cards(
    rows: Iterable[StudentRow], *, signed: Mapping[int, PlanVersion]
) -> list[ChildCard]:
    """The children of a guardian.

    Args:
        signed: plan id -> the newest version that this guardian signed.
    """
    return [_child(row, signed.get(row.plan.pk) if row.plan else None) for row in rows]


def _child(row: StudentRow, mine: PlanVersion | None) -> ChildCard:
    student = row.student
    shown = row.submitted or row.head
    to_sign = "guardian" in row.waiting_for
    areas = [area for area in row.areas if area.id != TOTAL]
    news = shown is not None and mine is not None and mine.pk != shown.pk
    school = row.enrollment.school.name if row.enrollment else ""
    return {
        "name": student.name,
        "first_name": student.first_name,
        "where": _("Grade %(grade)s, %(school)s") % {"grade": grade_words(row), "school": school},
        "url": reverse("plans:student", args=[student.pk]),
        "sentence": _child_sentence(row, to_sign=to_sign),
        "lines": _child_lines(row),
        "changes": change_rows(compare(mine, shown)) if news and mine and shown else [],
        "changes_since": mine.number if news and mine else None,
        "read_url": reverse("plans:version", args=[student.pk, shown.number]) if shown else "",
        "version": shown.number if shown else None,
        "to_sign": to_sign,
        "signed": mine is not None and shown is not None and mine.pk == shown.pk,
        "strip": strip(areas) if areas else None,
    }


def _child_sentence(row: StudentRow, *, to_sign: bool) -> str:
    name = row.student.first_name
    if row.need is Need.NOT_YET:
        return _("%(name)s has no plan to look at yet.") % {"name": name}
    if row.head is None:
        return _("%(name)s has not made a plan yet.") % {"name": name}
    if to_sign and row.submitted is not None:
        return _("Version %(number)s waits for your signature.") % {"number": row.submitted.number}
    if row.head.state == PlanVersion.State.SIGNED:
        return _("%(name)s’s plan is signed by everyone.") % {"name": name}
    if row.head.state == PlanVersion.State.SUBMITTED:
        return _("%(name)s’s plan waits for others to sign.") % {"name": name}
    return _("%(name)s is working on the plan.") % {"name": name}


def _child_lines(row: StudentRow) -> list[str]:
    """What is earned, what the plan leaves open, who has to sign: at most three lines."""
    lines: list[str] = []
    total = next((area for area in row.areas if area.id == TOTAL), None)
    if total is not None:
        lines.append(
            _("Earned so far: %(have)s of %(need)s credits")
            % {
                "have": format_credits(total.earned),
                "need": format_credits(total.need).removesuffix(".0"),
            }
        )
    if row.head is not None:
        short = row.head.audit_status == Status.SHORT
        lines.append(
            _("The plan still misses something for the diploma")
            if short
            else _("The plan covers everything the diploma asks for")
        )
        lines.append(_("Plan: %(words)s") % {"words": plan_words(row)})
    return lines


def children_sentence(rows: Iterable[StudentRow]) -> str:
    """The answer of the guardian's home."""
    everyone = list(rows)
    waiting = [row.student.first_name for row in everyone if "guardian" in row.waiting_for]
    if not everyone:
        return _("No child is linked to your sign-in.")
    if len(waiting) == 1:
        return _("%(name)s’s plan is ready for you to sign.") % {"name": waiting[0]}
    if waiting:
        return _("Plans of %(names)s are ready for you to sign.") % {"names": listed(waiting)}
    return _("Nothing waits for you now.")
