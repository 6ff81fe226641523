"""Rule files: every mistake at once, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import PACKAGED, load_rule_file, load_rulebook, rule_files
from pathloom.engine.rules.nodes import AnyCourse, EachOf, HasTag, NoneOf, OneOf, Split, SubjectIs

RIGHT = """\
jurisdiction: us-sc
diploma: diploma
title: A Diploma
credit: {name: unit, carnegie_units: 1}
status: draft
subjects: {english: English, science: science}
tags: {personal-finance: Personal Finance}
sources:
  reg:
    title: The regulation
    url: https://example.org/reg
    read_on: 2026-11-21
    kind: secondary
versions:
  - id: us-sc/diploma/2023
    entered_grade_9: {from: 2023-24}
    total: 3
    overflow_into: electives
    requirements:
      - id: english
        earn: 1.5
        from: {subject: english}
        source: reg
        include:
          - {id: literature, earn: 1, from: {all: [{subject: english}, {not: {tag: personal-finance}}]}, source: reg}
      - {id: finance, earn: 0.5, from: {any: [{tag: personal-finance}, {number: 52.X801XXX}]}, source: reg}
      - {id: electives, earn: 1, from: any, source: reg}
    awards:
      - id: extra
        when: {tag: personal-finance}
        at_least: 1
        grant: {title: Extra, subject: science, credits: 0.5, tags: [personal-finance]}
        source: reg
