"""Occupations as authors name them: word for word as O*NET does, or nearly so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pathloom.engine.occupations import Occupation, OccupationBook
from pathloom.portal.programs.queries.leads import occupation_of
from pathloom.portal.programs.queries.occupations import occupation_book
from pathloom.portal.programs.queries.search import occupation_index
from pathloom.portal.programs.queries.search_index import search
from pathloom.portal.programs.queries.words import plain

_SUGGESTED = 3


def occupation_named(text: str) -> Occupation | None:
    """The occupation with the words of this title, or with this code; None for any other."""
    book = occupation_book()
    return _by_title(book).get(plain(text)) or occupation_of(book, text.strip())


def alike(text: str) -> tuple[str, ...]:
    """The titles of the occupations that are likely meant, the likeliest first; at most three."""
    hits = search([occupation_index(occupation_book(), "en")], text)
    return tuple(hit.entry.title for hit in hits.hits[:_SUGGESTED])


def titles() -> tuple[str, ...]:
    """The title of every occupation, in the order of the alphabet."""
    return tuple(sorted(each.title for each in occupation_book().occupations))


@lru_cache(maxsize=4)
def _by_title(book: OccupationBook) -> Mapping[str, Occupation]:
    return {plain(each.title): each for each in book.occupations}
