"""Cases: invented students beside a rule file, and what its audit has to say about them.

``diploma.cases.yaml`` stands beside ``diploma.yaml``. A student is a text with one course a line,
in three columns with two or more spaces between them::

    Mathematics      3 x 1    mathematics
    Welding I        1        cte, pathway:welding, #48.0000000, =WELD-1, @planned
    * service        25 hours, @in_progress

name; credits, with ``3 x 1`` for three courses of one unit; then, between commas, the subject,
tags, and if wanted ``#`` a state course number, ``=`` a course code of the catalog, ``~`` a SCED
code, ``^`` a mark, ``@`` a state (``earned`` if none is given). A line that begins with ``*`` is
something outside of courses: hours, times, points, gpa or done. A case takes a student, without
the lines of ``minus``, with those of ``plus``. ``expect`` names the status of the whole and of
every requirement that is not ``met``; ``total`` is the id of the total: ``{status: short, finance:
short 0.5, total: met}``. Amounts are in the measure of the requirement: credit, hours, points, or
how many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from pathloom.engine.errors import Location, Problems, RuleError, nearest
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.record import ExceptionKind, StaffException, StudentRecord
from pathloom.engine.rules.choose import choose_version
from pathloom.engine.rules.fields import Day, Id, Some
from pathloom.engine.rules.load import load_rule_file
from pathloom.engine.rules.nodes import Have, RuleFile, RuleSet
from pathloom.engine.rules.sheets import Sheet, lines_of
from pathloom.engine.units import (
    CreditsField,
    SchoolYear,
    SchoolYearField,
    format_credits,
    parse_score,
)

_ONE_OR_MORE = BeforeValidator(lambda value: value if isinstance(value, list) else (value,))
_GRADED = ("met", "in_progress", "planned", "excused", "short")


class Judged(Protocol):
    """One requirement of an audit; an alternative that is not taken is not ``needed``."""

    @property
    def id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def short(self) -> int: ...
    @property
    def needed(self) -> bool: ...
    def walk(self) -> Iterable[Judged]: ...


class Audited(Protocol):
    """The part of an audit that a case can speak about."""

    @property
    def status(self) -> str: ...
    @property
    def total(self) -> Judged: ...
    def walk(self) -> Iterable[Judged]: ...


class Audit(Protocol):
    """``pathloom.engine.audit.audit``, handed in because rules lie below the audit."""

    def __call__(
        self, record: StudentRecord, ruleset: RuleSet, *, catalog: None, as_of: date
    ) -> Audited: ...


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects of one requirement; ``short`` in hundredths of its measure."""

    status: str
    short: int = 0

    def __str__(self) -> str:
        return f"short {format_credits(self.short)}" if self.short else self.status


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence about one student on one day."""

    name: str
    where: str
    record: StudentRecord
    ruleset: RuleSet
    status: str
    expect: Mapping[str, Expectation]
    as_of: date


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one case went; ``differences`` say in words what came out otherwise."""

    name: str
    where: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


class _ExceptionSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ExceptionKind
    requirement: str = ""
    record: str = ""
    credits: CreditsField = 0
    lowers_total: bool = False
    on: Day | None = None
    until: Day | None = None


class _CaseSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(min_length=1)]
    entered_grade_9: Annotated[Some[SchoolYearField], _ONE_OR_MORE]
    as_of: Annotated[tuple[Day, ...], _ONE_OR_MORE] = ()
    credit: CreditsField | None = None
    tracks: tuple[Id, ...] = ()
    exceptions: tuple[_ExceptionSyntax, ...] = ()
    student: str
    minus: tuple[str, ...] = ()
    plus: str = ""
    expect: dict[str, str]


class _FileSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    students: dict[str, str]
    cases: Some[_CaseSyntax]


def run_cases(path: Path, *, audit: Audit) -> tuple[CaseOutcome, ...]:
    """Run every case of a ``*.cases.yaml`` file against the rule file beside it, in file order.

    Raises RuleError with every mistake in the rule file, or else in the case file.
    """
    return tuple(run_case(case, audit=audit) for case in read_cases(path))


