"""For whom and when versions hold: every cohort on every day has one version."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.rules.periods import Period, gaps
from tests.engine.rules.right import RIGHT, loaded, mistakes


def second_version(years: str) -> str:
    version = RIGHT[RIGHT.index("  - id: us-sc") :]
    return RIGHT + version.replace("/2023", "/old").replace("{from: 2023-24}", years)


def test_cohorts_without_overlap_and_gap_are_right(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, second_version("{to: 2022-23}")).versions) == 2


def test_overlapping_cohorts_are_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, second_version("{to: 2023-24}")) == [
        "us-sc/diploma.yaml:16: cohorts of version 'us-sc/diploma/2023' overlap those of "
        "version 'us-sc/diploma/old'. Let each cohort have one version on each day."
    ]


def test_a_gap_between_cohorts_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path, second_version("{to: 2020-21}")) == [
        "us-sc/diploma.yaml:16: no version covers the cohorts 2021-22 to 2022-23, between "
        "'us-sc/diploma/old' and 'us-sc/diploma/2023'. Extend one of them, or add a version."
    ]


def test_two_versions_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    text = second_version("{to: 2022-23}").replace("/old", "/2023")

    assert mistakes(tmp_path, text) == [
        "us-sc/diploma.yaml:34: version id 'us-sc/diploma/2023' stands twice "
        "(first on line 15). Give each its own id."
    ]


IN_FORCE = "{from: 2023-24}\n    in_force: {to: 2024-06-30}"


def test_one_cohort_on_other_days_is_another_version(tmp_path: Path) -> None:
    text = second_version("{from: 2023-24}\n    in_force: {from: 2024-07-01}")

    assert len(loaded(tmp_path, text.replace("{from: 2023-24}", IN_FORCE, 1)).versions) == 2


def test_one_cohort_on_the_same_days_is_a_mistake(tmp_path: Path) -> None:
    text = second_version("{from: 2023-24}\n    in_force: {from: 2024-06-30}")

    assert mistakes(tmp_path, text.replace("{from: 2023-24}", IN_FORCE, 1)) == [
        "us-sc/diploma.yaml:36: cohorts of version 'us-sc/diploma/old' overlap those of version "
        "'us-sc/diploma/2023' from 2024-06-30 to 2024-06-30. "
        "Let each cohort have one version on each day."
    ]


def test_a_day_between_two_versions_is_a_mistake(tmp_path: Path) -> None:
    text = second_version("{from: 2023-24}\n    in_force: {from: 2024-07-02}")

    assert mistakes(tmp_path, text.replace("{from: 2023-24}", IN_FORCE, 1)) == [
        "us-sc/diploma.yaml:36: no version covers the cohorts from 2023-24 on from 2024-07-01 to "
        "2024-07-01, between 'us-sc/diploma/2023' and 'us-sc/diploma/old'. "
        "Extend one of them, or add a version."
    ]


def test_days_that_end_before_they_begin_are_a_mistake(tmp_path: Path) -> None:
    days = "{from: 2023-24}\n    in_force: {from: 2024-07-01, to: 2024-06-30}"

    assert mistakes(tmp_path, RIGHT.replace("{from: 2023-24}", days)) == [
        "us-sc/diploma.yaml:17: days of version 'us-sc/diploma/2023' end before they begin. "
        "Exchange from and to."
    ]


def test_before_a_cohort_enters_grade_9_it_needs_no_rule(tmp_path: Path) -> None:
    text = second_version("{to: 2022-23}\n    in_force: {from: 2010-01-01}")
    new = "{from: 2023-24}\n    in_force: {from: 2023-07-01}"

    assert len(loaded(tmp_path, text.replace("{from: 2023-24}", new, 1)).versions) == 2


START = date(2020, 1, 1)
FIRST_COHORT = 2000  # long in school on every day of the examples


@st.composite
def some_periods(draw: st.DrawFn) -> list[Period]:
    found = []
    for index in range(draw(st.integers(1, 4))):
        cohorts = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        days = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        found.append(
            Period(
                str(index),
                FIRST_COHORT + cohorts[0],
                FIRST_COHORT + cohorts[1],
                START + timedelta(days[0]),
                START + timedelta(days[1]),
            )
        )
    return found


@given(some_periods())
def test_gaps_are_what_no_period_holds_between_the_first_and_the_last(
    periods: list[Period],
) -> None:
    years = range(
        min(each.first_cohort for each in periods), max(each.last_cohort for each in periods) + 1
    )
    first = min(each.first_day for each in periods)
    count = (max(each.last_day for each in periods) - first).days + 1
    every = [(year, first + timedelta(n)) for year in years for n in range(count)]

    open_to = {place for place in every if not any(each.holds(*place) for each in periods)}

    assert open_to == {place for place in every if any(gap.holds(*place) for gap in gaps(periods))}


@given(some_periods())
def test_two_periods_share_what_both_hold(periods: list[Period]) -> None:
    one, other = periods[0], periods[-1]
    shared = one.shared(other)
    for year in range(FIRST_COHORT, FIRST_COHORT + 5):
        for n in range(5):
            place = (year, START + timedelta(n))
            both = one.holds(*place) and other.holds(*place)
            assert both == (shared is not None and shared.holds(*place))
