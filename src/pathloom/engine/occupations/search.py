"""Finding occupations by words: their titles, and what people call them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pathloom.engine.occupations.types import Occupation, OccupationBook


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case and accents: ``Café Cooks`` is ``cafe`` and ``cooks``."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(re.findall(r"[a-z0-9]+", plain))


@cache
def _index(book: OccupationBook) -> tuple[tuple[Occupation, tuple[tuple[str, ...], ...]], ...]:
    """Each occupation with the words of its title and of each of its other titles."""
    return tuple(
        (each, tuple(words_of(text) for text in (each.title, *each.alternates)))
        for each in book.occupations
    )


def find(book: OccupationBook, text: str) -> tuple[Occupation, ...]:
    """The occupations in which every word of a text begins a word of one of their titles.

    Best first: the text is a title, begins a title, stands in the title, stands in another title,
    is spread over several; then by title. A code finds its occupation. No words find nothing.
    """
    code = text.strip()
    if code in book.by_code:
        return (book.by_code[code],)
    wanted = words_of(text)
    if not wanted:
        return ()
    ranked = [
        (rank, each.title, each)
        for each, titles in _index(book)
        if (rank := _rank(titles, wanted)) is not None
    ]
    return tuple(each for _, _, each in sorted(ranked, key=lambda found: found[:2]))


def _rank(titles: tuple[tuple[str, ...], ...], wanted: tuple[str, ...]) -> int | None:
    title, *others = titles
    if wanted in titles:
        return 0 if wanted == title else 1
    if _begins(title, wanted):
        return 2
    if _holds(title, wanted):
        return 3
    if any(_holds(other, wanted) for other in others):
        return 4
    everything = tuple(word for words in titles for word in words)
    return 5 if _holds(everything, wanted) else None


def _begins(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(title) >= len(wanted) and all(
        word.startswith(part) for word, part in zip(title, wanted, strict=False)
    )


def _holds(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in title) for part in wanted)
