"""The outcomes of 300 invented students under all packaged rules, as text that shows a change.

Run ``make baseline`` to write them anew after a change that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pathloom.engine.audit import audit
from pathloom.engine.audit.compare import outcome
from pathloom.engine.audit.result import AuditResult, RequirementResult
from pathloom.engine.errors import RuleError
from pathloom.engine.record import StudentRecord
from pathloom.engine.rules.choose import choose_version
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Rulebook
from pathloom.engine.rules.students import Students, read_students, rule_files_for
from pathloom.engine.units import format_credits

FOLDER = Path(__file__).with_name("baseline")
STUDENTS = FOLDER / "students.yaml"
OUTCOMES = FOLDER / "outcomes.txt"


def lines(students: Students, rulebook: Rulebook) -> Iterator[str]:
    """Yield a line for each student, and below it one for each of its audits."""
    for each in students.students:
        yield f"{each.record.student}, entered {each.record.entered_grade_9}"
        for file in rule_files_for(each.rules, rulebook):
            yield f"  {file.id}: {_answer(each.record, file.id, rulebook, students)}"


def _answer(record: StudentRecord, name: str, rulebook: Rulebook, students: Students) -> str:
    file = rulebook.file(name)
    assert file is not None
    year, day = record.entered_grade_9, students.as_of
    try:
        ruleset = choose_version(file, entered_grade_9=year, as_of=day)
    except RuleError:
        return "not covered"
    result = audit(record, ruleset, catalog=None, as_of=day)
    named = [text for each in (*result.requirements, result.total) for text in _open(each)]
    parts = [f"{result.status} by {result.tier}", _amounts(result), *named]
    decided = [
        f"{each.exception.id} {'holds' if each.in_effect else 'has no effect'}"
        for each in result.exceptions
    ]
    held = [
        f"{each.id} holds back {format_credits(each.there - each.counts)}" for each in result.caps
    ]
    return "; ".join([*parts, *decided, *held])


def _amounts(result: AuditResult) -> str:
    total = result.total
    amounts = (total.earned, total.in_progress, total.planned)
    return f"{' + '.join(map(format_credits, amounts))} of {format_credits(total.need)}"


def _open(each: RequirementResult) -> Iterator[str]:
    """Name what is not met, down to the parts; alternatives that are not taken are left out."""
    if not each.needed or each.status == "met":
        return
    yield f"{each.id} {outcome(each)}"
    for part in each.parts:
        yield from _open(part)


def text() -> str:
    return "".join(f"{line}\n" for line in lines(read_students(STUDENTS), load_rulebook()))


if __name__ == "__main__":
    OUTCOMES.write_text(text(), encoding="utf-8")
