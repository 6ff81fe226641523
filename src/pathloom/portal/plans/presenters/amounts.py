"""Amounts of requirements in words and as bars, whatever they count."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import Measure, RequirementResult
from pathloom.engine.units import format_credits

MISSING = "missing"
_OUTSIDE = frozenset({Measure.HOURS, Measure.TIMES, Measure.POINTS, Measure.DONE})


class Segment(TypedDict):
    """A piece of a bar: ``state`` as a knot has it, ``x`` and ``width`` in percent."""

    state: str
    x: str
    width: str


def counts_credit(result: RequirementResult) -> bool:
    """Whether a requirement is a thread of the loom: the others have no credit to weave."""
    return result.measure is Measure.CREDIT


def have_words(result: RequirementResult) -> str:
    """``3.0 of 4``, ``25 of 40 hours``: what counts, the plan included, of what is needed.

    ``excused`` where nothing is needed any more.
    """
    if result.excused and not result.need:
        return _("excused")
    if unknown(result):
        return _("not on record")
    return _of(result.need - result.short, result.need, result.measure)


def missing_words(result: RequirementResult) -> str:
    """``1.0 missing``, ``15 hours missing``; empty when nothing is."""
    if not result.short or unknown(result):
        return ""
    return _("%(amount)s missing") % {"amount": amount(result.short, result.measure)}


def unknown(result: RequirementResult) -> bool:
    """Whether it asks for something outside of courses of which nothing is on record."""
    return result.measure in _OUTSIDE and 0 < result.need == result.short


def amount(hundredths: int, measure: Measure) -> str:
    """An amount with its unit; credit is a plain number, as everywhere."""
    many = 1 if hundredths == 100 else 2
    units = {
        Measure.CREDIT: "%s",
        Measure.COURSES: ngettext("%s course", "%s courses", many),
        Measure.HOURS: ngettext("%s hour", "%s hours", many),
        Measure.TIMES: ngettext("%s time", "%s times", many),
        Measure.POINTS: ngettext("%s point", "%s points", many),
        Measure.DONE: "%s",
        Measure.CHOICES: ngettext("%s way", "%s ways", many),
    }
    return units[measure] % number(hundredths, measure)


def number(hundredths: int, measure: Measure) -> str:
    """``3.0`` for credit, ``25`` or ``2.5`` for everything else."""
    text = format_credits(hundredths)
    return text if measure is Measure.CREDIT else text.removesuffix(".0")


def bar(result: RequirementResult) -> list[Segment]:
    """What is earned, in progress, planned and missing as pieces of one line; none for no need."""
    if result.need <= 0:
        return []
    pieces = (
        ("earned", result.earned),
        ("in_progress", result.in_progress),
        ("planned", result.planned),
        (MISSING, result.short),
    )
    segments: list[Segment] = []
    start = 0
    for state, size in pieces:
        if size > 0:
            segments.append(
                {
                    "state": state,
                    "x": _percent(start, result.need),
                    "width": _percent(size, result.need),
                }
            )
        start += size
    return segments


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%"


def _of(have: int, need: int, measure: Measure) -> str:
    if measure is Measure.DONE:
        return _("done")
    values = {"have": number(have, measure), "need": amount(need, measure)}
    if measure is Measure.CREDIT:
        values["need"] = values["need"].removesuffix(".0")
    return _("%(have)s of %(need)s") % values
