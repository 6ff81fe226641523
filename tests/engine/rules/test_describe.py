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
    MarkAtLeast,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    RuleSet,
    ScedLike,
    SubjectIs,
)
from pathloom.engine.rules.phrases import say
from pathloom.engine.units import Mark

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
        (ScedLike("10XXX"), "any course that has the SCED code 10XXX"),
        (MarkAtLeast(Mark.parse("B")), "any course that ends with a mark of at least B"),
        (NoneOf(MarkAtLeast(Mark.parse("B"))), "any course that ends with a mark below B"),
        (HasTag("pathway:web-design"), "any course that counts as pathway web design"),
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


def demo(name: str) -> RuleSet:
    versions = (version for file in load_rulebook().files for version in file.versions)
    return next(each for each in versions if each.id == name)


@pytest.mark.parametrize(
    ("requirement", "sentence"),
    [
        ("service", "Service: at least 25 hours of community service or tutoring."),
        ("challenge", "Team Challenge: a team challenge, at least 2 times."),
        (
            "entrance",
            "Entrance Exam: at least 1200 points in the entrance exam or the college exam.",
        ),
        ("average", "Average: the average of all courses of at least 3.00."),
        (
            "aid",
            "Financial Aid: the form for financial aid or a signed waiver of the form for "
            "financial aid.",
        ),
        (
            "concentration",
            "Concentration: at least 2 units and 3 different courses, all of one and the same "
            "pathway, wherever else they count, from any course that is in technology or has the "
            "SCED code 10XXX; of these at least 1 course of Advanced Course (any course that "
            "counts as Advanced).",
        ),
        (
            "good-mark",
            "A Course with a B: at least 1 course, wherever else they count, from any course that "
            "ends with a mark of at least B.",
        ),
        (
            "proof",
            "Proof of What Was Learned: at least 2 of these 3: Portfolio, Fair, and Capstone.",
        ),
        ("capstone", "Capstone: both of Talk and Paper."),
    ],
)
def test_a_condition_is_said(requirement: str, sentence: str) -> None:
    rules = demo("us-demo/designation/july-2025")

    assert describe(next(each for each in rules.walk() if each.id == requirement), rules) == (
        sentence
    )


def test_what_stands_beside_the_requirements_is_said() -> None:
    lines = describe_ruleset(demo("us-demo/career-diploma/2020")).splitlines()

    assert "- 2 units of Language or Arts: one of Language or Arts." in lines
    assert (
        "  - 2 units of Language; open to any course in languages; all of one and the same "
        "language." in lines
    )
    assert (
        "- 1 unit of Fitness; students on the track with a plan of their own are exempt." in lines
    )
    for sentence in (
        "- Whoever has at least 2 units, wherever else they count, from any course in technology "
        "also receives 0.5 unit of Applied Science, which adds nothing to the total.",
        "- Work as an Aide: at most 1 unit from any course that counts as an aide's work count in "
        "Electives.",
        "- Remote Courses: at most 2 units from any course that counts as a remote course add to "
        "the total.",
        "- Summer Courses: at most 1 unit from any course that counts as a summer course count in "
        "all.",
        "- Staff may excuse only Fitness and Electives, and no more than 1 unit in all.",
    ):
        assert sentence in lines


def test_a_designation_and_an_overlay_say_what_they_are() -> None:
    designation = describe_ruleset(demo("us-demo/designation/july-2025")).splitlines()
    overlay = describe_ruleset(demo("us-demo-district/career-diploma/2024")).splitlines()

    assert designation[2:4] == [
        "This is decided beside the diploma (designation) and never stands in its way.",
        "It asks for no credit in all.",
    ]
    assert overlay[2] == (
        "It adds to us-demo/career-diploma/2020 and asks for everything that stands there."
    )


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
