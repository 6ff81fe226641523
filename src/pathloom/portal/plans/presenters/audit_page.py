"""The audit page: the whole answer for one student, with its reasons, and other rules tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.audit.result import AuditResult, Tier
from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import Kind
from pathloom.engine.units import format_credits
from pathloom.portal.plans.presenters.amounts import Segment, bar
from pathloom.portal.plans.presenters.audit_courses import CourseRow, course_rows
from pathloom.portal.plans.presenters.audit_rows import (
    AuditRow,
    Reading,
    SourceLine,
    audit_rows,
    only_missing,
    opened,
    source_of,
    sources_of,
)
from pathloom.portal.plans.presenters.document import day_words
from pathloom.portal.plans.presenters.exceptions import (
    Decide,
    ExceptionRow,
    Names,
    Powers,
    deciding,
    exception_rows,
)
from pathloom.portal.plans.presenters.loom import Loom, Total, loom, title_of_record, total_of
from pathloom.portal.plans.presenters.standing import headline
from pathloom.portal.plans.presenters.what_if import (
    Ask,
    Beside,
    Option,
    OptionGroup,
    Shift,
    Tried,
    beside,
    program_options,
    rule_options,
    shift_sentence,
    shifts,
    track_options,
    tried,
)
from pathloom.portal.plans.queries import Standing
from pathloom.portal.plans.snapshot import Ground
from pathloom.portal.records.models import StaffException


class Trial(TypedDict):
    """What is tried, beside what holds today; ``refused`` says why it cannot be tried.

    ``extra``: the rules go with a diploma and never block it.
    """

    words: str
    refused: str
    extra: bool
    elsewhere: bool
    sentence: str
    before_title: str
    after_title: str
    rows: list[Shift]


class CapLine(TypedDict):
    title: str
    words: str
    source: SourceLine | None


class AuditPage(TypedDict):
    """``rows`` are the requirements to show; ``hidden`` how many of them the filter leaves out.

    ``trial`` is None on the page of today. ``proof`` says how the answer was proved.
    """

    headline: str
    subtitle: str
    status: str
    sentence: str
    official: bool
    loom: Loom
    total: Total | None
    total_bar: list[Segment]
    rows: list[AuditRow]
    hidden: int
    show: str
    smallest: list[str]
    courses: list[CourseRow]
    awards: list[str]
    caps: list[CapLine]
    exceptions: list[ExceptionRow]
    beside: list[Beside]
    trial: Trial | None
    rules: list[OptionGroup]
    programs: list[Option]
    tracks: list[Option]
    query: str
    proof: str
    rule_set: str
    decide: Decide | None
    sources: list[SourceLine]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page asks for.

    ``name`` is empty when the reader is the student. ``decide`` is the kind of exception whose
    form opens, ``at`` the requirement or course it is about. ``staff``: the reader is not family.
    """

    ask: Ask
    powers: Powers
    show: str = ""
    query: str = ""
    name: str = ""
    decide: str = ""
    at: str = ""
    staff: bool = False


def audit_page(
    standing: Standing,
    ground: Ground,
    asked: Asked,
    *,
    programs: Sequence[ProgramOfStudy],
    exceptions: Iterable[StaffException],
) -> AuditPage:
    """Lay out the audit of a record with its plan, or of what is tried instead.

    Args:
        standing: of the student, for the answer in one sentence.
        ground: the record with the plan, the rules and the courses of today.
        programs: what the school has published, to be tried.
        exceptions: every exception of the student, ended ones included.
    """
    today = ground.audit()
    reading, trial = _read(today, ground, standing=standing, asked=asked, programs=programs)
    result, record, ruleset = reading.result, reading.record, reading.ruleset
    every = audit_rows(reading)
    shown = only_missing(every) if asked.show == "missing" else every
    names = Names.of(today, title_of_record(ground.record, today))
    grade = standing.enrollment.grade if standing.enrollment else None
    return {
        "headline": _headline(standing, result, trial, asked.name),
        "subtitle": _subtitle(result, record, ground.day),
        "status": str(result.status),
        "sentence": result.sentence,
        "official": result.official,
        "loom": loom(result, record, grade_now=grade, link=""),
        "total": total_of(result) if result.total.need else None,
        "total_bar": bar(result.total),
        "rows": opened(shown, asked.at) if asked.decide else shown,
        "hidden": len(every) - len(shown),
        "show": asked.show,
        "smallest": list(result.smallest),
        "courses": course_rows(reading),
        "awards": _awards(result, record),
        "caps": _caps(reading),
        "exceptions": exception_rows(
            exceptions, today, names=names, powers=asked.powers, day=ground.day
        ),
        "beside": [] if trial else beside(ground, staff=asked.staff),
        "trial": trial,
        "rules": rule_options(ground, asked.ask),
        "programs": program_options(programs, asked.ask),
        "tracks": track_options(ruleset, asked.ask),
        "query": asked.query,
        "proof": proof_words(result.tier),
        "rule_set": result.ruleset,
        "decide": deciding(asked.decide, asked.at, reading) if reading.decides else None,
        "sources": sources_of(ruleset),
    }


