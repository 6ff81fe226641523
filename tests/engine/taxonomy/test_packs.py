"""The packaged frameworks: counts, groups, levels and what people know and can do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from pathloom.engine.taxonomy import Framework, Place, Statement, carry, load_crosswalks
from pathloom.engine.taxonomy.load import load_frameworks

FRAMEWORKS = {each.id: each for each in load_frameworks()}
CROSSWALKS = load_crosswalks(frameworks=tuple(FRAMEWORKS.values()))


def own(framework: Framework) -> Iterator[tuple[Place, tuple[Statement, ...]]]:
    for place in framework.places():
        found = framework.at(place)
        assert found is not None
        yield place, found.statements


@pytest.mark.parametrize(
    ("framework", "clusters", "pathways", "groups"),
    [
        ("georgia", 17, 14, 0),
        ("illinois", 17, 3, 7),
        ("national-2008", 16, 79, 0),
        ("national-2024", 14, 72, 6),
    ],
)
def test_a_framework_has_what_its_steward_counts(
    framework: str, clusters: int, pathways: int, groups: int
) -> None:
    found = FRAMEWORKS[framework]
    assert len(found.clusters) == clusters
    assert sum(len(each.pathways) for each in found.clusters) == pathways
    assert len(found.groups) == groups


def test_the_framework_of_2024_calls_its_levels_as_the_steward_does() -> None:
    levels = FRAMEWORKS["national-2024"].levels
    assert (levels.cluster.one, levels.pathway.many) == ("Career cluster", "Sub-clusters")
    assert levels.group is not None
    assert levels.group.one == "Cluster grouping"


def test_three_clusters_of_2024_cut_across_the_others_and_share_a_group() -> None:
    crossing = [each for each in FRAMEWORKS["national-2024"].clusters if each.cross_cutting]
    assert {each.id for each in crossing} == {
        "digital-technology",
        "management-entrepreneurship",
        "marketing-sales",
    }
    assert {each.group for each in crossing} == {"connecting-supporting"}


def test_illinois_splits_one_cluster_by_pathway_between_two_areas() -> None:
    illinois = FRAMEWORKS["illinois"]
    split = [each for each in illinois.clusters if not each.group]
    assert [each.id for each in split] == ["transportation"]
    areas = {
        each.id: illinois.group_of(Place("illinois", "transportation", each.id))
        for each in split[0].pathways
    }
    assert {name: area.code for name, area in areas.items() if area} == {
        "logistics": "FBS",
        "transportation-technology": "METT",
    }
    assert illinois.group_of(Place("illinois", "transportation")) is None


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_place_has_statements_of_its_own_or_of_its_exact_counterpart(framework: str) -> None:
    for place, statements in own(FRAMEWORKS[framework]):
        if statements:
            assert 2 <= len(statements) <= 4, place
            continue
        others = [carry(CROSSWALKS, place, to=other) for other in FRAMEWORKS]
        exact = [each.place for found in others for each in found if each.kind == "exact"]
        there = [FRAMEWORKS[each.framework].at(each) for each in exact]
        assert any(each is not None and each.statements for each in there), place


def test_the_national_frameworks_have_statements_of_their_own_everywhere() -> None:
    for framework, places in (("national-2008", 95), ("national-2024", 86)):
        written = [place for place, found in own(FRAMEWORKS[framework]) if found]
        assert len(written) == places


def test_no_statement_stands_twice_and_each_is_short_and_translated() -> None:
    every = [
        each for framework in FRAMEWORKS.values() for _, found in own(framework) for each in found
    ]
    for texts in ([each.en for each in every], [each.es for each in every]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []
        assert [text for text in texts if not 30 <= len(text) <= 100] == []
        assert [text for text in texts if not re.fullmatch(r"[A-ZÁÉÍÓÚ].*[^.]\.", text)] == []


def test_statements_use_words_that_a_student_of_grade_8_reads() -> None:
    """Words a sentence has, and long ones among them: as the usual formulas count."""
    every = [
        each.en
        for framework in FRAMEWORKS.values()
        for _, found in own(framework)
        for each in found
    ]
    words = [re.findall(r"[a-z']+", text.lower()) for text in every]
    assert max(len(each) for each in words) <= 18
    long = sum(
        len(re.findall(r"[aeiouy]+", word.rstrip("e"))) > 3 for each in words for word in each
    )
    assert long / sum(len(each) for each in words) < 0.02
