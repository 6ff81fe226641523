"""Which rules hold for a cohort."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pathloom.engine.errors import RuleError
from pathloom.engine.rules.choose import choose, choose_version
from pathloom.engine.rules.load import load_rulebook
from pathloom.engine.units import SchoolYear

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("year", "version"),
    [
        ("1999-00", "us-demo/diploma/before-2020"),
        ("2019-20", "us-demo/diploma/before-2020"),
        ("2020-21", "us-demo/diploma/2020"),
        ("2024-25", "us-demo/diploma/2020"),
        ("2025-26", "us-demo/diploma/2025"),
        ("2040-41", "us-demo/diploma/2025"),
    ],
)
def test_the_version_of_the_cohort_holds(year: str, version: str) -> None:
    ruleset = choose(
        load_rulebook(), "us-demo/diploma", entered_grade_9=SchoolYear.parse(year), as_of=TODAY
    )

    assert ruleset.id == version


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 7, 1), "us-demo/designation/before-july-2025"),
        (date(2025, 6, 30), "us-demo/designation/before-july-2025"),
        (date(2025, 7, 1), "us-demo/designation/july-2025"),
        (None, "us-demo/designation/july-2025"),
    ],
)
def test_the_version_in_force_on_the_day_holds(day: date | None, version: str) -> None:
    file = load_rulebook().file("us-demo/designation")
    assert file is not None
    year = SchoolYear.parse("2024-25")

    assert choose_version(file, entered_grade_9=year, as_of=day).id == version


def test_a_day_without_rules_is_told_which_are_covered() -> None:
    file = load_rulebook().file("us-demo/designation")
    assert file is not None
    ended = replace(file, versions=file.versions[:1])

    with pytest.raises(RuleError) as raised:
        choose_version(ended, entered_grade_9=SchoolYear.parse("2024-25"), as_of=TODAY)

    assert str(raised.value) == (
        "rulebook/us-demo/designation.yaml: no rules for students who entered grade 9 in 2024-25 "
        "on 2026-11-22. Covered are students who entered from 2020-21 on, in force until "
        "2025-06-30."
    )


def test_a_cohort_without_rules_is_told_which_are_covered() -> None:
    with pytest.raises(RuleError) as raised:
        choose(
            load_rulebook(),
            "us-ga/diploma",
            entered_grade_9=SchoolYear.parse("2007-08"),
            as_of=TODAY,
        )

    assert str(raised.value) == (
        "rulebook/us-ga/diploma.yaml: no rules for students who entered grade 9 in 2007-08. "
        "Covered are students who entered from 2008-09 on."
    )


def test_an_unknown_diploma_gets_the_nearest_name() -> None:
    with pytest.raises(RuleError) as raised:
        choose(
            load_rulebook(),
            "us-ga/diplomas",
            entered_grade_9=SchoolYear.parse("2020-21"),
            as_of=TODAY,
        )

    assert str(raised.value) == (
        "rulebook: no rules for 'us-ga/diplomas'. Did you mean 'us-ga/diploma'?"
    )
