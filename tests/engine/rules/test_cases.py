"""Case files: how they are read, and that a wrong expectation is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.record import State, StudentRecord
from pathloom.engine.rules.cases import Case, cases_file, read_cases, run_cases
from pathloom.engine.rules.load import PACKAGED
from pathloom.engine.rules.nodes import RuleSet

RULES = (PACKAGED / "us-demo" / "diploma.yaml").read_text(encoding="utf-8")
CASES = """\
students:
  core: |
    Choir           2 x 1    arts
    Typing          0.5      technology, =KEY-1, @planned
    Optics          1        science, laboratory, #90.71000
cases:
  - name: A sentence
    entered_grade_9: 2015-16
    student: core
    minus: [Optics]
    plus: |
      English A     0.5      english, @in_progress
    expect: {status: short, english: short 0.5, total: short 0.5}
"""


@dataclass(frozen=True)
class Judged:
    id: str
    status: str
    short: int = 0
    needed: bool = True
    parts: tuple[Judged, ...] = ()

    def walk(self) -> Iterator[Judged]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Answer:
    """An audit that always says the same."""

    status: str
    total: Judged
    requirements: tuple[Judged, ...]

    def walk(self) -> Iterator[Judged]:
        for each in self.requirements:
            yield from each.walk()

    def __call__(
        self, record: StudentRecord, ruleset: RuleSet, *, catalog: None, as_of: date
    ) -> Answer:
        return self


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "diploma.yaml").write_text(RULES, encoding="utf-8")
    path = tmp_path / "diploma.cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, text: str) -> tuple[Case, ...]:
    return read_cases(written(tmp_path, text), where="cases")


def test_a_case_becomes_a_record_and_its_rules(tmp_path: Path) -> None:
    (case,) = read(tmp_path, CASES)

    first, second, typing, english = case.record.courses
    assert (first.id, second.id, first.title) == ("Choir 1", "Choir 2", "Choir")
    assert (typing.course, typing.state, typing.credits) == ("KEY-1", State.PLANNED, 50)
    assert (english.subject, english.state) == ("english", State.IN_PROGRESS)
    assert case.ruleset.id == "us-demo/diploma/before-2020"
    assert case.as_of == date(2019, 7, 1)
    assert case.where == "cases:7"


def test_number_and_tags_are_read(tmp_path: Path) -> None:
    (case,) = read(tmp_path, CASES.replace("    minus: [Optics]\n", ""))

    optics = case.record.courses[3]
    assert (optics.number, optics.subject, optics.tags) == (
        "90.71000",
        "science",
        frozenset({"laboratory"}),
    )


def test_a_case_runs_for_each_year_and_each_day(tmp_path: Path) -> None:
    text = CASES.replace("2015-16", "[2015-16, 2018-19]\n    as_of: [2019-01-31, 2020-06-30]")

    found = read(tmp_path, text)

    assert [(case.name, case.as_of.isoformat()) for case in found] == [
        ("A sentence (2015-16, 2019-01-31)", "2019-01-31"),
        ("A sentence (2015-16, 2020-06-30)", "2020-06-30"),
        ("A sentence (2018-19, 2019-01-31)", "2019-01-31"),
        ("A sentence (2018-19, 2020-06-30)", "2020-06-30"),
    ]


def test_an_audit_that_agrees_passes(tmp_path: Path) -> None:
    answer = Answer("short", Judged("total", "short", 50), (Judged("english", "short", 50),))

    (outcome,) = run_cases(written(tmp_path, CASES), audit=answer)

    assert outcome.passed
    assert outcome.name == "A sentence"


def test_every_difference_is_said(tmp_path: Path) -> None:
    answer = Answer(
        "in_progress",
        Judged("total", "short", 100),
        (Judged("english", "met"), Judged("electives", "planned")),
    )

    (outcome,) = run_cases(written(tmp_path, CASES), audit=answer)

    assert not outcome.passed
    assert outcome.differences == (
        "status: expected short, got in_progress",
        "english: expected short 0.5, got met",
        "electives: expected met, got planned",
        "total: expected short 0.5, got short 1.0",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    student: core",
            "    student: cora",
            "cases:9: unknown student 'cora'. Did you mean 'core'?",
        ),
        (
            "    student: core",
            "    students: core",
            "cases:7: 'student' is missing in case 'A sentence'. Add 'student'.\n"
            "cases:9: unknown key 'students' in case 'A sentence'. Did you mean 'student'?",
        ),
        ("[Optics]", "[Optic]", "cases:10: student has no line 'Optic'. Did you mean 'Optics'?"),
        (
            "English A ",
            "Typing    ",
            "cases:11: course 'Typing' stands twice. Give it a name of its own.",
        ),
        (
            "english: short 0.5",
            "englisch: short 0.5",
            "cases:13: unknown requirement 'englisch'. Did you mean 'english'?",
        ),
        (
            "english: short 0.5",
            "english: missing",
            "cases:13: 'missing' is nothing to expect of 'english'. "
            "Write met, in_progress, planned, excused, short, with an amount: short 0.5.",
        ),
        (
            "status: short, ",
            "",
            "cases:13: 'status' of the whole is missing. "
            "Add one of met, in_progress, planned, excused, short.",
        ),
        (
            "2 x 1    arts",
            "2 x 1    art",
            "cases:3: unknown subject 'art'. Did you mean 'arts'?",
        ),
        (
            "science, laboratory",
            "science, laboratori",
            "cases:5: unknown tag 'laboratori'. Did you mean 'laboratory'?",
        ),
        (
            "2 x 1    arts",
            "2 x 1 arts",
            "cases:3: 'Choir           2 x 1 arts' has not three columns. "
            "Write name, credits, subject with two or more spaces between them.",
        ),
        (
            "2 x 1",
            "a x 1",
            "cases:3: 'a x 1' is not an amount. Write 0.5, or 3 x 1 for three of them.",
        ),
        (
            "0.5      tech",
            "half     tech",
            "cases:4: 'half' is not an amount of credit. Write a number such as 0.5.",
        ),
        (
            "@planned",
            "@wished",
            "cases:4: '@wished' is not a state. "
            "Write one of earned, in_progress, planned, failed, withdrawn after @.",
        ),
        (
            "technology, =KEY-1",
            "=KEY-1",
            "cases:4: course 'Typing' has no subject. Write it in the third column.",
        ),
        (
            "arts\n",
            "Fine Arts\n",
            "cases:3: 'Fine Arts' is not a subject or tag. Write it in lower case, hyphens.",
        ),
    ],
)
def test_each_mistake_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in CASES
    with pytest.raises(RuleError) as raised:
        read(tmp_path, CASES.replace(old, new, 1))

    assert str(raised.value) == message


def test_a_cohort_without_rules_is_a_mistake_of_the_case(tmp_path: Path) -> None:
    path = written(tmp_path, CASES.replace("2015-16", "2030-31"))
    rules = RULES.replace("{from: 2025-26}", "{from: 2025-26, to: 2027-28}")
    path.with_name("diploma.yaml").write_text(rules, encoding="utf-8")

    with pytest.raises(RuleError) as raised:
        read_cases(path, where="cases")

    assert str(raised.value) == (
        "cases:8: no rules for students who entered grade 9 in 2030-31. Covered are students who "
        "entered in 2019-20 or earlier; from 2020-21 to 2024-25; from 2025-26 to 2027-28."
    )


def test_two_cases_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    case = CASES[CASES.index("  - name") :]

    with pytest.raises(RuleError) as raised:
        read(tmp_path, CASES + case)

    assert str(raised.value) == "cases:14: this name stands twice. Say the difference."


def test_cases_stand_beside_their_rules() -> None:
    assert cases_file(Path("us-ga/diploma.yaml")) == Path("us-ga/diploma.cases.yaml")
