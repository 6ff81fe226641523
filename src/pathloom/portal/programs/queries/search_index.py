"""Finding things by words, forgiving accents, plurals and typos. Knows nothing of what it finds."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Generic, TypeVar

from pathloom.portal.programs.queries.words import spoken_words, without_accents

Value = TypeVar("Value")

# What a word costs by where it stands, and by how it fits; the cheapest comes first.
_TITLE, _ALSO, _ABOUT = 0, 2, 5
_WHOLE, _BEGINS, _TYPO = 0, 1, 3
_THE_TITLE_ITSELF = -4
_SHORTEST_WITH_TYPO, _LONG = 4, 8  # letters; a long word may have two typos
# Words that say nothing about what somebody looks for, in English and Spanish.
_SAYS_NOTHING = (
    "a an and are am at be do for i in is it like love my of on or the to want with "
    "con de el en gusta la las los me mi para por quiero ser un una y"
)
_EMPTY = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Entry(Generic[Value]):
    """Something that can be found by its title, what else it is called, or what is said of it."""

    title: str
    value: Value
    also: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """An entry that fits; ``cost`` is 0 or less where it fits to the letter."""

    entry: Entry[Value]
    cost: int


@dataclass(frozen=True, slots=True)
class Hits(Generic[Value]):
    """What was found, the best first.

    ``meant`` is the text with its typos corrected, empty where there were none. ``some`` says that
    nothing has all of the words, and these have the most of them.
    """

    hits: tuple[Hit[Value], ...]
    meant: str = ""
    some: bool = False


def singular(word: str) -> str:
    """A word without the ending of an English plural, as far as letters tell."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def typos(one: str, other: str, *, most: int) -> int:
    """How many letters are missing, too many, wrong or swapped; ``most`` + 1 for more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


class Index(Generic[Value]):
    """Entries by their words. Made once, asked often; it never changes."""

    def __init__(self, entries: Iterable[Entry[Value]]) -> None:
        self.entries = tuple(entries)
        self.spoken: dict[str, str] = {}  # a word without accents, as it is written
        self._places: dict[str, dict[int, int]] = defaultdict(dict)
        self._titles = [
            frozenset(without_accents(word) for word in spoken_words(entry.title))
            for entry in self.entries
        ]
        for number, entry in enumerate(self.entries):
            for cost, texts in (
                (_TITLE, (entry.title,)),
                (_ALSO, entry.also),
                (_ABOUT, entry.about),
            ):
                for word in {word for text in texts for word in spoken_words(text)}:
                    self._add(word, number, cost)
        self._sorted = sorted(self._places)
        self._less_one: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= _SHORTEST_WITH_TYPO:
                for shorter in {word, *_less_one(word)}:
                    self._less_one[shorter].append(word)

    def _add(self, spoken: str, number: int, cost: int) -> None:
        word = without_accents(spoken)
        for form in {word, singular(word)}:
            self.spoken.setdefault(form, spoken)
            self._places[form].setdefault(number, cost)

    def whole(self, word: str) -> list[str]:
        """The word itself, or its singular, where the index has it."""
        return [each for each in {word, singular(word)} if each in self._places]

    def beginning(self, word: str) -> Iterator[str]:
        """The words that begin with this one."""
        rest = self._sorted[bisect_left(self._sorted, word) :] if len(word) > 1 else []
        return takewhile(lambda each: each.startswith(word), rest)

    def near(self, word: str) -> dict[str, int]:
        """The words this one may be with a typo, and how many letters they are away."""
        if len(word) < _SHORTEST_WITH_TYPO:
            return {}
        most = 2 if len(word) >= _LONG else 1
        found = {
            each for shorter in (word, *_less_one(word)) for each in self._less_one.get(shorter, ())
        }
        counted = {each: typos(word, each, most=most) for each in found}
        return {each: count for each, count in counted.items() if count <= most}

    def costs(self, fitting: dict[str, int]) -> dict[int, int]:
        """Entry -> what the best of these words costs there."""
        found: dict[int, int] = {}
        for word, cost in fitting.items():
            for number, place in self._places[word].items():
                found[number] = min(found.get(number, 99), place + cost)
        return found

    def holders(self, word: str) -> int:
        """How many entries have the word."""
        return len(self._places.get(word, ()))

    def is_title(self, number: int, words: frozenset[str]) -> bool:
        return self._titles[number] == words


def _less_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that was asked for, and the words of each index that fit it."""

    asked: str
    fitting: tuple[dict[str, int], ...]
    meant: str


def search(indexes: Sequence[Index[Value]], text: str) -> Hits[Value]:
    """What fits all words of a text in several indexes together, the best first.

    A word fits that is the same, in the singular or plural, with or without accents, or that begins
    so. Where no word is the same, those with a typo (two in a long word) fit as well, at more cost.
    """
    asked = list(dict.fromkeys(spoken_words(text)))
    words = [_resolved(indexes, word) for word in asked if word not in _EMPTY] or [
        _resolved(indexes, word) for word in asked
    ]
    wanted = frozenset(without_accents(word) for word in asked)
    costs = [
        [index.costs(word.fitting[place]) for word in words] for place, index in enumerate(indexes)
    ]
    for needed in range(len(words), 0, -1):
        hits = [
            hit
            for index, own in zip(indexes, costs, strict=True)
            for hit in _hits(index, own, needed=needed, wanted=wanted)
        ]
        if hits:
            hits.sort(key=lambda hit: (hit.cost, len(hit.entry.title.split()), hit.entry.title))
            return Hits(tuple(hits), _meant(words), some=needed < len(words))
    return Hits(())


def _resolved(indexes: Sequence[Index[Value]], spoken: str) -> _Word:
    word = without_accents(spoken)
    fitting: list[dict[str, int]] = [
        dict.fromkeys(index.beginning(word), _BEGINS) for index in indexes
    ]
    for index, found in zip(indexes, fitting, strict=True):
        found.update(dict.fromkeys(index.whole(word), _WHOLE))
    if any(_WHOLE in found.values() for found in fitting):
        return _Word(spoken, tuple(fitting), "")
    begun = any(fitting)
    near = [index.near(word) for index in indexes]
    for found, close in zip(fitting, near, strict=True):
        for each, count in close.items():
            found.setdefault(each, _TYPO + count)
    return _Word(spoken, tuple(fitting), "" if begun else _likeliest(indexes, near))


def _likeliest(indexes: Sequence[Index[Value]], near: Sequence[dict[str, int]]) -> str:
    """The nearest word, among equals the one that most things have."""
    ranked = sorted(
        (count, -index.holders(word), word, index.spoken[word])
        for index, close in zip(indexes, near, strict=True)
        for word, count in close.items()
    )
    return ranked[0][-1] if ranked else ""


def _hits(
    index: Index[Value], costs: Sequence[dict[int, int]], *, needed: int, wanted: frozenset[str]
) -> Iterator[Hit[Value]]:
    """The entries that have exactly so many of the words."""
    summed: dict[int, list[int]] = defaultdict(list)
    for each in costs:
        for number, cost in each.items():
            summed[number].append(cost)
    for number, own in summed.items():
        if len(own) == needed:
            bonus = _THE_TITLE_ITSELF if index.is_title(number, wanted) else 0
            yield Hit(index.entries[number], sum(own) + bonus)


def _meant(words: Sequence[_Word]) -> str:
    if not any(word.meant for word in words):
        return ""
    return " ".join(word.meant or word.asked for word in words)
