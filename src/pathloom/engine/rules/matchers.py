"""Whether a course can count: one predicate per matcher, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pathloom.engine.record import CourseRecord
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
    ScedLike,
    SubjectIs,
)
from pathloom.engine.units import Mark

Predicate = Callable[[CourseRecord], bool]

_NUMBER = re.compile(r"([0-9]{1,2})\.([0-9]{1,7})")
_PATTERN = re.compile(r"[0-9X]{2}\.[0-9X]{7}")
_SCED = re.compile(r"[0-9X]{5}")


def matches(matcher: Matcher, record: CourseRecord) -> bool:
    """Whether a record, completed from the catalog, can count where ``matcher`` stands."""
    return predicate(matcher)(record)


@lru_cache(maxsize=4096)
def predicate(matcher: Matcher) -> Predicate:
    """Compile a matcher into a function of a record; for hot loops, kept for reuse."""
    match matcher:
        case AnyCourse():
            return lambda record: True
        case SubjectIs(subject):
            return lambda record: record.subject == subject
        case HasTag(tag):
            return lambda record: tag in record.tags
        case CourseIs(course):
            return lambda record: record.course == course
        case NumberLike(pattern):
            return _number_predicate((pattern,))
        case ScedLike(pattern):
            digits = re.compile(pattern.replace("X", "[0-9]"))
            return lambda record: digits.fullmatch(record.sced) is not None
        case MarkAtLeast(mark):
            return lambda record: _reaches(record.mark, mark)
        case NoneOf(inner):
            refuse = predicate(inner)
            return lambda record: not refuse(record)
        case OneOf(matchers):
            return _some_predicate(matchers)
        case EachOf(matchers):
            every = tuple(predicate(each) for each in matchers)
            return lambda record: all(test(record) for test in every)


def _reaches(mark: Mark | None, least: Mark) -> bool:
    """Whether a mark is good enough; without one it still may be, with one out of order never."""
    if mark is None or mark.points is None or least.points is None:
        return mark is None or mark == least
    return mark.points >= least.points


def _some_predicate(matchers: tuple[Matcher, ...]) -> Predicate:
    """At least one of them, where all numbers are looked up in one step."""
    numbers = tuple(each.pattern for each in matchers if isinstance(each, NumberLike))
    tests = [predicate(each) for each in matchers if not isinstance(each, NumberLike)]
    if numbers:
        tests.append(_number_predicate(numbers))
    some = tuple(tests)

    def test(record: CourseRecord) -> bool:
        for each in some:  # noqa: SIM110 - any() with a generator takes twice as long
            if each(record):
                return True
        return False

    return test


def _number_predicate(patterns: tuple[str, ...]) -> Predicate:
    choices = "|".join(pattern.replace(".", r"\.").replace("X", "[0-9]") for pattern in patterns)
    whole = re.compile(choices)

    @lru_cache(maxsize=4096)
    def fits(number: str) -> bool:
        return whole.fullmatch(normal_number(number)) is not None

    def test(record: CourseRecord) -> bool:
        return bool(record.number) and fits(record.number)

    return test


@lru_cache(maxsize=65536)
def normal_number(text: str) -> str:
    """Write a state course number in full: ``25.44000`` and ``25.4400000`` are the same course.

    Lists print five digits after the point and leave out zeros at the end; a spreadsheet drops
    one in front as well. The full form has two and seven digits. A text that is not such a number
    is returned without spaces around it, so that it matches no pattern. Source: Georgia course
    numbering, ``XX.XXXXXXX``.
    """
    stripped = text.strip()
    match = _NUMBER.fullmatch(stripped)
    return f"{match[1]:0>2}.{match[2]:0<7}" if match else stripped


def without_delivery(text: str) -> str:
    """A state course number in full without the digit that only says how the course is taught."""
    full = normal_number(text)
    return f"{full[:3]}X{full[4:]}" if _NUMBER.fullmatch(full) else full


def is_pattern(text: str) -> bool:
    """Whether ``text`` is a pattern of state course numbers: ``27.X992XXX``."""
    return _PATTERN.fullmatch(text) is not None


def is_sced_pattern(text: str) -> bool:
    """Whether ``text`` is a pattern of SCED codes: ``03051``, ``10XXX``."""
    return _SCED.fullmatch(text) is not None
