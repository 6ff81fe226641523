"""Rules in plain English."""

from __future__ import annotations

import pytest

from pathloom.engine.rules.describe import describe, describe_ruleset, units, words_of
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import (
    AnyCourse,
    CourseIs,
    EachOf,
    HasTag,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    RuleSet,
    SubjectIs,
)
from pathloom.engine.rules.phrases import say

MATH, ARTS = SubjectIs("math"), SubjectIs("arts")
AP, LAB = HasTag("ap"), HasTag("lab")
NUMBER = NumberLike("27.X992XXX")


def georgia() -> RuleSet:
    file = load_rulebook().file("us-ga/diploma")
    assert file is not None
    return file.versions[0]


def said(requirement_id: str) -> str:
    ruleset = georgia()
    return describe(next(each for each in ruleset.walk() if each.id == requirement_id), ruleset)


@pytest.mark.parametrize(
    ("matcher", "sentence"),
    [
        (AnyCourse(), "any course"),
        (MATH, "any course in math"),
        (AP, "any course that counts as ap"),
        (NUMBER, "any course that is numbered 27.X992XXX"),
        (CourseIs("KEY-1"), "any course that is course KEY-1"),
        (NoneOf(MATH), "any course that is not in math"),
        (NoneOf(AP), "any course that does not count as ap"),
        (NoneOf(NUMBER), "any course that is not numbered 27.X992XXX"),
        (NoneOf(CourseIs("KEY-1")), "any course that is not course KEY-1"),
        (NoneOf(NoneOf(AP)), "any course that counts as ap"),
        (OneOf((MATH, ARTS)), "any course in math or arts"),
        (OneOf((MATH, AP)), "any course that is in math or counts as ap"),
        (OneOf((MATH, AP, ARTS, LAB)), "any course that is in math or arts or counts as ap or lab"),
        (EachOf((AP, LAB)), "any course that counts as ap and counts as lab"),
        (EachOf((MATH, NoneOf(AP))), "any course in math that does not count as ap"),
        (NoneOf(OneOf((AP, LAB))), "any course that does not count as ap or lab"),
        (
            NoneOf(EachOf((MATH, AP))),
            "any course that is not in math or does not count as ap",
        ),
        (
            OneOf((NUMBER, EachOf((MATH, AP)))),
            "any course that is numbered 27.X992XXX or both is in math and counts as ap",
        ),
        (
            EachOf((MATH, OneOf((AP, LAB)))),
            "any course in math that counts as ap or lab",
        ),
        (
            EachOf((MATH, OneOf((AP, NUMBER)))),
            "any course in math that counts as ap or is numbered 27.X992XXX",
        ),
        (
            OneOf(tuple(NumberLike(f"27.X{n}XXX") for n in range(100, 105))),
            "any course that has one of 5 listed state course numbers",
        ),
    ],
)
def test_a_matcher_is_said_in_words(matcher: Matcher, sentence: str) -> None:
    assert say(matcher) == sentence


def test_a_matcher_takes_its_words_from_the_rule_set() -> None:
    assert say(SubjectIs("cte"), words_of(georgia())) == (
        "any course in Career, Technical and Agricultural Education"
    )


def test_an_area_names_its_parts() -> None:
    assert said("english") == (
        "4 units of English Language Arts, among them 1 unit of Ninth Grade Literature and "
        "Composition and 1 unit of American Literature and Composition; open to any course in "
        "English language arts that does not count as elective only."
    )


def test_a_part_whose_title_says_it_all_is_short() -> None:
    assert said("geometry") == "1 unit of Geometry."


def test_a_part_known_by_tag_or_number_says_both() -> None:
    assert said("advanced-algebra") == (
        "1 unit of Advanced Algebra; open to any course that counts as Advanced Algebra or is "
        "numbered 27.X992XXX."
    )


def test_second_counting_is_said() -> None:
    assert said("fourth-science").endswith(
        "; a course used here can count a second time in Electives."
    )


def test_a_substitute_is_said() -> None:
    assert said("health-fitness") == (
        "1 unit of Health and Physical Education, among them 0.5 unit of Health and 0.5 unit of "
        "Personal Fitness; or instead 3 units of JROTC (any course that counts as JROTC), which "
        "then count nowhere else."
    )


def test_electives_take_any_course() -> None:
    assert said("electives") == "4 units of Electives; open to any course."


def test_every_requirement_is_one_sentence() -> None:
    for file in load_rulebook().files:
        for ruleset in file.versions:
            for requirement in ruleset.walk():
                sentence = describe(requirement, ruleset)
                assert sentence.endswith(".")
                assert not sentence.endswith("..")
                assert requirement.title in sentence


def test_a_rule_set_says_cohorts_status_total_award_and_sources() -> None:
    text = describe_ruleset(georgia())

    assert text.splitlines()[:4] == [
        "Georgia High School Diploma, for students who entered grade 9 from 2008-09 on, "
        "in force since 2025-07-01.",
        "Status: draft (unofficial).",
        "In all 23 units; a course that counts twice adds to this only once.",
        "Credit of a course that its requirement does not need flows into Electives.",
    ]
    assert (
        "- Whoever earns 1 unit in any course that is numbered 25.X400XXX also receives 1 unit of "
        "Human Anatomy and Physiology (26.0730000)."
    ) in text
    for source in georgia().sources:
        assert source.url in text


def test_every_way_to_split_is_said() -> None:
    file = load_rulebook().file("us-demo/diploma")
    assert file is not None

    assert [describe_ruleset(version).splitlines()[3] for version in file.versions] == [
        "Credit of a course that its requirement does not need counts nowhere else.",
        "Credit of a course that its requirement does not need flows into Electives.",
        "The credit of one course may be divided between requirements.",
    ]


@pytest.mark.parametrize(
    ("amount", "text"), [(400, "4 units"), (100, "1 unit"), (50, "0.5 unit"), (150, "1.5 units")]
)
def test_an_amount_is_said_with_its_unit(amount: int, text: str) -> None:
    assert units(amount, "unit") == text
