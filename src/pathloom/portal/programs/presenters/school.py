"""A school's portal: its face, what it offers, and what a visitor finds in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import course_page
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.models.portal import PortalContent
from pathloom.portal.programs.presenters.careers import cluster_tile, program_card
from pathloom.portal.programs.presenters.course_uses import course_uses
from pathloom.portal.programs.presenters.levels import level_names
from pathloom.portal.programs.presenters.portal import words_of_portal
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.sharing_links import school_links
from pathloom.portal.programs.presenters.words import Said, titled
from pathloom.portal.programs.queries.published import pathway_codes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Page = dict[str, Any]

# Of each level its place in a list and its words.
_LEVELS: dict[str, tuple[int, StrOrPromise]] = {
    School.Level.HIGH: (0, _lazy("High school")),
    School.Level.MIDDLE: (1, _lazy("Middle school")),
    School.Level.ELEMENTARY: (2, _lazy("Elementary school")),
}


def schools_page(counted: Sequence[tuple[School, int]]) -> Page:
    """Every school of every district, high schools first, with the number of its programs."""
    districts = groupby(counted, key=lambda pair: pair[0].district.name)
    return {
        "districts": [
            {
                "name": name,
                "schools": [
                    school_face(school) | {"about": _about(school, number)}
                    for school, number in sorted(pairs, key=lambda pair: _LEVELS[pair[0].level][0])
                ],
            }
            for name, pairs in districts
        ]
    }


def _about(school: School, programs: int) -> str:
    """``High school, 6 programs``."""
    level = str(_LEVELS[school.level][1])
    number = ngettext("%(n)s program", "%(n)s programs", programs) % {"n": programs}
    return f"{level}, {number}" if programs else level


def school_page(
    school: School,
    versions: Sequence[ProgramVersion],
    *,
    framework: Framework | None,
    counted: Mapping[str, int],
    portal: PortalContent,
) -> Page:
    """The school's portal before a visitor has asked for anything."""
    return {
        "school": school_face(school),
        "portal": words_of_portal(portal),
        "subjects_url": reverse("programs:subjects", args=[school.slug]),
        "index_url": reverse("programs:index", args=[school.slug]),
        "share": school_links(school.slug),
        "jobs_url": reverse("programs:school_occupations", args=[school.slug]),
        "programs": [program_card(version) for version in versions],
        "framework": titled(framework) if framework else "",
        "levels": level_names(school.district, framework),
        "tiles": _tiles(framework, counted) if framework and "clusters" in portal.sections else [],
        "crumbs": [*school_crumbs(school)[:-1], {"label": school.name, "url": ""}],
    }


def _tiles(framework: Framework, counted: Mapping[str, int]) -> list[Page]:
    """All clusters; those in which the school has programs say how many."""
    return [
        cluster_tile(framework, cluster, counted.get(cluster.id, ""))
        for cluster in framework.clusters
    ]


def course_with_uses(
    course: Course,
    *,
    school: School,
    offered: bool,
    known: Mapping[str, Course],
    versions: Sequence[ProgramVersion],
) -> Page:
    """A course: what it is good for, and the programs that have it in their pathway or beside."""
    inside = [version for version in versions if course.code in pathway_codes(version)]
    beside = [version for version in versions if version not in inside]
    return course_page(course, school=school, known=known) | {
        "school": school_face(school),
        "offered": offered,
        "programs": [program_card(version) for version in inside],
        "beside": [program_card(version) for version in beside],
        "uses": course_uses(course, school=school, inside=inside),
        "crumbs": [
            *school_crumbs(school),
            {"label": _("Courses"), "url": reverse("catalog:courses", args=[school.slug])},
            {"label": Said(course.title, "en"), "url": ""},
        ],
    }


def school_crumbs(school: School) -> list[Page]:
    return [
        {"label": _("Schools"), "url": reverse("programs:schools")},
        {"label": school.name, "url": reverse("programs:school", args=[school.slug])},
    ]
