"""Labels with their reasons, and the thresholds of a district."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathloom.engine.occupations import (
    EDUCATION,
    KINDS,
    Label,
    Occupation,
    OccupationBook,
    Reason,
    Thresholds,
    count_labels,
    labels_of,
)
from pathloom.portal.programs.presenters.occupation_words import (
    area_name,
    count,
    dollars,
    education_name,
    label_name,
    percent,
)

Page = dict[str, Any]


def label_cards(occupation: Occupation, thresholds: Thresholds) -> list[Page]:
    """Each label with whether it holds and every figure beside its threshold."""
    return [_card(label) for label in labels_of(occupation, thresholds) if label.reasons]


def _card(label: Label) -> Page:
    return {
        "kind": label.kind,
        "name": label_name(label.kind),
        "holds": label.holds,
        "either": label.kind == "high_skill" and len(label.reasons) > 1,
        "reasons": [_reason(each) for each in label.reasons],
    }


def _reason(reason: Reason) -> Page:
    return {
        "measure": {
            "education": _("What most people start with"),
            "apprenticeship": _("Learned in an apprenticeship"),
            "wage": _("Middle pay of a year"),
            "growth": _("Growth in ten years"),
            "openings": _("Job openings a year"),
        }[reason.measure],
        "figure": _value(reason, reason.figure, floor=reason.floor),
        "threshold": _value(reason, reason.threshold, floor=False),
        "holds": reason.holds,
        "source": _source(reason),
    }


def _value(reason: Reason, value: int | None, *, floor: bool) -> str:
    if value is None:
        return _("not published")
    if reason.measure == "education":
        return education_name(EDUCATION[value])
    if reason.measure == "apprenticeship":
        return _("yes") if value else _("no")
    if reason.measure == "growth":
        return percent(value)
    if reason.measure == "wage":
        amount = dollars(value)
        return _("%(amount)s or more") % {"amount": amount} if floor else amount
    return count(value)


def _source(reason: Reason) -> str:
    named = {"year": reason.year, "area": area_name(reason.area)}
    if reason.source == "wages":
        return _("Wage statistics %(year)s, %(area)s") % named
    return _("Employment projections %(year)s, %(area)s") % named


def thresholds_from(sent: Mapping[str, Any]) -> Thresholds:
    """The thresholds that a valid form holds."""
    growth: Decimal | None = sent["growth"]
    return Thresholds(
        education=sent["education"],
        wage=sent["wage"],
        growth=None if growth is None else int(growth * 10),
        openings=sent["openings"],
        apprenticeship=sent["apprenticeship"],
    )


def threshold_values(thresholds: Thresholds) -> dict[str, Any]:
    """Thresholds as the form shows them."""
    growth = thresholds.growth
    return {
        "education": thresholds.education,
        "apprenticeship": thresholds.apprenticeship,
        "wage": thresholds.wage,
        "growth": None if growth is None else Decimal(growth) / 10,
        "openings": thresholds.openings,
    }


def thresholds_page(
    book: OccupationBook, thresholds: Thresholds, *, defaults: Thresholds, own: bool
) -> Page:
    """How many occupations each label gets with these thresholds, and with the defaults."""
    counted, usual = count_labels(book, thresholds), count_labels(book, defaults)
    everyone = book.everyone
    return {
        "own": own,
        "total": count(len(book.occupations)),
        "area": area_name(book.area),
        "labels": [
            {
                "name": label_name(kind),
                "count": counted[kind],
                "usual": usual[kind],
                "url": f"{reverse('programs:occupations')}?label={kind}",
            }
            for kind in KINDS
        ],
        "all_wage": dollars(everyone.wage) if everyone.wage is not None else "",
        "all_growth": percent(everyone.growth) if everyone.growth is not None else "",
        "years": everyone.years,
        "wage_year": everyone.wage_year,
        "openings": count(defaults.openings or 0),
    }
