"""Everything of a school from A to Z: the plain page beside the search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.models import Course
from pathloom.portal.catalog.presenters import course_url
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.careers import cluster_tile
from pathloom.portal.programs.presenters.levels import level_names, lowered
from pathloom.portal.programs.presenters.program import program_url, school_face
from pathloom.portal.programs.presenters.school import school_crumbs
from pathloom.portal.programs.presenters.words import Said, words_of
from pathloom.portal.programs.queries.words import without_accents

Page = dict[str, Any]


def index_page(
    school: School,
    *,
    versions: Iterable[ProgramVersion],
    courses: Iterable[Course],
    framework: Framework | None,
) -> Page:
    """Programs, clusters and courses, by first letter."""
    entries = [
        _entry(words_of(version)(version.title), _("program of study"), program_url(version))
        for version in versions
    ]
    entries += [
        _entry(Said(course.title, "en"), _("course"), course_url(school, course.code))
        for course in courses
    ]
    tiles = [cluster_tile(framework, each, "") for each in framework.clusters] if framework else []
    family = level_names(school.district, framework)["cluster"]["one"]
    entries += [_entry(tile["name"], lowered(family), tile["url"]) for tile in tiles]
    entries.sort(key=lambda entry: (_plain(entry["name"]), entry["url"]))
    return {
        "school": school_face(school),
        "crumbs": [*school_crumbs(school), {"label": _("From A to Z"), "url": ""}],
        "letters": [
            {"letter": letter, "entries": list(found)}
            for letter, found in groupby(entries, key=lambda entry: _letter(entry["name"]))
        ],
    }


def _entry(name: str, kind: str, url: str) -> Page:
    return {
        "name": name,
        "kind": kind,
        "kind_lang": getattr(kind, "lang", ""),
        "url": url,
        "lang": getattr(name, "lang", ""),
    }


def _plain(name: str) -> str:
    """The name as it is sorted: without accents and capitals."""
    return without_accents(name).casefold()


def _letter(name: str) -> str:
    first = _plain(name)[:1].upper()
    return first if first.isalpha() else "#"
