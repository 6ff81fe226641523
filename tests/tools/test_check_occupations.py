"""The comparison of occupations with another join sees every difference."""

from __future__ import annotations

import pytest

from pathloom.engine.occupations import load_occupations
from tools.check_occupations import THEIR_MATCHES, counted, differences, fields_of

BOOK = load_occupations()
THEIR_WORDS = {ours: theirs for theirs, ours in THEIR_MATCHES.items()}


def rows() -> list[dict[str, str]]:
    """Our own occupations in the form of the other join."""
    found = []
    for each in BOOK.occupations:
        ours = fields_of(each)
        found.append(
            {
                "onet_soc": each.code,
                "title": ours["title"],
                "job_zone": ours["job_zone"],
                **{name: _part(ours[name], 100) for name in "riasec"},
                "ep_match": THEIR_WORDS[ours["match"]],
                "ep_code": ours["code"],
                "median_annual_wage": ours["wage"],
                "wage_topcoded": ">=" if ours["floor"] == "True" else "",
                "employment": ours["employment"],
                "growth_pct": _part(ours["growth"], 10),
                "annual_openings": ours["openings"],
                "clusters_16": "|".join({place.cluster for place in each.places}),
            }
        )
    return found


def _part(text: str, of: int) -> str:
    return str(int(text) / of) if text else ""


def test_the_same_join_has_no_difference() -> None:
    assert list(differences(BOOK, rows())) == []
    assert counted(BOOK) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Uncivil Engineers"),
        ("ep_match", "broad"),
        ("ep_code", "17-2050"),
        ("median_annual_wage", "1"),
        ("wage_topcoded", ">="),
        ("growth_pct", "5.1"),
        ("annual_openings", "1"),
        ("r", "6.35"),
        ("clusters_16", ""),
    ],
)
def test_every_field_that_differs_is_named(field: str, value: str) -> None:
    other = rows()
    civil = next(row for row in other if row["onet_soc"] == "17-2051.00")
    civil[field] = value
    (found,) = differences(BOOK, other)
    assert found.startswith("17-2051.00 ")


def test_an_occupation_on_one_side_only_is_named() -> None:
    assert list(differences(BOOK, rows()[1:])) == ["11-1011.00 stands on one side only"]
