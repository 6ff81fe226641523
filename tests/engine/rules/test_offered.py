"""Whether the courses of a catalog can fulfil a rule at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathloom.engine.catalog import Catalog, Course
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.rules.nodes import RuleSet
from pathloom.engine.rules.offered import unsatisfiable

COURSES = (
    *(
        Course(name, name, "language", 100, tags=frozenset({"language:french"}))
        for name in ("French I", "French II")
    ),
    Course("Botany", "Botany", "science", 100),
    Course("Chemistry", "Chemistry", "science", 100, tags=frozenset({"laboratory"})),
    Course("Running", "Running", "fitness", 100),
    Course("Choir", "Choir", "arts", 100, repeatable=True),
)


def ruleset(name: str) -> RuleSet:
    files = load_rulebook().files
    return next(each for file in files for each in file.versions if each.id == name)


def said(*courses: Course, rules: str = "us-demo/career-diploma/2020") -> list[str]:
    found = unsatisfiable(ruleset(rules), Catalog("school", courses))
    return [f"{problem.what}." for problem in found]


def without(*names: str) -> tuple[Course, ...]:
    return tuple(course for course in COURSES if course.id not in names)


def test_a_catalog_with_everything_lacks_nothing() -> None:
    assert said(*COURSES) == []


def test_a_requirement_without_courses_is_named_with_its_line() -> None:
    (problem,) = unsatisfiable(
        ruleset("us-demo/career-diploma/2020"), Catalog("school", without("Running"))
    )

    assert str(problem) == (
        "rulebook/us-demo/career-diploma.yaml:62: nobody can fulfil requirement 'fitness' with "
        "the courses of 'school': 0.0 of 1.0 can count. "
        "Add courses to the catalog, or correct what can count."
    )


@pytest.mark.parametrize(
    ("courses", "message"),
    [
        (
            without("Botany"),
            "'science' with the courses of 'school': 1.0 of 2.0 can count.",
        ),
        (
            (*without("Chemistry"), Course("Zoology", "Zoology", "science", 100)),
            "'science' with the courses of 'school': 0.0 of 1.0 can count of Laboratory.",
        ),
        (
            (
                *without("French II", "Choir"),
                Course("German", "German", "language", 100, tags=frozenset({"language:german"})),
                Course("Welding", "Welding", "technology", 100, repeatable=True),
            ),
            "'language-or-arts' with the courses of 'school': "
            "0 of its alternatives can be fulfilled, 1 are needed.",
        ),
    ],
)
def test_what_is_missing_is_said(courses: tuple[Course, ...], message: str) -> None:
    assert said(*courses) == [f"nobody can fulfil requirement {message}"]


def test_a_course_counts_once_unless_it_may_be_repeated() -> None:
    choir = tuple(replace(course, repeatable=False) for course in COURSES)

    assert said(*choir) == [
        "'us-demo/career-diploma/2020' needs 8.0 in all, the courses of 'school' have 6.0."
    ]


def test_a_course_that_is_never_offered_helps_nobody() -> None:
    closed = tuple(
        replace(course, parts=()) if course.id == "Running" else course for course in COURSES
    )

    assert said(*closed) == said(*without("Running"))


def test_an_award_and_a_substitute_help() -> None:
    demo = "us-demo/diploma/2020"
    courses = (
        Course(
            "English", "English", "english", 100, tags=frozenset({"literature"}), repeatable=True
        ),
        Course("Botany", "Botany", "science", 200),
        Course("Web", "Web", "technology", 100),
        Course("Drill", "Drill", "arts", 100, tags=frozenset({"drill"})),
    )

    assert said(*courses, rules=demo) == [
        "nobody can fulfil requirement 'laboratory' with the courses of 'school': "
        "0.0 of 1.0 can count."
    ]
    instruments = Course("Tools", "Tools", "arts", 100, number="90.02000")
    assert said(*courses, instruments, rules=demo) == [
        "nobody can fulfil requirement 'laboratory' with the courses of 'school': "
        "0.5 of 1.0 can count."
    ]
    assert "fitness" in "".join(said(*courses[:3], rules=demo))


def test_conditions_on_courses_are_looked_at_and_others_are_not() -> None:
    courses = (
        Course("Web", "Web", "technology", 100, tags=frozenset({"pathway:web", "advanced"})),
        Course("Net", "Net", "technology", 100, tags=frozenset({"pathway:web"})),
        Course("Metal", "Metal", "technology", 100, tags=frozenset({"pathway:metal"})),
    )

    assert said(*courses, rules="us-demo/designation/july-2025") == [
        "nobody can fulfil requirement 'concentration' with the courses of 'school': "
        "2 courses match, 3 are needed."
    ]


def test_the_line_of_a_rule_underneath_an_overlay_is_not_claimed() -> None:
    found = unsatisfiable(
        ruleset("us-demo-district/career-diploma/2024"), Catalog("school", COURSES)
    )

    assert {problem.where for problem in found} == {"rulebook/us-demo-district/career-diploma.yaml"}
