"""The rows of one partition, checked: who the students are and what their records say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pathloom.engine.audit.batch.columns import Column, column
from pathloom.engine.audit.batch.job import Context
from pathloom.engine.audit.batch.rejects import Rejects
from pathloom.engine.errors import Problem, RecordError, nearest
from pathloom.engine.record import CourseRecord, State, StudentRecord
from pathloom.engine.rules.facts import complete
from pathloom.engine.units import Mark, SchoolYear, Term, parse_credits

FACTS = ("course", "number", "sced", "subject", "tags", "title", "mark")
NAMES = ("student", "id", "course", "mark")
MOST_RECORDS = 999  # of one student, where records have no ids of their own

Parse = Callable[[Any], Any]


def _state(value: str) -> State:
    try:
        return State(value)
    except ValueError:
        raise ValueError(
            f"'{value}' is no state of a course record. {nearest(value, list(State))}"
        ) from None


PARSERS: dict[str, Parse] = {
    "entered_grade_9": SchoolYear.parse,
    "credits": parse_credits,
    "state": _state,
    "mark": Mark.parse,
    "term": Term.parse,
}
REQUIRED = ("entered_grade_9", "credits", "state")


@dataclass(slots=True)
class Rows:
    """One partition as columns. Student ``s`` has the rows ``starts[s]`` to ``starts[s + 1]``.

    ``parsed`` holds the values of each column of ``PARSERS``, by code; None for a bad one.
    ``facts`` are the distinct courses, completed from the catalog, and ``fact`` says which of them
    a row is. ``good`` are the students without a mistake.
    """

    columns: dict[str, Column]
    starts: NDArray[np.int64]
    students: list[str]
    first_row: int
    parsed: dict[str, list[Any]]
    facts: list[CourseRecord | None]
    fact: NDArray[np.int32]
    empty: NDArray[np.bool_]
    good: NDArray[np.bool_]

    @property
    def count(self) -> int:
        return len(self.students)

    def entered(self, student: int) -> SchoolYear:
        where = self.columns["entered_grade_9"].codes[self.starts[student]]
        found: SchoolYear = self.parsed["entered_grade_9"][where]
        return found

    def record_id(self, row: int, first: int) -> str:
        """Return the record's own id, or else its place among the student's rows: ``001``."""
        own = self.columns["id"].value(row)
        return f"{row - first + 1:03d}" if own is None else str(own)

    def record(self, student: int) -> StudentRecord:
        """Return one student's courses as the interactive audit takes them."""
        start, stop = int(self.starts[student]), int(self.starts[student + 1])
        courses = tuple(
            self._course(row, start) for row in range(start, stop) if not self.empty[row]
        )
        return StudentRecord(self.students[student], self.entered(student), courses)

    def _course(self, row: int, start: int) -> CourseRecord:
        fact = self.facts[self.fact[row]]
        if fact is None:
            raise ValueError(f"row {row} has no course")  # the student is not good
        return CourseRecord(
            id=self.record_id(row, start),
            credits=self._parsed("credits", row),
            state=self._parsed("state", row),
            course=fact.course,
            title=fact.title,
            number=fact.number,
            sced=fact.sced,
            subject=fact.subject,
            tags=fact.tags,
            term=self._parsed("term", row),
            mark=fact.mark,
        )

    def _parsed(self, name: str, row: int) -> Any:
        code = self.columns[name].codes[row]
        return None if code < 0 else self.parsed[name][code]


def read_rows(table: pa.Table, *, first_row: int, known: Context, rejects: Rejects) -> Rows:
    """Turn a table into students and their records; what is wrong goes to ``rejects``."""
    return _Reader(table, first_row, known, rejects).rows()


