"""What it costs to change to another program: every program in a row, and one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathloom.engine.audit.result import Measure
from pathloom.engine.planner.credit import HoursKept
from pathloom.engine.planner.switch import Switch
from pathloom.engine.units import Term, format_credits
from pathloom.portal.core.tables import Column
from pathloom.portal.plans.presenters.amounts import number
from pathloom.portal.plans.queries.terms import term_label
from pathloom.portal.plans.runners.switch import Ahead, Cost, Costs, Held

COLUMNS = (
    Column("program", _("Program"), heading=True),
    Column("outcome", _("Finish")),
    Column("credits", _("Credits you have")),
    Column("last", _("Start by")),
)
_NEVER = 99  # more terms than are ever added: sorts last


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page stands: the student, by first name when the reader is somebody else.

    ``clusters`` are the titles of the clusters, by id of a program.
    """

    student: int
    name: str
    clusters: Mapping[str, str]


class Dot(TypedDict):
    """A term on the line of terms; ``last`` is the last one to start with."""

    x: str
    last: bool


class ProgramRow(TypedDict):
    """One program; amounts are words, ``kept_share`` is percent of all credit that counts now.

    ``hours`` speaks of college hours, and is empty where there are none. ``last`` is the last term
    to start with; empty for the present program, and where it is too late.
    """

    slug: str
    title: str
    url: str
    cluster: str
    cluster_title: str
    present: bool
    state: str
    outcome: str
    kept: str
    lost: str
    credit_words: str
    kept_share: str
    hours: str
    last: str
    dots: list[Dot]
    in_the_way: str


class Option(TypedDict):
    value: str
    label: str
    chosen: bool


class ChangePage(TypedDict):
    headline: str
    rows: list[dict[str, Any]]
    clusters: list[Option]
    words: str


class CourseLine(TypedDict):
    title: str
    credits: str
    note: str


class StepLine(TypedDict):
    title: str
    note: str


class ProgramPage(TypedDict):
    headline: str
    summary: str
    row: ProgramRow
    kept_words: str
    lost_words: str
    ahead_words: str
    kept: list[CourseLine]
    lost: list[CourseLine]
    ahead: list[StepLine]


def change_page(costs: Costs, place: Place, *, cluster: str = "", words: str = "") -> ChangePage:
    """Put every program in a row, the least cost first.

    Args:
        cluster, words: show only programs of that cluster, and with these words in the title.
    """
    found = [(each, _row(each, costs.terms, place)) for each in least_first(costs)]
    titles = {row["cluster"]: row["cluster_title"] for _cost, row in found}
    rows = [
        _cells(row, each, rank=rank, terms=costs.terms)
        for rank, (each, row) in enumerate(found)
        if cluster in ("", row["cluster"]) and words.casefold() in row["title"].casefold()
    ]
    return {
        "headline": _headline(costs, place.name),
        "rows": rows,
        "clusters": [
            {"value": name, "label": titles[name], "chosen": name == cluster}
            for name in sorted(titles, key=lambda name: titles[name])
        ],
        "words": words,
    }


def program_page(cost: Cost, costs: Costs, place: Place) -> ProgramPage:
    """One program in full: the courses kept and lost, and what it still asks for."""
    kept, lost = len(cost.kept), len(cost.lost)
    return {
        "headline": _program_headline(cost.switch, place.name),
        "summary": _program_summary(cost.switch),
        "row": _row(cost, costs.terms, place),
        "kept_words": ngettext("%(n)s course still counts.", "%(n)s courses still count.", kept)
        % {"n": kept},
        "lost_words": ngettext(
            "%(n)s course would count nowhere.", "%(n)s courses would count nowhere.", lost
        )
        % {"n": lost}
        if lost
        else _("None."),
        "ahead_words": "" if cost.ahead else _("None: every step is done or under way."),
        "kept": [_held(each) for each in cost.kept],
        "lost": [_held(each) for each in cost.lost],
        "ahead": [_step(each) for each in cost.ahead],
    }


def _program_headline(switch: Switch, name: str) -> str:
    values = {"program": switch.title, "name": name}
    if switch.present:
        return _("%(program)s is the program now.") % values
    if switch.on_time and name:
        return _("%(name)s can change to %(program)s and finish on time.") % values
    if switch.on_time:
        return _("You can change to %(program)s and finish on time.") % values
    if switch.terms_added:
        words = ngettext(
            "%(program)s takes %(n)s term more.",
            "%(program)s takes %(n)s terms more.",
            switch.terms_added,
        )
        return words % (values | {"n": switch.terms_added})
    if switch.proved:
        return _("%(program)s cannot be finished any more.") % values
    return _("It is not known yet whether %(program)s can be finished.") % values


def _program_summary(switch: Switch) -> str:
    credit = switch.credit
    values = {
        "kept": format_credits(credit.kept),
        "every": format_credits(credit.kept + credit.lost),
        "only": format_credits(credit.diploma_only),
    }
    if not credit.kept + credit.lost:
        return _("There is no credit yet that could be lost.")
    words = _("All of the %(every)s credits still count.")
    if credit.lost:
        words = _("%(kept)s of the %(every)s credits still count.")
    if credit.diploma_only:
        words += " " + _("%(only)s of them count for the diploma only.")
    return words % values


