"""What a rule file means: every mistake at once, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.rules.right import RIGHT, changed, loaded, mistakes


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
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
    assert mistakes(tmp_path, changed(old, new)) == [message]


def test_a_requirement_that_needs_nothing_is_a_mistake(tmp_path: Path) -> None:
    text = RIGHT.replace("{id: finance, earn: 0.5", "{id: finance, earn: 0").replace(
        "total: 3", "total: 2.5"
    )

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:26: requirement 'finance' needs no credit. "
        "Write how much it needs, or delete it."
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
    readers = "[{name: Ann, on: 2026-11-21}, {name: Ben, on: 2026-11-22}]"
    text = RIGHT.replace("status: draft", f"status: checked\nchecked: {readers}")

    file = loaded(tmp_path, text.replace("kind: secondary", "kind: primary"))

    assert file.checked == ("Ann, 2026-11-21", "Ben, 2026-11-22")
    assert file.versions[0].official
