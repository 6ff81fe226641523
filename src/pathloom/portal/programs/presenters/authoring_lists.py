"""Lists of programs of study for staff: what is written, what is not, what is stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import Framework
from pathloom.portal.accounts.models import District, School
from pathloom.portal.core.tables import Column
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.authoring import state_name
from pathloom.portal.programs.presenters.program import program_url
from pathloom.portal.programs.queries.authoring import Written
from pathloom.portal.programs.queries.frameworks import place_now, place_of
from pathloom.portal.programs.queries.templates import DISTRICT, Base

Page = dict[str, Any]


def program_columns() -> tuple[Column, ...]:
    """The columns of the list of programs."""
    return (
        Column("title", _("Program"), heading=True),
        Column("home", _("School")),
        Column("place", _("Pathway")),
        Column("state", _("State")),
        Column("owner", _("Looked after by")),
        Column("reviewed", _("Last review")),
        Column("findings", _("Holds it back"), numeric=True),
    )


def program_row(written: Written, findings: int, gone: int = 0) -> Page:
    """One program.

    ``findings`` are those that hold back publication of its newest version; ``gone`` counts the
    courses it names that nobody offers any more.
    """
    version, program = written.newest, written.program
    state = state_name(version.state)
    if written.published is not None and version.is_open:
        state = _("Published, and: {state}").format(state=state)
    if gone:
        words = ngettext("{n} course is not offered", "{n} courses are not offered", gone)
        state = f"{state}. {words.format(n=gone)}"
    return {
        "title": {
            "text": version.title,
            "url": reverse("programs:draft_tab", args=[version.pk, "sequence"])
            if written.own
            else program_url(version),
            "sort": version.title,
        },
        "home": program.home.name,
        "place": _place(version),
        "state": state,
        "owner": program.owner.get_full_name() if program.owner else "",
        "reviewed": _reviewed(written),
        "findings": findings,
    }


def _reviewed(written: Written) -> Page | str:
    if written.reviewed_on is None:
        return ""
    text = date_format(written.reviewed_on)
    shown = _("{day}, review due").format(day=text) if written.stale else text
    return {"text": shown, "sort": written.reviewed_on.isoformat()}


def _place(version: ProgramVersion) -> str:
    _framework, cluster, pathway = place_of(version)
    return " › ".join(each.name for each in (cluster, pathway) if each is not None)


def base_choices(bases: Iterable[Base]) -> list[tuple[str, str]]:
    """Templates as choices, each with its level."""
    levels = {"national": _("National"), "state": _("State"), DISTRICT: _("District")}
    return [(base.name, f"{levels[base.level]}: {base.title}") for base in bases]


def base_cards(bases: Sequence[Base]) -> list[Page]:
    """Templates with what a draft started from them would hold, and what would be missing."""
    levels = {"national": _("National"), "state": _("State"), DISTRICT: _("District")}
    return [
        {
            "name": base.name,
            "title": base.title,
            "level": levels[base.level],
            "summary": base.sheet.summary,
            "steps": len(base.sheet.content.steps),
            "missing": [
                {"text": each.text, "grade": each.grade, "candidates": len(each.candidates)}
                for each in base.missing
            ],
        }
        for base in bases
    ]


def home_choices(schools: Iterable[School], districts: Iterable[District]) -> list[tuple[str, str]]:
    """For whom a person may write, as choices."""
    found = [(f"school:{school.pk}", school.name) for school in schools]
    template = _("Template for the schools of {district}")
    return found + [
        (f"district:{each.pk}", template.format(district=each.name)) for each in districts
    ]


def place_choices(framework: Framework) -> list[tuple[str, str]]:
    """The clusters of a framework with their pathways, as choices."""
    found = []
    for cluster in framework.clusters:
        found.append((f"{framework.id}/{cluster.id}/", cluster.name))
        found += [
            (f"{framework.id}/{cluster.id}/{pathway.id}", f"{cluster.name} › {pathway.name}")
            for pathway in cluster.pathways
        ]
    return found


def coverage_columns() -> tuple[Column, ...]:
    """The columns of the coverage report."""
    return (
        Column("cluster", _("Cluster"), heading=True),
        Column("pathway", _("Pathway")),
        Column("written", _("Written program")),
        Column("school", _("School")),
        Column("owner", _("Looked after by")),
        Column("reviewed", _("Last review")),
    )


def coverage_rows(framework: Framework, programs: Sequence[Written]) -> list[Page]:
    """Every cluster and pathway of a framework, with each program in it or the word that none is.

    Programs at a cluster without a pathway stand in a row of their own.
    """
    by_place: dict[tuple[str, str], list[Written]] = {}
    for each in programs:
        framework_found, cluster, pathway = place_now(each.newest)
        if framework_found is not None and framework_found.id == framework.id and cluster:
            place = (cluster.id, pathway.id if pathway else "")
            by_place.setdefault(place, []).append(each)
    rows = []
    for cluster in framework.clusters:
        places = [("", ""), *((pathway.id, pathway.name) for pathway in cluster.pathways)]
        for pathway_id, name in places:
            found = by_place.get((cluster.id, pathway_id), [])
            if found or pathway_id or not cluster.pathways:
                rows += [_covered(cluster.name, name, each) for each in found]
                rows += [] if found else [_covered(cluster.name, name, None)]
    return rows


def _covered(cluster: str, pathway: str, written: Written | None) -> Page:
    row: Page = {"cluster": cluster, "pathway": pathway}
    if written is None:
        none = {"text": _("none"), "muted": True, "sort": ""}
        return row | {"written": none, "school": "", "owner": "", "reviewed": "", "state": "none"}
    shown = program_row(written, 0)
    state = "published" if written.published else "draft"
    return row | {
        "written": shown["title"],
        "school": shown["home"],
        "owner": shown["owner"],
        "reviewed": shown["reviewed"],
        "state": "stale" if written.stale else state,
    }


def coverage_picture(rows: Iterable[Page]) -> list[Page]:
    """For each cluster how many of its rows have a program that is published, in work, or none."""
    clusters: dict[str, dict[str, int]] = {}
    for row in rows:
        counts = clusters.setdefault(row["cluster"], {"published": 0, "draft": 0, "none": 0})
        counts["published" if row["state"] == "stale" else row["state"]] += 1
    return [
        {
            "name": name,
            **counts,
            "written": counts["published"] + counts["draft"],
            "all": sum(counts.values()),
        }
        for name, counts in clusters.items()
    ]
