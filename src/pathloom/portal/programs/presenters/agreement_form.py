"""The forms of agreements: what they show of a value, and the value that they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from pathloom.engine.catalog import Agreement, Agreements, Institution
from pathloom.engine.catalog.agreements import Citation, CollegeCourse, Tuition
from pathloom.engine.units import format_credits
from pathloom.portal.catalog.models import Course
from pathloom.portal.programs.presenters.agreement_changes import (
    new_agreement_id,
    new_institution_id,
)
from pathloom.portal.programs.presenters.agreements import hours_words

Choices = list[tuple[str, Any]]
_AGREEMENT = TypeAdapter(Agreement)
_CITATION = TypeAdapter(Citation)
_JOIN = "|"  # between a college and its course, in one choice

_SAID: dict[str, Callable[[], str]] = {
    "number": lambda: _("Write two and seven digits, with X for any digit, as 25.X210XXX."),
    "minimum_mark": lambda: _("Write a mark as the school prints it, such as C or 70."),
    "valid_from": lambda: _("Write a school year such as 2026-27."),
    "valid_to": lambda: _("Write a school year such as 2026-27."),
    "exam_name": lambda: _("Write the name and the lowest score, or neither."),
    "source_url": lambda: _("Write an address that begins with https://."),
}
_FIELD_OF = {"exam": "exam_name", "source": "source_url", "institution": "college_course"}


class Refused(Exception):  # noqa: N818 (it is an answer to a form)
    """What a form says cannot be; ``errors`` are sentences by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def course_choices(courses: Iterable[Course]) -> Choices:
    """The courses of the district, by title."""
    return [(course.code, f"{course.title} ({course.code})") for course in courses]


def college_choices(found: Agreements) -> Choices:
    """The courses of each college, as groups."""
    return [
        (
            college.title,
            [
                (f"{college.id}{_JOIN}{course.code}", _college_course(course))
                for course in college.courses
            ],
        )
        for college in found.institutions
        if college.courses
    ]


def _college_course(course: CollegeCourse) -> str:
    return f"{course.code} {course.title}, {hours_words(course)}"


def agreement_values(each: Agreement) -> dict[str, Any]:
    """An agreement, as the fields of its form."""
    return {
        "kind": str(each.kind),
        "course": each.course,
        "number": each.number,
        "college_course": f"{each.institution}{_JOIN}{each.college_course}",
        "minimum_mark": str(each.minimum_mark) if each.minimum_mark else "",
        "exam_name": each.exam.name if each.exam else "",
        "exam_score": shown_amount(each.exam.at_least) if each.exam else None,
        "valid_from": str(each.valid_from),
        "valid_to": str(each.valid_to) if each.valid_to else "",
        "claim_by": each.claim_by,
        "claim_months": each.claim_months,
        "needs": "\n".join(each.needs),
        "source_url": each.source.url,
        "read_on": each.source.read_on,
    }


def said_agreement(sent: Mapping[str, Any], found: Agreements, *, agreement: str) -> Agreement:
    """The agreement that a form says.

    Args:
        sent: the cleaned fields of ``AgreementForm``.
        agreement: the id of the one that is changed; empty for a new one.
    Raises:
        Refused: a field cannot be read.
    """
    institution, _sign, college = str(sent["college_course"]).partition(_JOIN)
    exam = None
    if sent["exam_name"] or sent["exam_score"] is not None:
        exam = {"name": sent["exam_name"], "at_least": _plain(sent["exam_score"])}
        if not sent["exam_name"] or sent["exam_score"] is None:
            raise Refused({"exam_name": _SAID["exam_name"]()})
    value = {
        "id": agreement
        or new_agreement_id(
            found,
            course=sent["course"] or sent["number"],
            institution=institution,
            college=college,
        ),
        "kind": sent["kind"],
        "institution": institution,
        "college_course": college,
        "valid_from": sent["valid_from"],
        "source": {"url": sent["source_url"], "read_on": sent["read_on"]},
        "course": sent["course"],
        "number": sent["number"],
        "minimum_mark": sent["minimum_mark"].strip() or None,
        "exam": exam,
        "valid_to": sent["valid_to"] or None,
        "claim_months": sent["claim_months"],
        "claim_by": sent["claim_by"],
        "needs": tuple(line.strip() for line in sent["needs"].splitlines() if line.strip()),
    }
    try:
        return _AGREEMENT.validate_python(value)
    except ValidationError as error:
        names = [str(each["loc"][0]) if each["loc"] else "" for each in error.errors()]
        fields = [_FIELD_OF.get(name, name) for name in names]
        unknown: Callable[[], str] = lambda: _("This cannot be read. Look at the help above it.")  # noqa: E731
        raise Refused({name: _SAID.get(name, unknown)() for name in fields}) from error


def college_values(each: Institution) -> dict[str, Any]:
    """A college, as the fields of its form."""
    tuition = each.tuition
    return {
        "title": each.title,
        "per_hour": f"{tuition.per_hour / 100:.2f}" if tuition else None,
        "as_of": tuition.as_of if tuition else None,
        "source_url": tuition.source.url if tuition else "",
        "read_on": tuition.source.read_on if tuition else None,
        "term_months": each.term_months,
        "accepts": None if each.accepts is None else shown_amount(each.accepts),
    }


def said_college(
    sent: Mapping[str, Any], found: Agreements, before: Institution | None
) -> Institution:
    """The college that a form says; its courses stay as they were.

    Raises:
        Refused: the source of its tuition cannot be read.
    """
    tuition = None
    if sent["per_hour"] is not None:
        tuition = Tuition(
            per_hour=hundredths(sent["per_hour"]),
            as_of=sent["as_of"],
            source=citation(sent),
        )
    college = before or Institution(new_institution_id(found, sent["title"]), "", ())
    return replace(
        college,
        title=sent["title"].strip(),
        tuition=tuition,
        term_months=sent["term_months"],
        accepts=None if sent["accepts"] is None else hundredths(sent["accepts"]),
    )


def said_course(sent: Mapping[str, Any]) -> CollegeCourse:
    """The college course that a form says."""
    return CollegeCourse(
        code=sent["code"].strip(),
        title=sent["course_title"].strip(),
        hours=hundredths(sent["hours"]),
    )


def citation(sent: Mapping[str, Any]) -> Citation:
    """Where a fact was read, and when. Raises ``Refused`` for an address that none can open."""
    value = {"url": sent["source_url"], "read_on": sent["read_on"]}
    try:
        return _CITATION.validate_python(value)
    except ValidationError as error:
        raise Refused({"source_url": _SAID["source_url"]()}) from error


def hundredths(amount: Any) -> int:
    """Hours or dollars as the engine keeps them."""
    return int(amount * 100)


def _plain(amount: Any) -> str | None:
    return None if amount is None else str(amount)


def shown_amount(amount: int) -> str:
    """An amount as a form shows it: ``3``, ``2.5``."""
    return format_credits(amount).removesuffix(".0")
