"""Overlays are laid on the rules underneath, and only ever ask for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.load import load_rule_file, load_rulebook
from pathloom.engine.rules.nodes import EachOf, NoneOf, RuleFile, RuleSet, SubjectIs
from tests.engine.rules.right import RIGHT

OVER = """\
jurisdiction: us-sc-town
diploma: diploma
extends: us-sc/diploma
title: The Town's Diploma
credit: {name: credit, carnegie_units: 1}
status: draft
tags: {astronomy: Astronomy}
evidence: {service: service}
sources:
  town: {title: The town's rule, url: https://example.org/town, read_on: 2026-11-21, kind: secondary}
versions:
  - id: us-sc-town/diploma/2024
    entered_grade_9: {from: 2024-25}
    tighten:
      - {id: english, earn: 2, only: {not: {subject: science}}, source: town}
    requirements:
      - {id: service, hours: {of: service, at_least: 10}, source: town}
"""  # noqa: E501
OLD = RIGHT[RIGHT.index("  - id: us-sc") :]


def laid(tmp_path: Path, over: str, under: str = RIGHT) -> RuleFile:
    for name, text in (("us-sc", under), ("us-sc-town", over)):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "diploma.yaml").write_text(text, encoding="utf-8")
    return load_rule_file(tmp_path / "us-sc-town" / "diploma.yaml", where="town")


def mistakes(tmp_path: Path, over: str, under: str = RIGHT) -> list[str]:
    with pytest.raises(RuleError) as raised:
        laid(tmp_path, over, under)
    return [str(problem) for problem in raised.value.problems]


def one(file: RuleFile) -> RuleSet:
    (version,) = file.versions
    return version


def test_an_overlay_becomes_a_complete_rule_set(tmp_path: Path) -> None:
    rules = one(laid(tmp_path, OVER))

    assert [each.id for each in rules.requirements] == [
        "english",
        "finance",
        "electives",
        "service",
    ]
    english = rules.requirements[0]
    assert (english.earn, english.source, english.open_part) == (200, "town", 100)
    assert english.match == EachOf((SubjectIs("english"), NoneOf(SubjectIs("science"))))
    assert english.include[0].id == "literature"
    assert (rules.id, rules.extends) == ("us-sc-town/diploma/2024", "us-sc/diploma/2023")
    assert rules.layers == ("us-sc", "us-sc-town")
    assert (rules.jurisdiction, rules.title) == ("us-sc-town", "The Town's Diploma")
    assert rules.credit_name == "credit"
    assert (rules.overflow_into, len(rules.awards)) == ("electives", 1)
    assert [source.id for source in rules.sources] == ["town", "reg"]
    assert dict(rules.tags) == {"astronomy": "Astronomy", "personal-finance": "Personal Finance"}


def test_the_total_rises_with_what_is_asked_for(tmp_path: Path) -> None:
    assert one(laid(tmp_path, OVER)).total == 350


def test_a_total_may_ask_for_more_than_the_requirements(tmp_path: Path) -> None:
    over = OVER.replace("    tighten:", "    total: 4\n    tighten:")

    assert one(laid(tmp_path, over)).total == 400


def test_an_overlay_holds_where_both_layers_hold(tmp_path: Path) -> None:
    over = OVER.replace("{from: 2024-25}", "{to: 2025-26}\n    in_force: {from: 2025-01-01}")
    rules = one(laid(tmp_path, over))

    assert (str(rules.entered_from), str(rules.entered_to)) == ("2023-24", "2025-26")
    assert (str(rules.in_force_from), rules.in_force_to) == ("2025-01-01", None)


def test_an_overlay_on_two_versions_becomes_two(tmp_path: Path) -> None:
    under = RIGHT + OLD.replace("/2023", "/old").replace("{from: 2023-24}", "{to: 2022-23}")
    file = laid(tmp_path, OVER.replace("{from: 2024-25}", "{}"), under)

    assert [version.id for version in file.versions] == [
        "us-sc-town/diploma/2024+2023",
        "us-sc-town/diploma/2024+old",
    ]
    assert [str(version.entered_to) for version in file.versions] == ["None", "2022-23"]


def test_a_part_underneath_can_be_tightened(tmp_path: Path) -> None:
    over = OVER.replace("{id: english, earn: 2,", "{id: literature, earn: 1.5,")
    rules = one(laid(tmp_path, over))

    assert rules.requirements[0].include[0].earn == 150
    assert rules.total == 300


def test_another_reading_is_tightened_too(tmp_path: Path) -> None:
    reading = "on_track: [{track: technical, from: {subject: science}, source: reg}], source: reg"
    under = RIGHT.replace("52.X801XXX}]}, source: reg}", f"52.X801XXX}}]}}, {reading}}}")
    under = under.replace("tags:", "tracks: {technical: technical}\ntags:", 1)
    over = OVER.replace("{id: english, earn: 2,", "{id: finance,")

    finance = one(laid(tmp_path, over, under)).requirements[1]

    only = NoneOf(SubjectIs("science"))
    assert finance.on_track[0].match == EachOf((SubjectIs("science"), only))


def test_an_overlay_of_an_overlay_has_three_layers(tmp_path: Path) -> None:
    laid(tmp_path, OVER)
    school = OVER.replace("us-sc-town", "us-sc-town-school").replace("us-sc/dip", "us-sc-town/dip")
    school = school.replace("earn: 2,", "earn: 3,").replace("id: service", "id: more-service")
    school = school.replace("2024-25", "2026-27").replace("diploma/2024", "diploma/2026")
    (tmp_path / "us-sc-town-school").mkdir()
    path = tmp_path / "us-sc-town-school" / "diploma.yaml"
    path.write_text(school, encoding="utf-8")

    rules = one(load_rule_file(path))

    assert rules.layers == ("us-sc", "us-sc-town", "us-sc-town-school")
    assert (rules.requirements[0].earn, rules.total) == (300, 450)


def test_what_loosens_is_said_beside_every_other_mistake(tmp_path: Path) -> None:
    over = OVER.replace("english, earn: 2,", "english, earn: 1,").replace(
        "source: town}", "source: twn}"
    )

    with pytest.raises(RuleError) as raised:
        laid(tmp_path, over)

    said = str(raised.value)
    assert "earns 1.5 underneath; 1.0 is less" in said
    assert "unknown source 'twn'. Did you mean 'town'?" in said


def test_a_mistake_that_several_versions_underneath_show_is_said_once(tmp_path: Path) -> None:
    under = RIGHT + OLD.replace("/2023", "/old").replace("{from: 2023-24}", "{to: 2022-23}")
    over = OVER.replace("{from: 2024-25}", "{}").replace("english, earn: 2,", "english, earn: 0.5,")

    with pytest.raises(RuleError) as raised:
        laid(tmp_path, over, under)

    lines = str(raised.value).splitlines()
    assert len(lines) == len(set(lines))
    assert any("english" in line and "0.5 is less" in line for line in lines)


def test_no_overlay_is_surer_than_what_it_stands_on(tmp_path: Path) -> None:
    readers = "[{name: Ann, on: 2026-11-21}, {name: Ben, on: 2026-11-22}]"
    over = OVER.replace("status: draft", f"status: checked\nchecked: {readers}")

    assert not one(laid(tmp_path, over.replace("kind: secondary", "kind: primary"))).official


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "english, earn: 2,",
            "english, earn: 1,",
            "town:15: requirement 'english' earns 1.5 underneath; 1.0 is less. "
            "An overlay may only ask for more.",
        ),
        (
            "    tighten:",
            "    total: 2.5\n    tighten:",
            "town:14: 'us-sc/diploma/2023' asks for 3.0 in all; 2.5 is less. "
            "An overlay may only ask for more.",
        ),
        (
            "    tighten:",
            "    total: 3\n    tighten:",
            "town:14: the requirements add up to 3.5 with those of 'us-sc/diploma/2023', "
            "total says 3.0. Correct total, or leave it out.",
        ),
        (
            "{id: english, earn: 2,",
            "{id: englisch, earn: 2,",
            "town:15: 'us-sc/diploma/2023' has no requirement 'englisch' to tighten. "
            "Did you mean 'english'?",
        ),
        (
            "{id: english, earn: 2, only: {not: {subject: science}}, source: town}",
            "{id: english, source: town}",
            "town:15: 'tighten' of requirement 'english' asks for nothing more. "
            "Add earn, only or include.",
        ),
        (
            "    requirements:",
            "      - {id: english, earn: 3, source: town}\n    requirements:",
            "town:16: 'english' is tightened twice. Write it once.",
        ),
        (
            "{id: english, earn: 2,",
            "{id: literature, earn: 2,",
            "town:14: the parts of requirement 'english' add up to 2.0, it earns 1.5. "
            "Raise the earn of 'english' as well.",
        ),
        (
            "{id: service, hours",
            "{id: finance, hours",
            "town:12: 'finance' is an id of 'us-sc/diploma/2023', underneath. "
            "Choose another id; to ask for more of a requirement write it under 'tighten'.",
        ),
        (
            "{from: 2024-25}",
            "{to: 2020-21}",
            "town:13: version 'us-sc-town/diploma/2024' holds for no cohort and day of "
            "'us-sc/diploma'. Correct its cohorts or days.",
        ),
        (
            "    tighten:",
            "    split: never\n    tighten:",
            "town:14: 'split' is decided by the rules underneath. "
            "Delete it; an overlay only adds and tightens.",
        ),
        (
            "    tighten:",
            "    overflow_into: english\n    tighten:",
            "town:14: overflow_into names unknown requirement 'english'. Remove it.",
        ),
        (
            "    tighten:",
            "    awards: [{id: gift, when: any, at_least: 1, source: town, "
            "grant: {title: Gift, subject: english, credits: 0.5}}]\n    tighten:",
            "town:14: version 'us-sc-town/diploma/2024' adds credit that the rules underneath "
            "do not give. Delete 'awards'; an overlay only adds and tightens.",
        ),
        (
            "carnegie_units: 1",
            "carnegie_units: 0.5",
            "town:5: a unit of credit of 'us-sc/diploma' is 1.0 Carnegie units. "
            "Write the same carnegie_units; its name may differ.",
        ),
        (
            "sources:\n",
            "sources:\n  reg: {title: x, url: 'https://x.org', read_on: 2026-11-21, "
            "kind: primary}\n",
            "town:10: source 'reg' is another one in the rules underneath. "
            "Give it an id of its own.",
        ),
        (
            "extends: us-sc/diploma",
            "extends: us-sc/diplom",
            "town:3: no rules 'us-sc/diplom' to extend. Did you mean 'us-sc/diploma'?",
        ),
        (
            "extends: us-sc/diploma",
            "extends: us-sc-town/diploma",
            "town:3: 'us-sc-town/diploma' extends these rules in turn. Name the rules underneath.",
        ),
    ],
)
def test_an_overlay_that_does_not_fit_is_told_why(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in OVER

    assert mistakes(tmp_path, OVER.replace(old, new, 1)) == [message]


def test_a_choice_underneath_keeps_its_alternatives_alike(tmp_path: Path) -> None:
    last = "      - {id: electives, earn: 1, from: any, source: reg}\n"
    under = RIGHT.replace(
        last,
        last + "      - {id: one, choose: 1, earn: 1, source: reg, of: ["
        "{id: a, earn: 1, from: any, source: reg}, {id: b, earn: 1, from: any, source: reg}]}\n",
    ).replace("total: 3", "total: 4")

    alternative = OVER.replace("{id: english, earn: 2,", "{id: a, earn: 2,")
    assert mistakes(tmp_path, alternative, under) == [
        "town:15: 'a' is one of several alternatives underneath. "
        "Delete earn: alternatives earn the same."
    ]
    choice = OVER.replace("{id: english, earn: 2,", "{id: one,")
    assert mistakes(tmp_path, choice, under) == [
        "town:15: requirement 'one' underneath has no courses of its own to ask more of. "
        "Tighten one of its parts, or add a requirement."
    ]


def test_an_overlay_may_let_staff_excuse_less_and_never_more(tmp_path: Path) -> None:
    waivers = "    waivers: {at_most: 1, of: [finance, electives], source: reg}\n"
    under = RIGHT.replace("    awards:", f"{waivers}    awards:")
    line = "    waivers: {at_most: 1, of: [finance], source: town}\n    tighten:"

    less = laid(tmp_path, OVER.replace("    tighten:", line), under).versions[0].waivers
    assert less is not None
    assert less.of == ("finance",)
    for more in (line.replace("1,", "2,"), line.replace("[finance]", "[english]")):
        assert mistakes(tmp_path, OVER.replace("    tighten:", more), under) == [
            "town:14: 'us-sc/diploma/2023' lets staff excuse less. "
            "An overlay may only let them excuse less."
        ]


def test_overflow_may_flow_into_what_an_overlay_adds(tmp_path: Path) -> None:
    under = RIGHT.replace("    overflow_into: electives\n", "")
    over = OVER.replace("    tighten:", "    overflow_into: extra\n    tighten:")
    over += "      - {id: extra, earn: 1, from: any, source: town}\n"

    over = over.replace("id: extra,", "id: more,").replace("into: extra", "into: more")
    rules = one(laid(tmp_path, over, under))

    assert (rules.overflow_into, rules.total) == ("more", 450)
    assert mistakes(tmp_path, over) == [
        "town:14: 'us-sc/diploma/2023' decides what happens to credit that is not needed. "
        "Delete it; an overlay only adds and tightens."
    ]


def test_a_mistake_underneath_is_said_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        laid(tmp_path, OVER, RIGHT.replace("total: 3", "total: 4"))
    with pytest.raises(RuleError) as raised:
        load_rulebook(tmp_path)

    (problem,) = raised.value.problems
    assert problem.where == f"{tmp_path.name}/us-sc/diploma.yaml:17"
