"""A draft of agreements: how programs go on after grade 12, and who pays for dual credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.catalog import Agreements, Continuation, Institution
from pathloom.engine.errors import Location, Problem
from pathloom.portal.programs import checks
from pathloom.portal.programs.models import CollegeAgreements
from pathloom.portal.programs.presenters import agreement_changes as changes
from pathloom.portal.programs.presenters.agreement_draft import Changed, plain_words
from pathloom.portal.programs.presenters.agreement_form import Refused
from pathloom.portal.programs.presenters.continuation_form import (
    continuation_values,
    course_line,
    field_of,
    funding_values,
    said_continuation,
    said_funding,
)
from pathloom.portal.programs.presenters.continuations import (
    ContinuationLine,
    continuation_lines,
)
from pathloom.portal.programs.queries.agreements import programs_of
from pathloom.portal.programs.snapshot import agreements_in


def program_titles(version: CollegeAgreements) -> dict[str, str]:
    """Slug -> title of the published programs of the district."""
    return {slug: title for slug, title, _school in programs_of(version.district)}


def program_choices(version: CollegeAgreements, program: str) -> list[tuple[str, str]]:
    """The published programs with their schools; the one named stands there in any case."""
    schools: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for slug, title, school in programs_of(version.district):
        titles.setdefault(slug, title)
        schools.setdefault(slug, []).append(school)
    choices = [(slug, f"{titles[slug]} ({', '.join(schools[slug])})") for slug in titles]
    if program and program not in titles:
        choices.append((program, _("{program} (not published)").format(program=program)))
    return choices


def college_of(version: CollegeAgreements, college: str) -> Institution | None:
    """The college with an id."""
    return agreements_in(version).institution(college)


def course_names(college: Institution) -> list[str]:
    """The courses of a college as its terms name them."""
    return [course_line(course) for course in college.courses]


def lines_at(version: CollegeAgreements, college: str) -> list[ContinuationLine]:
    """The programs that go on at a college, with the addresses of their forms."""
    return continuation_lines(
        agreements_in(version),
        programs=program_titles(version),
        college=college,
        edits=version.number,
    )


def continuation_form(
    version: CollegeAgreements, college: Institution, program: str
) -> dict[str, Any] | None:
    """The fields of one continuation, empty ones for a new one; None where there is none."""
    if not program:
        return {}
    each = changes.continuation_of(agreements_in(version), program=program, college=college.id)
    return continuation_values(each, college) if each else None


def put_continuation(
    version: CollegeAgreements, sent: Mapping[str, Any], *, college: Institution, program: str
) -> Changed:
    """The draft with what the form says of a program at a college.

    Args:
        program: the slug of the one that is changed; empty for a new one.
    Raises:
        Refused: it does not hold together; each sentence at its field.
    """
    found = agreements_in(version)
    each = said_continuation(sent, college)
    before = changes.continuation_of(found, program=program, college=college.id)
    after = changes.with_continuation(found, each, before=before)
    errors: dict[str, str] = {}
    for problem in _new_problems(version, found, after):
        name = field_of(problem, each)
        words = plain_words(problem).replace(f"'{college.id}'", college.title)
        errors[name] = " ".join(filter(None, (errors.get(name), words)))
    if errors:
        raise Refused(errors)
    words = (
        _("{program} at {college} was changed.")
        if program
        else _("{program} at {college} was added.")
    )
    return Changed(after, _said(version, each, college, words=words), college=college.id)


def remove_continuation(
    version: CollegeAgreements, program: str, *, college: Institution
) -> Changed | None:
    """The draft in which a program does not go on at a college; None where it does not now."""
    found = agreements_in(version)
    each = changes.continuation_of(found, program=program, college=college.id)
    if each is None:
        return None
    words = _("{program} at {college} was taken out.")
    return Changed(
        changes.without_continuation(found, each),
        _said(version, each, college, words=words),
        college=college.id,
    )


def _said(
    version: CollegeAgreements, each: Continuation, college: Institution, *, words: str
) -> str:
    program = program_titles(version).get(each.program, each.program)
    return words.format(program=program, college=college.title)


def _new_problems(
    version: CollegeAgreements, before: Agreements, after: Agreements
) -> list[Problem]:
    """What a change makes wrong; ``where`` is a location, joined by ``/``."""
    known = set(checks.problems_beside(before, version.district, place=_location))
    now = checks.problems_beside(after, version.district, place=_location)
    return [problem for problem in now if problem not in known]


def _location(location: Location) -> str:
    return "/".join(str(step) for step in location)


def funding_form(version: CollegeAgreements) -> dict[str, Any]:
    """The fields of who pays for dual credit."""
    return funding_values(agreements_in(version).funding)


def put_funding(version: CollegeAgreements, sent: Mapping[str, Any]) -> Changed:
    """The draft with what the form says of who pays.

    Raises:
        Refused: it does not hold together; each sentence at its field.
    """
    found, funding = agreements_in(version), said_funding(sent)
    after = replace(found, funding=funding)
    errors = {
        problem.where.rpartition("/")[2]: plain_words(problem)
        for problem in _new_problems(version, found, after)
    }
    if errors:
        raise Refused(errors)
    words = _("{title} pays for dual credit.").format(title=funding.title)
    return Changed(after, words)


def remove_funding(version: CollegeAgreements) -> Changed | None:
    """The draft in which nobody is named who pays; None where nobody is."""
    found = agreements_in(version)
    if found.funding is None:
        return None
    words = _("{title} was taken out.").format(title=found.funding.title)
    return Changed(replace(found, funding=None), words)
