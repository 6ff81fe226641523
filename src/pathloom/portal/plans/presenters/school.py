"""How a school plans as a page, and what its limits come to in one plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.planner.limits import dual_hours
from pathloom.engine.planner.outlook import planned_record
from pathloom.engine.planner.types import Counted, Limit, Placement, Within
from pathloom.engine.record import CourseRecord, State
from pathloom.engine.units import Credits, format_credits
from pathloom.portal.catalog.models import SchoolPlanning
from pathloom.portal.catalog.snapshot import limits_of
from pathloom.portal.plans.actions.school import Rules
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.snapshot import Basis


class SchoolLimit(TypedDict):
    """A limit in words, and the most of it that a plan holds; ``full``: there is no room left."""

    title: str
    words: str
    used: str
    full: bool


def limit_words(limit: Limit) -> str:
    """``At most 4 courses in a school year``."""
    spans = {
        Within.TERM: _("At most %(amount)s in a term"),
        Within.YEAR: _("At most %(amount)s in a school year"),
        Within.PLAN: _("At most %(amount)s in all years together"),
    }
    return spans[limit.within] % {"amount": amount_words(limit, limit.most)}


def amount_words(limit: Limit, amount: Credits) -> str:
    """An amount in what the limit counts: ``4 courses``, ``12 college hours``, ``2.5 credits``."""
    if limit.counted is Counted.COURSES:
        whole = amount // 100
        return ngettext("%(n)s course", "%(n)s courses", whole) % {"n": whole}
    n = format_credits(amount).removesuffix(".0")
    if limit.counted is Counted.HOURS:
        return ngettext("%(n)s college hour", "%(n)s college hours", _many(amount)) % {"n": n}
    return ngettext("%(n)s credit", "%(n)s credits", _many(amount)) % {"n": n}


def _many(amount: Credits) -> int:
    """The number that decides between one and many: half a credit is many."""
    return 1 if amount == 100 else 2


def limits_in_plan(basis: Basis, places: Iterable[Placement]) -> list[SchoolLimit]:
    """Each limit of the school that speaks of a course of the plan, and how far it is used."""
    known = [place for place in places if basis.catalog.course(place.course)]
    rows = (_limit_in_plan(limit, basis, known) for limit in basis.asked.limits)
    return [row for row in rows if row is not None]


def _limit_in_plan(limit: Limit, basis: Basis, places: list[Placement]) -> SchoolLimit | None:
    spans: dict[str, Credits] = {}
    for place in places:
        amount = _amount(limit, basis, place)
        if amount:
            span = _span(limit, place)
            spans[span] = spans.get(span, 0) + amount
    if not spans:
        return None
    behind = sum(_behind(limit, basis)) if limit.within is Within.PLAN else 0
    span, used = max(spans.items(), key=lambda each: (each[1], each[0]))
    said = _("%(amount)s in %(span)s") if span else _("%(amount)s in this plan")
    return {
        "title": limit.title,
        "words": limit_words(limit),
        "used": said % {"amount": amount_words(limit, used + behind), "span": span},
        "full": used + behind >= limit.most,
    }


def _span(limit: Limit, place: Placement) -> str:
    match limit.within:
        case Within.TERM:
            return term_label(place.term)
        case Within.YEAR:
            return str(place.term.year)
        case Within.PLAN:
            return ""


def _amount(limit: Limit, basis: Basis, place: Placement) -> Credits:
    course = basis.catalog.course(place.course)
    if course is None or limit.tag not in course.tags:
        return 0
    return _counted(limit, basis, planned_record(course, place.term))


def _behind(limit: Limit, basis: Basis) -> Iterator[Credits]:
    """What is earned or under way counts in a limit over all years."""
    for record in basis.record.courses:
        if record.state in (State.EARNED, State.IN_PROGRESS) and limit.tag in record.tags:
            yield _counted(limit, basis, record)


def _counted(limit: Limit, basis: Basis, record: CourseRecord) -> Credits:
    match limit.counted:
        case Counted.COURSES:
            return 100
        case Counted.CREDITS:
            return record.credits
        case Counted.HOURS:
            return dual_hours(basis.asked.agreements, record)


def planning_values(kept: SchoolPlanning) -> dict[str, Any]:
    """How a school plans, as the fields of the form."""
    return {
        "periods": kept.periods,
        "most": _shown(kept.most),
        "least": _shown(kept.least) if kept.least else None,
        "target": None if kept.target is None else _shown(kept.target),
    }


def limit_values(kept: SchoolPlanning) -> list[dict[str, Any]]:
    """The limits, as the fields of their forms."""
    return [
        {
            "title": limit.title,
            "tag": limit.tag,
            "most": _shown(limit.most),
            "counted": str(limit.counted),
            "within": str(limit.within),
        }
        for limit in limits_of(kept)
    ]


def rules_of(sent: Mapping[str, Any], limits: Iterable[Mapping[str, Any]]) -> Rules:
    """What the forms say as the action takes it: amounts in hundredths."""
    target = sent["target"]
    return Rules(
        periods=sent["periods"],
        most=_hundredths(sent["most"]),
        least=_hundredths(sent["least"] or 0),
        target=None if target is None else _hundredths(target),
        limits=tuple(
            Limit(
                title=row["title"].strip(),
                tag=row["tag"],
                most=_hundredths(row["most"]),
                counted=Counted(row["counted"]),
                within=Within(row["within"]),
            )
            for row in limits
        ),
    )


def _hundredths(amount: Decimal | int) -> Credits:
    return int(amount * 100)


def _shown(amount: Credits) -> str:
    return format_credits(amount).removesuffix(".0")


def tag_choices(tags: Iterable[str], kept: SchoolPlanning) -> list[tuple[str, str]]:
    """The tags of a school's courses in words, with those that a limit names already."""
    every = {*tags, *(limit.tag for limit in limits_of(kept))}
    return [(tag, tag_words(tag)) for tag in sorted(every, key=tag_words)]


def tag_words(tag: str) -> str:
    """A tag of courses, as people say it."""
    words = {
        "ap": _("AP"),
        "ib": _("IB"),
        "cte": _("Career and technical"),
        "jrotc": _("JROTC"),
        "dual-enrollment": _("Dual enrollment"),
    }
    kind, _colon, rest = tag.partition(":")
    plain = f"{kind}: {rest}" if rest else kind
    return words.get(tag, plain.replace("-", " ").capitalize())
