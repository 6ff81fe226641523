"""Crosswalk files, and carrying places along them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.taxonomy import (
    CONFIDENCES,
    KINDS,
    Carried,
    Cluster,
    Crosswalk,
    CrosswalkRow,
    Framework,
    FrameworkError,
    FrameworkSource,
    Pathway,
    Place,
    carry,
    load_crosswalks,
    load_frameworks,
    place_at,
    why_not,
)

PACKAGED = load_frameworks()
CROSSWALKS = load_crosswalks(frameworks=PACKAGED)
SOURCE = FrameworkSource("book", "A book", "", "2026-11-22", "inferred")


def small(framework: str) -> Framework:
    """Two clusters with two pathways each."""
    return Framework(
        id=framework,
        title=framework,
        steward="Nobody",
        status="small",
        read_on="2026-11-22",
        sources=(SOURCE,),
        clusters=tuple(
            Cluster(
                name,
                name,
                "book",
                pathways=tuple(Pathway(f"{name}{n}", name, "book") for n in "12"),
            )
            for name in "ab"
        ),
    )


SMALL = tuple(small(name) for name in ("x", "y", "z"))
PATHS = [place.path for place in SMALL[0].places()]


def row(left: str, right: str, kind: str = "close", confidence: str = "medium") -> CrosswalkRow:
    return CrosswalkRow(left, right, kind, confidence, "book", f"{left} is {right}.")  # type: ignore[arg-type]


def crosswalk(left: str, right: str, *rows: CrosswalkRow) -> Crosswalk:
    return Crosswalk(f"{left}-{right}", "Two", left, right, (SOURCE,), rows)


@st.composite
def crosswalks(draw: st.DrawFn, left: str, right: str) -> Crosswalk:
    """Any rows between two small frameworks; a place without a counterpart has no other row."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(PATHS)), unique=True))
    rows = [
        row(*pair, draw(st.sampled_from(KINDS[:3])), draw(st.sampled_from(CONFIDENCES)))
        for pair in pairs
    ]
    free = [path for path in PATHS if path not in {one for one, _ in pairs}]
    rows += (
        [row(path, "", "none") for path in draw(st.lists(st.sampled_from(free), unique=True))]
        if free
        else []
    )
    return crosswalk(left, right, *rows)


chains = st.tuples(crosswalks("x", "y"), crosswalks("y", "z"))
places = st.builds(place_at, st.sampled_from(["x", "y", "z"]), st.sampled_from(PATHS))


def exists(place: Place, frameworks: tuple[Framework, ...]) -> bool:
    return any(each.at(place) is not None for each in frameworks)


@given(chains, places, st.sampled_from(["x", "y", "z"]))
def test_what_is_carried_exists_and_is_no_surer_than_any_row_on_the_way(
    chain: tuple[Crosswalk, ...], place: Place, to: str
) -> None:
    for found in carry(chain, place, to=to):
        assert exists(found.place, SMALL)
        assert found.place.framework == to
        for reason in found.reasons:
            assert CONFIDENCES.index(found.confidence) >= CONFIDENCES.index(reason.confidence)
            assert KINDS.index(found.kind) >= KINDS.index(reason.kind)


@given(crosswalks("x", "y"), st.sampled_from(PATHS))
def test_carrying_there_and_back_along_a_row_finds_the_place_again(
    between: Crosswalk, path: str
) -> None:
    """The rows are the independent account: each place reached has a row with the start."""
    start = place_at("x", path)
    pairs = {(each.left, each.right): each for each in between.rows}
    for found in carry([between], start, to="y"):
        origin = path if (path, found.place.path) in pairs else start.cluster
        assert (origin, found.place.path) in pairs
        back = {each.place: each for each in carry([between], found.place, to="x")}
        again = back[place_at("x", origin)]
        assert again.confidence == pairs[origin, found.place.path].confidence


@given(chains, places, st.sampled_from(["x", "y", "z"]))
def test_the_best_comes_first_and_no_place_comes_twice(
    chain: tuple[Crosswalk, ...], place: Place, to: str
) -> None:
    found = carry(chain, place, to=to)
    ranks = [(KINDS.index(each.kind), CONFIDENCES.index(each.confidence)) for each in found]
    assert ranks == sorted(ranks)
    assert len({each.place for each in found}) == len(found)


def test_a_place_of_the_framework_itself_is_there_exactly() -> None:
    place = Place("x", "a", "a1")
    assert carry([], place, to="x") == (Carried(place, "exact", "high", ()),)


def test_a_pathway_without_a_row_goes_where_its_cluster_goes_in_part() -> None:
    between = crosswalk("x", "y", row("a", "b", "exact", "high"))
    (found,) = carry([between], Place("x", "a", "a1"), to="y")
    assert (found.place, found.kind, found.confidence) == (Place("y", "b"), "part", "high")


