"""Amounts and lists in plain English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pathloom.engine.rules.conditions import ONE, Measure
from pathloom.engine.rules.phrases import all_of
from pathloom.engine.units import Credits, format_credits

NAMED = 3  # more titles, or more missing requirements, than this are only counted
COURSES = "Different courses"  # the title of an amount of courses beside one of credit

_NAMES = {
    Measure.COURSES: "course",
    Measure.HOURS: "hour",
    Measure.TIMES: "time",
    Measure.POINTS: "point",
    Measure.DONE: "step",
    Measure.CHOICES: "choice",
}


@lru_cache(maxsize=4096)
def number(amount: int) -> str:
    """``3`` or ``0.5``, from hundredths."""
    return format_credits(amount).removesuffix(".0")


@lru_cache(maxsize=4096)
def amount_of(amount: int, measure: Measure, unit: str) -> str:
    """``half a unit``, ``3 units``, ``2 courses``; ``unit`` is the name of a unit of credit."""
    name = unit if measure is Measure.CREDIT else _NAMES[measure]
    if amount == ONE // 2:
        return f"half {'an' if name == 'hour' else 'a'} {name}"
    return f"{number(amount)} {name}{'s' if amount > ONE or not amount else ''}"


def out_of(amount: int, whole: int, measure: Measure, unit: str) -> str:
    """``3 of 4 units are``."""
    all_of_it = amount_of(whole, measure, unit)
    if whole == ONE // 2:  # not "0.25 of half a unit"
        all_of_it = f"{number(whole)} {unit if measure is Measure.CREDIT else _NAMES[measure]}"
    return f"{number(amount)} of {all_of_it} {be(amount)}"


def be(amount: Credits) -> str:
    return "is" if 0 < amount <= ONE else "are"


def named(names: Iterable[str], *, more: str = "more course") -> str:
    """A list of at most three names; what goes beyond is only counted."""
    every = list(dict.fromkeys(names))
    over = len(every) - NAMED
    if over > 0:
        every = [*every[:NAMED], f"{over} {more}{'s' if over > 1 else ''}"]
    return all_of(every)


def sentence(text: str) -> str:
    """A clause as a sentence: a capital in front, a period at the end."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}"
