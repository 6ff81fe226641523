"""A draft of the agreements with colleges: its forms, and what each change makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from pathloom.engine.catalog import Agreement, Agreements, Institution
from pathloom.engine.errors import Problem
from pathloom.portal.core.queries import today
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters import agreement_changes as changes
from pathloom.portal.programs.presenters.agreement_form import (
    Choices,
    Refused,
    agreement_values,
    college_choices,
    college_values,
    course_choices,
    said_agreement,
    said_college,
    said_course,
)
from pathloom.portal.programs.presenters.agreements import hours_words
from pathloom.portal.programs.queries.agreements import district_courses, titles_of
from pathloom.portal.programs.snapshot import agreements_in


@dataclass(frozen=True, slots=True)
class Changed:
    """A draft after a change: the change in words, and the college it is about, if one."""

    content: Agreements
    what: str
    college: str = ""


class CourseLine(TypedDict):
    """A course of a college; ``used``: an agreement or a program names it."""

    code: str
    title: str
    hours: str
    used: bool


def agreement_form(
    version: CollegeAgreements, agreement: str
) -> tuple[dict[str, Any] | None, dict[str, Choices]]:
    """The fields of one agreement and what can be chosen; None where there is no such agreement."""
    found = agreements_in(version)
    choices = {
        "courses": course_choices(district_courses(version.district)),
        "college_courses": college_choices(found),
    }
    if not agreement:
        return {"kind": "dual_credit"}, choices
    each = changes.agreement_of(found, agreement)
    return (agreement_values(each) if each else None), choices


def put_agreement(
    version: CollegeAgreements, sent: Mapping[str, Any], *, agreement: str
) -> Changed:
    """The draft with what the form says.

    Raises:
        Refused: a field cannot be read, or the agreement does not hold together.
    """
    before = agreements_in(version)
    each = said_agreement(sent, before, agreement=agreement)
    after = changes.with_agreement(before, each)
    known = {str(problem) for problem in checks.problems_beside(before, version.district)}
    new = [
        problem
        for problem in checks.problems_beside(after, version.district)
        if str(problem) not in known
    ]
    if new:
        raise Refused({"": " ".join(plain_words(problem) for problem in new)})
    words = _("{course} was changed.") if agreement else _("{course} was added.")
    return Changed(after, words.format(course=_course_words(version, each)))


def plain_words(problem: Problem) -> str:
    """A problem without the place in a file, which is the form itself."""
    return f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.fix}"


def retire_agreement(version: CollegeAgreements, agreement: str) -> Changed | None:
    """The draft in which an agreement ends with this school year; None without such a one."""
    found = agreements_in(version)
    each = changes.agreement_of(found, agreement)
    if each is None:
        return None
    ended = changes.retired(each, today=today(version.district))
    words = _("{course} ends with {year}.").format(
        course=_course_words(version, each), year=ended.valid_to
    )
    return Changed(changes.with_agreement(found, ended), words)


def remove_agreement(version: CollegeAgreements, agreement: str) -> Changed | None:
    """The draft without an agreement; None without such a one."""
    found = agreements_in(version)
    each = changes.agreement_of(found, agreement)
    if each is None:
        return None
    words = _("{course} was taken out.").format(course=_course_words(version, each))
    return Changed(changes.without_agreement(found, agreement), words)


def _course_words(version: CollegeAgreements, each: Agreement) -> str:
    return titles_of(version.district).get(each.course, each.course or each.number)


def college_form(version: CollegeAgreements, college: str) -> dict[str, Any] | None:
    """The fields of a college, empty ones for a new one; None where there is no such college."""
    if not college:
        return {}
    each = agreements_in(version).institution(college)
    return college_values(each) if each else None


def put_college(version: CollegeAgreements, sent: Mapping[str, Any], *, college: str) -> Changed:
    """The draft with what the form says of a college."""
    found = agreements_in(version)
    each = said_college(sent, found, found.institution(college) if college else None)
    words = _("{college} was changed.") if college else _("{college} was added.")
    return Changed(
        changes.with_institution(found, each), words.format(college=each.title), college=each.id
    )


def course_lines(version: CollegeAgreements, college: str) -> list[CourseLine]:
    """The courses of a college."""
    found = agreements_in(version)
    each = found.institution(college)
    return [
        {
            "code": course.code,
            "title": course.title,
            "hours": hours_words(course),
            "used": changes.users_of(found, college, course.code),
        }
        for course in (each.courses if each else ())
    ]


def put_course(
    version: CollegeAgreements, sent: Mapping[str, Any], *, college: str
) -> Changed | None:
    """The draft with a course of a college; None where there is no such college."""
    found = agreements_in(version)
    each, course = found.institution(college), said_course(sent)
    if each is None:
        return None
    return _with(
        found,
        changes.with_course(each, course),
        _("{course} is a course of {college}."),
        course.code,
    )


def drop_course(version: CollegeAgreements, code: str, *, college: str) -> Changed | None:
    """The draft without a course of a college; None where it is used, or not there."""
    found = agreements_in(version)
    each = found.institution(college)
    if each is None or each.course(code) is None or changes.users_of(found, college, code):
        return None
    words = _("{course} is no course of {college} any more.")
    return _with(found, changes.without_course(each, code), words, code)


def _with(found: Agreements, each: Institution, words: str, code: str) -> Changed:
    said = words.format(course=code, college=each.title)
    return Changed(changes.with_institution(found, each), said, college=each.id)