def test_a_way_over_two_parts_is_never_surer_than_low() -> None:
    chain = [
        crosswalk("x", "y", row("a", "a", "part", "high")),
        crosswalk("y", "z", row("a", "b", "part", "high")),
    ]
    (found,) = carry(chain, Place("x", "a"), to="z")
    assert (found.kind, found.confidence) == ("part", "low")


def test_where_the_crosswalk_says_none_no_way_around_is_taken() -> None:
    chain = [
        crosswalk("x", "z", row("a", "", "none")),
        crosswalk("x", "y", row("a", "a")),
        crosswalk("y", "z", row("a", "a")),
    ]
    assert carry(chain, Place("x", "a"), to="z") == ()
    assert [each.kind for each in why_not(chain, Place("x", "a"), to="z")] == ["none"]


def test_every_packaged_row_names_two_places_that_exist() -> None:
    for each in CROSSWALKS:
        for line in each.rows:
            for framework, path in ((each.left, line.left), (each.right, line.right)):
                assert not path or exists(place_at(framework, path), PACKAGED), (each.id, path)


def test_no_row_that_we_inferred_is_sure() -> None:
    for each in CROSSWALKS:
        for line in each.rows:
            if each.source(line.source).kind == "inferred":
                assert line.confidence != "high", (each.id, line)


def test_each_place_of_2008_goes_somewhere_in_2024_or_says_why_not() -> None:
    (national,) = (each for each in PACKAGED if each.id == "national-2008")
    nowhere = []
    for place in national.places():
        if not carry(CROSSWALKS, place, to="national-2024"):
            assert why_not(CROSSWALKS, place, to="national-2024"), place
            nowhere.append(place.path)
    assert nowhere == [
        "stem",
        "stem/science-mathematics",
        "transportation/health-safety-environmental-management",
    ]


def test_energy_of_georgia_goes_to_the_cluster_that_the_source_names() -> None:
    (found,) = carry(CROSSWALKS, Place("georgia", "energy"), to="national-2024")
    assert found.place.cluster == "energy-natural-resources"
    assert found.confidence == "high"
    assert carry(CROSSWALKS, Place("georgia", "energy"), to="national-2008") == ()


GOOD = """id: x-y
title: Two
left: x
right: y
sources:
  - {id: book, title: A book, url: "", read_on: 2026-11-22, kind: inferred}
rows:
  - {left: a, right: b/b1, kind: part, confidence: low, source: book, why: They meet.}
  - {left: b, right: "", kind: none, confidence: low, source: book, why: Nothing is like it.}
"""


def problems(folder: Path, text: str) -> list[str]:
    (folder / "x-y.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_crosswalks(folder, frameworks=SMALL)
    return [str(each).removeprefix(f"{folder}/") for each in caught.value.problems]


def test_a_sound_crosswalk_is_read(tmp_path: Path) -> None:
    (tmp_path / "x-y.yaml").write_text(GOOD, encoding="utf-8")
    (found,) = load_crosswalks(tmp_path, frameworks=SMALL)
    assert [each.kind for each in found.rows] == ["part", "none"]


WRONG: Mapping[str, tuple[str, str, str]] = {
    "a place that is not there": (
        "right: b/b1",
        "right: b/b9",
        "x-y.yaml:8: y has no place 'b/b9'. Did you mean 'b/b2'?",
    ),
    "none with a counterpart": (
        'right: "", kind',
        "right: a, kind",
        "x-y.yaml:9: the row says none, but names a counterpart. ",
    ),
    "one side only": (
        "kind: none",
        "kind: close",
        "x-y.yaml:9: the row says close, but names one place only. ",
    ),
    "two answers": (
        "left: b, right",
        "left: a, right",
        "x-y.yaml:9: 'a' has no counterpart here, and one in another row. ",
    ),
    "an unknown framework": ("left: x\n", "left: w\n", "x-y.yaml:3: no framework is called 'w'. "),
    "an unlisted source": (
        "source: book, why: They",
        "source: bok, why: They",
        "x-y.yaml:8: source 'bok' is not listed under 'sources'. ",
    ),
    "another confidence": (
        "confidence: low, source: book, why: They",
        "confidence: sure, source: book, why: They",
        "x-y.yaml:8: 'confidence': ",
    ),
    "an unknown key": (
        "why: They",
        "why not: They",
        "x-y.yaml:8: unknown key 'why not' in row 1. ",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    old, new, message = WRONG[name]
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new))
    assert any(each.startswith(message) for each in found), found


def test_a_row_that_stands_twice_is_named(tmp_path: Path) -> None:
    twice = GOOD.replace("rows:\n", "rows:\n" + GOOD.splitlines(keepends=True)[7])
    assert problems(tmp_path, twice) == [
        f"x-y.yaml:9: the row stands twice (first at {tmp_path}/x-y.yaml:8). Keep one of them."
    ]
