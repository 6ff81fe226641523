"""The forms of the years after grade 12: what they show of a value, and the value they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pathloom.engine.catalog import CollegeTerm, Continuation, Institution
from pathloom.engine.catalog.agreements import CollegeCourse, Funding
from pathloom.engine.errors import Problem
from pathloom.engine.units import Part
from pathloom.portal.programs.presenters.agreement_form import citation, hundredths, shown_amount

TERMS = tuple((year, part) for year in (1, 2) for part in (Part.FALL, Part.SPRING, Part.SUMMER))


def term_field(year: int, part: Part) -> str:
    """The field of the form in which the courses of a term stand."""
    return f"year_{year}_{part.value}"


def course_line(course: CollegeCourse) -> str:
    """A course of a college in a line of its own; the code alone says the same."""
    return f"{course.code}: {course.title}"


def continuation_values(each: Continuation, college: Institution) -> dict[str, Any]:
    """How a program goes on, as the fields of its form."""
    known = {course.code: course_line(course) for course in college.courses}
    lines: dict[str, list[str]] = {}
    for term in each.terms:
        here = lines.setdefault(term_field(term.year, term.part), [])
        here += [known.get(code, code) for code in term.courses]
    return {
        "program": each.program,
        "credential": each.credential,
        **{name: "\n".join(courses) for name, courses in lines.items()},
        "source_url": each.source.url,
        "read_on": each.source.read_on,
    }


def said_continuation(sent: Mapping[str, Any], college: Institution) -> Continuation:
    """How a program goes on at a college, as a form says it: its terms in calendar order.

    Args:
        sent: the cleaned fields of ``ContinuationForm``.
    Raises:
        Refused: the source cannot be read.
    """
    terms = (
        CollegeTerm(year, part, _codes(sent[term_field(year, part)], college))
        for year, part in TERMS
    )
    return Continuation(
        program=sent["program"],
        institution=college.id,
        credential=sent["credential"].strip(),
        terms=tuple(term for term in terms if term.courses),
        source=citation(sent),
    )


def _codes(text: str, college: Institution) -> tuple[str, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(_code(line, college.courses) for line in lines if line)


def _code(line: str, courses: Iterable[CollegeCourse]) -> str:
    """The code of the course that a line names; what names none stays as it is."""
    names = {name: each.code for each in courses for name in (each.code, course_line(each))}
    if line in names:
        return names[line]
    loose, asked = {_loose(name): code for name, code in names.items()}, _loose(line)
    begins = [name for name in loose if asked.startswith((f"{name} ", f"{name}:"))]
    return loose.get(asked) or loose.get(max(begins, key=len, default=""), line)


def _loose(text: str) -> str:
    return " ".join(text.split()).casefold()


def field_of(problem: Problem, each: Continuation) -> str:
    """The field of the form at which a problem of a continuation is said; empty for none.

    Args:
        problem: ``where`` is its location in the agreements, joined by ``/``.
    """
    match problem.where.split("/")[2:]:
        case ["terms", number, *_rest]:
            term = each.terms[int(number)]
            return term_field(term.year, term.part)
        case ["terms"]:
            return term_field(*TERMS[0])
        case ["credential"]:
            return "credential"
        case [] | ["program"]:
            return "program"
    return ""


def funding_values(funding: Funding | None) -> dict[str, Any]:
    """Who pays for dual credit, as the fields of its form."""
    if funding is None:
        return {}
    return {
        "title": funding.title,
        "hours": shown_amount(funding.hours),
        "per_term": None if funding.per_term is None else shown_amount(funding.per_term),
        "source_url": funding.source.url,
        "read_on": funding.source.read_on,
    }


def said_funding(sent: Mapping[str, Any]) -> Funding:
    """Who pays for dual credit, as a form says it. Raises ``Refused`` for a source."""
    return Funding(
        title=sent["title"].strip(),
        hours=hundredths(sent["hours"]),
        per_term=None if sent["per_term"] is None else hundredths(sent["per_term"]),
        source=citation(sent),
    )
