"""Cases: invented students beside a rule file, and what its audit has to say about them.

``diploma.cases.yaml`` stands beside ``diploma.yaml``. A student is a text with one course a line,
in three columns with two or more spaces between them::

    Mathematics      3 x 1    mathematics
    Welding I        1        cte, welding, #48.0000000, =WELD-1, @planned

name; credits, with ``3 x 1`` for three courses of one unit; then, between commas, the subject,
tags, and if wanted ``#`` a state course number, ``=`` a course code of the catalog, ``@`` a state
(``earned`` if none is given). A case takes a student, without the courses of ``minus``, with the
lines of ``plus``. ``expect`` names the status of the whole and of every requirement that is not
``met``; ``total`` is the id of the total: ``{status: short, finance: short 0.5, total: met}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, StringConstraints

from pathloom.engine.errors import Location, Problems, RuleError, nearest
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.choose import choose_version
from pathloom.engine.rules.load import load_rule_file
from pathloom.engine.rules.nodes import RuleFile, RuleSet
from pathloom.engine.rules.syntax import Some
from pathloom.engine.units import Credits, SchoolYearField, format_credits, parse_credits

_GRADED = ("met", "in_progress", "planned", "excused")


class Judged(Protocol):
    """One requirement of an audit."""

    @property
    def id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def short(self) -> int: ...


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
    """What a case expects of one requirement; ``short`` in hundredths, 0 unless status is short."""

    status: str
    short: Credits = 0

    def __str__(self) -> str:
        return f"short {format_credits(self.short)}" if self.short else self.status


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence about one student; ``as_of`` is the summer after four years of high school."""

    name: str
    where: str
    record: StudentRecord
    ruleset: RuleSet
    status: str
    expect: Mapping[str, Expectation]

    @property
    def as_of(self) -> date:
        return date(self.record.entered_grade_9.start + 4, 7, 1)


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one case went; ``differences`` say in words what came out otherwise."""

    name: str
    where: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


class _CaseSyntax(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(min_length=1)]
    entered_grade_9: SchoolYearField
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
    """Audit the student of one case and compare; requirements not named are expected met."""
    result = audit(case.record, case.ruleset, catalog=None, as_of=case.as_of)
    differences = []
    if str(result.status) != case.status:
        differences.append(f"status: expected {case.status}, got {result.status}")
    for judged in (*result.walk(), result.total):
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
    return tuple((_CaseSyntax if "cases" in location else _FileSyntax).model_fields)


class _Reader:
    def __init__(self, syntax: _FileSyntax, page: Page, rules: RuleFile) -> None:
        self.syntax = syntax
        self.page = page
        self.rules = rules

    def cases(self, problems: Problems) -> tuple[Case, ...]:
        students = {
            name: self.courses(text, ("students", name), problems)
            for name, text in self.syntax.students.items()
        }
        found: list[Case] = []
        names: set[str] = set()
        for index, case in enumerate(self.syntax.cases):
            here: Location = ("cases", index)
            if case.name in names:
                problems.add(self.page.place(here), "this name stands twice", "Say the difference.")
            names.add(case.name)
            if case.student in students:
                found += self.case(case, students[case.student], here, problems)
            else:
                place = self.page.place((*here, "student"))
                fix = nearest(case.student, students)
                problems.add(place, f"unknown student '{case.student}'", fix)
        return tuple(found)

    def case(
        self,
        case: _CaseSyntax,
        courses: tuple[CourseRecord, ...],
        here: Location,
        problems: Problems,
    ) -> list[Case]:
        try:
            ruleset = choose_version(self.rules, entered_grade_9=case.entered_grade_9)
        except RuleError as error:
            problems.add(self.page.place((*here, "entered_grade_9")), error.what, error.fix)
            return []
        return [
            Case(
                name=case.name,
                where=self.page.place(here),
                record=StudentRecord(
                    student=case.name,
                    entered_grade_9=case.entered_grade_9,
                    courses=self.change(courses, case, here, problems),
                ),
                ruleset=ruleset,
                status=case.expect.get("status", ""),
                expect=self.expected(case, ruleset, here, problems),
            )
        ]

    def change(
        self,
        courses: tuple[CourseRecord, ...],
        case: _CaseSyntax,
        here: Location,
        problems: Problems,
    ) -> tuple[CourseRecord, ...]:
        titles = {course.title for course in courses}
        for name in case.minus:
            if name not in titles:
                place = self.page.place((*here, "minus"))
                problems.add(place, f"student has no course '{name}'", nearest(name, titles))
        kept = tuple(course for course in courses if course.title not in case.minus)
        added = self.courses(case.plus, (*here, "plus"), problems)
        twice = {course.title for course in kept} & {course.title for course in added}
        for name in sorted(twice):
            place = self.page.place((*here, "plus"))
            problems.add(place, f"course '{name}' stands twice", "Give it a name of its own.")
        return kept + added

    def expected(
        self, case: _CaseSyntax, ruleset: RuleSet, here: Location, problems: Problems
    ) -> Mapping[str, Expectation]:
        place = self.page.place((*here, "expect"))
        known = {"status", "total", *(each.id for each in ruleset.walk())}
        found: dict[str, Expectation] = {}
        if case.expect.get("status") not in {*_GRADED, "short"}:
            problems.add(
                place, "'status' of the whole is missing", f"Add {', '.join(_GRADED)} or short."
            )
        for name, text in case.expect.items():
            short = re.fullmatch(r"short (\d+(?:\.\d+)?)", text)
            if name not in known:
                problems.add(place, f"unknown requirement '{name}'", nearest(name, known))
            elif name == "status":
                continue
            elif short:
                found[name] = Expectation("short", parse_credits(short[1]))
            elif text in _GRADED:
                found[name] = Expectation(text)
            else:
                fix = f"Write {', '.join(_GRADED)}, or short with an amount: short 0.5."
                problems.add(place, f"'{text}' is nothing to expect of '{name}'", fix)
        return found

    def courses(
        self, text: str, location: Location, problems: Problems
    ) -> tuple[CourseRecord, ...]:
        first = self.page.line(location) + 1
        found: list[CourseRecord] = []
        for number, line in enumerate(text.splitlines(), first):
            if not line.strip():
                continue
            place = f"{self.page.where}:{number}"
            try:
                courses = _courses_of(line.strip())
            except ValueError as error:
                what, _, fix = str(error).partition(". ")
                problems.add(place, what, fix)
                continue
            self.words(courses[0], place, problems)
            found += courses
        return tuple(found)

    def words(self, course: CourseRecord, place: str, problems: Problems) -> None:
        """A subject or tag that the rules do not know would silently count nowhere."""
        subjects = [key for key, _ in self.rules.versions[0].subjects]
        tags = [key for key, _ in self.rules.versions[0].tags]
        if course.subject not in subjects:
            fix = nearest(course.subject, subjects)
            problems.add(place, f"unknown subject '{course.subject}'", fix)
        for tag in sorted(course.tags - set(tags)):
            problems.add(place, f"unknown tag '{tag}'", nearest(tag, tags))


def _courses_of(line: str) -> list[CourseRecord]:
    columns = re.split(r"\s{2,}", line)
    if len(columns) != 3:
        raise ValueError(
            f"'{line}' has not three columns. Write name, credits, subject with two or more "
            "spaces between them."
        )
    title, amount, words = columns
    times, _, each = amount.rpartition("x")
    if times.strip() and not times.strip().isdigit():
        raise ValueError(f"'{amount}' is not an amount. Write 0.5, or 3 x 1 for three courses.")
    count = int(times) if times.strip() else 1
    model = _course_of(title, parse_credits(each.strip()), words)
    if count == 1:
        return [model]
    ids = (f"{title} {n}" for n in range(1, count + 1))
    return [_course_of(title, model.credits, words, course_id=name) for name in ids]


def _course_of(title: str, amount: Credits, text: str, *, course_id: str = "") -> CourseRecord:
    marked = {"#": "", "=": "", "@": "earned"}
    plain: list[str] = []
    for word in (word.strip() for word in text.split(",")):
        if word[:1] in marked:
            marked[word[0]] = word[1:]
        elif re.fullmatch(r"[a-z0-9-]+", word):
            plain.append(word)
        else:
            raise ValueError(f"'{word}' is not a subject or tag. Write it in lower case, hyphens.")
    if not plain:
        raise ValueError(f"course '{title}' has no subject. Write it in the third column.")
    if marked["@"] not in set(State):
        raise ValueError(f"'@{marked['@']}' is not a state. Write one of {', '.join(State)}.")
    return CourseRecord(
        id=course_id or title,
        credits=amount,
        state=State(marked["@"]),
        course=marked["="],
        title=title,
        number=marked["#"],
        subject=plain[0],
        tags=frozenset(plain[1:]),
    )
