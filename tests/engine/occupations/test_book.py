"""The packaged occupations, and sums that count each published line once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.occupations import (
    Figures,
    Occupation,
    load_manifest,
    load_occupations,
    total,
)
from pathloom.engine.occupations.tables import PACKAGED
from pathloom.engine.taxonomy import load_frameworks

BOOK = load_occupations()


def test_all_occupations_are_there_with_what_is_published_about_them() -> None:
    assert len(BOOK.occupations) == 1016
    matches = Counter(each.bls.match if each.bls else None for each in BOOK.occupations)
    assert matches == {"exact": 963, "broader": 20, "merged": 14, None: 19}
    assert all(each.is_military for each in BOOK.occupations if each.bls is None)
    assert sum(each.bls.wage_is_floor for each in BOOK.occupations if each.bls) == 23
    assert sum(each.interests is not None for each in BOOK.occupations) == 923
    assert sum(each.job_zone is not None for each in BOOK.occupations) == 923
    assert sum(bool(each.places) for each in BOOK.occupations) == 1011


def test_every_code_that_is_named_is_there() -> None:
    codes = set(BOOK.by_code)
    assert all(set(each.related) <= codes - {each.code} for each in BOOK.occupations)
    (framework,) = (each for each in load_frameworks() if each.id == "national-2008")
    for each in BOOK.occupations:
        for place in each.places:
            cluster = framework.cluster(place.cluster)
            assert cluster is not None
            assert cluster.pathway(place.pathway) is not None


def test_occupations_are_found_by_place_and_an_unknown_one_has_none() -> None:
    pathway = BOOK.in_place("national-2008", "stem", "engineering-technology")
    cluster = BOOK.in_place("national-2008", "stem")
    assert pathway
    assert set(pathway) < set(cluster)
    assert BOOK.in_place("national-2008", "stem", "alchemy") == ()


def test_the_tables_are_small_and_the_manifest_names_each_of_them() -> None:
    files = list(PACKAGED.iterdir())
    assert sum(each.stat().st_size for each in files) < 1_200_000
    named = {table.name for each in load_manifest() for table in each.tables}
    assert named | {"manifest.yaml"} == {each.name for each in files}
    for each in load_manifest():
        assert each.license
        assert each.attribution
        assert each.read_on
        for table in each.tables:
            lines = (PACKAGED / table.name).read_text(encoding="utf-8").count("\n")
            assert lines == table.rows + 1


def test_a_book_is_read_once() -> None:
    assert load_occupations() is BOOK
    assert load_occupations(Path(PACKAGED)).occupations == BOOK.occupations


def test_details_of_one_line_do_not_count_it_twice() -> None:
    nurses = [each for each in BOOK.occupations if each.soc == "29-1141"]
    assert len(nurses) > 1
    assert nurses[0].bls is not None
    assert total(nurses, "employment") == nurses[0].bls.employment
    assert total(nurses, "openings") == nurses[0].bls.openings


def test_all_occupations_together_come_to_the_published_sum() -> None:
    # One published line is of no O*NET occupation; the publisher rounds each line to hundreds.
    found, published = total(BOOK.occupations, "employment"), BOOK.everyone.employment
    assert published is not None
    assert abs(found - published) < published // 1000


lines = st.dictionaries(
    st.sampled_from(["11-1011", "15-1252", "17-2051", "29-1141"]),
    st.integers(0, 10**7) | st.none(),
    min_size=1,
)


@given(lines, st.data())
def test_a_sum_never_depends_on_how_often_a_line_is_repeated(
    employment: dict[str, int | None], data: st.DataObject
) -> None:
    details = [
        Occupation(f"{code}.{number:02}", "A job", bls=Figures(code, "A line", "exact", persons))
        for code, persons in employment.items()
        for number in range(data.draw(st.integers(1, 4)))
    ]
    shuffled = data.draw(st.permutations(details))
    unmatched = Occupation("55-3016.00", "Infantry")
    assert total([*shuffled, unmatched], "employment") == sum(
        persons or 0 for persons in employment.values()
    )
