"""Pay and outlook as pictures: places on a scale, in percent of the width, as text for SVG.

Shares of the width keep the words in a picture as large as the words around it on every screen.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.occupations import PERCENTILES, Figures, Pay
from pathloom.portal.programs.presenters.occupation_words import dollars, pay_words, percent

Page = dict[str, Any]
ROOM = 1.4  # the scale ends this much beyond the largest figure, so that its words fit beside it


def share(value: float, whole: float) -> str:
    """A part of the width as SVG takes it, the same in every language: ``42.5%``."""
    return f"{value * 100 / whole:.1f}%"


def pay_picture(figures: Figures, everyone: Figures) -> Page | None:
    """Where most people's pay lies, with the median, beside the median of all jobs.

    None where no median is published.
    """
    median, all_jobs = figures.median, everyone.median
    if median is None:
        return None
    known = [each.dollars for each in figures.spread if each is not None]
    whole = max([*known, all_jobs.dollars if all_jobs else 0]) * ROOM
    low, quarter, _median, three_quarters, high = figures.spread
    return {
        "range": _band(low or median, high or median, whole),
        "middle": _band(quarter or median, three_quarters or median, whole),
        "low": _mark(low, whole),
        "high": _mark(high, whole),
        "median": _mark(median, whole),
        "all_jobs": _mark(all_jobs, whole),
        "words": _pay_sentence(figures, everyone),
        "rows": pay_rows(figures),
    }


def _band(start: Pay, end: Pay, whole: float) -> Page:
    return {
        "x": share(start.dollars, whole),
        "width": share(max(end.dollars - start.dollars, whole / 200), whole),
    }


def _mark(pay: Pay | None, whole: float) -> Page | None:
    if pay is None:
        return None
    place = pay.dollars / whole
    anchor = "start" if place < 0.3 else "end" if place > 0.7 else "middle"
    words = f"{dollars(pay.dollars)}{'+' if pay.floor else ''}"
    return {"x": share(pay.dollars, whole), "anchor": anchor, "words": words}


def _pay_sentence(figures: Figures, everyone: Figures) -> str:
    named = {"pay": pay_words(figures.median), "all": pay_words(everyone.median)}
    if everyone.wage is None or figures.wage is None:
        return _("The middle pay is %(pay)s a year.") % named
    if figures.wage >= everyone.wage:
        return _("The middle pay is %(pay)s a year. Over all jobs it is %(all)s.") % named
    return _("The middle pay is %(pay)s a year, less than the %(all)s of all jobs.") % named


def pay_rows(figures: Figures) -> list[Page]:
    """The table beside the picture: one row for each percentile."""
    names = (
        _("One in ten earns less than"),
        _("One in four earns less than"),
        _("Half earn less, half earn more than"),
        _("One in four earns more than"),
        _("One in ten earns more than"),
    )
    return [
        {"name": name, "value": pay_words(pay), "main": percentile == 50}
        for name, pay, percentile in zip(names, figures.spread, PERCENTILES, strict=True)
    ]


def growth_picture(figures: Figures, everyone: Figures) -> Page | None:
    """Growth of the occupation and of all jobs as bars from zero; None where not published."""
    if figures.growth is None:
        return None
    bars = [(_("This job"), figures.growth, "this")]
    if everyone.growth is not None:
        bars.append((_("All jobs"), everyone.growth, "all"))
    lowest = min(0, *(growth for _, growth, _ in bars))
    highest = max(0, *(growth for _, growth, _ in bars))
    # Words need room at the end of a bar, on the side to which it points.
    start = lowest - (highest - lowest or 10) * (0.45 if lowest < 0 else 0)
    whole = (highest - start or 10) * ROOM
    return {
        "zero": share(-start, whole),
        "bars": [
            {
                "name": name,
                "kind": kind,
                "x": share(min(growth, 0) - start, whole),
                "width": share(max(abs(growth), whole / 250), whole),
                "words": percent(growth),
                "words_x": share(growth - start, whole),
                "falls": growth < 0,
            }
            for name, growth, kind in bars
        ],
        "words": _growth_sentence(figures.growth, everyone.growth),
    }


def _growth_sentence(growth: int, all_jobs: int | None) -> str:
    named = {"growth": percent(growth), "all": percent(all_jobs or 0)}
    if growth < 0:
        return _("There will be fewer of these jobs: %(growth)s in ten years.") % named
    if all_jobs is not None and growth > all_jobs:
        return _("%(growth)s in ten years: faster than all jobs together (%(all)s).") % named
    return _("%(growth)s in ten years. All jobs together: %(all)s.") % named
