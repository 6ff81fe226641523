"""The years after grade 12 in words: how programs go on at colleges, and who pays before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.phrases import number
from pathloom.engine.catalog import Agreements, CollegeTerm, Continuation, Institution
from pathloom.engine.catalog.agreements import Funding
from pathloom.engine.units import Part
from pathloom.portal.core.days import day_said


class ContinuationLine(TypedDict):
    """A program that goes on at a college; ``edit_url`` is empty where the reader only reads."""

    program: str
    college: str
    credential: str
    extent: str
    source_url: str
    edit_url: str


class FundingLine(TypedDict):
    """Who pays for dual credit."""

    title: str
    extent: str
    source_url: str
    read_on: str


def continuation_lines(
    found: Agreements, *, programs: Mapping[str, str], college: str = "", edits: int = 0
) -> list[ContinuationLine]:
    """Every program that goes on, at one college where that is asked.

    Args:
        programs: slug -> title.
        edits: the number of the version whose forms are offered; 0 for none.
    """
    return [
        _line(each, found.institution(each.institution), programs, edits)
        for each in found.programs
        if college in ("", each.institution)
    ]


def _line(
    each: Continuation, college: Institution | None, programs: Mapping[str, str], edits: int
) -> ContinuationLine:
    codes = [code for term in each.terms for code in term.courses]
    courses = [college.course(code) for code in codes] if college else []
    hours = number(sum(course.hours for course in courses if course))
    terms = ngettext("%(n)s term", "%(n)s terms", len(each.terms)) % {"n": len(each.terms)}
    return {
        "program": programs.get(each.program, each.program),
        "college": college.title if college else each.institution,
        "credential": each.credential,
        "extent": _("{terms}, {hours} hours").format(terms=terms, hours=hours),
        "source_url": each.source.url,
        "edit_url": reverse("programs:continuation", args=[edits, each.institution, each.program])
        if edits
        else "",
    }


def funding_line(funding: Funding | None) -> FundingLine | None:
    """Who pays for dual credit; None where nobody is named."""
    if funding is None:
        return None
    return {
        "title": funding.title,
        "extent": _funded(funding),
        "source_url": funding.source.url,
        "read_on": day_said(funding.source.read_on),
    }


def _funded(funding: Funding) -> str:
    hours = number(funding.hours)
    if funding.per_term is None:
        return _("{hours} hours in all").format(hours=hours)
    return _("{hours} hours in all, at most {most} in a term").format(
        hours=hours, most=number(funding.per_term)
    )


def continuation_words(
    each: Continuation, *, programs: Mapping[str, str], colleges: Mapping[str, str]
) -> list[str]:
    """What a version says of a program that goes on; its name first."""
    name = _("{program} goes on at {college}").format(
        program=programs.get(each.program, each.program),
        college=colleges.get(each.institution, each.institution),
    )
    return [name, each.credential, *(_term_words(term) for term in each.terms), each.source.url]


def _term_words(term: CollegeTerm) -> str:
    names = {
        (1, Part.FALL): _("First year, fall"),
        (1, Part.SPRING): _("First year, spring"),
        (1, Part.SUMMER): _("First year, summer"),
        (2, Part.FALL): _("Second year, fall"),
        (2, Part.SPRING): _("Second year, spring"),
        (2, Part.SUMMER): _("Second year, summer"),
    }
    name = names.get((term.year, term.part), f"{term.year} {term.part}")
    return _("{term}: {courses}").format(term=name, courses=" + ".join(term.courses))


def funding_words(funding: Funding) -> list[str]:
    """What a version says of who pays; its name first."""
    name = _("Dual credit is paid by {title}").format(title=funding.title)
    return [name, _funded(funding), funding.source.url]
