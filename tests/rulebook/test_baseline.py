"""The outcomes of 300 invented students are as committed; a change of rules or engine shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import Rulebook, RuleFile
from pathloom.engine.rules.students import Students, read_students, rule_files_for
from tests.rulebook.baseline import OUTCOMES, STUDENTS, lines

CHANGED = "Outcomes changed: see the difference; if it is meant, run `make baseline` and commit it."


def invented() -> Students:
    return read_students(STUDENTS)


def test_the_outcomes_of_the_invented_students_are_as_committed() -> None:
    found = list(lines(invented(), load_rulebook()))

    assert found == OUTCOMES.read_text(encoding="utf-8").splitlines(), CHANGED


def test_there_are_300_students_over_all_packs_of_the_states() -> None:
    students = invented().students
    audited = Counter(
        file.id for each in students for file in rule_files_for(each.rules, load_rulebook())
    )
    packs = {file.id for file in load_rulebook().files if not file.id.startswith("us-demo")}

    assert len(students) == 300
    assert packs - set(audited) <= {"us-tn/cte-concentrator", "us-ut/cte-concentrator"}


def test_every_status_and_every_tier_occurs() -> None:
    text = OUTCOMES.read_text(encoding="utf-8")
    words = {line.split(": ", 1)[1].split(";")[0] for line in text.splitlines() if ": " in line}

    assert {word.split()[0] for word in words} >= {"met", "in_progress", "planned", "short"}
    assert {word.split()[-1] for word in words} >= {"sums", "flow", "search"}


def test_a_rule_that_asks_for_more_shows_as_a_difference() -> None:
    book = load_rulebook()
    file = book.file("us-sc/diploma")
    assert file is not None
    changed = with_file(book, with_more(file))

    before = list(lines(invented(), book))
    after = list(lines(invented(), changed))

    different = {was for was, now in zip(before, after, strict=True) if was != now}
    assert different
    assert {line.split(":")[0].strip() for line in different} == {"us-sc/diploma"}


def with_more(file: RuleFile) -> RuleFile:
    """A file whose first requirement asks for half a unit more in every version."""
    versions = []
    for version in file.versions:
        first, *rest = version.requirements
        more = replace(first, earn=first.earn + 50)
        versions.append(replace(version, requirements=(more, *rest), total=version.total + 50))
    return replace(file, versions=tuple(versions))


def with_file(book: Rulebook, file: RuleFile) -> Rulebook:
    files = tuple(file if each.id == file.id else each for each in book.files)
    return replace(book, files=files)
