"""The six ways out of a pathway: who works where after it, and for what pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from pathloom.engine.occupations import Pay
from pathloom.engine.program.content import Content
from pathloom.engine.taxonomy import Place
from pathloom.portal.programs.models import ProgramVersion
from pathloom.portal.programs.presenters.occupation_words import pay_words
from pathloom.portal.programs.presenters.occupations import occupation_card, source_lines
from pathloom.portal.programs.presenters.program import stage_name
from pathloom.portal.programs.presenters.words import Say, words
from pathloom.portal.programs.queries.leads import (
    PlacedOccupation,
    by_stage,
    led_to,
    named_by,
    occupations_at,
)
from pathloom.portal.programs.queries.occupations import data_sets, occupation_book
from pathloom.portal.programs.queries.published import content_of

Page = dict[str, Any]
MOST_NEAR = 8
SHOWN = 5  # occupations of an exit before one opens the others


def pathway_exits(
    framework: str, cluster: str, pathway: str, *, versions: Sequence[ProgramVersion]
) -> Page:
    """The exits of a pathway; ``near``: its jobs come from a pathway that only shares a part."""
    placed = occupations_at(occupation_book(), Place(framework, cluster, pathway))
    return {
        "exits": exits_of(placed, versions),
        "jobs": len(placed),
        "near": any(each.near for each in placed),
        "data": {"sources": source_lines(data_sets())},
    }


def near_jobs(version: ProgramVersion) -> list[Page]:
    """The jobs of a program's pathway that it does not name itself, as its school shows them."""
    school = version.program.school
    book = occupation_book(school.district)
    named = {each.code for each in named_by([version], book)}
    found = led_to([version], book, most=len(named) + MOST_NEAR)
    return [occupation_card(each, school) for each in found if each.code not in named]


def exits_of(
    placed: Sequence[PlacedOccupation], versions: Iterable[ProgramVersion] = ()
) -> list[Page]:
    """Every exit with its occupations, and what the programs of schools say leads there."""
    contents = [content_of(version) for version in versions]
    said = [(content, words(content.words)) for content in contents]
    return [
        {
            "stage": stage,
            "name": stage_name(stage),
            "pay": _pay(found),
            "longer": any(_needs_more(each) for each in found),
            "occupations": _cards(found[:SHOWN]),
            "more": _cards(found[SHOWN:]),
            "ways": _ways(stage, said),
            "credentials": _credentials(stage, said),
        }
        for stage, found in by_stage(placed).items()
    ]


def _cards(placed: Iterable[PlacedOccupation]) -> list[Page]:
    return [occupation_card(each.occupation) for each in placed]


def _needs_more(placed: PlacedOccupation) -> bool:
    figures = placed.occupation.bls
    return figures is not None and figures.education in ("master", "doctoral")


def _pay(placed: Iterable[PlacedOccupation]) -> str:
    """``Pay in the middle: $31,000 to $62,400 a year``; empty where none is published."""
    medians = [each.occupation.bls.median for each in placed if each.occupation.bls is not None]
    known: list[Pay] = sorted(
        (pay for pay in medians if pay is not None), key=lambda pay: (pay.dollars, pay.floor)
    )
    if not known:
        return ""
    if known[0] == known[-1]:
        return _("Half earn %(pay)s a year or more.") % {"pay": pay_words(known[0])}
    named = {"least": pay_words(known[0]), "most": pay_words(known[-1])}
    return _("Middle pay from %(least)s to %(most)s a year.") % named


def _ways(stage: str, said: Iterable[tuple[Content, Say]]) -> list[Page]:
    """Schools after high school that programs name, each once."""
    found = {
        (way.title, way.place): {
            "title": say(way.title),
            "place": say(way.place),
            "length": say(way.length),
        }
        for content, say in said
        for way in content.postsecondary
        if way.kind == stage
    }
    return list(found.values())


def _credentials(stage: str, said: Iterable[tuple[Content, Say]]) -> list[Page]:
    found = {
        (each.title, each.issuer): {"title": say(each.title), "issuer": say(each.issuer)}
        for content, say in said
        for each in content.credentials
        if each.after == stage
    }
    return list(found.values())
