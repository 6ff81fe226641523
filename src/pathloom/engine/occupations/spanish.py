"""The titles of occupations in Spanish: our own translation, by code."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

PACKAGED = Path(__file__).parents[2] / "rulebook" / "occupations-es.csv"
# What ends the words for the people in a title: "Técnicos | en ciencias forenses".
_PEOPLE_END = re.compile(r" (?=(?:de|del|en|para|a|con|que|por|excepto|fuera)\b)| \(")


def spanish_title(code: str, title: str) -> str:
    """The Spanish of a title; empty where there is none, or the publisher has changed the title."""
    translated, spanish = spanish_titles().get(code, ("", ""))
    return spanish if translated == title else ""


@cache
def spanish_titles() -> Mapping[str, tuple[str, str]]:
    """Code -> the title that was translated, and its Spanish."""
    with PACKAGED.open(encoding="utf-8", newline="") as file:
        return {code: (title, spanish) for code, title, spanish in list(csv.reader(file))[1:]}


def of_women(spanish: str) -> str:
    """The people of a Spanish title as women: ``Enfermeras registradas``.

    Titles are in the masculine plural and mean everybody; this is what else people look for.
    """
    people = _PEOPLE_END.split(spanish, maxsplit=1)[0]
    return re.sub(r"ores\b", "oras", re.sub(r"os\b", "as", people))