"""  # noqa: E501


def mistakes(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "diploma.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_rule_file(path, where="us-sc/diploma.yaml")
    return [str(problem) for problem in raised.value.problems]


def test_a_right_file_becomes_values(tmp_path: Path) -> None:
    path = tmp_path / "diploma.yaml"
    path.write_text(RIGHT, encoding="utf-8")

    file = load_rule_file(path)

    ruleset = file.versions[0]
    assert (file.id, file.path) == ("us-sc/diploma", str(path))
    assert (ruleset.total, ruleset.split, ruleset.overflow_into) == (
        300,
        Split.OVERFLOW,
        "electives",
    )
    english, finance, electives = ruleset.requirements
    assert (english.title, english.earn, english.open_part, english.line) == (
        "English",
        150,
        50,
        20,
    )
    assert english.include[0].match == EachOf(
        (SubjectIs("english"), NoneOf(HasTag("personal-finance")))
    )
    assert isinstance(finance.match, OneOf)
    assert electives.match == AnyCourse()
    assert ruleset.awards[0].credits == 50
    assert ruleset.source("reg").read_on == "2026-11-21"
    assert not ruleset.official


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{id: finance, earn: 0.5",
            "{id: finance, earns: 0.5, earn: 0.5",
            "us-sc/diploma.yaml:26: unknown key 'earns' in requirement 'finance'. "
            "Did you mean 'earn'?",
        ),
        (
            "status: draft",
            "status: draft\nchecker: []",
            "us-sc/diploma.yaml:6: unknown key 'checker'. Did you mean 'checked'?",
        ),
        (
            "{subject: english}\n        source",
            "{subjekt: english}\n        source",
            "us-sc/diploma.yaml:22: unknown key 'subjekt' in requirement 'english'. "
            "Did you mean 'subject'?",
        ),
        (
            "    kind: secondary",
            "    kind: hearsay",
            "us-sc/diploma.yaml:13: 'kind': input should be 'primary' or 'secondary'. "
            "Correct this value.",
        ),
        (
            "title: A Diploma",
            "title: [A, Diploma]",
            "us-sc/diploma.yaml:3: 'title': text is expected. Write words; put a number in quotes.",
        ),
        (
            "earn: 1.5",
            "earn: one",
            "us-sc/diploma.yaml:21: 'earn': 'one' is not an amount of credit. "
            "Write a number such as 0.5.",
        ),
        (
            "earn: 1.5",
            "earn: 1.505",
            "us-sc/diploma.yaml:21: 'earn': 1.505 has more than two decimals. "
            "Round it to hundredths.",
        ),
        (
            "from: {subject: english}\n        source: reg",
            "from: {subject: english}",
            "us-sc/diploma.yaml:20: 'source' is missing in requirement 'english'. Add 'source'.",
        ),
        (
            "from: any, source: reg}",
            "from: any, source: rek}",
            "us-sc/diploma.yaml:27: unknown source 'rek'. Did you mean 'reg'?",
        ),
        (
            "{subject: english}\n        source",
            "{subject: englich}\n        source",
            "us-sc/diploma.yaml:22: unknown subject 'englich'. Did you mean 'english'?",
        ),
        (
            "when: {tag: personal-finance}",
            "when: {tag: money}",
            "us-sc/diploma.yaml:30: unknown tag 'money'. "
            "Declare it under 'tags', or use a declared one.",
        ),
        (
            "tags: [personal-finance]}",
            "tags: [personal-finances]}",
            "us-sc/diploma.yaml:32: unknown tag 'personal-finances'. "
            "Did you mean 'personal-finance'?",
        ),
        (
            "52.X801XXX",
            "52.X801",
            "us-sc/diploma.yaml:26: '52.X801' is not a pattern of course numbers. "
            "Write two digits, a point and seven digits, X for any digit: 27.X992XXX.",
        ),
        (
            "credits: 0.5, tags",
            'number: "25-44", credits: 0.5, tags',
            "us-sc/diploma.yaml:32: '25-44' is not a course number. "
            "Write two digits, a point, then up to seven: 26.07300.",
        ),
        (
            "when: {tag: personal-finance}",
            "when: {tag: personal-finance, subject: science}",
            "us-sc/diploma.yaml:30: 'when': a matcher has exactly one key, "
            "this one has subject, tag. Combine matchers with all: [...] or any: [...].",
        ),
        (
            "when: {tag: personal-finance}",
            "when: {tag: null}",
            "us-sc/diploma.yaml:30: 'when': a matcher without a value. "
            "Write one, such as {tag: biology}.",
        ),
        (
            "when: {tag: personal-finance}",
            "when: finance",
            "us-sc/diploma.yaml:30: 'when': 'finance' is not a matcher. "
            "Write any, or a matcher such as {tag: x}.",
        ),
        (
            "id: finance",
            "id: english",
            "us-sc/diploma.yaml:26: requirement id 'english' stands twice (first on line 20). "
            "Give each its own id.",
        ),
        (
            "id: finance",
            "id: total",
            "us-sc/diploma.yaml:26: 'total' cannot be the id of a requirement. "
            "It names the whole in audits and cases: choose another id.",
        ),
        (
            "{id: finance,",
            "{id: finance, was: [english],",
            "us-sc/diploma.yaml:26: 'english' is the id of a requirement of today. "
            "Ids are never used again: give the new requirement another id.",
        ),
        (
            "subjects: {english:",
            "subjects: {English: x, english:",
            "us-sc/diploma.yaml:6: 'subjects': 'English' is not an id. "
            "Use lower-case letters, digits and hyphens.",
        ),
        (
            "https://example.org/reg",
            "example.org/reg",
            "us-sc/diploma.yaml:11: 'url': not a web address. Write it with https:// in front.",
        ),
        (
            "title: A Diploma",
            "title: ''",
            "us-sc/diploma.yaml:3: 'title': no words stand here. Write them.",
        ),
        (
            "awards:\n      -",
            "awards:\n       ",
            "us-sc/diploma.yaml:28: 'awards': a list is expected. Write it in brackets: [a, b].",
        ),
        (
            "credit: {name: unit, carnegie_units: 1}",
            "credit: unit",
            "us-sc/diploma.yaml:4: 'credit': keys are expected. Write key: value.",
        ),
        (
            "id: finance",
            "id: Finance",
            "us-sc/diploma.yaml:26: 'id': 'Finance' is not an id. "
            "Use lower-case letters, digits and hyphens.",
        ),
        (
            "sources:\n",
            "sources:\n  reg: {title: x, url: 'https://x.org', read_on: 2026-11-21, "
            "kind: primary}\n",
            "us-sc/diploma.yaml:10: key 'reg' stands twice (first on line 9). Keep one of them.",
        ),
        (
            "read_on: 2026-11-21",
            "read_on: yesterday",
            "us-sc/diploma.yaml:12: 'read_on': 'yesterday' is not a day. Write it like 2026-11-21.",
        ),
        (
            "total: 3",
            "total: 4",
            "us-sc/diploma.yaml:17: the requirements of version 'us-sc/diploma/2023' "
            "add up to 3.0, total says 4.0. Correct total, or the earn of a requirement.",
        ),
        (
            "literature, earn: 1,",
            "literature, earn: 2,",
            "us-sc/diploma.yaml:24: the parts of requirement 'english' add up to 2.0, "
            "it earns 1.5. Parts are part of 'earn', never on top of it: correct one of them.",
        ),
        (
            "{id: finance,",
            "{id: finance, also_counts: [elective],",
            "us-sc/diploma.yaml:26: also_counts of requirement 'finance' names unknown "
            "requirement 'elective'. Did you mean 'electives'?",
        ),
        (
            "{id: finance,",
            "{id: finance, also_counts: [finance],",
            "us-sc/diploma.yaml:26: also_counts of requirement 'finance' names itself. "
            "Name the other requirement in which a course counts a second time.",
        ),
        (
            "{id: literature,",
            "{id: literature, also_counts: [english],",
            "us-sc/diploma.yaml:25: also_counts of requirement 'literature' names 'english', "
            "of which it is a part. Name the other requirement in which a course counts a "
            "second time.",
        ),
        (
            "overflow_into: electives",
            "overflow_into: elective",
            "us-sc/diploma.yaml:18: overflow_into names unknown requirement 'elective'. "
            "Did you mean 'electives'?",
        ),
        (
            "overflow_into: electives",
            "overflow_into: electives\n    split: never",
            "us-sc/diploma.yaml:18: overflow_into has no effect with split: never. "
            "Delete it, or write split: overflow.",
        ),
        (
            "id: us-sc/diploma/2023",
            "id: us-nc/diploma/2023",
            "us-sc/diploma.yaml:15: version id 'us-nc/diploma/2023' does not begin with "
            "'us-sc/diploma/'. Write it like us-sc/diploma/2026.",
        ),
        (
            "{any: [{tag: personal-finance}, {number: 52.X801XXX}]}",
            "{any: []}",
            "us-sc/diploma.yaml:26: 'any': the list is empty. Write at least one.",
        ),
        (
            "{any: [{tag: personal-finance}, {number: 52.X801XXX}]}",
            "{any: [finance]}",
            "us-sc/diploma.yaml:26: 'any' item 1: keys are expected. Write key: value.",
        ),
        (
            "{from: 2023-24}",
            "{from: 2023-25}",
            "us-sc/diploma.yaml:16: 'from': '2023-25' is not a school year. Write it like 2026-27.",
        ),
        (
            "{from: 2023-24}",
            "{from: 2023-24, to: 2020-21}",
            "us-sc/diploma.yaml:16: cohorts of version 'us-sc/diploma/2023' end before "
            "they begin. Exchange from and to.",
        ),
    ],
)
def test_each_mistake_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert RIGHT.count(old) >= 1

    assert mistakes(tmp_path, RIGHT.replace(old, new, 1)) == [message]


def test_a_requirement_that_needs_nothing_is_a_mistake(tmp_path: Path) -> None:
    text = RIGHT.replace("{id: finance, earn: 0.5", "{id: finance, earn: 0").replace(
        "total: 3", "total: 2.5"
    )

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:26: requirement 'finance' needs no credit. "
        "Write how much it needs, or delete it."
    ]


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    text = RIGHT.replace("earn: 1.5", "earns: 1.5").replace("total: 3", "total: x")
    text = text.replace("title: A Diploma", "titel: A Diploma")

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:1: 'title' is missing. Add 'title'.",
        "us-sc/diploma.yaml:3: unknown key 'titel'. Did you mean 'title'?",
        "us-sc/diploma.yaml:17: 'total': 'x' is not an amount of credit. "
        "Write a number such as 0.5.",
        "us-sc/diploma.yaml:21: unknown key 'earns' in requirement 'english'. Did you mean 'earn'?",
    ]


def second_version(years: str) -> str:
    version = RIGHT[RIGHT.index("  - id: us-sc") :]
    return RIGHT + version.replace("/2023", "/old").replace("{from: 2023-24}", years)


def test_cohorts_without_overlap_and_gap_are_right(tmp_path: Path) -> None:
    path = tmp_path / "diploma.yaml"
    path.write_text(second_version("{to: 2022-23}"), encoding="utf-8")

    assert len(load_rule_file(path).versions) == 2


def test_overlapping_cohorts_are_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, second_version("{to: 2023-24}")) == [
        "us-sc/diploma.yaml:16: cohorts of version 'us-sc/diploma/2023' overlap those of "
        "version 'us-sc/diploma/old'. Let each cohort have one version on each day."
    ]


def test_a_gap_between_cohorts_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, second_version("{to: 2020-21}")) == [
        "us-sc/diploma.yaml:16: no version covers the cohorts 2021-22 to 2022-23, between "
        "'us-sc/diploma/old' and 'us-sc/diploma/2023'. Extend one of them, or add a version."
    ]


def test_two_versions_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    text = second_version("{to: 2022-23}").replace("/old", "/2023")

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:34: version id 'us-sc/diploma/2023' stands twice "
        "(first on line 15). Give each its own id."
    ]


def test_checked_needs_two_readers_and_a_primary_source(tmp_path: Path) -> None:
    text = RIGHT.replace("status: draft", "status: checked\nchecked: [{name: Ann, on: 2026-11-21}]")

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:5: status 'checked' needs two readers under 'checked'. "
        "Name two people who read the primary text, or write status: draft.",
        "us-sc/diploma.yaml:5: status 'checked' needs a primary source. "
        "Add the text of the rule as a source of kind primary, or write status: draft.",
    ]


def test_a_checked_file_is_official(tmp_path: Path) -> None:
    path = tmp_path / "diploma.yaml"
    readers = "[{name: Ann, on: 2026-11-21}, {name: Ben, on: 2026-11-22}]"
    text = RIGHT.replace("status: draft", f"status: checked\nchecked: {readers}")
    path.write_text(text.replace("kind: secondary", "kind: primary"), encoding="utf-8")

    file = load_rule_file(path)

    assert file.checked == ("Ann, 2026-11-21", "Ben, 2026-11-22")
    assert file.versions[0].official


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: [1, 2\nb: 3\n",
            "us-sc/diploma.yaml:2: not valid YAML: expected ',' or ']', but got ':'. "
            "Correct the YAML on this line.",
        ),
        (
            "",
            "us-sc/diploma.yaml:1: the file is empty. Write it, or delete it.",
        ),
        (
            "a: &a {b: *a}\n",
            "us-sc/diploma.yaml:1: too many things within each other. "
            "Write it flat, without aliases.",
        ),
        (
            "[" * 600,
            "us-sc/diploma.yaml:1: too many things within each other. "
            "Write it flat, without aliases.",
        ),
        (
            "a: \0\n",
            "us-sc/diploma.yaml:1: not valid YAML: unacceptable character #x0000: "
            "special characters are not allowed. Delete it.",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "us-sc/diploma.yaml:2: not valid YAML: but found another document. "
            "Correct the YAML on this line.",
        ),
        (
            "- a\n",
            "us-sc/diploma.yaml:1: the file: keys are expected. Write key: value.",
        ),
    ],
)
def test_a_file_that_is_no_rule_file_says_so(tmp_path: Path, text: str, message: str) -> None:
    assert mistakes(tmp_path, text) == [message]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        load_rule_file(tmp_path / "none.yaml", where="none.yaml")

    assert str(raised.value) == "none.yaml: no such file. Check the path."


def test_a_file_that_is_not_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "diploma.yaml"
    path.write_bytes(b"title: \xff\xfe")

    with pytest.raises(RuleError) as raised:
        load_rule_file(path, where="diploma.yaml")

    assert str(raised.value) == "diploma.yaml: not text in UTF-8. Save the file as UTF-8."


def test_a_rulebook_collects_the_mistakes_of_all_files(tmp_path: Path) -> None:
    for name in ("us-a", "us-b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "diploma.yaml").write_text("a: [", encoding="utf-8")

    with pytest.raises(RuleError) as raised:
        load_rulebook(tmp_path)

    assert [problem.where for problem in raised.value.problems] == [
        f"{tmp_path.name}/us-a/diploma.yaml:1",
        f"{tmp_path.name}/us-b/diploma.yaml:1",
    ]


def test_a_diploma_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "us-sc").mkdir()
    for name in ("a", "b"):
        (tmp_path / "us-sc" / f"{name}.yaml").write_text(RIGHT, encoding="utf-8")

    with pytest.raises(RuleError) as raised:
        load_rulebook(tmp_path)

    assert str(raised.value) == (
        f"{tmp_path.name}/us-sc/b.yaml:1: 'us-sc/diploma' is also in "
        f"{tmp_path.name}/us-sc/a.yaml. Keep one of them."
    )


def test_the_packaged_rulebook_is_read_once() -> None:
    assert load_rulebook() is load_rulebook(PACKAGED)


def test_the_packaged_rulebook_holds_every_rule_file() -> None:
    assert len(load_rulebook().files) == len(rule_files(PACKAGED)) >= 2
