"""Frameworks, clusters, pathways and schools as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import Cluster, Framework, Pathway
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.queries.frameworks import place_of, state_pathway

Page = dict[str, Any]


def cluster_url(framework: Framework, cluster: Cluster) -> str:
    return reverse("programs:cluster", args=[framework.id, cluster.id])


def pathway_url(framework: Framework, cluster: Cluster, pathway: Pathway) -> str:
    return reverse("programs:pathway", args=[framework.id, cluster.id, pathway.id])


def framework_card(framework: Framework) -> Page:
    """A framework in a list."""
    return {
        "title": framework.title,
        "status": framework.status,
        "clusters": len(framework.clusters),
        "pathways": sum(len(cluster.pathways) for cluster in framework.clusters),
        "url": reverse("programs:framework", args=[framework.id]),
    }


def cluster_tiles(framework: Framework, counted: Mapping[str, int]) -> list[Page]:
    """The clusters of a framework as tiles; ``counted`` says how many programs each has."""
    return [
        cluster_tile(framework, each, counted.get(each.id, 0) or _pathways(each))
        for each in framework.clusters
    ]


def cluster_tile(framework: Framework, cluster: Cluster, note: int | str) -> Page:
    """A cluster as a tile; ``note`` is a number of programs, or words."""
    return {
        "id": cluster.id,
        "name": cluster.name,
        "url": cluster_url(framework, cluster),
        "note": _programs(note) if isinstance(note, int) else note,
    }


def _programs(number: int) -> str:
    return ngettext("%(n)s program here", "%(n)s programs here", number) % {"n": number}


def _pathways(cluster: Cluster) -> str:
    number = len(cluster.pathways)
    if not number:
        return _("No pathway listed yet")
    return ngettext("%(n)s pathway", "%(n)s pathways", number) % {"n": number}


def sources_of(framework: Framework, named: Iterable[str] | None = None) -> list[Page]:
    """The sources of a framework, or those among them with the given ids."""
    wanted = None if named is None else set(named)
    return [
        {"title": source.title, "url": source.url, "read_on": source.read_on}
        for source in framework.sources
        if wanted is None or source.id in wanted
    ]


def framework_page(framework: Framework, counted: Mapping[str, int]) -> Page:
    """A framework with its clusters as tiles."""
    return framework_card(framework) | {
        "steward": framework.steward,
        "tiles": cluster_tiles(framework, counted),
        "sources": sources_of(framework),
        "crumbs": [_careers(), _crumb(framework.title)],
    }


def cluster_page(
    framework: Framework, cluster: Cluster, versions: Iterable[ProgramVersion]
) -> Page:
    """A cluster with its pathways and the programs of study that schools publish in it."""
    programs = [program_card(version) for version in versions]
    return {
        "id": cluster.id,
        "name": cluster.name,
        "code": cluster.code,
        "framework": framework_card(framework),
        "steward": framework.steward,
        "pathways": [
            {
                "name": pathway.name,
                "code": pathway.code,
                "url": pathway_url(framework, cluster, pathway),
                "programs": sum(each["pathway_id"] == pathway.id for each in programs),
            }
            for pathway in cluster.pathways
        ],
        "programs": programs,
        "sources": sources_of(framework, [cluster.source, *(p.source for p in cluster.pathways)]),
        "crumbs": [_careers(), _framework(framework), _crumb(cluster.name)],
    }


def pathway_page(
    framework: Framework,
    cluster: Cluster,
    pathway: Pathway,
    *,
    versions: Iterable[ProgramVersion],
) -> Page:
    """A pathway with the programs of study that schools publish in it."""
    known = state_pathway(framework.id, cluster=cluster.id, pathway=pathway.id)
    sources = sources_of(framework, [pathway.source])
    if known is not None:
        named = known[1]
        sources.append({"title": named.title, "url": named.url, "read_on": named.read_on})
    return {
        "name": pathway.name,
        "code": pathway.code,
        "courses": [
            {
                "title": course.title,
                "number": course.number,
                "place": course.place,
                "required": course.required,
            }
            for course in (known[0].courses if known else ())
        ],
        "note": known[0].note if known else "",
        "cluster": {"id": cluster.id, "name": cluster.name, "url": cluster_url(framework, cluster)},
        "framework": framework_card(framework),
        "programs": [program_card(version) for version in versions],
        "others": [
            {"name": each.name, "url": pathway_url(framework, cluster, each)}
            for each in cluster.pathways
            if each.id != pathway.id
        ],
        "sources": sources,
        "crumbs": [
            _careers(),
            _framework(framework),
            _crumb(cluster.name, cluster_url(framework, cluster)),
            _crumb(pathway.name),
        ],
    }


def program_card(version: ProgramVersion) -> Page:
    """A program of study in a list."""
    program = version.program
    _, cluster, pathway = place_of(version)
    return {
        "title": version.title,
        "summary": version.summary,
        "school": program.school.name,
        "district": program.school.district.name,
        "cluster_id": program.cluster,
        "cluster_name": cluster.name if cluster else "",
        "pathway_id": program.pathway,
        "pathway_name": pathway.name if pathway else "",
        "url": reverse("programs:program", args=[program.school.slug, program.slug]),
    }


def place_links(version: ProgramVersion) -> Page:
    """Where a program stands, with the way there; names are empty for what is not known."""
    framework, cluster, pathway = place_of(version)
    links: Page = {"cluster": {"id": version.program.cluster, "name": "", "url": ""}}
    links["framework"] = framework_card(framework) if framework else None
    links["pathway"] = None
    if framework and cluster:
        links["cluster"] = {
            "id": cluster.id,
            "name": cluster.name,
            "url": cluster_url(framework, cluster),
        }
        if pathway:
            url = pathway_url(framework, cluster, pathway)
            links["pathway"] = {"name": pathway.name, "url": url}
    return links


def _careers() -> Page:
    return {"label": _("Careers"), "url": reverse("programs:careers")}


def _framework(framework: Framework) -> Page:
    return {"label": framework.title, "url": reverse("programs:framework", args=[framework.id])}


def _crumb(label: str, url: str = "") -> Page:
    return {"label": label, "url": url}
