"""The list of occupations as a visitor asks for it: by words, as everywhere, and by filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from pathloom.engine.occupations import Occupation, OccupationBook, Thresholds
from pathloom.portal.programs.queries.occupations import (
    OccupationSearch,
    labels_by_code,
    occupations_in,
)
from pathloom.portal.programs.queries.search import occupation_index
from pathloom.portal.programs.queries.search_index import plain, search, spoken_words


@dataclass(frozen=True, slots=True)
class FoundOccupations:
    """What fits, in order; ``meant`` and ``some`` are those of ``Hits``."""

    occupations: tuple[Occupation, ...]
    meant: str = ""
    some: bool = False


def found_occupations(
    book: OccupationBook, asked: OccupationSearch, *, thresholds: Thresholds
) -> FoundOccupations:
    """The occupations that fit all of what is asked.

    Searched by words the best comes first unless another order is asked for; an occupation
    without the figure that is sorted by comes last.
    """
    named = _by_words(book, asked.words) if asked.words else FoundOccupations(book.occupations)
    found: Iterable[Occupation] = named.occupations
    if asked.cluster:
        inside = occupations_in(book, asked)
        found = [each for each in found if each.code in inside]
    if asked.education:
        found = [each for each in found if each.bls and each.bls.education == asked.education]
    if asked.zone:
        found = [each for each in found if each.job_zone == asked.zone]
    if asked.label:
        labels = labels_by_code(book, thresholds)
        found = [each for each in found if asked.label in labels[each.code]]
    ordered = tuple(_ordered(list(found), asked))
    return FoundOccupations(ordered, named.meant, named.some)


def _by_words(book: OccupationBook, words: str) -> FoundOccupations:
    """The occupations that are called so, in English or Spanish; a code finds its own."""
    if words.strip() in book.by_code:
        return FoundOccupations((book.by_code[words.strip()],))
    hits = search([occupation_index(book, get_language() or "en")], words)
    found = (hit.entry.value for hit in hits.hits)
    occupations = tuple(each for each in found if isinstance(each, Occupation))
    return FoundOccupations(occupations, hits.meant, hits.some)


def _ordered(found: list[Occupation], asked: OccupationSearch) -> list[Occupation]:
    if not asked.sort:
        return found if asked.words else sorted(found, key=_by_name)
    if asked.sort == "title":
        return sorted(found, key=_by_name, reverse=asked.descending)
    known = [each for each in found if _figure(each, asked.sort) is not None]
    known.sort(key=_by_name)
    known.sort(key=lambda each: _figure(each, asked.sort) or 0, reverse=asked.descending)
    return known + [each for each in found if _figure(each, asked.sort) is None]


def _by_name(occupation: Occupation) -> tuple[str, ...]:
    """The words of the title in the language of the page, for the order of the alphabet."""
    spanish = occupation.es_title if get_language() == "es" else ""
    return tuple(plain(word) for word in spoken_words(spanish or occupation.title))


def _figure(occupation: Occupation, name: str) -> int | None:
    figures = occupation.bls
    if figures is None:
        return None
    return {"wage": figures.wage, "openings": figures.openings, "growth": figures.growth}[name]
