"""From a subject one likes to courses here, programs, pathways and jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.occupations import Occupation, OccupationBook
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import course_card, subject_name
from pathloom.portal.programs.presenters.careers import pathways_of, program_card
from pathloom.portal.programs.presenters.occupations import occupation_card
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.school import school_crumbs
from pathloom.portal.programs.queries.leads import SubjectLead, led_to, studied_as

Page = dict[str, Any]
MOST_OCCUPATIONS = 9


def subjects_page(school: School, counted: Mapping[str, int]) -> Page:
    """The subjects of a school with the number of their courses."""
    rows = [
        {
            "name": subject_name(subject),
            "url": reverse("programs:subject", args=[school.slug, subject]),
            "about": ngettext("%(n)s course", "%(n)s courses", number) % {"n": number},
        }
        for subject, number in counted.items()
    ]
    return {
        "school": school_face(school),
        "subjects": sorted(rows, key=lambda row: row["name"].casefold()),
        "crumbs": [*school_crumbs(school), {"label": _("Subjects"), "url": ""}],
    }


def subject_page(
    school: School,
    subject: str,
    *,
    courses: Sequence[Course],
    leads: Sequence[SubjectLead],
    book: OccupationBook,
) -> Page:
    """Where a subject leads: courses by grade, programs, pathways, jobs with pay."""
    name = subject_name(subject)
    # A subject that pathways are made of leads where they lead; others are studied as themselves.
    central = [lead.version for lead in leads if lead.inside]
    found = led_to(central, book, most=MOST_OCCUPATIONS)
    field = studied_as(book, subject)[:MOST_OCCUPATIONS]
    subjects = {"label": _("Subjects"), "url": reverse("programs:subjects", args=[school.slug])}
    return {
        "school": school_face(school),
        "subject": subject,
        "name": name,
        "grades": _by_grade(courses, school),
        "count": len(courses),
        "programs": [_program(lead) for lead in leads],
        "pathways": pathways_of(lead.version for lead in leads),
        "field_occupations": _cards(field, school),
        "occupations": _cards(found, school),
        "crumbs": [*school_crumbs(school), subjects, {"label": name, "url": ""}],
    }


def _cards(occupations: Iterable[Occupation], school: School) -> list[Page]:
    return [occupation_card(each, school) for each in occupations]


def _by_grade(courses: Sequence[Course], school: School) -> list[Page]:
    """The courses under the first grade in which each can be taken."""
    return [
        {
            "title": _("From grade %(grade)s") % {"grade": grade} if grade < 99 else _("Courses"),
            "courses": [course_card(each, school=school) for each in found],
        }
        for grade, found in groupby(courses, key=lambda each: min(each.grades, default=99))
    ]


def _program(lead: SubjectLead) -> Page:
    number = len(lead.inside) + len(lead.beside)
    uses = ngettext("uses %(n)s of these courses", "uses %(n)s of these courses", number)
    return program_card(lead.version) | {"summary": uses % {"n": number}}
