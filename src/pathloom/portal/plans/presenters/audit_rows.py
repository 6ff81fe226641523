"""The requirement tree of an audit: what counts where and why, and what would fix the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import (
    AuditResult,
    Counted,
    Measure,
    RequirementResult,
    Status,
)
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import HasTag, Requirement, RuleSet, SubjectIs
from pathloom.engine.units import format_credits
from pathloom.portal.accounts.models import School
from pathloom.portal.plans.presenters.amounts import (
    Segment,
    bar,
    have_words,
    missing_words,
)
from pathloom.portal.plans.presenters.board import state_words
from pathloom.portal.plans.presenters.loom import area_of, title_of_record
from pathloom.portal.plans.queries.terms import term_label

_CLOSED = frozenset({Status.MET, Status.EXCUSED})


class CountLine(TypedDict):
    """One course in one place; ``note`` says in which way it counts there, empty for plainly."""

    title: str
    when: str
    credits: str
    state: str
    state_words: str
    note: str


class SourceLine(TypedDict):
    """A source as people cite it; on paper a rule names its ``number`` only."""

    number: int
    title: str
    kind: str
    read_on: str
    url: str


class AuditRow(TypedDict):
    """One requirement; ``taken`` is false for an alternative that is not needed.

    ``decided``: staff made an exception here.
    """

    id: str
    title: str
    area: int
    status: str
    amount: str
    missing: str
    decided: bool
    bar: list[Segment]
    choice: str
    taken: bool
    why: str
    rule: str
    note: str
    fixes: list[str]
    counts: list[CountLine]
    parts: list[AuditRow]
    source: SourceLine | None
    search_url: str
    excuse_url: str
    substitute_url: str
    open: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rows of one audit are made from; ``school`` offers the courses to look through.

    ``own_plan``: the reader can add courses. ``decides``: the reader may ask for exceptions.
    """

    result: AuditResult
    record: StudentRecord
    ruleset: RuleSet
    school: School | None
    own_plan: bool
    decides: bool

    def requirement(self, name: str) -> Requirement | None:
        """The rule behind a result; parts that the engine adds have none of their own."""
        return next((each for each in self.ruleset.walk() if each.id == name), None)


def audit_rows(reading: Reading) -> list[AuditRow]:
    """One row per requirement, in the order of the rule file, its parts inside."""
    titles = title_of_record(reading.record, reading.result)
    return [
        _row(result, reading, area=area_of(index), titles=titles)
        for index, result in enumerate(reading.result.requirements)
    ]


def opened(rows: Iterable[AuditRow], name: str) -> list[AuditRow]:
    """The rows with the one of this id open, and all that it stands in."""
    return [
        {**row, "open": row["open"] or _holds(row, name), "parts": opened(row["parts"], name)}
        for row in rows
    ]


def _holds(row: AuditRow, name: str) -> bool:
    return row["id"] == name or any(_holds(part, name) for part in row["parts"])


def only_missing(rows: Iterable[AuditRow]) -> list[AuditRow]:
    """The rows in which something is missing, and of their parts only those."""
    return [
        {**row, "parts": only_missing(row["parts"]), "open": True}
        for row in rows
        if row["status"] == Status.SHORT and row["taken"]
    ]


def _row(
    result: RequirementResult, reading: Reading, *, area: int, titles: Mapping[str, str]
) -> AuditRow:
    rule = reading.requirement(result.id)
    return {
        "id": result.id,
        "title": result.title,
        "area": area,
        "status": str(result.status),
        "amount": have_words(result),
        "missing": missing_words(result),
        "decided": any(each.requirement == result.id for each in reading.record.exceptions),
        "bar": bar(result),
        "choice": _choice_words(result),
        "taken": result.needed,
        "why": result.why,
        "rule": result.rule,
        "note": rule.note if rule else "",
        "fixes": list(result.fixes),
        "counts": [_count(entry, reading, titles) for entry in result.counted],
        "parts": [_row(part, reading, area=area, titles=titles) for part in result.parts],
        "source": source_of(result.source, reading.ruleset),
        "search_url": _search_url(result, rule, reading),
        "excuse_url": decide_url("excuse", result.id) if _excusable(result, reading) else "",
        "substitute_url": decide_url("substitute", result.id)
        if rule and _takes_courses(rule, result) and reading.decides
        else "",
        "open": False,
    }


def decide_url(kind: str, at: str) -> str:
    """Where the form of an exception opens, on the same page."""
    return f"?decide={kind}&at={at}#decide"


def _excusable(result: RequirementResult, reading: Reading) -> bool:
    """Whether staff may excuse it: the rules know it, allow it, and it is not met yet."""
    waivers = reading.ruleset.waivers
    allowed = waivers is None or result.id in waivers.of
    known = reading.requirement(result.id) is not None
    return reading.decides and known and allowed and result.status not in _CLOSED


def _takes_courses(rule: Requirement, result: RequirementResult) -> bool:
    return bool(rule.earn) and not rule.of and result.status not in _CLOSED


def _choice_words(result: RequirementResult) -> str:
    if not result.choose:
        return ""
    if result.choose == len(result.parts):
        return _("All of these are needed.")
    return ngettext("One of these is enough.", "%(count)s of these are enough.", result.choose) % {
        "count": result.choose
    }


def _count(entry: Counted, reading: Reading, titles: Mapping[str, str]) -> CountLine:
    courses = {course.id: course for course in reading.record.courses}
    course = courses.get(entry.record) or courses.get(entry.record.partition("+")[0])
    return {
        "title": titles.get(entry.record, entry.record),
        "when": term_label(course.term) if course and course.term else "",
        "credits": format_credits(entry.amount),
        "state": str(entry.state),
        "state_words": state_words(entry.state),
        "note": way_words(entry),
    }


def way_words(entry: Counted) -> str:
    """In which way a course counts in a place, where it is not the plain one."""
    if entry.second:
        return _("counts here a second time")
    if entry.overflow:
        return _("the part that was left over")
    return _("takes the place of the usual course") if entry.substitute else ""


def source_of(source_id: str, ruleset: RuleSet) -> SourceLine | None:
    """Where a rule was read, as people cite it; None where it names no source."""
    ids = [each.id for each in ruleset.sources]
    return sources_of(ruleset)[ids.index(source_id)] if source_id in ids else None


def sources_of(ruleset: RuleSet) -> list[SourceLine]:
    """Every source of the rules, numbered in the order of the rule file."""
    return [
        {
            "number": number,
            "title": each.title,
            "kind": _("the rule itself") if each.kind == "primary" else _("a report of the rule"),
            "read_on": each.read_on,
            "url": each.url,
        }
        for number, each in enumerate(ruleset.sources, start=1)
    ]


def _search_url(result: RequirementResult, rule: Requirement | None, reading: Reading) -> str:
    """Where to look for courses that would help; the student's own search adds to the plan."""
    if result.status is not Status.SHORT or result.measure is not Measure.CREDIT or rule is None:
        return ""
    if reading.own_plan:
        return f"{reverse('plans:search')}?area={result.id}"
    if reading.school is None:
        return ""
    courses = reverse("catalog:courses", args=[reading.school.slug])
    match rule.match:
        case SubjectIs(subject):
            return f"{courses}?subject={subject}"
        case HasTag(tag):
            return f"{courses}?tag={tag}"
        case _:
            return ""
