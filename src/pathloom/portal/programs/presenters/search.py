"""What a search found, by kind, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.occupations import Occupation
from pathloom.engine.taxonomy import Place
from pathloom.engine.units import format_credits
from pathloom.portal.accounts.models import School
from pathloom.portal.catalog.presenters import course_url, subject_name
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.careers import cluster_url, pathway_url, program_card
from pathloom.portal.programs.presenters.levels import level_names
from pathloom.portal.programs.presenters.occupations import occupation_card
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.school import school_crumbs
from pathloom.portal.programs.presenters.words import Said, named, titled
from pathloom.portal.programs.queries.frameworks import framework_of, parts_of
from pathloom.portal.programs.queries.search import (
    Findable,
    Found,
    FoundCourse,
    FoundProgram,
    FoundSubject,
    found_versions,
    grouped,
)
from pathloom.portal.programs.queries.search_index import Entry

Page = dict[str, Any]
SHOWN = 8  # of each kind, when all kinds are shown
ON_A_SHEET = 30  # when one kind is


def kind_name(kind: str, school: School | None = None) -> str:
    """What a group of found things is called; at a school, levels have its district's names."""
    level = {"clusters": "cluster", "pathways": "pathway"}.get(kind, "")
    if school is not None and level:
        name: str = level_names(school.district, framework_of(school))[level]["many"]
        return name
    return {
        "subjects": _("Subjects"),
        "clusters": _("Families of jobs"),
        "pathways": _("Pathways"),
        "programs": _("Programs of study"),
        "courses": _("Courses"),
        "occupations": _("Jobs"),
    }[kind]


def search_start(school: School | None, *, refused: str) -> Page:
    """The search before anything is asked, or when what is asked cannot be read."""
    return _frame("", school) | {
        "refused": refused,
        "nothing": False,
        "groups": [],
        "meant": None,
        "some": False,
        "kind": "",
    }


def search_page(
    words: str, found: Found, *, school: School | None, kind: str = "", sheet: int = 1
) -> Page:
    """What was found: some of every kind, or one kind in full, sheet by sheet."""
    by_kind = {each: _gathered(entries) for each, entries in grouped(found.hits).items()}
    page = _frame(words, school)
    address = page["action"]
    first = (sheet - 1) * ON_A_SHEET
    shown = {
        each: named[first : first + ON_A_SHEET] or named[:ON_A_SHEET] if kind else named[:SHOWN]
        for each, named in by_kind.items()
        if kind in ("", each)
    }
    versions = found_versions(entry for named in shown.values() for same in named for entry in same)
    show = _Show(school, versions, found.schools)
    groups = [
        {
            "kind": each,
            "title": kind_name(each, school),
            "count": len(by_kind[each]),
            "rows": [show(same) for same in named],
            **_further(
                each, len(by_kind[each]), sheet=sheet if kind else 0, words=words, address=address
            ),
        }
        for each, named in shown.items()
    ]
    return page | {
        "refused": "",
        "kind": kind,
        "groups": groups,
        "nothing": not groups,
        "some": found.hits.some,
        "meant": {"text": found.hits.meant, "url": _address(address, q=found.hits.meant)}
        if found.hits.meant
        else None,
        "everything_url": _address(address, q=words) if kind else "",
    }


def _frame(words: str, school: School | None) -> Page:
    here = {"label": words or _("Search"), "url": ""}
    if school is None:
        return {
            "words": words,
            "school": None,
            "action": reverse("programs:search"),
            "crumbs": [{"label": _("Careers"), "url": reverse("programs:careers")}, here],
            "ways": _ways(None),
        }
    return {
        "words": words,
        "school": school_face(school),
        "action": reverse("programs:school", args=[school.slug]),
        "crumbs": [*school_crumbs(school), here],
        "ways": _ways(school),
    }


def _ways(school: School | None) -> list[Page]:
    """Where to go on without a search."""
    jobs = {"label": _("Look through all jobs"), "url": reverse("programs:occupations")}
    if school is None:
        return [
            {"label": _("See the families of jobs"), "url": reverse("programs:careers")},
            jobs,
            {"label": _("See what a school offers"), "url": reverse("programs:schools")},
        ]
    slug = [school.slug]
    return [
        {
            "label": _("Start with a subject you like"),
            "url": reverse("programs:subjects", args=slug),
        },
        {"label": _("Everything from A to Z"), "url": reverse("programs:index", args=slug)},
        {"label": _("All programs of this school"), "url": reverse("programs:school", args=slug)},
        jobs,
    ]


