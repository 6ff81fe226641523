"""Agreements with colleges as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable

from pathloom.portal.core.tables import csv_text
from pathloom.portal.programs.presenters.agreements import AgreementRow

_NAMES = {
    "code": "course",
    "course": "title",
    "kind": "kind",
    "institution": "college",
    "college_code": "college course",
    "college_course": "college title",
    "hours": "hours",
    "mark": "lowest mark",
    "valid_from": "valid from",
    "valid_to": "valid to",
    "claim": "claim",
    "state_words": "state",
    "source_url": "source",
    "read_on": "read on",
}


def agreements_csv(rows: Iterable[AgreementRow]) -> str:
    """One line an agreement, in the order given."""
    return csv_text(_NAMES.values(), ([row[name] for name in _NAMES] for row in rows))  # type: ignore[literal-required]
