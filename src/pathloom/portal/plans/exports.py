"""Lists of plans as CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathloom.portal.core.tables import csv_text
from pathloom.portal.plans.presenters.people import case_rows
from pathloom.portal.plans.queries import Area, StudentRow

CASELOAD = ("student", "grade", "standing", "reason", "plan")


def caseload_lines(rows: Iterable[StudentRow], *, planned: Mapping[int, tuple[Area, ...]]) -> str:
    """Write one line per student in the order given; ``planned`` as for ``case_rows``."""
    return csv_text(
        CASELOAD,
        (
            (row["name"], row["grade"], row["standing_words"], row["reason"], row["plan"])
            for row in case_rows(rows, planned=planned)
        ),
    )
