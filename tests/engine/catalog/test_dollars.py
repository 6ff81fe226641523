"""Amounts of money: read to the cent, and written as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathloom.engine.catalog.agreements import format_dollars, parse_dollars


@given(st.integers(0, 10_000_000))
def test_money_is_read_to_the_cent(cents: int) -> None:
    assert parse_dollars(f"{cents // 100}.{cents % 100:02d}") == cents
    assert parse_dollars(format_dollars(cents).replace("$", "").replace(",", "")) == cents


@pytest.mark.parametrize("value", [-1, "a", "NaN", True, "0.001", 100_001])
def test_what_is_no_amount_of_money_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\. Write dollars"):
        parse_dollars(value)
