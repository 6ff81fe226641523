"""What the comparison of frameworks with the facts must notice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathloom.engine.taxonomy import (
    Cluster,
    Crosswalk,
    CrosswalkRow,
    Framework,
    FrameworkSource,
    Group,
    Pathway,
)
from tools.check_frameworks import areas, modern, moves

SOURCE = FrameworkSource("s", "S", "", "2026-11-22", "secondary")
SEA = Framework(
    id="sea",
    title="Sea",
    steward="Nobody",
    status="invented",
    read_on="2026-11-22",
    sources=(SOURCE,),
    groups=(Group("wet", "Wet Work", "s", "W"), Group("dry", "Dry Work", "s", "D")),
    clusters=(
        Cluster("boats", "Boats", "s", "01", (Pathway("rafts", "Rafts", "s"),), group="wet"),
        Cluster("kites", "Kites", "s", "02", group="dry", cross_cutting=True),
    ),
)
FACTS: dict[str, Any] = {
    "counts": {"clusters": 2, "sub_clusters": 1},
    "clusters": [
        {
            "code_onet": "01",
            "name": "Boats",
            "grouping": "Wet Work",
            "cross_cutting": False,
            "sub_clusters": [{"name": "Rafts"}],
        },
        {
            "code_onet": "02",
            "name": "Kites",
            "grouping": "Dry Work (cross-cutting)",
            "cross_cutting": True,
            "sub_clusters": [],
        },
    ],
    "crosswalk_old_to_new": {
        "stated_in_source": [{"from": "Boats", "to": "Boats"}],
        "inferred_from_names_only": [{"from": "Kites", "to": ["Kites"]}],
    },
}
ROWS = (
    CrosswalkRow("boats", "boats", "close", "high", "s", "Said."),
    CrosswalkRow("kites", "kites", "close", "low", "s", "Guessed."),
)
BOTH = Crosswalk("two", "Two", "sea", "sea", (SOURCE,), ROWS)


def test_what_agrees_differs_in_nothing() -> None:
    assert modern(SEA, FACTS) == ()
    assert areas(SEA, {"ccpe": {"endorsement_areas": {"W": ["Boats"], "D": ["Kites (all)"]}}}) == ()
    assert moves(BOTH, {"sea": SEA}, FACTS) == ()


def test_a_cluster_in_another_group_is_noticed() -> None:
    boats, kites = SEA.clusters
    other = replace(SEA, clusters=(replace(boats, group="dry"), kites))
    assert any("01 Boats in Dry Work" in each for each in modern(other, FACTS))


def test_an_absent_sub_cluster_is_noticed_by_name_and_by_number() -> None:
    boats, kites = SEA.clusters
    found = modern(replace(SEA, clusters=(replace(boats, pathways=()), kites)), FACTS)
    assert found == (
        "sub-cluster 'Boats > Rafts' of the facts is missing",
        "the facts count 2 and 1",
    )


def test_a_cluster_in_another_area_is_noticed() -> None:
    found = areas(SEA, {"ccpe": {"endorsement_areas": {"W": ["Boats", "Kites"], "D": []}}})
    assert found == (
        "place 'D: kites' is not in the facts",
        "place 'W: kites' of the facts is missing",
    )


def test_a_guess_that_is_called_sure_is_noticed() -> None:
    bold = replace(BOTH, rows=(ROWS[0], replace(ROWS[1], confidence="high")))
    assert moves(bold, {"sea": SEA}, FACTS) == (
        "row 'kites to kites (stated)' is not in the facts",
        "row 'kites to kites (inferred)' of the facts is missing",
    )
