"""Other rules tried on a student, and two audits side by side; nothing here is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import AuditResult, RequirementResult, Status
from pathloom.engine.catalog import ProgramOfStudy
from pathloom.engine.errors import RuleError
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose
from pathloom.engine.rules.nodes import Kind, RuleFile, RuleSet
from pathloom.portal.plans.presenters.amounts import have_words, missing_words, unknown
from pathloom.portal.plans.snapshot import Ground
from pathloom.portal.records.snapshot import rulebook

_RANK = {
    Status.MET: 0,
    Status.EXCUSED: 0,
    Status.IN_PROGRESS: 1,
    Status.PLANNED: 2,
    Status.SHORT: 3,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to try: ids of rules, a program (slug) and tracks; empty for as it is."""

    rules: str = ""
    program: str = ""
    tracks: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.rules or self.program or self.tracks)


class Option(TypedDict):
    value: str
    label: str
    chosen: bool


class OptionGroup(TypedDict):
    label: str
    options: list[Option]


class Shift(TypedDict):
    """One requirement today and then; ``change`` is better, worse, same, new or gone."""

    title: str
    part: bool
    before: str
    before_status: str
    after: str
    after_status: str
    change: str
    change_words: str


class Beside(TypedDict):
    """Rules that go with the diploma and never stand in its way."""

    id: str
    title: str
    kind: str
    status: str
    status_words: str
    url: str


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules and the record to try, and in words what is tried.

    ``elsewhere``: the rules are of another place, which names courses in its own way.
    """

    ruleset: RuleSet
    record: StudentRecord
    words: str
    elsewhere: bool


def tried(ask: Ask, ground: Ground, programs: Iterable[ProgramOfStudy]) -> Tried | str:
    """Work out what to try; a sentence where these rules are not for this student."""
    ruleset, record, words = ground.ruleset, ground.record, []
    if ask.rules:
        try:
            ruleset = choose(
                rulebook(),
                ask.rules,
                entered_grade_9=record.entered_grade_9,
                as_of=ground.day,
            )
        except RuleError as error:
            return f"{error.what[:1].upper()}{error.what[1:]}. {error.fix}"
        words.append(ruleset.title)
    known = dict(ruleset.tracks)
    tracks = [track for track in ask.tracks if track in known]
    if tracks:
        record = replace(record, tracks=record.tracks | frozenset(tracks))
        words += [known[track] for track in tracks]
    program = next((each for each in programs if each.id == ask.program), None)
    if program is not None:
        record = with_program(record, program, ground)
        words.append(program.title)
    file = rulebook().file(ask.rules)
    elsewhere = file is not None and file.id != _own(ground) and not goes_with(file, ground)
    if elsewhere:  # what staff decided about requirements is about those of the own diploma
        kept = tuple(each for each in record.exceptions if not each.requirement)
        record = replace(record, exceptions=kept)
    return Tried(ruleset, record, "; ".join(words), elsewhere)


def with_program(record: StudentRecord, program: ProgramOfStudy, ground: Ground) -> StudentRecord:
    """Add what a program still asks for as planned, the first course of each step."""
    held = {course.course for course in record.courses}
    added = []
    for step in program.steps:
        offered = [course for course in map(ground.catalog.course, step.courses) if course]
        if step.required and offered and not held.intersection(step.courses):
            added.append(planned_record(offered[0], None))
            held.add(offered[0].id)
    return replace(record, courses=(*record.courses, *added))


def rule_options(ground: Ground, ask: Ask) -> list[OptionGroup]:
    """Every rule file of the rulebook: what goes with the student's diploma first."""
    own = _own(ground)
    groups: dict[str, list[Option]] = {}
    near, far = _("For this student"), _("Diplomas elsewhere")
    for file in rulebook().files:
        if file.id == own:
            continue
        if goes_with(file, ground):
            group = near
        elif file.kind is Kind.DIPLOMA:
            group = far
        else:
            continue
        label = file.title if group == near else f"{file.title} ({file.jurisdiction})"
        option: Option = {"value": file.id, "label": label, "chosen": file.id == ask.rules}
        groups.setdefault(group, []).append(option)
    return [{"label": label, "options": groups[label]} for label in (near, far) if label in groups]


def track_options(ruleset: RuleSet, ask: Ask) -> list[Option]:
    """The tracks that the rules know."""
    return [
        {"value": track, "label": words, "chosen": track in ask.tracks}
        for track, words in ruleset.tracks
    ]


def program_options(programs: Iterable[ProgramOfStudy], ask: Ask) -> list[Option]:
    """The programs that the school has published."""
    return [
        {"value": each.id, "label": each.title, "chosen": each.id == ask.program}
        for each in programs
    ]