def _read(
    today: AuditResult,
    ground: Ground,
    *,
    standing: Standing,
    asked: Asked,
    programs: Sequence[ProgramOfStudy],
) -> tuple[Reading, Trial | None]:
    """The audit to show, and what is tried in it: other rules, a program, or nothing."""
    result, record, ruleset, trial = today, ground.record, ground.ruleset, None
    if asked.ask.anything:
        found = tried(asked.ask, ground, programs)
        if isinstance(found, Tried):
            record, ruleset = found.record, found.ruleset
            result = ground.audit(record=record, ruleset=ruleset)
        trial = _trial(found, ground, today, result)
    reading = Reading(
        result,
        record,
        ruleset,
        school=ground.school,
        own_plan=not asked.name and standing.plan is not None and trial is None,
        decides=asked.powers.propose and trial is None,
    )
    return reading, trial


def preview(ground: Ground, record: StudentRecord) -> Trial:
    """What another record would change: the audit of today beside that of the record given."""
    today, then = ground.audit(), ground.audit(record=record)
    rows = [row for row in shifts(today, then) if row["change"] != "same"]
    return {
        **_nothing_tried(),
        "sentence": shift_sentence(rows),
        "after_title": _("With the exception"),
        "rows": rows,
    }


def proof_words(tier: Tier) -> str:
    """How the answer was proved, in words."""
    words = {
        Tier.SUMS: _("Every course can count in one place only, so adding up is the proof."),
        Tier.FLOW: _(
            "Some courses can count in more than one place. All ways to place them were compared "
            "(a network flow); no other way gives more."
        ),
        Tier.SEARCH: _(
            "Some courses can count in more than one place, and the rules leave a choice. All ways "
            "were searched; no other way gives more."
        ),
        Tier.SOLVER: _(
            "Courses can count in many places at once. A solver compared all ways to place them "
            "and proved that no other way gives more."
        ),
    }
    return words[tier]


def _trial(found: Tried | str, ground: Ground, today: AuditResult, result: AuditResult) -> Trial:
    """What is tried beside today: a diploma beside the diploma, other rules beside themselves."""
    rows: list[Shift] = []
    if isinstance(found, str):
        return {**_nothing_tried(), "refused": found}
    if found.ruleset.kind is Kind.DIPLOMA:
        rows = shifts(today, result)
    elif found.record is not ground.record:
        rows = shifts(ground.audit(ruleset=found.ruleset), result)
    return {
        **_nothing_tried(),
        "words": found.words,
        "extra": found.ruleset.kind is not Kind.DIPLOMA,
        "elsewhere": found.elsewhere,
        "sentence": shift_sentence(rows),
        "rows": rows,
    }


def _nothing_tried() -> Trial:
    return {
        "words": "",
        "refused": "",
        "extra": False,
        "elsewhere": False,
        "sentence": "",
        "before_title": _("Today"),
        "after_title": _("What if"),
        "rows": [],
    }


def _headline(standing: Standing, result: AuditResult, trial: Trial | None, name: str) -> str:
    if trial is None:
        return headline(standing, result, name=name)
    if trial["refused"]:
        return _("This cannot be tried.")
    return _("What if: %(words)s") % {"words": trial["words"]}


def _subtitle(result: AuditResult, record: StudentRecord, day: date) -> str:
    return _("Checked on %(day)s against the %(rules)s, for students who entered in %(year)s.") % {
        "day": day_words(day),
        "rules": result.title,
        "year": record.entered_grade_9,
    }


def _awards(result: AuditResult, record: StudentRecord) -> list[str]:
    titles = title_of_record(record, result)
    return [
        _("%(course)s also earns %(extra)s, %(credits)s.")
        % {
            "course": titles.get(each.because_of, each.because_of),
            "extra": each.title,
            "credits": format_credits(each.credits),
        }
        if each.because_of
        else _("The finished courses also earn %(extra)s, %(credits)s.")
        % {"extra": each.title, "credits": format_credits(each.credits)}
        for each in result.awarded
    ]


def _caps(reading: Reading) -> list[CapLine]:
    return [
        {
            "title": cap.title,
            "words": _("At most %(most)s counts. There is %(there)s, so %(counts)s counts.")
            % {
                "most": format_credits(cap.at_most),
                "there": format_credits(cap.there),
                "counts": format_credits(cap.counts),
            },
            "source": source_of(cap.source, reading.ruleset),
        }
        for cap in reading.result.caps
    ]
