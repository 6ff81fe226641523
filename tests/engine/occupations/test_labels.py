"""Labels hold from the threshold on, and say why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.occupations import (
    EDUCATION,
    KINDS,
    Figures,
    Label,
    Occupation,
    Pay,
    Thresholds,
    count_labels,
    default_thresholds,
    kinds_of,
    labels_of,
    load_occupations,
)

AT = Thresholds(education="associate", wage=50_000, growth=31, openings=4_000)


def occupation(wage: Pay | None = None, **figures: object) -> Occupation:
    spread = (None, None, wage, None, None)
    line = Figures("17-2051", "A line", "exact", spread=spread, wage_year="2024", years="2024-34")
    return Occupation("17-2051.00", "A job", bls=replace(line, **figures))  # type: ignore[arg-type]


def label(kind: str, found: Occupation, thresholds: Thresholds = AT) -> Label:
    return next(each for each in labels_of(found, thresholds) if each.kind == kind)


@pytest.mark.parametrize(("wage", "holds"), [(49_999, False), (50_000, True), (50_001, True)])
def test_high_wage_begins_exactly_at_the_threshold(wage: int, holds: bool) -> None:
    found = label("high_wage", occupation(Pay(wage)))
    assert found.holds is holds
    (reason,) = found.reasons
    assert (reason.figure, reason.threshold, reason.holds) == (wage, 50_000, holds)
    assert (reason.source, reason.area, reason.year) == ("wages", "US", "2024")


@pytest.mark.parametrize(("level", "holds"), [("award", False), ("associate", True)])
def test_high_skill_begins_exactly_at_the_threshold(level: str, holds: bool) -> None:
    assert label("high_skill", occupation(education=level)).holds is holds


def test_an_apprenticeship_is_high_skill_where_the_district_says_so() -> None:
    trained = occupation(education="high_school", training="apprenticeship")
    assert label("high_skill", trained).holds
    assert not label("high_skill", trained, replace(AT, apprenticeship=False)).holds


@pytest.mark.parametrize(
    ("growth", "openings", "holds"),
    [(31, 4_000, True), (30, 4_000, False), (31, 3_999, False), (-5, 10**6, False)],
)
def test_in_demand_needs_both_figures_exactly_at_their_thresholds(
    growth: int, openings: int, holds: bool
) -> None:
    found = occupation(growth=growth, openings=openings)
    assert label("in_demand", found).holds is holds
    assert label("in_demand", found, replace(AT, growth=None)).holds is (openings >= 4_000)
    assert label("in_demand", found, replace(AT, openings=None)).holds is (growth >= 31)


def test_a_floor_above_the_threshold_holds_and_below_it_is_not_known() -> None:
    top = occupation(Pay(239_200, floor=True))
    assert label("high_wage", top).holds
    unsure = label("high_wage", top, replace(AT, wage=250_000))
    assert not unsure.holds
    assert unsure.reasons[0].holds is None


def test_what_is_not_published_gives_no_label() -> None:
    assert [each.holds for each in labels_of(occupation(), AT)] == [False] * 3
    assert label("in_demand", occupation(growth=50)).reasons[1].holds is None
    soldier = Occupation("55-3016.00", "Infantry")
    assert labels_of(soldier, AT) == tuple(Label(kind, False, ()) for kind in KINDS)


def test_thresholds_that_ask_for_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="in-demand"):
        replace(AT, growth=None, openings=None)
    with pytest.raises(ValueError, match="no level"):
        replace(AT, education="kindergarten")


def test_the_defaults_are_the_figures_of_all_jobs() -> None:
    book = load_occupations()
    defaults = default_thresholds(book)
    assert (defaults.education, defaults.wage, defaults.growth) == ("award", 49_500, 31)
    counted = count_labels(book, defaults)
    assert all(0 < counted[kind] < len(book.occupations) for kind in KINDS)


@given(
    st.sampled_from(load_occupations().occupations),
    st.integers(0, 300_000),
    st.integers(-500, 500),
    st.integers(0, 10**6),
    st.sampled_from(EDUCATION),
)
def test_a_stricter_threshold_never_adds_a_label(
    found: Occupation, wage: int, growth: int, openings: int, level: str
) -> None:
    loose = Thresholds(level, wage, growth, openings)
    strict = Thresholds("doctoral", wage + 1000, growth + 10, openings + 100)
    assert kinds_of(found, strict) <= kinds_of(found, loose)
