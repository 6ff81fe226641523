"""Agreements with colleges as a list: what counts as what, from when to when, and what is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathloom.engine.catalog import Agreement, Agreements, Institution
from pathloom.engine.catalog.agreements import CollegeCourse, Kind, format_dollars
from pathloom.engine.units import SchoolYear, format_credits
from pathloom.portal.core.days import day_said
from pathloom.portal.core.tables import Column

COLUMNS = (
    Column("course", gettext_lazy("Course"), heading=True),
    Column("state", gettext_lazy("State")),
    Column("college", gettext_lazy("Counts at college as")),
    Column("kind", gettext_lazy("How")),
    Column("mark", gettext_lazy("Lowest mark")),
    Column("years", gettext_lazy("Courses taken")),
    Column("claim", gettext_lazy("Claim it")),
)
ENDED, ENDING, AHEAD, HOLDS = "ended", "ending", "ahead", "holds"


class AgreementRow(TypedDict):
    """One agreement in words; ``state`` is one of the four above."""

    id: str
    code: str
    course: str
    institution: str
    institution_id: str
    college_course: str
    college_code: str
    hours: str
    kind: str
    mark: str
    years: str
    valid_from: str
    valid_to: str
    claim: str
    claim_by: date | None
    needs: list[str]
    source_url: str
    read_on: str
    state: str
    state_words: str


class CollegeLine(TypedDict):
    """A college, and what it says that an hour costs."""

    id: str
    title: str
    courses: int
    tuition: str
    as_of: str
    source_url: str
    agreements: str


def agreement_rows(
    found: Agreements, *, titles: Mapping[str, str], today: date
) -> list[AgreementRow]:
    """Every agreement in words, in the order in which they were written.

    Args:
        titles: course code -> title in the district's catalog.
    """
    colleges = {each.id: each for each in found.institutions}
    return [_row(each, colleges.get(each.institution), titles, today) for each in found.agreements]


def _row(
    each: Agreement, college: Institution | None, titles: Mapping[str, str], today: date
) -> AgreementRow:
    course = college.course(each.college_course) if college else None
    state, words = _state(each, today)
    return {
        "id": each.id,
        "code": each.course or each.number,
        "course": titles.get(each.course, each.course)
        if each.course
        else _("Courses numbered {pattern}").format(pattern=each.number),
        "institution": college.title if college else each.institution,
        "institution_id": each.institution,
        "college_course": course.title if course else each.college_course,
        "college_code": each.college_course,
        "hours": hours_words(course),
        "kind": kind_words(each.kind),
        "mark": _mark(each),
        "years": years_words(each),
        "valid_from": str(each.valid_from),
        "valid_to": str(each.valid_to) if each.valid_to else "",
        "claim": claim_words(each),
        "claim_by": each.claim_by,
        "needs": list(each.needs),
        "source_url": each.source.url,
        "read_on": day_said(each.source.read_on),
        "state": state,
        "state_words": words,
    }


def kind_words(kind: Kind) -> str:
    """How a course comes to count, in words."""
    words = {
        Kind.DUAL_CREDIT: _("Dual credit"),
        Kind.ARTICULATED: _("Articulated"),
        Kind.AP: _("AP exam"),
    }
    return words[kind]


def hours_words(course: CollegeCourse | None) -> str:
    """The semester hours of a college course in words; empty where it is not known."""
    if course is None:
        return ""
    n = format_credits(course.hours).removesuffix(".0")
    return ngettext("%(n)s hour", "%(n)s hours", 1 if course.hours == 100 else 2) % {"n": n}


def years_words(each: Agreement) -> str:
    """The school years in which a course has to be taken."""
    if each.valid_to is None:
        return _("from {start} on").format(start=each.valid_from)
    return _("{start} to {end}").format(start=each.valid_from, end=each.valid_to)


def claim_words(each: Agreement) -> str:
    """Until when a student asks for the credit."""
    if each.claim_by is not None:
        return _("by {day}").format(day=day_said(each.claim_by))
    if each.claim_months is not None:
        words = ngettext(
            "within %(n)s month of graduating",
            "within %(n)s months of graduating",
            each.claim_months,
        )
        return words % {"n": each.claim_months}
    return "" if each.kind is Kind.DUAL_CREDIT else _("at any time")


def _mark(each: Agreement) -> str:
    if each.exam is not None:
        score = format_credits(each.exam.at_least).removesuffix(".0")
        return _("{exam}: {score}").format(exam=each.exam.name, score=score)
    return str(each.minimum_mark) if each.minimum_mark else ""


def _state(each: Agreement, today: date) -> tuple[str, str]:
    """Whether it holds for the courses of this school year."""
    year = SchoolYear.of(today)
    if each.valid_to is not None and each.valid_to < year:
        return ENDED, _("ended with {year}").format(year=each.valid_to)
    if each.valid_from > year:
        return AHEAD, _("begins {year}").format(year=each.valid_from)
    if each.claim_by is not None and each.claim_by < today:
        return ENDED, _("claim day is past")
    if each.valid_to == year:
        return ENDING, _("last year")
    return HOLDS, _("holds")


_TONES = {ENDED: "short", ENDING: "info", AHEAD: "plain", HOLDS: "met"}


def chosen_rows(
    rows: Iterable[AgreementRow], *, words: str, college: str, state: str
) -> list[AgreementRow]:
    """The rows in which all words stand, of one college and in one state where these are asked."""
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if college in ("", row["institution_id"])
        and state in ("", row["state"])
        and all(word in _text(row) for word in wanted)
    ]


def _text(row: AgreementRow) -> str:
    names = ("code", "course", "institution", "college_course", "college_code", "kind")
    return " ".join(str(row[name]) for name in names).casefold()  # type: ignore[literal-required]


def table_row(row: AgreementRow, *, edit_url: str) -> dict[str, Any]:
    """A row for the table; its first cell leads to the form while the version is a draft."""
    course = (
        f"{row['course']} ({row['code']})" if row["code"] not in row["course"] else row["course"]
    )
    college = f"{row['college_code']} {row['college_course']}, {row['institution']}"
    claimed = row["claim_by"].isoformat() if row["claim_by"] else row["claim"]
    return {
        "course": {"text": course, "url": edit_url, "sort": course},
        "college": f"{college} ({row['hours']})" if row["hours"] else college,
        "kind": row["kind"],
        "mark": row["mark"],
        "years": {"text": row["years"], "sort": row["valid_from"]},
        "claim": {"text": row["claim"], "sort": claimed},
        "state": {
            "ui": "chip",
            "label": row["state_words"],
            "tone": _TONES[row["state"]],
            "sort": [ENDED, ENDING, AHEAD, HOLDS].index(row["state"]),
        },
    }


def state_choices() -> list[tuple[str, str]]:
    """The states to filter by."""
    return [
        (ENDED, _("Over")),
        (ENDING, _("Last year")),
        (AHEAD, _("Not yet begun")),
        (HOLDS, _("Holds")),
    ]


def over_words(rows: Iterable[AgreementRow]) -> str:
    """How many agreements are over; empty where none is."""
    count = sum(row["state"] == ENDED for row in rows)
    if not count:
        return ""
    words = ngettext("%(n)s agreement is over.", "%(n)s agreements are over.", count)
    return words % {"n": count}


def college_lines(found: Agreements) -> list[CollegeLine]:
    """Every college with its figure of tuition."""
    return [
        {
            "id": each.id,
            "title": each.title,
            "courses": len(each.courses),
            "tuition": _("{amount} an hour").format(amount=format_dollars(each.tuition.per_hour))
            if each.tuition
            else "",
            "as_of": day_said(each.tuition.as_of) if each.tuition else "",
            "source_url": each.tuition.source.url if each.tuition else "",
            "agreements": _agreements(sum(one.institution == each.id for one in found.agreements)),
        }
        for each in found.institutions
    ]


def _agreements(count: int) -> str:
    return ngettext("%(n)s agreement", "%(n)s agreements", count) % {"n": count}