def goes_with(file: RuleFile, ground: Ground) -> bool:
    """Whether a rule file belongs beside the diploma of a student: same place, or built on it."""
    place, own = ground.student.district.jurisdiction, _own(ground)
    near = file.jurisdiction == place or place.startswith(f"{file.jurisdiction}-")
    return file.id != own and (near or file.extends == own)


def _own(ground: Ground) -> str:
    """The id of the diploma file that holds for the student."""
    return f"{ground.student.district.jurisdiction}/diploma"


def beside(ground: Ground, *, staff: bool) -> list[Beside]:
    """Endorsements, scholarships and others that go with the diploma, each with its own audit.

    Definitions, which a law counts students by, are for staff.
    """
    found: list[Beside] = []
    for file in rulebook().files:
        hidden = file.kind is Kind.DEFINITION and not staff
        if file.kind is Kind.DIPLOMA or hidden or not goes_with(file, ground):
            continue
        try:
            ruleset = choose(
                rulebook(),
                file.id,
                entered_grade_9=ground.record.entered_grade_9,
                as_of=ground.day,
            )
        except RuleError:
            continue  # not for this cohort
        result = ground.audit(ruleset=ruleset)
        found.append(
            {
                "id": file.id,
                "title": ruleset.title,
                "kind": kind_words(ruleset.kind),
                "status": "planned" if _unknown(result) else str(result.status),
                "status_words": _standing_words(result),
                "url": f"?rules={file.id}",
            }
        )
    return found


def _unknown(result: AuditResult) -> bool:
    """Whether what is missing is something of which nothing is on record here."""
    short = [each for each in result.walk() if each.needed and each.status is Status.SHORT]
    return any(unknown(each) for each in short)


def _standing_words(result: AuditResult) -> str:
    """Other words than the usual ones: none of these rules says that something is missing."""
    if _unknown(result):
        return _("Not all on record")
    return _("Not yet") if result.status is Status.SHORT else ""


def kind_words(kind: Kind) -> str:
    """What kind of rules these are, as people say it."""
    words = {
        Kind.DIPLOMA: _("diploma"),
        Kind.ENDORSEMENT: _("endorsement"),
        Kind.DESIGNATION: _("designation"),
        Kind.SCHOLARSHIP: _("scholarship"),
        Kind.ADMISSION: _("admission"),
        Kind.DEFINITION: _("definition"),
    }
    return words[kind]


def shifts(before: AuditResult, after: AuditResult) -> list[Shift]:
    """Two audits side by side, areas in the order of the second; parts only where they change."""
    old = {each.id: each for each in before.walk()}
    new = {each.id: each for each in after.walk()}
    rows = []
    for area in after.requirements:
        rows += [
            _shift(old.get(each.id), each, part=each is not area)
            for each in area.walk()
            if each.needed or each is area
        ]
    for area in before.requirements:
        if area.id not in new:
            rows.append(_shift(area, None, part=False))
    rows = [row for row in rows if not row["part"] or row["change"] in {"better", "worse"}]
    total = _shift(before.total, after.total, part=False)
    return [*rows, {**total, "title": _("All credits")}] if after.total.need else rows


def _shift(old: RequirementResult | None, new: RequirementResult | None, *, part: bool) -> Shift:
    words = {
        "better": _("better"),
        "worse": _("worse"),
        "same": _("the same"),
        "new": _("asked for here only"),
        "gone": _("not asked for"),
    }
    change = _change(old, new)
    some = new or old
    return {
        "title": some.title if some else "",
        "part": part,
        "before": _amount(old),
        "before_status": str(old.status) if old else "",
        "after": _amount(new),
        "after_status": str(new.status) if new else "",
        "change": change,
        "change_words": words[change],
    }


def _change(old: RequirementResult | None, new: RequirementResult | None) -> str:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    was, now = (_RANK[old.status], old.short), (_RANK[new.status], new.short)
    if was == now:
        return "same"
    return "better" if now < was else "worse"


def _amount(result: RequirementResult | None) -> str:
    if result is None:
        return ""
    return ", ".join(part for part in (have_words(result), missing_words(result)) if part)


def shift_sentence(rows: Iterable[Shift]) -> str:
    """``Two get better, one gets worse.``: the answer of a comparison."""
    changes = [row["change"] for row in rows]
    better, worse = changes.count("better"), changes.count("worse")
    open_ = sum(row["change"] == "new" and row["after_status"] == "short" for row in rows)
    parts = []
    if better:
        parts.append(ngettext("%(n)s gets better", "%(n)s get better", better) % {"n": better})
    if worse:
        parts.append(ngettext("%(n)s gets worse", "%(n)s get worse", worse) % {"n": worse})
    if open_:
        parts.append(
            ngettext("%(n)s more is missing", "%(n)s more are missing", open_) % {"n": open_}
        )
    return ", ".join(parts) + "." if parts else _("Nothing changes.")
