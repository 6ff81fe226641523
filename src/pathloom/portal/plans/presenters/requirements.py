"""Requirement rows that open to the rule, what counts, what is missing and the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from pathloom.engine.audit.result import AuditResult, RequirementResult
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.units import format_credits
from pathloom.portal.plans.presenters.amounts import have_words, missing_words
from pathloom.portal.plans.presenters.loom import area_of, title_of_record


class Counts(TypedDict):
    title: str
    credits: str
    state: str
    second: bool


class SourceLine(TypedDict):
    title: str
    url: str
    read_on: str


class Why(TypedDict):
    """One requirement: ``status`` for the status component, the rest in words."""

    id: str
    title: str
    area: int
    status: str
    amount: str
    missing: str
    why: str
    rule: str
    fixes: list[str]
    counts: list[Counts]
    parts: list[Why]
    source: SourceLine | None


def requirement_rows(
    audit: AuditResult, record: StudentRecord, *, ruleset: RuleSet | None
) -> list[Why]:
    """Turn an audit into rows, one per requirement area, in the order of the rule file.

    ``ruleset`` gives the sources in full; without it their ids stand alone.
    """
    titles = title_of_record(record, audit)
    return [
        _why(result, area=area_of(index), titles=titles, ruleset=ruleset)
        for index, result in enumerate(audit.requirements)
    ]


def _why(
    result: RequirementResult,
    *,
    area: int,
    titles: Mapping[str, str],
    ruleset: RuleSet | None,
) -> Why:
    return {
        "id": result.id,
        "title": result.title,
        "area": area,
        "status": str(result.status),
        "amount": have_words(result),
        "missing": missing_words(result),
        "why": result.why,
        "rule": result.rule,
        "fixes": list(result.fixes),
        "counts": [
            {
                "title": titles.get(entry.record, entry.record),
                "credits": format_credits(entry.amount),
                "state": str(entry.state),
                "second": entry.second,
            }
            for entry in result.counted
        ],
        "parts": [_why(part, area=area, titles=titles, ruleset=ruleset) for part in result.parts],
        "source": source_line(result.source, ruleset),
    }


def source_line(source_id: str, ruleset: RuleSet | None) -> SourceLine | None:
    """The source of a rule as people cite it; None where the rule names none."""
    if not source_id:
        return None
    for source in ruleset.sources if ruleset else ():
        if source.id == source_id:
            return {"title": source.title, "url": source.url, "read_on": source.read_on}
    return {"title": source_id, "url": "", "read_on": ""}