def run_case(case: Case, *, audit: Audit) -> CaseOutcome:
    """Audit the student of one case and compare.

    Requirements that are not named are expected met, but for alternatives that are not needed.
    """
    result = audit(case.record, case.ruleset, catalog=None, as_of=case.as_of)
    differences = []
    if str(result.status) != case.status:
        differences.append(f"status: expected {case.status}, got {result.status}")
    open_to = {
        inner.id for each in result.walk() if not each.needed for inner in each.walk()
    } - set(case.expect)
    for judged in (*result.walk(), result.total):
        if judged.id in open_to:
            continue
        wanted = case.expect.get(judged.id, Expectation("met"))
        found = Expectation(str(judged.status), judged.short if judged.status == "short" else 0)
        if found != wanted:
            differences.append(f"{judged.id}: expected {wanted}, got {found}")
    return CaseOutcome(case.name, case.where, tuple(differences))


def cases_file(rule_file: Path) -> Path:
    """Where the cases of a rule file stand."""
    return rule_file.with_name(f"{rule_file.stem}.cases.yaml")


def read_cases(path: Path, *, where: str = "") -> tuple[Case, ...]:
    """Read the cases of one file; RuleError names every mistake with its line."""
    rules = load_rule_file(path.with_name(path.name.replace(".cases.yaml", ".yaml")))
    page, problems = read_page(path, where=where)
    syntax = parse_page(page, _FileSyntax, problems=problems, known=_known)
    found = () if syntax is None else _Reader(syntax, page, rules).cases(problems)
    if problems:
        raise RuleError(in_order(problems))
    return found


def _known(location: Location) -> tuple[str, ...]:
    if "exceptions" in location:
        return tuple(_ExceptionSyntax.model_fields)
    return tuple((_CaseSyntax if "cases" in location else _FileSyntax).model_fields)


