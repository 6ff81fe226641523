"""Amounts and lists in words."""

from __future__ import annotations

from pathloom.engine.audit.phrases import out_of
from pathloom.engine.audit.result import Measure
from pathloom.engine.rules.phrases import all_of, one_of


def test_a_part_of_half_a_unit_is_said_in_numbers() -> None:
    assert out_of(25, 50, Measure.CREDIT, "year") == "0.25 of 0.5 year is"
    assert out_of(25, 100, Measure.CREDIT, "year") == "0.25 of 1 year is"
    assert out_of(200, 300, Measure.COURSES, "year") == "2 of 3 courses are"


def test_names_with_commas_are_kept_apart_to_the_last() -> None:
    assert one_of(["the form", "a waiver, signed", "an effort"]) == (
        "the form; a waiver, signed; or an effort"
    )
    assert all_of(["one", "two", "three"]) == "one, two, and three"
    assert all_of(["one", "two"]) == "one and two"