def _further(kind: str, number: int, *, sheet: int, words: str, address: str) -> Page:
    """The way to the other sheets of a kind; sheet 0: to all of it, where not all is shown."""
    if not sheet:
        more = _address(address, q=words, kind=kind) if number > SHOWN else ""
        return {"more_url": more}
    last = max(1, ceil(number / ON_A_SHEET))
    here = sheet if sheet <= last else 1

    def url(other: int) -> str:
        inside = 1 <= other <= last
        return _address(address, q=words, kind=kind, page=other) if inside else ""

    return {"sheet": here, "sheets": last, "before_url": url(here - 1), "after_url": url(here + 1)}


def _address(address: str, **asked: object) -> str:
    return f"{address}?{urlencode(asked)}"


def _gathered(entries: Iterable[Entry[Findable]]) -> list[list[Entry[Findable]]]:
    """Things of one kind by their names, the best first: one name is one row."""
    named: dict[str, list[Entry[Findable]]] = {}
    for entry in entries:
        named.setdefault(entry.title.casefold(), []).append(entry)
    return list(named.values())


@dataclass(frozen=True, slots=True)
class _Show:
    """Turns things of one name into a row that says where each of them is."""

    school: School | None
    versions: Mapping[int, ProgramVersion]
    schools: Mapping[int, School]

    def __call__(self, same: Sequence[Entry[Findable]]) -> Page:
        rows = [self._row(entry.value) for entry in same]
        where = [{"label": row["place"], "url": row["url"]} for row in rows if row["place"]]
        return rows[0] | {"where": where}

    def _row(self, value: Findable) -> Page:
        if isinstance(value, Place):
            return _place(value)
        if isinstance(value, Occupation):
            return _occupation(value, self.school)
        if isinstance(value, FoundProgram):
            return _program(self.versions[value.version], self.school)
        if isinstance(value, FoundCourse):
            return _course(value, self.schools[value.school], self.school)
        return _subject(value, self.school)


def _place(place: Place) -> Page:
    framework, cluster, pathway = parts_of(place)
    if framework is None or cluster is None:
        raise LookupError(f"{place.path}: {place.framework} no longer has it. Start anew.")
    if pathway is None:
        return _line("clusters", named(cluster), cluster_url(framework, cluster)) | {
            "hue": cluster.id,
            "place": titled(framework),
        }
    return _line("pathways", named(pathway), pathway_url(framework, cluster, pathway)) | {
        "hue": cluster.id,
        "about": named(cluster),
        "place": titled(framework),
    }


def _occupation(occupation: Occupation, school: School | None) -> Page:
    card = occupation_card(occupation, school)
    about = " · ".join(each for each in (card["pay"], card["education"]) if each)
    return _line("occupations", card["title"], card["url"]) | {"about": about}


def _program(version: ProgramVersion, school: School | None) -> Page:
    card = program_card(version)
    return _line("programs", card["title"], card["url"]) | {
        "hue": card["cluster_id"],
        "about": card["cluster_name"],
        "place": "" if school else card["school"],
    }


def _course(course: FoundCourse, home: School, school: School | None) -> Page:
    credits = _("%(credits)s credit") % {"credits": format_credits(course.credits)}
    return _line("courses", Said(course.title, "en"), course_url(home, course.code)) | {
        "about": f"{subject_name(course.subject)} · {credits}",
        "place": "" if school else home.name,
    }


def _subject(value: FoundSubject, school: School | None) -> Page:
    url = reverse("programs:subject", args=[school.slug, value.subject]) if school else ""
    about = _("Courses, programs and jobs it leads to")
    return _line("subjects", subject_name(value.subject), url) | {"about": about}


def _line(kind: str, title: str, url: str) -> Page:
    return {"kind": kind, "title": title, "url": url, "about": "", "place": "", "hue": ""}
