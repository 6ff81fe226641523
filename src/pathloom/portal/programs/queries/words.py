"""Words as they are compared: whatever their case, spaces and signs."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """The words of a text in small letters, one space between them."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
