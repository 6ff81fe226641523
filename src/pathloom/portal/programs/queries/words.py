"""Words as they are compared: whatever their case, spaces, signs and accents."""

from __future__ import annotations

import re
import unicodedata


def spoken_words(text: str) -> list[str]:
    """The words of a text as they are written, in small letters."""
    return re.findall(r"[^\W_]+", text.casefold())


def plain(text: str) -> str:
    """The words of a text in small letters, one space between them."""
    return " ".join(spoken_words(text))


def without_accents(text: str) -> str:
    """A text with the letters alone."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(each for each in letters if not unicodedata.combining(each))
