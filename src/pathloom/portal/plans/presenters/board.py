"""The builder's board: grades, their terms, and the course cards in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult
from pathloom.engine.catalog import Course
from pathloom.engine.planner.types import Finding, Level, PlanTerm
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.units import Part, Term, format_credits
from pathloom.portal.plans.presenters.gaps import Gap, gaps_by_grade
from pathloom.portal.plans.presenters.loom import GRADES, areas_of_records, grade_in
from pathloom.portal.plans.presenters.marks import NO_MARKS, Marks, marks_of
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.snapshot import Basis


class Advice(TypedDict):
    """A finding in words; ``level`` is stop, warn or note; ``anchor`` is where it belongs."""

    level: str
    what: str
    fix: str
    anchor: str
    where: str


class Move(TypedDict):
    """A term a card may move to; ``hint`` says what speaks against it, empty when nothing does."""

    term: str
    label: str
    here: bool
    hint: str


class Card(TypedDict):
    """One course of a plan or a record, the same everywhere; ``area`` 0 counts nowhere."""

    id: str
    code: str
    title: str
    credits: str
    number: str
    area: int
    state: str
    state_words: str
    mark: str
    chips: list[str]
    term: str
    movable: bool
    advice: list[Advice]
    moves: list[Move]
    marks: Marks


class TermColumn(TypedDict):
    """``open``: courses may be put here; ``load`` and ``most`` in credits.

    ``periods`` says how full the day is, empty where the school counts only credit.
    """

    id: str
    term: str
    label: str
    open: bool
    load: str
    most: str
    periods: str
    over: bool
    cards: list[Card]
    advice: list[Advice]


class GradeColumn(TypedDict):
    grade: int
    label: str
    shown: bool
    open: bool
    summary: str
    gaps: list[Gap]
    terms: list[TermColumn]


class Board(TypedDict):
    """``pressing``: whether some advice is more than a note."""

    grades: list[GradeColumn]
    grade: int
    advice: list[Advice]
    pressing: bool


def board(
    record: StudentRecord,
    audit: AuditResult,
    *,
    basis: Basis,
    findings: Iterable[Finding],
    grade: int,
) -> Board:
    """Lay a record with its planned courses out by grade and term.

    Args:
        record: the planned courses are in it as records in state planned.
        basis: the catalog, and the terms still to be planned in calendar order.
        grade: the grade shown on a phone.
    """
    terms = basis.terms
    open_terms = {str(entry.term): entry for entry in terms}
    courses = {course.id: course for course in basis.catalog.courses}
    areas = areas_of_records(audit)
    advice = advices(findings, courses=courses)
    cards: dict[str, list[Card]] = {}
    for entry in sorted(record.courses, key=_card_order):
        term = str(entry.term) if entry.term else ""
        cards.setdefault(term, []).append(
            _card(entry, area=areas.get(entry.id, 0), courses=courses, basis=basis, advice=advice)
        )
    gaps = gaps_by_grade(audit, record, basis=basis)
    by_grade: dict[int, list[TermColumn]] = {number: [] for number in GRADES}
    for text in sorted({*cards, *open_terms} - {""}, key=lambda text: Term.parse(text)):
        term_year = Term.parse(text).year
        by_grade[grade_in(term_year, record.entered_grade_9)].append(
            _term(
                text,
                cards.get(text, []),
                open_term=open_terms.get(text),
                advice=advice,
                periods=_periods(
                    open_terms.get(text),
                    [*cards.get(text, []), *cards.get(str(Term(term_year, Part.YEAR)), [])],
                    courses,
                ),
            )
        )
    return {
        "grades": [
            _grade(number, by_grade[number], record=record, shown=grade, gaps=gaps[number])
            for number in GRADES
        ],
        "grade": grade,
        "advice": advice,
        "pressing": any(item["level"] != Level.NOTE for item in advice),
    }


def term_id(term: str) -> str:
    """The anchor of a term column."""
    return "term-" + term.replace(" ", "-")


def card_id(code: str) -> str:
    """The anchor of a planned course card."""
    return "card-" + "".join(sign if sign.isalnum() else "-" for sign in code)


def advices(findings: Iterable[Finding], *, courses: Mapping[str, Course]) -> list[Advice]:
    """Findings in words with the place they concern, what stops first."""
    order = {Level.STOP: 0, Level.WARN: 1, Level.NOTE: 2}
    found: list[Advice] = []
    for finding in sorted(findings, key=lambda entry: order[Level(entry.level)]):
        course = courses.get(finding.course)
        title = course.title if course else finding.course
        term = term_label(Term.parse(finding.term)) if finding.term else ""
        anchor = ""
        if finding.course:
            anchor = card_id(finding.course)
        elif finding.term:
            anchor = term_id(finding.term)
        found.append(
            {
                "level": str(finding.level),
                "what": finding.what,
                "fix": finding.fix,
                "anchor": anchor,
                "where": title or term or _("Whole plan"),
            }
        )
    return found


def moves(course: Course | None, *, terms: Sequence[PlanTerm], here: str) -> list[Move]:
    """The open terms as targets of a course, with what speaks against each."""
    return [
        {
            "term": str(entry.term),
            "label": _("Grade %(grade)s, %(term)s")
            % {"grade": entry.grade, "term": term_label(entry.term)},
            "here": str(entry.term) == here,
            "hint": _hint(course, entry),
        }
        for entry in terms
    ]


def _hint(course: Course | None, entry: PlanTerm) -> str:
    if course is None:
        return ""
    if entry.grade not in course.grades:
        return _("not for grade %(grade)s") % {"grade": entry.grade}
    if entry.term.part not in course.parts:
        return _("not offered then")
    return ""


def _card_order(entry: CourseRecord) -> tuple[str, str, str]:
    return (entry.subject, entry.title, entry.id)


def _card(
    entry: CourseRecord,
    *,
    area: int,
    courses: Mapping[str, Course],
    basis: Basis,
    advice: Sequence[Advice],
) -> Card:
    planned = entry.state is State.PLANNED
    counts = area > 0 or entry.state in {State.FAILED, State.WITHDRAWN}
    term = str(entry.term) if entry.term else ""
    anchor = card_id(entry.course) if planned else f"record-{entry.id}"
    return {
        "id": anchor,
        "code": entry.course,
        "title": entry.title or entry.course,
        "credits": format_credits(entry.credits),
        "number": entry.number,
        "area": area if entry.state not in {State.FAILED, State.WITHDRAWN} else 0,
        "state": str(entry.state),
        "state_words": state_words(entry.state),
        "mark": str(entry.mark) if entry.mark else "",
        "chips": [*chips_of(entry.tags), *([] if counts else [_("extra course")])],
        "term": term,
        "movable": planned,
        "advice": [item for item in advice if planned and item["anchor"] == anchor],
        "moves": moves(courses.get(entry.course), terms=basis.terms, here=term) if planned else [],
        "marks": marks_of(basis.asked, entry.course, entry.term) if planned else NO_MARKS,
    }


def state_words(state: State) -> str:
    """The state of a course record as people say it."""
    words = {
        State.EARNED: _("earned"),
        State.IN_PROGRESS: _("in progress"),
        State.PLANNED: _("planned"),
        State.FAILED: _("not passed"),
        State.WITHDRAWN: _("withdrawn"),
    }
    return words[state]


def chips_of(tags: frozenset[str]) -> list[str]:
    """The tags of a course that a student should see, in words."""
    words = {
        "ap": _("AP"),
        "ib": _("IB"),
        "dual_enrollment": _("college credit"),
        "dual-enrollment": _("college credit"),
        "honors": _("honors"),
    }
    return [text for tag, text in words.items() if tag in tags]


def _term(
    text: str,
    cards: list[Card],
    *,
    open_term: PlanTerm | None,
    advice: Sequence[Advice],
    periods: str,
) -> TermColumn:
    planned = sum(_hundredths(card["credits"]) for card in cards if card["state"] == "planned")
    others = sum(_hundredths(card["credits"]) for card in cards if card["state"] in _TAKEN)
    return {
        "id": term_id(text),
        "term": text,
        "label": term_label(Term.parse(text)),
        "open": open_term is not None,
        "load": format_credits(planned + others),
        # `most` of an open term is what is left beside the courses already under way in it.
        "most": format_credits(open_term.most + others).removesuffix(".0") if open_term else "",
        "periods": periods,
        "over": open_term is not None and planned > open_term.most,
        "cards": cards,
        "advice": [item for item in advice if item["anchor"] == term_id(text)],
    }


_TAKEN = {"earned", "in_progress"}


def _periods(entry: PlanTerm | None, cards: Sequence[Card], courses: Mapping[str, Course]) -> str:
    """``5 of 8 periods``; what is under way beside the plan takes one each."""
    if entry is None or entry.slots is None:
        return ""
    under_way = sum(card["state"] in _TAKEN for card in cards)
    planned = sum(
        courses[card["code"]].slots
        for card in cards
        if card["state"] == "planned" and card["code"] in courses
    )
    return _("%(n)s of %(all)s periods") % {
        "n": planned + under_way,
        "all": entry.slots + under_way,
    }


def _hundredths(text: str) -> int:
    whole, _point, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _grade(
    number: int,
    terms: list[TermColumn],
    *,
    record: StudentRecord,
    shown: int,
    gaps: list[Gap],
) -> GradeColumn:
    year = record.entered_grade_9.plus(number - 9)
    sums: dict[str, int] = {}
    for column in terms:
        for card in column["cards"]:
            sums[card["state"]] = sums.get(card["state"], 0) + _hundredths(card["credits"])
    return {
        "grade": number,
        "label": _("Grade %(grade)s") % {"grade": number},
        "shown": number == shown,
        "gaps": gaps,
        "open": any(column["open"] for column in terms),
        "summary": _grade_summary(sums) or str(year),
        "terms": terms,
    }


def _grade_summary(sums: Mapping[str, int]) -> str:
    words = {
        "earned": _("%(n)s earned"),
        "in_progress": _("%(n)s now"),
        "planned": _("%(n)s planned"),
    }
    return ", ".join(
        text % {"n": format_credits(sums[state])} for state, text in words.items() if state in sums
    )
