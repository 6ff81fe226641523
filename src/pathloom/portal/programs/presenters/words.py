"""The words of a program of study in the language of the page, or marked as English."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

from pathloom.engine.occupations import Occupation
from pathloom.engine.taxonomy import Cluster, Framework, Group, Pathway
from pathloom.portal.programs.models import ProgramVersion


class Said(str):
    """A text with the language it is in: ``lang`` fills the attribute of the same name."""

    __slots__ = ("lang",)

    def __new__(cls, text: str, lang: str) -> Said:
        said = super().__new__(cls, text)
        said.lang = lang
        return said

    lang: str


Say = Callable[[str], Said]


def words_of(version: ProgramVersion) -> Say:
    """What turns a text of the version into the page's language, where it is translated."""
    stored = version.content.get("words", {}) if isinstance(version.content, Mapping) else {}
    return words(stored)


def words(translations: Mapping[str, Mapping[str, str]]) -> Say:
    """The same, of translations as ``Content.words`` holds them."""
    language = get_language() or "en"
    known = translations.get(language, {})

    def say(text: str) -> Said:
        return Said(known[text], language) if text in known else Said(text, "en")

    return say


def either(english: str, spanish: str) -> Said:
    """What our data say in both languages; the English where there is no Spanish."""
    if spanish and get_language() == "es":
        return Said(spanish, "es")
    return Said(english, "en")


def named(part: Cluster | Pathway | Group) -> Said:
    """The name of a part of a framework in the language of the page."""
    return either(part.name, part.es_name)


def titled(found: Framework | Occupation) -> Said:
    """The title of a framework or an occupation in the language of the page."""
    return either(found.title, found.es_title)
