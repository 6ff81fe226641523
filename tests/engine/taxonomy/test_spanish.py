"""The words of frameworks in Spanish."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pathloom.engine.taxonomy import Cluster, Framework, Group, Pathway, load_frameworks

FRAMEWORKS = load_frameworks()


def parts_of(framework: Framework) -> Iterator[Cluster | Pathway | Group]:
    yield from framework.groups
    for cluster in framework.clusters:
        yield cluster
        yield from cluster.pathways


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda each: each.id)
def test_every_word_of_every_framework_has_its_spanish(framework: Framework) -> None:
    missing = [part.name for part in parts_of(framework) if not part.es_name]
    missing += [group.note for group in framework.groups if group.note and not group.es_note]
    missing += [word for word in (framework.es_title, framework.es_status) if not word]
    levels = framework.levels
    for level in (levels.cluster, levels.pathway, levels.group):
        missing += [level.one] if level and not (level.es_one and level.es_many) else []
    for part in parts_of(framework):
        told = () if isinstance(part, Group) else part.statements
        missing += [each.en for each in told if not each.es]
    assert missing == []


def test_a_name_is_the_same_in_spanish_wherever_it_stands() -> None:
    known: dict[str, set[str]] = {}
    for framework in FRAMEWORKS:
        for part in parts_of(framework):
            known.setdefault(part.name, set()).add(part.es_name)
    assert {name: found for name, found in known.items() if len(found) > 1} == {}


def test_two_places_of_a_cluster_differ_in_spanish() -> None:
    for framework in FRAMEWORKS:
        for cluster in framework.clusters:
            names = [pathway.es_name for pathway in cluster.pathways]
            assert len(set(names)) == len(names), cluster.id
        names = [cluster.es_name for cluster in framework.clusters]
        assert len(set(names)) == len(names), framework.id
