"""The most credit under limits that overlap, against every way to choose."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from pathloom.engine.rules.caps import most_credit

AMOUNTS = st.dictionaries(st.integers(0, 7), st.integers(0, 4), max_size=5)
LIMITS = st.lists(st.integers(0, 5), min_size=3, max_size=3)


@settings(deadline=None, max_examples=300)
@given(AMOUNTS, LIMITS)
def test_no_choice_of_credit_is_better(amounts: dict[int, int], limits: list[int]) -> None:
    groups = list(amounts.items())
    best = max(
        (
            sum(taken)
            for taken in product(*(range(there + 1) for _, there in groups))
            if all(
                sum(
                    amount for amount, (mask, _) in zip(taken, groups, strict=True) if mask >> i & 1
                )
                <= limit
                for i, limit in enumerate(limits)
            )
        ),
        default=0,
    )
    assert most_credit(amounts, limits) == best
