"""The list of occupations as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathloom.engine.occupations import INTERESTS, LabelKind, Occupation, Pay
from pathloom.portal.core.tables import csv_text

COLUMNS = (
    "code",
    "title",
    "title_es",
    "job_zone",
    *INTERESTS,
    "education",
    "median_wage",
    "wage_area",
    "wage_year",
    "employment",
    "growth_percent",
    "openings",
    "area",
    "years",
    "figures_code",
    "figures_match",
    "labels",
)


def occupations_csv(
    occupations: Iterable[Occupation], labels: Mapping[str, frozenset[LabelKind]]
) -> str:
    """Write one line per occupation; figures repeat where ``figures_code`` does: add each once."""
    return csv_text(COLUMNS, (_row(each, labels[each.code]) for each in occupations))


def _row(occupation: Occupation, held: frozenset[LabelKind]) -> list[object]:
    scores = occupation.interests or (None,) * len(INTERESTS)
    figures = occupation.bls
    known: list[object] = [None] * 10
    if figures is not None:
        known = [
            figures.education,
            _pay(figures.median),
            figures.wage_area,
            figures.wage_year,
            figures.employment,
            None if figures.growth is None else f"{figures.growth / 10:.1f}",
            figures.openings,
            figures.area,
            figures.years,
            figures.code,
        ]
    return [
        occupation.code,
        occupation.title,
        occupation.es_title,
        occupation.job_zone,
        *(None if score is None else f"{score / 100:.2f}" for score in scores),
        *known,
        figures.match if figures else None,
        " ".join(sorted(held)),
    ]


def _pay(pay: Pay | None) -> str | None:
    return None if pay is None else f"{pay.dollars}{'+' if pay.floor else ''}"
