"""Single cells of the publishers' tables: codes, amounts, and signs for "not published"."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

SOC = re.compile(r"\d\d-\d{4}")
ONET_SOC = re.compile(r"\d\d-\d{4}\.\d\d")
NOT_PUBLISHED = frozenset({"", "*", "**", "***", "—", "–", "-", "n/a", "na", "none", "null"})


def is_published(cell: str) -> bool:
    return cell.strip().lower() not in NOT_PUBLISHED


def decimal(cell: str) -> Decimal:
    """``1,234.5``, ``$48,120`` or ``3.1%`` as a number.

    Raises:
        ValueError: it is no number.
    """
    plain = cell.strip().removeprefix("$").removesuffix("%").replace(",", "").strip()
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"'{cell}' is not a number") from None
    if not found.is_finite():
        raise ValueError(f"'{cell}' is not a number")
    return found


def scaled(cell: str, by: int, *, least: int | None = None) -> int | None:
    """A number times ``by`` as a whole number, half away from zero; None if not published.

    Raises:
        ValueError: it is no number, or less than ``least``.
    """
    if not is_published(cell):
        return None
    found = int((decimal(cell) * by).to_integral_value(rounding="ROUND_HALF_UP"))
    if least is not None and found < least:
        raise ValueError(f"'{cell}' cannot be: it is less than {least}")
    return found
