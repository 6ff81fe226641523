"""Frameworks, clusters, pathways and schools as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.taxonomy import Cluster, Framework, Group, Pathway, Place
from pathloom.portal.accounts.models import District
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.counterparts import (
    carried_words,
    counterparts,
    level_word,
    place_name,
    place_url,
    statements,
)
from pathloom.portal.programs.presenters.levels import level_names
from pathloom.portal.programs.presenters.words import Said, either, named, titled, words_of
from pathloom.portal.programs.queries.frameworks import (
    framework as framework_called,
)
from pathloom.portal.programs.queries.frameworks import (
    frameworks,
    place_in,
    place_now,
    state_pathway,
)

Page = dict[str, Any]


def cluster_url(framework: Framework, cluster: Cluster) -> str:
    return reverse("programs:cluster", args=[framework.id, cluster.id])


def pathway_url(framework: Framework, cluster: Cluster, pathway: Pathway) -> str:
    return reverse("programs:pathway", args=[framework.id, cluster.id, pathway.id])


def framework_card(framework: Framework) -> Page:
    """A framework in a list."""
    return {
        "title": titled(framework),
        "status": either(framework.status, framework.es_status),
        "levels": _levels(framework),
        "clusters": len(framework.clusters),
        "pathways": sum(len(cluster.pathways) for cluster in framework.clusters),
        "url": reverse("programs:framework", args=[framework.id]),
    }


def cluster_tiles(framework: Framework, counted: Mapping[str, int]) -> list[Page]:
    """The clusters of a framework as tiles; ``counted`` says how many programs each has."""
    return [
        cluster_tile(framework, each, counted.get(each.id, 0) or _pathways(framework, each))
        for each in framework.clusters
    ]


def families(district: District, framework: Framework, counted: Mapping[str, int]) -> Page:
    """The clusters of the framework that a district uses, under the district's own name."""
    return {
        "levels": level_names(district, framework),
        "tiles": cluster_tiles(framework, counted),
        "used": titled(framework),
    }


def cluster_tile(framework: Framework, cluster: Cluster, note: int | str) -> Page:
    """A cluster as a tile; ``note`` is a number of programs, or words."""
    return {
        "id": cluster.id,
        "name": named(cluster),
        "url": cluster_url(framework, cluster),
        "note": _programs(note) if isinstance(note, int) else note,
    }


def _programs(number: int) -> str:
    return ngettext("%(n)s program here", "%(n)s programs here", number) % {"n": number}


def _pathways(framework: Framework, cluster: Cluster) -> str:
    """``6 sub-clusters``, in the words of the framework."""
    number, level = len(cluster.pathways), framework.levels.pathway
    if not number:
        return _("No pathway listed yet")
    return f"{number} {level_word(level, many=number > 1).lower()}"


def _levels(framework: Framework) -> Page:
    """The steward's names of the levels, for one and for many, in the language of the page."""
    named = {"cluster": framework.levels.cluster, "pathway": framework.levels.pathway}
    if framework.levels.group is not None:
        named["group"] = framework.levels.group
    return {
        name: {"one": level_word(level), "many": level_word(level, many=True)}
        for name, level in named.items()
    }


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
        "groups": _groups(framework, counted),
        "counted": _counted(framework),
        "csv_url": reverse("programs:framework_csv", args=[framework.id]),
        "json_url": reverse("programs:framework_json", args=[framework.id]),
        "crosswalks": crosswalk_links(framework),
        "sources": sources_of(framework),
        "crumbs": [_careers(), _crumb(titled(framework))],
    }


def _counted(framework: Framework) -> str:
    """``14 clusters, 72 sub-clusters``, in the words of the framework."""
    pathways = sum(len(cluster.pathways) for cluster in framework.clusters)
    clusters, levels = len(framework.clusters), framework.levels
    return (
        f"{clusters} {level_word(levels.cluster, many=clusters != 1).lower()}, "
        f"{pathways} {level_word(levels.pathway, many=pathways != 1).lower()}"
    )


def _groups(framework: Framework, counted: Mapping[str, int]) -> list[Page]:
    """The groups with their clusters as tiles; a split cluster stands in each of its groups."""
    tiles = dict(zip(framework.clusters, cluster_tiles(framework, counted), strict=True))
    return [
        {
            "id": group.id,
            "name": named(group),
            "code": group.code if group.code.isalpha() or "&" in group.code else "",
            "note": either(group.note, group.es_note),
            "tiles": [
                tile | ({"note": ", ".join(inside)} if inside else {})
                for cluster, tile in tiles.items()
                for inside in (_named_within(cluster, group),)
                if inside or cluster.group == group.id
            ],
        }
        for group in framework.groups
    ]


def _named_within(cluster: Cluster, group: Group) -> list[Said]:
    """The pathways of a split cluster that stand in one group."""
    return [named(pathway) for pathway in cluster.pathways if pathway.group == group.id]


def crosswalk_links(framework: Framework) -> list[Page]:
    """The other frameworks, with the way to the table that leads there."""
    return [
        {
            "title": titled(other),
            "url": reverse("programs:crosswalk", args=[framework.id, other.id]),
        }
        for other in frameworks()
        if other.id != framework.id
    ]