def program_rows(costs: Costs, place: Place) -> list[ProgramRow]:
    """Every program in a row, the least cost first."""
    return [_row(each, costs.terms, place) for each in least_first(costs)]


def least_first(costs: Costs) -> list[Cost]:
    """The present program, then the others: fewest terms more, least credit lost, title."""
    return sorted(costs.programs, key=_cost)


def _cost(cost: Cost) -> tuple[bool, int, int, str]:
    switch = cost.switch
    added = _NEVER if switch.terms_added is None else switch.terms_added
    return (not switch.present, added, switch.credit.lost, switch.title)


def _headline(costs: Costs, name: str) -> str:
    others = [cost.switch for cost in costs.programs if not cost.switch.present]
    if not others:
        return _("There is no other program at this school.")
    values = {"n": sum(switch.on_time for switch in others), "of": len(others), "name": name}
    if values["n"] == values["of"]:
        if name:
            return _("%(name)s can change to any other program and finish on time.") % values
        return _("You can change to any other program and still finish on time.")
    if not values["n"]:
        return _("It is too late to change to another program and still finish on time.")
    if name:
        words = _("%(name)s can change to %(n)s of %(of)s other programs and finish on time.")
    else:
        words = _("You can change to %(n)s of %(of)s other programs and finish on time.")
    return words % values


def _row(cost: Cost, terms: Sequence[Term], place: Place) -> ProgramRow:
    switch = cost.switch
    state, outcome = _outcome(switch)
    every = switch.credit.kept + switch.credit.lost
    last = None if switch.present else switch.last
    return {
        "slug": switch.program,
        "title": switch.title,
        "url": reverse("plans:student_change_program", args=[place.student, switch.program]),
        "cluster": cost.cluster,
        "cluster_title": place.clusters.get(switch.program, cost.cluster),
        "present": switch.present,
        "state": state,
        "outcome": outcome,
        "kept": format_credits(switch.credit.kept),
        "lost": format_credits(switch.credit.lost),
        "credit_words": _credit_words(switch),
        "kept_share": _percent(switch.credit.kept, every),
        "hours": _hours(switch.hours),
        "last": term_label(last) if last else "",
        "dots": _dots(last, terms),
        "in_the_way": switch.in_the_way,
    }


def _outcome(switch: Switch) -> tuple[str, str]:
    """The state of a status, and its words."""
    if switch.terms_added is None:
        return "short", _("Cannot be finished") if switch.proved else _("Not known")
    if switch.terms_added:
        words = ngettext("%(n)s term more", "%(n)s terms more", switch.terms_added)
        return "short", words % {"n": switch.terms_added}
    return "met", _("On time")


def _credit_words(switch: Switch) -> str:
    kept, lost = switch.credit.kept, switch.credit.lost
    if not kept + lost:
        return _("No credit yet")
    if not lost:
        return _("All %(kept)s kept") % {"kept": format_credits(kept)}
    return _("%(kept)s kept, %(lost)s lost") % {
        "kept": format_credits(kept),
        "lost": format_credits(lost),
    }


def _hours(hours: HoursKept | None) -> str:
    if hours is None or not hours.banked:
        return ""
    if hours.lost:
        return _("%(lost)s of %(banked)s college hours stop counting.") % {
            "lost": number(hours.lost, Measure.HOURS),
            "banked": number(hours.banked, Measure.HOURS),
        }
    return _("%(kept)s of %(banked)s college hours still count.") % {
        "kept": number(hours.kept, Measure.HOURS),
        "banked": number(hours.banked, Measure.HOURS),
    }


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%" if whole else "0%"


def _dots(last: Term | None, terms: Sequence[Term]) -> list[Dot]:
    """The terms that are left, evenly on a line; the margins keep the dots inside."""
    steps = max(1, len(terms) - 1)
    return [
        {"x": f"{4 + 92 * place / steps:.1f}%", "last": term == last}
        for place, term in enumerate(terms)
    ]


def _held(each: Held) -> CourseLine:
    return {
        "title": each.title,
        "credits": format_credits(each.credits),
        "note": _("counts in this program") if each.in_program else "",
    }


def _step(each: Ahead) -> StepLine:
    notes = []
    if each.grade:
        notes.append(_("meant for grade %(grade)s") % {"grade": each.grade})
    if each.planned:
        notes.append(_("already in the plan"))
    return {"title": _(" or ").join(each.courses), "note": ", ".join(notes)}


def _cells(row: ProgramRow, cost: Cost, *, rank: int, terms: Sequence[Term]) -> dict[str, Any]:
    """A row for the table, with what each column sorts by."""
    last = cost.switch.last
    return {
        "row": row,
        "program": {"sort": row["title"]},
        "outcome": {"sort": rank},
        "credits": {"sort": cost.switch.credit.lost},
        "last": {"sort": terms.index(last) if last in terms else None},
    }
