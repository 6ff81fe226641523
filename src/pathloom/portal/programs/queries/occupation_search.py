"""The list of occupations as a visitor asks for it: by words, as everywhere, and by filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from pathloom.engine.occupations import Occupation, OccupationBook, Thresholds
from pathloom.portal.programs.queries.occupations import (
    OccupationSearch,
    labels_by_code,
    occupations_in,
)
from pathloom.portal.programs.queries.search import occupation_index
from pathloom.portal.programs.queries.search_index import search
from pathloom.portal.programs.queries.words import spoken_words, without_accents


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
    ordered = tuple(_ordered(book, list(found), asked))
    return FoundOccupations(ordered, named.meant, named.some)


def _by_words(book: OccupationBook, words: str) -> FoundOccupations:
    """The occupations that are called so, in English or Spanish; a code finds its own."""
    if words.strip() in book.by_code:
        return FoundOccupations((book.by_code[words.strip()],))
    hits = search([occupation_index(book, get_language() or "en")], words)
    found = (hit.entry.value for hit in hits.hits)
    occupations = tuple(each for each in found if isinstance(each, Occupation))
    return FoundOccupations(occupations, hits.meant, hits.some)


def _ordered(
    book: OccupationBook, found: list[Occupation], asked: OccupationSearch
) -> list[Occupation]:
    if not asked.sort and asked.words:
        return found
    places = _alphabet(book, get_language() or "en")
    found.sort(key=lambda each: places[each.code])
    if not asked.sort:
        return found
    if asked.sort == "title":
        return found[::-1] if asked.descending else found
    known = [each for each in found if _figure(each, asked.sort) is not None]
    known.sort(key=lambda each: _figure(each, asked.sort) or 0, reverse=asked.descending)
    return known + [each for each in found if _figure(each, asked.sort) is None]


@lru_cache(maxsize=4)
def _alphabet(book: OccupationBook, language: str) -> Mapping[str, int]:
    """Code -> place in the alphabet, by the words of the title in a language."""

    def by_name(occupation: Occupation) -> list[str]:
        spanish = occupation.es_title if language == "es" else ""
        return spoken_words(without_accents(spanish or occupation.title))

    ordered = sorted(book.occupations, key=by_name)
    return {each.code: place for place, each in enumerate(ordered)}


def _figure(occupation: Occupation, name: str) -> int | None:
    figures = occupation.bls
    if figures is None:
        return None
    return {"wage": figures.wage, "openings": figures.openings, "growth": figures.growth}[name]
