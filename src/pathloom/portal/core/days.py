"""Days as people write them, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.dateparse import parse_date
from django.utils.formats import date_format


def day_said(value: date | str) -> str:
    """A day in words; facts bring theirs as ``2026-11-21``, and what is no day stays as it is."""
    try:
        found = parse_date(value) if isinstance(value, str) else value
    except ValueError:  # 2026-02-30
        found = None
    return date_format(found, "DATE_FORMAT") if found else str(value)
