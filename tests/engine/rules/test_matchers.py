"""Which courses can count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.record import CourseRecord, State
from pathloom.engine.rules.matchers import is_pattern, matches, normal_number
from pathloom.engine.rules.nodes import (
    AnyCourse,
    CourseIs,
    EachOf,
    HasTag,
    Matcher,
    NoneOf,
    NumberLike,
    OneOf,
    SubjectIs,
)

numbers = st.from_regex(r"\A[0-9]{2}\.[0-9]{1,7}\Z")
words = st.sampled_from(["english", "science", "arts"])


def course(
    *, subject: str = "", tags: frozenset[str] = frozenset(), number: str = "", code: str = ""
) -> CourseRecord:
    return CourseRecord(
        id="1",
        credits=100,
        state=State.EARNED,
        course=code,
        subject=subject,
        tags=tags,
        number=number,
    )


courses = st.builds(course, subject=words, tags=st.frozensets(words), number=st.just("") | numbers)
leaves: st.SearchStrategy[Matcher] = st.one_of(
    st.just(AnyCourse()),
    st.builds(SubjectIs, words),
    st.builds(HasTag, words),
    st.just(NumberLike("27.X992XXX")),
)
matchers: st.SearchStrategy[Matcher] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(OneOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(EachOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(NoneOf, inner),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("25.44000", "25.4400000"),
        ("25.4400000", "25.4400000"),
        (" 26.012 ", "26.0120000"),
        ("11.0", "11.0000000"),
        ("1.461", "01.4610000"),
        ("\u0661.461", "\u0661.461"),
        ("ENG-9", "ENG-9"),
        ("25.44000000", "25.44000000"),
        ("", ""),
    ],
)
def test_missing_digits_of_a_number_are_zeros(printed: str, full: str) -> None:
    assert normal_number(printed) == full


@given(st.text(max_size=12) | numbers)
def test_a_number_made_normal_twice_is_the_same_as_once(text: str) -> None:
    assert normal_number(normal_number(text)) == normal_number(text)


@given(numbers)
def test_a_normal_number_has_seven_digits_and_begins_as_printed(text: str) -> None:
    full = normal_number(text)

    assert len(full) == 10
    assert full.startswith(text)


@given(numbers, st.sampled_from("0123456789"))
def test_the_delivery_digit_never_matters_where_the_pattern_has_x(number: str, digit: str) -> None:
    full = normal_number(number)
    pattern = NumberLike(f"{full[:3]}X{full[4:]}")

    assert matches(pattern, course(number=f"{full[:3]}{digit}{full[4:]}"))


@given(numbers, st.integers(4, 9))
def test_any_other_digit_matters(number: str, place: int) -> None:
    full = normal_number(number)
    other = str((int(full[place]) + 1) % 10)
    pattern = NumberLike(f"{full[:3]}X{full[4:]}")

    assert not matches(pattern, course(number=full[:place] + other + full[place + 1 :]))


def test_printed_short_and_full_numbers_match_alike() -> None:
    pattern = NumberLike("25.X400XXX")

    assert matches(pattern, course(number="25.44000"))
    assert matches(pattern, course(number="25.0400400"))
    assert not matches(pattern, course(number="25.44600"))


def test_a_course_without_number_matches_no_pattern() -> None:
    assert not matches(NumberLike("XX.XXXXXXX"), course())


def test_a_point_in_a_pattern_is_a_point() -> None:
    assert not matches(NumberLike("XX.XXXXXXX"), course(number="1234567890"))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("27.X992XXX", True),
        ("27.0992000", True),
        ("27.X992", False),
        ("27X9920000", False),
        ("27.Y992XXX", False),
        ("", False),
    ],
)
def test_a_pattern_is_two_and_seven_digits_or_x(text: str, right: bool) -> None:
    assert is_pattern(text) is right


def test_a_course_code_matches_exactly() -> None:
    assert matches(CourseIs("KEY-1"), course(code="KEY-1"))
    assert not matches(CourseIs("KEY-1"), course(code="KEY-10"))


@given(matchers, courses)
def test_not_is_the_opposite(matcher: Matcher, record: CourseRecord) -> None:
    assert matches(NoneOf(matcher), record) is not matches(matcher, record)


@given(st.lists(matchers, min_size=1, max_size=4), courses)
def test_any_and_all_are_what_they_say(inner: list[Matcher], record: CourseRecord) -> None:
    answers = [matches(each, record) for each in inner]

    assert matches(OneOf(tuple(inner)), record) is any(answers)
    assert matches(EachOf(tuple(inner)), record) is all(answers)
