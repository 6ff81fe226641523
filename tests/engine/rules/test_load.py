"""Rule files: every mistake at once, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import PACKAGED, load_rule_file, load_rulebook, rule_files
from pathloom.engine.rules.nodes import AnyCourse, EachOf, HasTag, NoneOf, OneOf, Split, SubjectIs
from tests.engine.rules.right import RIGHT, changed, loaded, mistakes


def test_a_right_file_becomes_values(tmp_path: Path) -> None:
    file = loaded(tmp_path, RIGHT)

    ruleset = file.versions[0]
    assert (file.id, file.path) == ("us-sc/diploma", "us-sc/diploma.yaml")
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
    ],
)
def test_each_mistake_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert mistakes(tmp_path, changed(old, new)) == [message]


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
            "us-sc/diploma.yaml:2: not valid YAML: '---' begins a second document. "
            "Correct the YAML on this line.",
        ),
        (
            "a:\n\tb: 1\n",
            "us-sc/diploma.yaml:2: not valid YAML: a tab; indent with spaces. "
            "Correct the YAML on this line.",
        ),
        (
            "a: 1\nb 2\nc: 3\n",
            "us-sc/diploma.yaml:2: not valid YAML: a key without ':' after it. "
            "Correct the YAML on this line.",
        ),
        (
            "a:\n    b: 1\n  c: 2\n",
            "us-sc/diploma.yaml:3: not valid YAML: this line is not indented like those that it "
            "belongs to. Correct the YAML on this line.",
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