class _Reader:
    def __init__(self, table: pa.Table, first_row: int, known: Context, rejects: Rejects) -> None:
        self.count = table.num_rows
        self.first_row = first_row
        self.known = known
        self.rejects = rejects
        names = ("student", "id", *PARSERS, *(name for name in FACTS if name != "mark"))
        self.columns = {name: _named(column(table, name), name) for name in names}
        self.bad = np.zeros(self.count, dtype=bool)

    def rows(self) -> Rows:
        starts = self.starts()
        parsed = {name: self.parse(name, parse) for name, parse in PARSERS.items()}
        empty = self.empty()
        for name in REQUIRED:
            self.require(name, empty if name != "entered_grade_9" else None)
        fact, facts = self.facts(parsed["mark"], empty)
        self.check_students(starts, parsed["entered_grade_9"])
        self.check_ids(starts, empty)
        self.check_doubles(starts, fact, empty)
        students = self.columns["student"]
        names = [students.value(row) or "" for row in starts[:-1].tolist()]
        good = (
            ~np.logical_or.reduceat(self.bad, starts[:-1])
            if len(names)
            else np.zeros(0, dtype=bool)
        )
        return Rows(
            columns=self.columns,
            starts=starts,
            students=names,
            first_row=self.first_row,
            parsed=parsed,
            facts=facts,
            fact=fact,
            empty=empty,
            good=good,
        )

    def reject(self, row: int, name: str, problem: tuple[str, str]) -> None:
        self.bad[row] = True
        found = self.columns[name].value(row) if name in self.columns else None
        student = self.columns["student"].value(row)
        self.rejects.add(row, student=student, column=name, value=found, problem=problem)

    def starts(self) -> NDArray[np.int64]:
        codes = self.columns["student"].codes
        changes = np.flatnonzero(codes[1:] != codes[:-1]) + 1
        inner = [changes, [self.count]] if self.count else [[]]
        return np.concatenate([[0], *inner]).astype(np.int64)

    def parse(self, name: str, parse: Parse) -> list[Any]:
        """Parse each distinct value once; reject every row with a bad one."""
        found: list[Any] = []
        bad: dict[int, tuple[str, str]] = {}
        for code, value in enumerate(self.columns[name].values):
            try:
                found.append(None if value is None or value == "" else parse(value))
            except ValueError as error:
                what, _, fix = str(error).partition(". ")
                bad[code] = (what, fix)
                found.append(None)
        for row in self.columns[name].rows_with(bad).tolist():
            self.reject(row, name, bad[int(self.columns[name].codes[row])])
        return found

    def empty(self) -> NDArray[np.bool_]:
        """A row with nothing about a course stands for a student who has none yet."""
        names = [name for name in self.columns if name not in {"student", "entered_grade_9"}]
        empty = np.ones(self.count, dtype=bool)
        for name in names:
            empty &= self.columns[name].codes < 0
        return empty

    def require(self, name: str, unless: NDArray[np.bool_] | None) -> None:
        missing = self.columns[name].codes < 0
        if unless is not None:
            missing &= ~unless
        for row in np.flatnonzero(missing).tolist():
            self.reject(row, name, (f"'{name}' is empty", "Fill it in."))

    def facts(
        self, marks: list[Any], empty: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int32], list[CourseRecord | None]]:
        """Find the distinct courses and complete each of them once."""
        fact, rows = distinct([_key(self.columns[name]) for name in FACTS])
        found: list[CourseRecord | None] = []
        bad: dict[int, tuple[str, str]] = {}
        for index, row in enumerate(rows.tolist()):
            found.append(None)
            if empty[row]:
                continue
            try:
                found[-1] = self.complete(row, marks)
            except RecordError as error:
                bad[index] = (error.problems[0].what, error.problems[0].fix)
        for row in np.flatnonzero(np.isin(fact, list(bad))).tolist() if bad else ():
            self.reject(row, "course", bad[int(fact[row])])
        return fact, found

    def complete(self, row: int, marks: list[Any]) -> CourseRecord:
        course, number, sced, subject, tags, title = (
            self.columns[name].value(row) or "" for name in FACTS[:-1]
        )
        code = self.columns["mark"].codes[row]
        alone = CourseRecord(
            id="",
            credits=0,
            state=State.EARNED,
            course=course,
            title=title,
            number=number,
            sced=sced,
            subject=subject,
            tags=frozenset(tags.replace(";", " ").split()),
            mark=None if code < 0 else marks[code],
        )
        record = StudentRecord("", SchoolYear(0), (alone,))
        return complete(record, self.known.catalog).courses[0]

    def check_students(self, starts: NDArray[np.int64], years: list[Any]) -> None:
        """Each student has a name, one cohort with rules, and rows that stand together."""
        column = self.columns["student"]
        for row in np.flatnonzero(column.codes < 0).tolist():
            self.reject(row, "student", ("'student' is empty", "Say whose record it is."))
        runs = column.codes[starts[:-1]]
        times = np.bincount(runs[runs >= 0], minlength=len(column.values))
        for row in starts[:-1][(runs >= 0) & (times[runs] > 1)].tolist():
            self.reject(row, "student", APART)
        cohorts = self.columns["entered_grade_9"]
        lengths = np.diff(starts)
        differs = cohorts.codes != np.repeat(cohorts.codes[starts[:-1]], lengths)
        for row in np.flatnonzero(differs & (column.codes >= 0)).tolist():
            self.reject(row, "entered_grade_9", TWO_COHORTS)
        without: dict[int, tuple[str, str]] = {}
        for code, year in enumerate(years):
            rules = self.known.rules_for(year) if year is not None else None
            if isinstance(rules, Problem):
                without[code] = (rules.what, rules.fix)
        at = cohorts.codes[starts[:-1]]
        for row, code in zip(starts[:-1].tolist(), at.tolist(), strict=True):
            if code in without:
                self.reject(row, "entered_grade_9", without[code])

    def check_ids(self, starts: NDArray[np.int64], empty: NDArray[np.bool_]) -> None:
        codes = self.columns["id"].codes
        if not len(self.columns["id"].values):
            for student in np.flatnonzero(np.diff(starts) > MOST_RECORDS).tolist():
                self.reject(int(starts[student]), "student", TOO_MANY)
            return
        for row in np.flatnonzero((codes < 0) & ~empty).tolist():
            self.reject(row, "id", ("'id' is empty", "Give every record an id, or none."))
        for row in _repeated([_owners(starts), _key(self.columns["id"])]).tolist():
            if codes[row] >= 0:
                self.reject(row, "id", ("the student has this id twice", "Give each its own."))

    def check_doubles(
        self, starts: NDArray[np.int64], fact: NDArray[np.int32], empty: NDArray[np.bool_]
    ) -> None:
        if len(self.columns["id"].values):
            return
        others = [_key(self.columns[name]) for name in ("credits", "state", "term")]
        courses = (fact, int(fact.max(initial=0)) + 1)
        for row in _repeated([_owners(starts), courses, *others]).tolist():
            self.reject(row, "course" if not empty[row] else "student", DOUBLE)


