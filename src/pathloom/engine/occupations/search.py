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

    Best first: the text is the title, is another title, has its whole words in the title, begins
    words of it, has or begins words of another title, or of several together; then by title. A
    code finds its occupation. No words find nothing.
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
    if _same(title, wanted):
        return 0
    if any(_same(other, wanted) for other in others):
        return 1
    if _has(title, wanted):
        return 2
    if _begins(title, wanted):
        return 3
    if any(_has(other, wanted) for other in others):
        return 4
    everything = tuple(word for words in titles for word in words)
    return 5 if _begins(everything, wanted) else None


def _same(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(title) == len(wanted) and all(map(_whole, title, wanted))


def _whole(word: str, part: str) -> bool:
    """The same word, in the singular or the plural: titles of occupations are plurals."""
    return word in (part, f"{part}s", f"{part}es")


def _has(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(_whole(word, part) for word in title) for part in wanted)


def _begins(title: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in title) for part in wanted)
