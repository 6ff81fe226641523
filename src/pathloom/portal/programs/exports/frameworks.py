"""A framework and a crosswalk as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pathloom.engine.taxonomy import Framework, FrameworkSource, Place, why_not
from pathloom.portal.core.tables import csv_text
from pathloom.portal.programs.queries.frameworks import carried_places, crosswalks, statements_of

Document = dict[str, Any]

FRAMEWORK_HEAD = (
    "framework",
    "group",
    "cluster_id",
    "cluster",
    "cluster_es",
    "cluster_code",
    "cross_cutting",
    "pathway_id",
    "pathway",
    "pathway_es",
    "pathway_code",
    "source",
    "statements",
)
CROSSWALK_HEAD = ("from", "from_name", "to", "to_name", "kind", "confidence", "why", "source")


def framework_csv(framework: Framework) -> str:
    """One row for each cluster and each pathway."""
    return csv_text(FRAMEWORK_HEAD, _framework_rows(framework))


def _framework_rows(framework: Framework) -> Iterator[tuple[str, ...]]:
    for place in framework.places():
        cluster = framework.cluster(place.cluster)
        found, group = framework.at(place), framework.group_of(place)
        if cluster is None or found is None:
            continue
        yield (
            framework.id,
            group.name if group else "",
            cluster.id,
            cluster.name,
            cluster.es_name,
            cluster.code,
            "yes" if cluster.cross_cutting else "",
            place.pathway,
            found.name if place.pathway else "",
            found.es_name if place.pathway else "",
            found.code if place.pathway else "",
            framework.source(found.source).title,
            " ".join(each.en for each in statements_of(place)),
        )


def framework_json(framework: Framework) -> Document:
    """The framework as its file has it, with the statements of exact counterparts."""
    return {
        "id": framework.id,
        "title": framework.title,
        "es_title": framework.es_title,
        "steward": framework.steward,
        "status": framework.status,
        "read_on": framework.read_on,
        "levels": {
            "cluster": framework.levels.cluster.one,
            "pathway": framework.levels.pathway.one,
            "group": framework.levels.group.one if framework.levels.group else "",
        },
        "sources": [_source(each) for each in framework.sources],
        "groups": [
            {
                "id": each.id,
                "name": each.name,
                "es_name": each.es_name,
                "code": each.code,
                "note": each.note,
            }
            for each in framework.groups
        ],
        "clusters": [
            _place(framework, Place(framework.id, cluster.id))
            | {
                "cross_cutting": cluster.cross_cutting,
                "pathways": [
                    _place(framework, Place(framework.id, cluster.id, each.id))
                    for each in cluster.pathways
                ],
            }
            for cluster in framework.clusters
        ],
    }


def _place(framework: Framework, place: Place) -> Document:
    found = framework.at(place)
    if found is None:
        raise ValueError(f"{framework.id} has no place {place.path}")
    group = framework.group_of(place)
    return {
        "id": found.id,
        "name": found.name,
        "es_name": found.es_name,
        "code": found.code,
        "group": group.id if group else "",
        "source": found.source,
        "statements": [{"en": each.en, "es": each.es} for each in statements_of(place)],
    }


def _source(source: FrameworkSource) -> Document:
    return {
        "id": source.id,
        "title": source.title,
        "url": source.url,
        "read_on": source.read_on,
        "kind": source.kind,
    }


def crosswalk_csv(left: Framework, right: Framework) -> str:
    """One row for each place of the one and each place it goes to; kind none where nothing is."""
    rows = ([str(row[name]) for name in CROSSWALK_HEAD] for row in _crosswalk_rows(left, right))
    return csv_text(CROSSWALK_HEAD, rows)


def crosswalk_json(left: Framework, right: Framework) -> Document:
    """The same rows, with the ids of the two frameworks."""
    return {"from": left.id, "to": right.id, "rows": list(_crosswalk_rows(left, right))}


def _crosswalk_rows(left: Framework, right: Framework) -> Iterator[Document]:
    for place in left.places():
        head = {"from": place.path, "from_name": _name(left, place)}
        found = carried_places(place, to=right.id)
        for each in found:
            yield head | {
                "to": each.place.path,
                "to_name": _name(right, each.place),
                "kind": each.kind,
                "confidence": each.confidence,
                "why": " ".join(reason.why for reason in each.reasons),
                "source": "; ".join(dict.fromkeys(row.source.title for row in each.reasons)),
            }
        if not found:
            reasons = why_not(crosswalks(), place, to=right.id)
            yield head | {
                "to": "",
                "to_name": "",
                "kind": "none",
                "confidence": reasons[0].confidence if reasons else "",
                "why": " ".join(reason.why for reason in reasons),
                "source": "; ".join(dict.fromkeys(each.source.title for each in reasons)),
            }


def _name(framework: Framework, place: Place) -> str:
    found = framework.at(place)
    return found.name if found else place.path
