"""What a search found, by kind, as a page."""

from __future__ import annotations

from collections.abc import Iterable
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
from pathloom.portal.programs.presenters.careers import cluster_url, pathway_url, program_card
from pathloom.portal.programs.presenters.occupations import occupation_card
from pathloom.portal.programs.presenters.program import school_face
from pathloom.portal.programs.presenters.school import school_crumbs
from pathloom.portal.programs.presenters.words import Said, named
from pathloom.portal.programs.queries.frameworks import parts_of
from pathloom.portal.programs.queries.search import (
    Findable,
    Found,
    FoundCourse,
    FoundProgram,
    FoundSubject,
    grouped,
)
from pathloom.portal.programs.queries.search_index import Entry

Page = dict[str, Any]
SHOWN = 8  # of each kind, when all kinds are shown
ON_A_SHEET = 30  # when one kind is


def kind_name(kind: str) -> str:
    """What a group of found things is called."""
    return {
        "subjects": _("Subjects"),
        "clusters": _("Families of jobs"),
        "pathways": _("Pathways"),
        "programs": _("Programs of study"),
        "courses": _("Courses"),
        "occupations": _("Jobs"),
    }[kind]


def search_start(school: School | None, *, refused: bool) -> Page:
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
    by_kind = {each: _rows(entries, found, school) for each, entries in grouped(found.hits).items()}
    page = _frame(words, school)
    address = page["action"]
    groups = [
        _group(each, rows, words=words, address=address)
        for each, rows in by_kind.items()
        if kind in ("", each)
    ]
    if kind and groups:
        groups[0] |= _sheets(by_kind[kind], sheet, words=words, address=address)
    return page | {
        "refused": False,
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


def _group(kind: str, rows: list[Page], *, words: str, address: str) -> Page:
    more = len(rows) > SHOWN
    return {
        "kind": kind,
        "title": kind_name(kind),
        "count": len(rows),
        "rows": rows[:SHOWN],
        "more_url": _address(address, q=words, kind=kind) if more else "",
    }


def _sheets(rows: list[Page], sheet: int, *, words: str, address: str) -> Page:
    last = max(1, ceil(len(rows) / ON_A_SHEET))
    sheet = min(sheet, last)

    def url(number: int) -> str:
        inside = 1 <= number <= last
        return _address(address, q=words, kind=rows[0]["kind"], page=number) if inside else ""

    return {
        "rows": rows[(sheet - 1) * ON_A_SHEET : sheet * ON_A_SHEET],
        "more_url": "",
        "sheet": sheet,
        "sheets": last,
        "before_url": url(sheet - 1),
        "after_url": url(sheet + 1),
    }


def _address(address: str, **asked: object) -> str:
    return f"{address}?{urlencode(asked)}"


def _rows(entries: Iterable[Entry[Findable]], found: Found, school: School | None) -> list[Page]:
    """What is to be shown; things of one name stand in one row, each with where it is."""
    rows: dict[tuple[str, str], Page] = {}
    for entry in entries:
        row = _row(entry.value, found, school)
        if row is None:
            continue
        known = rows.setdefault((row["kind"], row["title"].casefold()), row | {"where": []})
        if row["place"] or known["where"]:
            known["where"].append({"label": row["place"], "url": row["url"]})
    return list(rows.values())


def _row(value: Findable, found: Found, school: School | None) -> Page | None:
    if isinstance(value, Place):
        return _place(value)
    if isinstance(value, Occupation):
        return _occupation(value, school)
    if isinstance(value, FoundProgram):
        return _program(value, found, school)
    if isinstance(value, FoundCourse):
        return _course(value, found, school)
    return _subject(value, school)


def _place(place: Place) -> Page | None:
    framework, cluster, pathway = parts_of(place)
    if framework is None or cluster is None:
        return None
    if pathway is None:
        return _line("clusters", named(cluster.name), cluster_url(framework, cluster)) | {
            "hue": cluster.id,
            "place": framework.title,
        }
    return _line("pathways", named(pathway.name), pathway_url(framework, cluster, pathway)) | {
        "hue": cluster.id,
        "about": named(cluster.name),
        "place": framework.title,
    }


def _occupation(occupation: Occupation, school: School | None) -> Page:
    card = occupation_card(occupation, school)
    about = " · ".join(each for each in (card["pay"], card["education"]) if each)
    return _line("occupations", Said(card["title"], "en"), card["url"]) | {"about": about}


def _program(value: FoundProgram, found: Found, school: School | None) -> Page:
    card = program_card(found.versions[value.version])
    return _line("programs", card["title"], card["url"]) | {
        "hue": card["cluster_id"],
        "about": card["cluster_name"],
        "place": "" if school else card["school"],
    }


def _course(course: FoundCourse, found: Found, school: School | None) -> Page:
    home = found.schools[course.school]
    credits = _("%(credits)s credit") % {"credits": format_credits(course.credits)}
    return _line("courses", Said(course.title, "en"), course_url(home, course.code)) | {
        "about": f"{subject_name(course.subject)} · {credits}",
        "place": "" if school else home.name,
    }


def _subject(value: FoundSubject, school: School | None) -> Page | None:
    if school is None:
        return None
    url = reverse("programs:subject", args=[school.slug, value.subject])
    about = _("Courses, programs and jobs it leads to")
    return _line("subjects", subject_name(value.subject), url) | {"about": about}


def _line(kind: str, title: str, url: str) -> Page:
    return {"kind": kind, "title": title, "url": url, "about": "", "place": "", "hue": ""}