def cluster_page(
    framework: Framework, cluster: Cluster, versions: Iterable[ProgramVersion]
) -> Page:
    """A cluster with its pathways and the programs of study that schools publish in it."""
    programs = [program_card(version, framework) for version in versions]
    place = Place(framework.id, cluster.id)
    group = framework.group_of(place)
    return {
        "statements": statements(place),
        "counterparts": counterparts(place),
        "group": named(group) if group else "",
        "cross_cutting": cluster.cross_cutting,
        "id": cluster.id,
        "name": named(cluster),
        "code": cluster.code,
        "framework": framework_card(framework),
        "steward": framework.steward,
        "pathways": [
            {
                "name": named(pathway),
                "code": pathway.code,
                "url": pathway_url(framework, cluster, pathway),
                "programs": sum(each["pathway_id"] == pathway.id for each in programs),
            }
            for pathway in cluster.pathways
        ],
        "programs": programs,
        "sources": sources_of(framework, [cluster.source, *(p.source for p in cluster.pathways)]),
        "crumbs": [_careers(), _framework(framework), _crumb(named(cluster))],
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
    place = Place(framework.id, cluster.id, pathway.id)
    group = framework.group_of(place) if pathway.group else None
    sources = sources_of(framework, [pathway.source])
    if known is not None:
        source = known[1]
        sources.append({"title": source.title, "url": source.url, "read_on": source.read_on})
    return {
        "statements": statements(place),
        "counterparts": counterparts(place),
        "group": named(group) if group else "",
        "name": named(pathway),
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
        "cluster": {
            "id": cluster.id,
            "name": named(cluster),
            "url": cluster_url(framework, cluster),
        },
        "framework": framework_card(framework),
        "programs": [program_card(version, framework) for version in versions],
        "others": [
            {"name": named(each), "url": pathway_url(framework, cluster, each)}
            for each in cluster.pathways
            if each.id != pathway.id
        ],
        "sources": sources,
        "crumbs": [
            _careers(),
            _framework(framework),
            _crumb(named(cluster), cluster_url(framework, cluster)),
            _crumb(named(pathway)),
        ],
    }


def program_card(version: ProgramVersion, seen_from: Framework | None = None) -> Page:
    """A program of study in a list: where it stands now, or in the framework it is seen from."""
    program = version.program
    _framework, cluster, pathway = place_in(version, seen_from)
    say = words_of(version)
    return {
        "title": say(version.title),
        "summary": say(version.summary),
        "school": program.school.name,
        "district": program.school.district.name,
        "cluster_id": cluster.id if cluster else program.cluster,
        "cluster_name": named(cluster) if cluster else "",
        "pathway_id": pathway.id if pathway else "",
        "pathway_name": named(pathway) if pathway else "",
        "url": reverse("programs:program", args=[program.school.slug, program.slug]),
    }


def pathways_of(versions: Iterable[ProgramVersion]) -> list[Page]:
    """The pathways in which programs stand now, each once; the cluster where there is none."""
    found: dict[str, Page] = {}
    for version in versions:
        framework, cluster, pathway = place_now(version)
        if framework is None or cluster is None:
            continue
        url = (
            pathway_url(framework, cluster, pathway) if pathway else cluster_url(framework, cluster)
        )
        name = named(pathway or cluster)
        found[url] = {"name": name, "url": url, "cluster_id": cluster.id}
    return list(found.values())


def place_links(version: ProgramVersion, levels: Page | None = None) -> Page:
    """Where a program stands now, with the way there; names are empty for what is not known.

    ``carried`` says from which framework it was carried over and how sure that is; None where the
    program stands in the framework it was written in. ``levels`` are asked for unless given.
    """
    framework, cluster, pathway = place_now(version)
    links: Page = {"cluster": {"id": version.program.cluster, "name": "", "url": ""}}
    links["framework"] = framework_card(framework) if framework else None
    links["pathway"] = None
    links["carried"] = carried_from(version)
    links["levels"] = levels or level_names(version.program.home_district, framework)
    if framework and cluster:
        links["cluster"] = {
            "id": cluster.id,
            "name": named(cluster),
            "url": cluster_url(framework, cluster),
        }
        if pathway:
            url = pathway_url(framework, cluster, pathway)
            links["pathway"] = {"name": named(pathway), "url": url}
    return links


def carried_from(version: ProgramVersion) -> Page | None:
    """The place a program was written in, when its district uses another framework now."""
    carried = getattr(version, "carried", None)
    place = Place(*version.place)
    if not carried or carried["framework"] == place.framework:
        return None
    written = framework_called(place.framework)
    now = framework_called(carried["framework"])
    return {
        "framework": titled(written) if written else place.framework,
        "name": place_name(written, place) if written else place.path,
        "url": place_url(place) if written and written.at(place) else "",
        "words": carried_words(carried["kind"], carried["confidence"]),
        "confidence": carried["confidence"],
        "why": carried["why"],
        "placed": bool(carried["cluster"]),
        "now": titled(now) if now else carried["framework"],
    }


def _careers() -> Page:
    return {"label": _("Careers"), "url": reverse("programs:careers")}


def _framework(framework: Framework) -> Page:
    return {"label": titled(framework), "url": reverse("programs:framework", args=[framework.id])}


def _crumb(label: str, url: str = "") -> Page:
    return {"label": label, "url": url}
