"""What a course is good for: requirements, pathways, jobs, college credit, what it opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.rules.nodes import Requirement, RuleSet
from pathloom.engine.units import format_credits
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import course_url, subject_name
from pathloom.portal.core.queries import today
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.careers import pathways_of
from pathloom.portal.programs.presenters.occupations import occupation_card
from pathloom.portal.programs.presenters.program_more import counts_as
from pathloom.portal.programs.queries.course_uses import (
    ServedRequirement,
    agreed_credit,
    diploma_of,
    opened_by,
    served_by,
)
from pathloom.portal.programs.queries.leads import led_to
from pathloom.portal.programs.queries.occupations import occupation_book
from pathloom.portal.programs.snapshot import agreements_for, family_tags

Page = dict[str, Any]
MOST_OCCUPATIONS = 8


def course_uses(course: Course, *, school: School, inside: Sequence[ProgramVersion]) -> Page:
    """What a course serves; four queries.

    Args:
        inside: the school's published programs with the course in their pathway.
    """
    day = today(school.district)
    opened = opened_by(course, school)
    agreed = agreements_for(school.district_id)
    book = occupation_book(school.district)
    return {
        "diploma": _diploma(course, school),
        "pathways": pathways_of(inside),
        "occupations": [
            occupation_card(each, school) for each in led_to(inside, book, most=MOST_OCCUPATIONS)
        ],
        "college": [
            counts_as(each, agreed, course) for each in agreed_credit(course, agreed, on=day)
        ]
        if agreed
        else [],
        "opens": [
            {
                "title": each.title,
                "url": course_url(school, each.code),
                "about": subject_name(each.subject),
            }
            for each in opened
        ],
    }


def _diploma(course: Course, school: School) -> Page | None:
    """The requirements it can count toward; None where no rules of the district are known."""
    found = diploma_of(school.district, on=today(school.district))
    if found is None or not any(grade >= 9 for grade in course.grades):
        return None
    ruleset, entered = found
    families = family_tags(school.district_id).get(course.code, frozenset())
    served = served_by(course, ruleset, families=families)
    return {
        "title": ruleset.title,
        "official": ruleset.official,
        "entered": str(entered),
        "areas": [_area(each, ruleset) for each in served if not each.any_course],
        "open": [_area(each, ruleset) for each in served if each.any_course],
        "sources": _sources(served, ruleset),
    }


def _area(served: ServedRequirement, ruleset: RuleSet) -> Page:
    requirement = served.requirement
    return {
        "title": requirement.title,
        "needed": _needed(requirement, ruleset),
        "parts": [each.title for each in served.parts],
    }


def _needed(requirement: Requirement, ruleset: RuleSet) -> str:
    """``4.0 of 23.0 credits``: what the requirement asks of all that is needed."""
    named = {"some": format_credits(requirement.earn), "all": format_credits(ruleset.total)}
    return _("%(some)s of %(all)s credits") % named


def _sources(served: Iterable[ServedRequirement], ruleset: RuleSet) -> list[Page]:
    names = dict.fromkeys(each.requirement.source for each in served)
    sources = [ruleset.source(name) for name in names if name]
    return [{"title": each.title, "url": each.url, "read_on": each.read_on} for each in sources]
