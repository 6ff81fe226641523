"""Audits one student of a batch the way a counselor's page does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pathloom.engine.audit import audit
from pathloom.engine.audit.batch.job import Context
from pathloom.engine.audit.batch.rejects import Rejects
from pathloom.engine.audit.batch.rows import Rows
from pathloom.engine.audit.batch.tables import CERTIFICATES, REQUIREMENTS, STUDENTS, Answers
from pathloom.engine.audit.result import AuditResult, RequirementResult
from pathloom.engine.errors import Problem, RecordError
from pathloom.engine.record import StudentRecord


def _lists(names: list[str]) -> dict[str, list[Any]]:
    return {name: [] for name in names}


@dataclass(slots=True)
class Singles:
    """Collects the answers of students who are audited one by one."""

    rows: Rows
    known: Context
    rejects: Rejects
    students: dict[str, list[Any]] = field(default_factory=lambda: _lists(STUDENTS.names))
    requirements: dict[str, list[Any]] = field(default_factory=lambda: _lists(REQUIREMENTS.names))
    certificates: dict[str, list[Any]] = field(default_factory=lambda: _lists(CERTIFICATES.names))

    def audit(self, student: int, record: StudentRecord) -> None:
        """Audit one student; a record that cannot be audited goes to the rejects."""
        rules = self.known.rules_for(record.entered_grade_9)
        if isinstance(rules, Problem):
            raise ValueError(rules.what)  # such students are not good
        try:
            result = audit(record, rules, catalog=None, as_of=self.known.job.as_of)
        except RecordError as error:
            row = int(self.rows.starts[student])
            for problem in error.problems:
                self.rejects.of_student(row, student=record.student, problem=problem)
            return
        self._add(student, result)

    def into(self, answers: Answers) -> None:
        """Hand over what was collected."""
        if self.students["index"]:
            answers.add("students", self.students)
            answers.add("requirements", self.requirements)
            answers.add("certificates", self.certificates)

    def _add(self, student: int, result: AuditResult) -> None:
        values = (student, result.ruleset, str(result.status), str(result.tier))
        _append(self.students, values)
        first = int(self.rows.starts[student])
        stop = int(self.rows.starts[student + 1])
        at = {
            self.rows.record_id(row, first): row
            for row in range(first, stop)
            if not self.rows.empty[row]
        }
        at |= {each.id: at[each.because_of] for each in result.awarded if each.because_of in at}
        for each in (*result.walk(), result.total):
            self._add_requirement(student, each, at)

    def _add_requirement(self, student: int, each: RequirementResult, at: dict[str, int]) -> None:
        amounts = (each.need, each.earned, each.in_progress, each.planned, each.short, each.excused)
        words = (student, each.id, str(each.measure), str(each.status))
        _append(self.requirements, (*words, *amounts, each.needed))
        for part in each.counted:
            row = at.get(part.record)
            _append(
                self.certificates,
                (
                    student,
                    None if row is None else self.rows.first_row + row,
                    part.record,
                    part.requirement,
                    part.amount,
                    str(part.state),
                    part.second,
                    part.overflow,
                    part.substitute or None,
                ),
            )


def _append(table: dict[str, list[Any]], values: tuple[Any, ...]) -> None:
    for column, value in zip(table.values(), values, strict=True):
        column.append(value)