def _owners(starts: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    count = len(starts) - 1
    return np.repeat(np.arange(count), np.diff(starts)), count


def _key(column: Column) -> tuple[NDArray[np.int32], int]:
    return column.codes, len(column.values)


APART = (
    "the rows of this student do not stand together",
    "Sort the table by student.",
)
TWO_COHORTS = (
    "not the same as in the student's first row",
    "Write the year of first entering grade 9 in every row of the student.",
)
TOO_MANY = (
    f"more than {MOST_RECORDS} records",
    "Give each record an id, or check whether several students share a name.",
)
DOUBLE = (
    "this row stands there twice",
    "Leave one out; two records of one course need a term each, or an id.",
)


def distinct(
    keys: Sequence[tuple[NDArray[Any], int]],
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number the distinct combinations of codes; return each row's number, and its first row.

    Each key is given with the number of its values; its codes are from -1 on.
    """
    key = np.zeros(len(keys[0][0]), dtype=np.int64)
    span = 1
    for codes, count in keys:
        if not count:
            continue
        if span * (count + 1) >= 2**62:
            numbers, rows = _numbered(key)
            key, span = numbers.astype(np.int64), len(rows)
        key *= count + 1
        key += codes
        key += 1
        span *= count + 1
    return _numbered(key)


def _numbered(key: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    encoded = pa.array(key).dictionary_encode()
    numbers: NDArray[np.int32] = encoded.indices.to_numpy()
    rows = np.zeros(len(encoded.dictionary), dtype=np.int64)
    rows[numbers[::-1]] = np.arange(len(key) - 1, -1, -1)
    return numbers, rows


def _repeated(keys: Sequence[tuple[NDArray[Any], int]]) -> NDArray[np.intp]:
    """Return the rows whose keys an earlier row has too."""
    numbers, rows = distinct(keys)
    if len(rows) == len(numbers):
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(rows[numbers] != np.arange(len(numbers)))


def _named(found: Column, name: str) -> Column:
    if name not in NAMES:
        return found
    return replace(found, values=[None if each is None else str(each) for each in found.values])