class _Reader:
    def __init__(self, syntax: _FileSyntax, page: Page, rules: RuleFile) -> None:
        self.syntax = syntax
        self.page = page
        self.rules = rules

    def cases(self, problems: Problems) -> tuple[Case, ...]:
        students = {
            name: self.sheet(text, ("students", name), problems)
            for name, text in self.syntax.students.items()
        }
        found: list[Case] = []
        names: set[str] = set()
        for index, case in enumerate(self.syntax.cases):
            here: Location = ("cases", index)
            if case.name in names:
                problems.add(self.page.place(here), "this name stands twice", "Say the difference.")
            names.add(case.name)
            if case.student not in students:
                place = self.page.place((*here, "student"))
                fix = nearest(case.student, students)
                problems.add(place, f"unknown student '{case.student}'", fix)
                continue
            sheet = self.change(students[case.student], case, here, problems)
            for year, day in product(case.entered_grade_9, case.as_of or ("",)):
                found += self.case(case, (year, day), sheet, here, problems=problems)
        return tuple(found)

    def case(
        self,
        case: _CaseSyntax,
        when: tuple[SchoolYear, str],
        sheet: Sheet,
        here: Location,
        *,
        problems: Problems,
    ) -> list[Case]:
        year = when[0]
        day = date.fromisoformat(when[1]) if when[1] else None
        try:
            ruleset = choose_version(self.rules, entered_grade_9=year, as_of=day)
        except RuleError as error:
            problems.add(self.page.place((*here, "entered_grade_9")), error.what, error.fix)
            return []
        which = [f"{year}"] if len(case.entered_grade_9) > 1 else []
        which += [f"{day}"] if len(case.as_of) > 1 else []
        return [
            Case(
                name=f"{case.name} ({', '.join(which)})" if which else case.name,
                where=self.page.place(here),
                record=self.record(case, year, sheet, ruleset),
                ruleset=ruleset,
                status=case.expect.get("status", ""),
                expect=self.expected(case, ruleset, here, problems),
                as_of=day or _usual_day(year, ruleset),
            )
        ]

    def record(
        self, case: _CaseSyntax, year: SchoolYear, sheet: Sheet, ruleset: RuleSet
    ) -> StudentRecord:
        """The student of a case; credits are those of the rules, if the case does not say."""
        first_day = date(year.start, 7, 1)
        return StudentRecord(
            student=case.name,
            entered_grade_9=year,
            courses=sheet.courses,
            experiences=sheet.experiences,
            scores=sheet.scores,
            averages=sheet.averages,
            milestones=sheet.milestones,
            tracks=frozenset(case.tracks),
            exceptions=tuple(
                StaffException(
                    id=f"exception-{number}",
                    kind=each.kind,
                    by="A. Counselor",
                    why=case.name,
                    on=date.fromisoformat(each.on) if each.on else first_day,
                    requirement=each.requirement,
                    record=each.record,
                    credits=each.credits,
                    lowers_total=each.lowers_total,
                    until=date.fromisoformat(each.until) if each.until else None,
                )
                for number, each in enumerate(case.exceptions, 1)
            ),
            carnegie_units=ruleset.carnegie_units if case.credit is None else case.credit,
        )

    def change(self, sheet: Sheet, case: _CaseSyntax, here: Location, problems: Problems) -> Sheet:
        """The lines of a student without those of ``minus``, with those of ``plus``."""
        names = set(sheet.names())
        for name in case.minus:
            if name not in names:
                place = self.page.place((*here, "minus"))
                problems.add(place, f"student has no line '{name}'", nearest(name, names))
        kept = sheet.without(case.minus)
        added = self.sheet(case.plus, (*here, "plus"), problems)
        twice = {each.id for each in kept.courses} & {each.id for each in added.courses}
        for name in sorted(twice):
            place = self.page.place((*here, "plus"))
            problems.add(place, f"course '{name}' stands twice", "Give it a name of its own.")
        known = {key for key, _ in self.rules.versions[0].tracks}
        for track in case.tracks:
            if track not in known:
                place = self.page.place((*here, "tracks"))
                problems.add(place, f"unknown track '{track}'", nearest(track, known))
        return kept.plus(added)

    def expected(
        self, case: _CaseSyntax, ruleset: RuleSet, here: Location, problems: Problems
    ) -> Mapping[str, Expectation]:
        place = self.page.place((*here, "expect"))
        known = {"status", "total", *_result_ids(ruleset)}
        found: dict[str, Expectation] = {}
        if case.expect.get("status") not in _GRADED:
            problems.add(
                place, "'status' of the whole is missing", f"Add one of {', '.join(_GRADED)}."
            )
        for name, text in case.expect.items():
            short = re.fullmatch(r"short (\d+(?:\.\d+)?)", text)
            if name not in known:
                problems.add(place, f"unknown requirement '{name}'", nearest(name, known))
            elif name == "status":
                continue
            elif short:
                found[name] = Expectation("short", parse_score(short[1]))
            elif text in _GRADED:
                found[name] = Expectation(text)
            else:
                fix = f"Write {', '.join(_GRADED)}, with an amount: short 0.5."
                problems.add(place, f"'{text}' is nothing to expect of '{name}'", fix)
        return found

    def sheet(self, text: str, location: Location, problems: Problems) -> Sheet:
        found = Sheet()
        for one, place in lines_of(text, self.page, location, problems):
            self.words(one, place, problems)
            found = found.plus(one)
        return found

    def words(self, sheet: Sheet, place: str, problems: Problems) -> None:
        """A word that the rules do not know would silently count nowhere."""
        rules = self.rules.versions[0]
        for course in sheet.courses[:1]:
            self.known("subject", course.subject, dict(rules.subjects), place, problems=problems)
            for tag in sorted(course.tags):
                family = tag.partition(":")[0]
                if family == tag or family not in dict(rules.families):
                    self.known("tag", tag, dict(rules.tags), place, problems=problems)
        for name in sorted(set(sheet.evidence())):
            self.known("evidence", name, dict(rules.evidence), place, problems=problems)

    def known(
        self, kind: str, name: str, words: Iterable[str], place: str, *, problems: Problems
    ) -> None:
        if name not in words:
            problems.add(place, f"unknown {kind} '{name}'", nearest(name, words))


def _usual_day(year: SchoolYear, ruleset: RuleSet) -> date:
    """The summer after four years of high school, or the nearest day of these rules."""
    day = date(year.start + 4, 7, 1)
    if ruleset.in_force_to and day > ruleset.in_force_to:
        return ruleset.in_force_to
    return max(day, ruleset.in_force_from or day)


def _result_ids(ruleset: RuleSet) -> Iterable[str]:
    """The ids that the parts of an audit can have."""
    for each in ruleset.walk():
        yield each.id
        amongs = each.among
        if isinstance(each.condition, Have):
            yield f"{each.id}-courses"
            amongs = each.condition.among
        for among in amongs:
            yield from (among.id, f"{among.id}-courses")
